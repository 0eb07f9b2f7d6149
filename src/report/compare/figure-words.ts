/** Figures of two sides and their difference in words, in as many digits as the difference is worth. */
import { type FigureKind, placesFor, type Unit, unitFor } from '../interval-words.ts';
import { amount, count, milliseconds, percent } from '../words.ts';

interface Difference {
  /** b − a, with its interval. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly smallestVisible: number;
}

interface DifferenceWords {
  /** `-38.1 ms`, `+1.5 pts` */
  readonly signed: string;
  /** `-45.0 to -31.2`, in the unit of the difference. */
  readonly interval: string;
  /** `38.1 ms` */
  readonly size: string;
  /** `31.2 to 45.0`, of a difference whose sign is certain. */
  readonly sizes: string;
  /** `6.9`, and with its unit `6.9 ms`. */
  readonly visible: string;
  readonly visibleSize: string;
}

/** A difference that does not scatter has three digits. */
const LEAST_OF_THREE_DIGITS = 99.95;
const MOST_PLACES = 3;
/** Two sides are told apart in milliseconds for longer than one figure is. */
const SECONDS_FROM_MS = 10_000;

export function differenceWords(metric: Difference, kind: FigureKind): DifferenceWords {
  const { difference, low, high, smallestVisible } = metric;
  const [factor, unit] = unitOf(Math.max(Math.abs(low), Math.abs(high)), kind);
  const places = placesOf(metric, factor);
  const digits = (x: number) => {
    const text = isLong(x * factor) ? count(x * factor) : (x * factor).toFixed(places);
    return Number(text) === 0 ? text.replace('-', '') : text;
  };
  const sign = difference > 0 && Number(digits(difference)) !== 0 ? '+' : '';
  const sizes = [low, high].map(Math.abs).sort((x, y) => x - y);
  const visible = visibleDigits(smallestVisible * factor);
  return {
    signed: `${sign}${digits(difference)}${unit.replace('points', 'pts')}`,
    interval: `${digits(low)} to ${digits(high)}`,
    size: `${digits(Math.abs(difference))}${unit}`,
    sizes: sizes.map(digits).join(' to '),
    visible,
    visibleSize: `${visible}${unit}`,
  };
}

/** Both sides' means; with more digits than usual where they would read the same and are not. */
export function sideWords(
  { a, b }: { readonly a: number; readonly b: number },
  kind: FigureKind,
): [string, string] {
  const usual = [a, b].map((x) => valueWords(x, kind)) as [string, string];
  if (usual[0] !== usual[1] || a === b) return usual;
  const [factor, unit] = unitFor(Math.max(a, b), kind, SECONDS_FROM_MS);
  const places = placesFor(Math.abs(b - a) * factor);
  return [a, b].map((x) => `${(x * factor).toFixed(places)}${unit}`) as [string, string];
}

/** One side's mean. */
export function valueWords(x: number, kind: FigureKind): string {
  switch (kind) {
    case 'time':
      return milliseconds(x);
    case 'share':
      return percent(x);
    case 'rate':
      return `${amount(x)}/s`;
    case 'count':
      return amount(x);
  }
}

/** Of shares, differences are in points and not in percent of anything. */
function unitOf(size: number, kind: FigureKind): Unit {
  return kind === 'share' ? [100, ' points'] : unitFor(size, kind, SECONDS_FROM_MS);
}

function placesOf({ difference, low, high }: Difference, factor: number): number {
  if (low < high) return placesFor(((high - low) / 2) * factor);
  let places = 0;
  const size = Math.abs(difference * factor);
  for (let rest = size; rest > 0 && rest < LEAST_OF_THREE_DIGITS; rest *= 10) places++;
  return Math.min(MOST_PLACES, places);
}

/** Two digits are enough. */
function visibleDigits(x: number): string {
  return isLong(x) ? count(x) : x.toFixed(x === 0 ? 0 : placesFor(x));
}

function isLong(x: number): boolean {
  return Math.abs(x) >= 9999.5;
}
