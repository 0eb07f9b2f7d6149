/** Turns a standard variate into a whole duration, by the law in force when the step starts. */
import { exp, log, log1p } from './math.ts';
import type { Law } from './law.ts';

/** A law compiled to one multiplication and at most one exponential a draw. */
export class DurationLaw {
  private readonly logarithmic: boolean;
  private readonly offset: number;
  private readonly scale: number;

  constructor(law: Law) {
    this.logarithmic = law.family === 'lognormal';
    [this.offset, this.scale] = offsetAndScale(law);
  }

  /** Whole units (the law's own; the model's are nanoseconds), never negative. */
  duration(standard: number): number {
    const x = this.offset + this.scale * standard;
    return Math.round(this.logarithmic ? exp(x) : x);
  }
}

/** Duration = offset + scale·z, or e to that for the lognormal law: σ² = ln(1 + cv²), µ = ln mean − σ²/2. */
function offsetAndScale(law: Law): [number, number] {
  switch (law.family) {
    case 'constant':
      return [law.value, 0];
    case 'exponential':
      return [0, law.mean];
    case 'uniform':
      return [law.low, law.high - law.low];
    case 'lognormal': {
      const variance = log1p(law.cv * law.cv);
      return [log(law.mean) - variance / 2, Math.sqrt(variance)];
    }
  }
}
