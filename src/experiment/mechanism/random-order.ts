/** Random order: some wait until they give up while others, who came later, are served soon. */
import { lawMean } from '../../engine/law.ts';
import { MILLISECOND } from '../../engine/time.ts';
import type { ServiceSettings } from '../../model/service/settings.ts';
import { rounded } from '../rounding.ts';
import type { RandomOrder } from './mechanism.ts';
import { type Sight, timeTotal, total } from './sight.ts';

/** Those served must have waited less than this share of what others waited in vain. */
const SOON = 0.5;
/** With more load than this a strict line would lose requests, too. */
const MOST_LOAD = 0.97;

/** Requests gave up in windows in which others were served soon, on a pool that could serve all. */
export function randomOrderOf({ stretches, settings, gaveUp, arrived }: Sight): RandomOrder | null {
  const { order } = settings.pool.policy;
  const patience = patienceOf(settings);
  if ((order !== 'random' && order !== 'race') || patience === Infinity) return null;
  const vain = stretches.filter((s) => s.gaveUp > 0);
  const served = total(vain, ({ waits }) => waits.count);
  const holds = total(stretches, (s) => s.holds.count);
  if (served === 0 || holds === 0) return null;
  const meanWait = total(vain, ({ waits }) => waits.total) / served;
  const meanHold = total(stretches, (s) => s.holds.total) / holds;
  const load = (arrived * meanHold) / timeTotal(stretches, ({ all }) => all.max);
  if (meanWait > SOON * patience || load > MOST_LOAD) return null;
  return {
    gaveUp,
    afterMs: rounded(patience / MILLISECOND),
    meanWaitMs: rounded(meanWait / MILLISECOND),
    offeredLoad: rounded(load),
  };
}

/** How long a request waits before it gives up, ns; where that differs, on average. */
function patienceOf({ pool, client }: ServiceSettings): number {
  const own = client.patience === null ? Infinity : lawMean(client.patience);
  return Math.min(pool.acquireTimeoutNs, client.timeoutNs, own);
}
