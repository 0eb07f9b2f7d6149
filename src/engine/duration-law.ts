/** Turns a standard variate into a whole duration, by the law in force when the step starts. */
import { exp, log, log1p } from './math.ts';
import type { Branch, Law } from './law.ts';
import { logLines, Z95 } from './percentiles-law.ts';
import { LAST_INSTANT } from './time.ts';

/** A law compiled to one multiplication and at most one exponential a draw, for most families. */
export class DurationLaw {
  /** Public for those who write out the common forms themselves, where a call would cost too much. */
  readonly form: number;
  readonly offset: number;
  readonly scale: number;
  private readonly numbers: Float64Array;

  constructor(law: Law) {
    const { form, offset = 0, scale = 0, numbers = NONE } = compiled(law);
    this.form = form;
    this.offset = offset;
    this.scale = scale;
    this.numbers = numbers;
  }

  /**
   * Whole units (the law's own; the model's are nanoseconds), never negative. A draw that is longer than
   * any run (a fat tail, a lognormal with a cv of 100) is cut to `LAST_INSTANT`.
   */
  duration(standard: number): number {
    const { form } = this;
    if (form > LOGARITHMIC) return this.special(standard);
    const x = this.offset + this.scale * standard;
    return whole(form === LINEAR ? x : exp(x));
  }

  /** The families that need more than a line. */
  private special(standard: number): number {
    const { form, numbers } = this;
    let x: number;
    if (form === KINKED) x = this.kinked(standard);
    else if (form === BRANCHED) x = branched(numbers, standard);
    else x = numbers[Math.min(Math.floor(standard * numbers.length), numbers.length - 1)] as number;
    return whole(Math.max(0, x));
  }

  private kinked(z: number): number {
    const { numbers } = this;
    if (z <= Z95) return exp(this.offset + this.scale * z);
    return exp((numbers[0] as number) + (numbers[1] as number) * z);
  }
}

/** The nearest whole number of a number that is not negative. V8 makes one instruction of `floor`, not of `round`. */
function whole(x: number): number {
  const nearest = Math.floor(x + 0.5);
  return nearest > LAST_INSTANT ? LAST_INSTANT : nearest;
}

/** Duration = offset + scale·variate. */
const LINEAR = 0;
/** e to that. */
const LOGARITHMIC = 1;
/** e to another line beyond z95: `numbers` are its offset and its scale. */
const KINKED = 2;
/** The uniform variate chooses an exponential: `numbers` are end, probability and mean of each branch. */
const BRANCHED = 3;
/** The uniform variate chooses one of `numbers`. */
const LISTED = 4;

const NONE = new Float64Array(0);

interface Compiled {
  readonly form: number;
  readonly offset?: number;
  readonly scale?: number;
  readonly numbers?: Float64Array;
}

function compiled(law: Law): Compiled {
  switch (law.family) {
    case 'constant':
      return { form: LINEAR, offset: law.value };
    case 'exponential':
    case 'erlang':
    case 'gamma':
      return { form: LINEAR, scale: law.mean };
    case 'uniform':
      return { form: LINEAR, offset: law.low, scale: law.high - law.low };
    case 'lognormal': {
      // σ² = ln(1 + cv²), µ = ln mean − σ²/2.
      const variance = log1p(law.cv * law.cv);
      return {
        form: LOGARITHMIC,
        offset: log(law.mean) - variance / 2,
        scale: Math.sqrt(variance),
      };
    }
    case 'pareto': {
      // P(X > x) = (low ÷ x)^shape, so ln(x ÷ low) is exponential with the mean 1 ÷ shape.
      const low = (law.mean * (law.shape - 1)) / law.shape;
      return { form: LOGARITHMIC, offset: log(low), scale: 1 / law.shape };
    }
    case 'percentiles': {
      const { offset, scale, tailOffset, tailScale } = logLines(law);
      return { form: KINKED, offset, scale, numbers: Float64Array.of(tailOffset, tailScale) };
    }
    case 'hyperexponential':
      return { form: BRANCHED, numbers: branchNumbers(law.branches) };
    case 'empirical':
      return { form: LISTED, numbers: law.values };
  }
}

function branchNumbers(branches: readonly Branch[]): Float64Array {
  let end = 0;
  const last = branches.length - 1;
  const numbers = branches.flatMap(({ probability, mean }, i) => {
    end = i === last ? 1 : end + probability;
    return [end, probability, mean];
  });
  return Float64Array.from(numbers);
}

/** What is left of u up to the end of its branch is, rescaled, uniform again: its −ln is exponential. */
function branched(numbers: Float64Array, u: number): number {
  let at = 0;
  while (u >= (numbers[at] as number)) at += 3;
  const rest = ((numbers[at] as number) - u) / (numbers[at + 1] as number);
  return -log(rest) * (numbers[at + 2] as number);
}
