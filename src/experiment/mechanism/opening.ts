/** Mechanisms of connections that are being opened: broken off, one at a time, or not there yet. */
import { lawMean } from '../../engine/law.ts';
import { MILLISECOND, SECOND } from '../../engine/time.ts';
import { rounded } from '../rounding.ts';
import type { BrokenOff, NothingOpen, OneAtATime } from './mechanism.ts';
import { connectMs, lengthOf, type Sight, timeTotal, total, waitingShare } from './sight.ts';

/** This share of all waiting must fall on such instances, in such windows. */
const MOST = 0.5;
/** So many requests must wait for each connection that is being opened. */
const SEVERAL = 2;

/** Opening takes longer than the pool lets it, and most of the time spent on it came to nothing. */
export function brokenOffOf(sight: Sight): BrokenOff | null {
  const { settings, then, stretches, service } = sight;
  const { connectTimeoutNs, acquireTimeoutNs, policy } = settings.pool;
  const isCancelled = policy.openingAfterTimeout === 'cancelled';
  const limit = Math.min(connectTimeoutNs, isCancelled ? acquireTimeoutNs : Infinity);
  const spent = timeTotal(stretches, ({ all }) => all.opening);
  const { opening } = service.meters;
  if (spent === 0 || lawMean(then.database.connectLatency) <= limit) return null;
  const lostShare = Math.max(0, 1 - opening.total.value / spent);
  if (lostShare < MOST) return null;
  return {
    connectMs: connectMs(sight),
    limitMs: rounded(limit / MILLISECOND),
    lostShare: rounded(lostShare),
    opened: opening.count,
  };
}

/** While pools grew, more requests waited than connections were being opened, because only so many may be. */
export function oneAtATimeOf(sight: Sight): OneAtATime | null {
  const { settings, stretches } = sight;
  const { max, min, policy } = settings.pool;
  const share = waitingShare(sight, ({ growing }) => growing.waiting);
  if (policy.openingsAtOnce >= max || share < MOST) return null;
  const opening = timeTotal(stretches, ({ growing }) => growing.opening);
  if (timeTotal(stretches, ({ growing }) => growing.waiting) < SEVERAL * opening) return null;
  const first = stretches.find(({ gaveUp }) => gaveUp > 0);
  return {
    atOnce: policy.openingsAtOnce,
    connectMs: connectMs(sight),
    waitingShare: rounded(share),
    mostWaiting: rounded(Math.max(...stretches.map(({ growing }) => growing.waiting))),
    openThen: first === undefined ? null : rounded(first.all.open),
    max: settings.instances * max,
    min: settings.instances * Math.min(min, max),
  };
}

/** Most waiting was for the first connections of a pool, none of which was open yet. */
export function nothingOpenOf(sight: Sight): NothingOpen | null {
  const share = waitingShare(sight, ({ empty }) => empty.waiting);
  if (share < MOST) return null;
  const waited = sight.stretches.filter(({ empty }) => empty.waiting > 0);
  const { empty } = waited.reduce((a, b) => (b.empty.waiting > a.empty.waiting ? b : a));
  return {
    connectMs: connectMs(sight),
    waitingShare: rounded(share),
    seconds: rounded(total(waited, lengthOf) / SECOND),
    used: rounded(empty.used),
    idle: rounded(Math.max(0, empty.open - empty.used)),
    opening: rounded(empty.opening),
    waiting: rounded(empty.waiting),
  };
}
