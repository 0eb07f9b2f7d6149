/** Longer holds: something was changed, connections have been out for longer since, and no more requests came. */
import { MILLISECOND, SECOND } from '../../engine/time.ts';
import type { DatabaseSettings } from '../../model/database/settings.ts';
import type { SystemSettings } from '../../model/settings.ts';
import { formatIso } from '../../scenario/clock.ts';
import type { TimelineEntry } from '../../scenario/scenario.ts';
import type { PoolStretch } from '../pool-course.ts';
import { rounded } from '../rounding.ts';
import { settingsInForce } from '../settings-history.ts';
import type { LongerHolds } from './mechanism.ts';
import { lengthOf, loadOf, meanHold, type Sight, total, waitingIn } from './sight.ts';

/** Holds must be this many times as long as before. */
const LONGER = 1.3;
/** Arrivals may be this many times as many. */
const SAME_RATE = 1.1;
/** Up to this load the pool was large enough before. */
const ENOUGH = 0.9;
/** Of all waiting, the share that must fall between that change and the next. */
const MOST = 0.5;

/** The change of requests or database after which most of the waiting came. */
export function longerHoldsOf(sight: Sight): LongerHolds | null {
  const acts = sight.scenario.timeline.filter(({ settings }) => settings !== null);
  for (const [n, act] of acts.entries()) {
    const before = between(sight, acts[n - 1]?.atNs ?? 0, act.atNs);
    const after = between(sight, act.atNs, acts[n + 1]?.atNs ?? Infinity);
    const found = judge(sight, act, before, after);
    if (found !== null) return found;
  }
  return null;
}

function between({ stretches }: Sight, from: number, to: number): readonly PoolStretch[] {
  return stretches.filter(({ fromNs, toNs }) => fromNs >= from && toNs <= to);
}

function judge(
  sight: Sight,
  act: TimelineEntry,
  before: readonly PoolStretch[],
  after: readonly PoolStretch[],
): LongerHolds | null {
  const changed = changedBy(sight, act);
  const [holdBefore, holdAfter] = [meanHold(before), meanHold(after)];
  const [rateBefore, rateAfter] = [perSecond(before), perSecond(after)];
  if (changed === null || holdBefore === null || holdAfter === null) return null;
  if (holdAfter < LONGER * holdBefore || rateAfter > SAME_RATE * rateBefore) return null;
  if (loadOf(before, holdBefore) > ENOUGH) return null;
  if (waitingIn(after) < MOST * waitingIn(sight.stretches)) return null;
  return {
    at: formatIso(sight.scenario, act.atNs),
    changed,
    beforeMs: rounded(holdBefore / MILLISECOND),
    afterMs: rounded(holdAfter / MILLISECOND),
    perSecondBefore: rounded(rateBefore),
    perSecondAfter: rounded(rateAfter),
  };
}

/** What the entry changed of the things that make holds long; null: none of them. */
function changedBy(
  { scenario, index }: Sight,
  { atNs, settings }: TimelineEntry,
): LongerHolds['changed'] | null {
  const earlier = settingsInForce(scenario, atNs - 1);
  if (settings === null) return null;
  const requests = (s: SystemSettings) => s.services[index]?.requests ?? [];
  if (!same(requests(earlier), requests(settings))) {
    const isQuery = requests(settings).every(({ work }) => work.kind === 'query');
    return isQuery ? 'query' : 'hold';
  }
  return same(workingOf(earlier.database), workingOf(settings.database)) ? null : 'database';
}

function workingOf({ cores, contention, roundTripNs }: DatabaseSettings) {
  return { cores, contention, roundTripNs };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function perSecond(stretches: readonly PoolStretch[]): number {
  const length = total(stretches, lengthOf);
  return length === 0 ? 0 : (total(stretches, ({ arrived }) => arrived) / length) * SECOND;
}
