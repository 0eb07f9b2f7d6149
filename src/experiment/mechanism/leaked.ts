/** A leak: connections that were never returned are missing to those who wait. */
import { MILLISECOND } from '../../engine/time.ts';
import { formatIso } from '../../scenario/clock.ts';
import type { PoolStretch } from '../pool-course.ts';
import { rounded } from '../rounding.ts';
import type { Leaked } from './mechanism.ts';
import { loadOf, meanHold, type Sight, timeTotal, total, waitingShare } from './sight.ts';

/** This share of all waiting must be on instances that have lost connections. */
const MOST = 0.5;
/** Who waited there must have found this share of the connections lost, on average. */
const NOTICEABLE = 0.2;
/** With all connections at most this share of those would be too many that are now. */
const STILL = 0.5;

/** Requests waited because of the connections that were lost: with them few would wait, or none. */
export function leakedOf(sight: Sight): Leaked | null {
  const { stretches } = sight;
  const waited = stretches.filter(({ leaking }) => leaking.waiting > 0);
  if (waited.length === 0 || waitingShare(sight, ({ leaking }) => leaking.waiting) < MOST)
    return null;
  const missing = lostToWaiters(waited);
  const load = loadOf(waited, Math.max(meanHold(waited) ?? 0, meanHold(stretches) ?? 0));
  const tooMany = excessOf(load, 1 - missing);
  if (missing < NOTICEABLE || tooMany === 0 || excessOf(load, 1) > STILL * tooMany) return null;
  const drained = stretches.find((stretch) => stretch.drained.max > 0);
  const worst = stretches.reduce((a, b) => (b.all.lost > a.all.lost ? b : a));
  return {
    lost: Math.round(worst.all.lost),
    max: rounded(worst.all.max),
    emptyAt: drained === undefined ? null : formatIso(sight.scenario, drained.fromNs),
    ...paceOf(stretches, drained ?? worst),
    offeredLoad: rounded(load),
  };
}

/** The share of those who come that so much of the pool cannot serve. */
function excessOf(load: number, part: number): number {
  return load <= part ? 0 : 1 - part / load;
}

/** Of the connections of leaking instances the share that was lost, as those saw it who waited there. */
function lostToWaiters(waited: readonly PoolStretch[]): number {
  const seen = timeTotal(waited, ({ leaking: { waiting, lost, max } }) => (waiting * lost) / max);
  return seen / timeTotal(waited, ({ leaking }) => leaking.waiting);
}

/** How fast connections were lost, until that window. */
function paceOf(
  stretches: readonly PoolStretch[],
  { fromNs, toNs, all }: PoolStretch,
): Pick<Leaked, 'everyMs' | 'lostShare'> {
  const taken = total(
    stretches.filter((stretch) => stretch.toNs <= toNs),
    ({ holds }) => holds.count,
  );
  return {
    everyMs: rounded(fromNs / all.lost / MILLISECOND),
    lostShare: rounded(all.lost / Math.max(taken, all.lost)),
  };
}
