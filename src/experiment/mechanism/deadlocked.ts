/** A deadlock: requests hold all connections of an instance, and each waits for one more before it returns any. */
import { deepestHold } from '../../model/database/work-parts.ts';
import { formatIso } from '../../scenario/clock.ts';
import { rounded } from '../rounding.ts';
import type { Deadlocked } from './mechanism.ts';
import { type Sight, waitingShare } from './sight.ts';

/** This share of all waiting must be on instances that were deadlocked. */
const MOST = 0.5;

/** Most waiting was on instances all of whose connections were held by requests that wait for one more. */
export function deadlockedOf(sight: Sight): Deadlocked | null {
  const { settings, service } = sight;
  const { deadlockedAt } = service.meters;
  const share = waitingShare(sight, ({ stuck }) => stuck.waiting);
  if (deadlockedAt === Infinity || share < MOST) return null;
  return {
    at: formatIso(sight.scenario, deadlockedAt),
    max: settings.pool.max,
    needed: Math.max(...settings.requests.map(({ work }) => deepestHold(work))),
    concurrency: settings.concurrency === Infinity ? null : settings.concurrency,
    waitingShare: rounded(share),
  };
}
