/** What a lever does: paired differences over the windows of a plan, for a tenth better. */
import { studentInterval } from '../../stats/confidence-interval.ts';
import type { Station } from '../result.ts';
import { rounded } from '../rounding.ts';
import type { Lever, LeverGroup, LeverKind, Variant } from './levers.ts';
import type { StretchReading } from './stretch-reading.ts';

/** What counts: the number served where more arrives than can be, the response time otherwise. */
export type Yardstick = 'served' | 'response';

export interface LeverEffect {
  readonly group: LeverGroup;
  readonly path: string;
  readonly name: string;
  readonly kind: LeverKind;
  readonly station: Station | null;
  readonly change: {
    readonly from: number | string;
    readonly to: number | string;
    readonly by: number;
  };
  /** For a tenth better: more served, or a shorter mean response, as a share; below 0 it is worse. */
  readonly effect: number;
  readonly low: number;
  readonly high: number;
  /** The same change on the share of requests that fail. */
  readonly errors: number | null;
  /** `nothing`: surely less than a tenth of what the strongest lever does. */
  readonly verdict: 'helps' | 'harms' | 'nothing' | 'undecided';
  readonly decided: boolean;
  /** Whether the next one of its group is surely weaker; the last one of a group: true. */
  readonly aheadOfNext: boolean;
}

/** Of a lever, what each window showed. */
export interface Trial {
  readonly lever: Lever;
  readonly variant: Variant;
  readonly readings: readonly StretchReading[];
}

/** From this share of failed requests, or of those that arrive and stay, on, more arrives than is served. */
const OVERLOADED = 0.01;
/** Surely less than this share of the strongest effect is none. */
const NOTHING = 0.1;
const TENTH = 0.1;

export function yardstickOf(base: readonly StretchReading[]): Yardstick {
  const sum = (read: (reading: StretchReading) => number) =>
    base.reduce((total, reading) => total + read(reading), 0);
  const arrived = sum((r) => r.arrived);
  const lost = sum((r) => r.failed + r.abandoned);
  return lost +
    Math.max(
      0,
      sum((r) => r.growth),
    ) >=
    OVERLOADED * arrived
    ? 'served'
    : 'response';
}

interface Measured {
  readonly trial: Trial;
  readonly differences: readonly number[];
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** All levers, by group, the strongest first. */
export function effectsOf(
  base: readonly StretchReading[],
  trials: readonly Trial[],
  yardstick: Yardstick,
): LeverEffect[] {
  const measured = strongestVariants(trials.map((trial) => measure(base, trial, yardstick)));
  const strongest = Math.max(0, ...measured.map(({ low, mean }) => (low > 0 ? mean : 0)));
  const groups: readonly LeverGroup[] = ['settings', 'hardware', 'demand'];
  return groups.flatMap((group) => {
    const own = measured
      .filter(({ trial }) => trial.lever.group === group)
      .sort((a, b) => b.mean - a.mean);
    return own.map((each, i) => effectOf(each, own[i + 1], strongest, base));
  });
}

function measure(base: readonly StretchReading[], trial: Trial, yardstick: Yardstick): Measured {
  const value = (reading: StretchReading | undefined) => valueOf(reading, yardstick);
  const whole = base.reduce((sum, reading) => sum + value(reading), 0) / base.length;
  const sign = yardstick === 'served' ? 1 : -1;
  const perTenth = (sign * TENTH) / trial.variant.by;
  const differences = base.map((reading, i) => {
    const difference = value(trial.readings[i]) - value(reading);
    return whole === 0 ? 0 : (perTenth * difference) / whole;
  });
  const interval = studentInterval(differences);
  if (interval === null) throw new Error('bug: an effect needs two windows');
  return { trial, differences, ...interval };
}

function valueOf(reading: StretchReading | undefined, yardstick: Yardstick): number {
  if (reading === undefined) throw new Error('bug: a window is missing');
  return yardstick === 'served' ? reading.completed : (reading.responseMs.meanMs ?? 0);
}

/** Of a choice, the one that changes most. */
function strongestVariants(measured: readonly Measured[]): Measured[] {
  const best = new Map<Lever, Measured>();
  for (const each of measured) {
    const before = best.get(each.trial.lever);
    if (before === undefined || Math.abs(each.mean) > Math.abs(before.mean))
      best.set(each.trial.lever, each);
  }
  return [...best.values()];
}

function effectOf(
  measured: Measured,
  next: Measured | undefined,
  strongest: number,
  base: readonly StretchReading[],
): LeverEffect {
  const { trial, mean, low, high } = measured;
  const { group, path, name, kind, station } = trial.lever;
  const { from, to, by } = trial.variant;
  const verdict = verdictOf(measured, strongest);
  const errors = errorsOf(trial.readings, base, by);
  return {
    ...{ group, path, name, kind, station },
    change: {
      from: typeof from === 'number' ? rounded(from) : from,
      to: typeof to === 'number' ? rounded(to) : to,
      by: rounded(by),
    },
    effect: rounded(mean),
    low: rounded(low),
    high: rounded(high),
    errors: errors === null ? null : rounded(errors),
    verdict,
    decided: verdict !== 'undecided',
    aheadOfNext: next === undefined || isAhead(measured, next),
  };
}

function verdictOf({ low, high }: Measured, strongest: number): LeverEffect['verdict'] {
  const small = NOTHING * strongest;
  if (low >= -small && high <= small) return 'nothing';
  if (low > 0) return 'helps';
  return high < 0 ? 'harms' : 'undecided';
}

function isAhead(a: Measured, b: Measured): boolean {
  const interval = studentInterval(a.differences.map((x, i) => x - (b.differences[i] ?? 0)));
  return interval !== null && interval.low > 0;
}

/** Change of the failed share for a tenth. */
function errorsOf(
  readings: readonly StretchReading[],
  base: readonly StretchReading[],
  by: number,
): number | null {
  const share = (all: readonly StretchReading[]) => {
    const known = all.flatMap(({ errors }) => (errors === null ? [] : [errors]));
    return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
  };
  const [after, before] = [share(readings), share(base)];
  return after === null || before === null ? null : ((after - before) * TENTH) / by;
}
