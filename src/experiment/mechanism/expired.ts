/** A herd: connections that were opened together end together, and are opened anew while requests wait. */
import { MILLISECOND } from '../../engine/time.ts';
import { formatIso } from '../../scenario/clock.ts';
import type { PoolStretch } from '../pool-course.ts';
import { rounded } from '../rounding.ts';
import type { Expired } from './mechanism.ts';
import { connectMs, type Sight, total, waitingShare } from './sight.ts';

/** Connections that end within this share of their lifetime end together. */
const TOGETHER = 0.05;
/** This share of all connections is a herd; and of all waiting, what falls after it must be as much. */
const MOST = 0.5;

/** Half of the connections ended within a short time, a lifetime after they were opened. */
export function expiredOf(sight: Sight): Expired | null {
  const { lifetimeNs, lifetimeJitter } = sight.settings.pool.policy;
  if (lifetimeNs === Infinity) return null;
  const herd = largestHerd(sight.stretches, lifetimeNs * TOGETHER);
  const [first, last] = [herd.at(0), herd.at(-1)];
  if (first === undefined || last === undefined) return null;
  const closed = total(herd, (s) => s.closed);
  const max = sight.settings.instances * sight.settings.pool.max;
  const youngest = last.toNs - lifetimeNs * (1 - lifetimeJitter);
  if (closed < MOST * max || openedBetween(sight, first.fromNs - lifetimeNs, youngest) < closed / 2)
    return null;
  if (waitingShare(sight, growingSince(first.fromNs)) < MOST) return null;
  return {
    at: formatIso(sight.scenario, first.fromNs),
    closed,
    withinMs: rounded((last.toNs - first.fromNs) / MILLISECOND),
    max,
    lifetimeMs: rounded(lifetimeNs / MILLISECOND),
    jitter: rounded(lifetimeJitter),
    connectMs: connectMs(sight),
  };
}

/** Who waits on instances that grow, from that instant on. */
function growingSince(fromNs: number): (stretch: PoolStretch) => number {
  return (stretch) => (stretch.fromNs >= fromNs ? stretch.growing.waiting : 0);
}

/** The windows next to each other, no longer than this together, in which most connections were closed. */
function largestHerd(stretches: readonly PoolStretch[], lengthNs: number): readonly PoolStretch[] {
  let best: readonly PoolStretch[] = [];
  let most = 0;
  let begin = 0;
  let closed = 0;
  stretches.forEach((stretch, end) => {
    closed += stretch.closed;
    while (begin < end && stretch.toNs - (stretches[begin] as PoolStretch).fromNs > lengthNs)
      closed -= (stretches[begin++] as PoolStretch).closed;
    if (closed <= most) return;
    most = closed;
    best = stretches.slice(begin, end + 1);
  });
  const [from, to] = [best.findIndex(closes), best.findLastIndex(closes)];
  return best.slice(Math.max(0, from), to + 1);
}

function closes({ closed }: PoolStretch): boolean {
  return closed > 0;
}

/** Connections opened from one instant to another; what is open at the start of the run was opened then. */
function openedBetween({ stretches, openedAtStart }: Sight, from: number, to: number): number {
  const opened = total(
    stretches.filter((s) => s.toNs > from && s.fromNs < to),
    (s) => s.opened,
  );
  return opened + (from <= (stretches[0]?.toNs ?? 0) && to >= 0 ? openedAtStart : 0);
}
