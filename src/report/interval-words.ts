/** A mean and its interval in words: one unit for all three, and as many digits as the interval is worth. */
import type { MeanInterval } from '../experiment/result.ts';
import { count } from './words.ts';

/** What a figure is: milliseconds, a share, per second, or a number. */
export type FigureKind = 'time' | 'share' | 'rate' | 'count';

interface IntervalWords {
  /** `31.1 ms` */
  readonly mean: string;
  /** `30.6 to 31.6 ms` */
  readonly interval: string;
  /** `31.1 ± 0.5 ms` */
  readonly brief: string;
}

/** Most digits after the point. */
const MOST_PLACES = 3;

export function intervalWords({ mean, low, high }: MeanInterval, kind: FigureKind): IntervalWords {
  const [factor, unit] = unitFor(mean, kind);
  const halfWidth = Math.max(mean - low, high - mean);
  const places = placesFor(halfWidth * factor);
  const digits = (x: number) =>
    Math.abs(x * factor) < 1000 ? (x * factor).toFixed(places) : count(x * factor);
  return {
    mean: digits(mean) + unit,
    interval: `${digits(low)} to ${digits(high)}${unit}`,
    brief: `${digits(mean)} ± ${digits(halfWidth)}${unit}`,
  };
}

/** A unit, and by what a figure is multiplied for it. */
export type Unit = readonly [factor: number, unit: string];

/** @param secondsFrom times of so many milliseconds are in seconds */
export function unitFor(size: number, kind: FigureKind, secondsFrom = 1000): Unit {
  switch (kind) {
    case 'share':
      return [100, ' %'];
    case 'rate':
      return [1, '/s'];
    case 'count':
      return [1, ''];
    case 'time':
      if (size > 0 && size < 1) return [1000, ' µs'];
      return size < secondsFrom ? [1, ' ms'] : [1 / 1000, ' s'];
  }
}

/** Two digits of the half-width; one after the point when it has none. */
export function placesFor(halfWidth: number): number {
  if (halfWidth === 0) return 1;
  let places = 0;
  for (let rest = halfWidth; rest < 9.95 && places < MOST_PLACES; rest *= 10) places++;
  return places;
}
