/** What users ask of a service while its queue is long. */
import { lawMean } from '../engine/law.ts';
import { SECOND } from '../engine/time.ts';
import type { ServiceSettings } from '../model/service/settings.ts';

/**
 * Attempts a second that users surely make however long the queue is. Users who wait for their answers
 * are all in the queue in the end, and make none: a closed system bounds itself. Those who lose patience
 * while the server works on (no `cancel`) come back, and leave another attempt in the queue each time.
 * @param holdNs mean hold: a client whose patience lasts until it has a connection stays so long after it
 * @param attempts how often each request is tried; 1: at least once, more when that makes fewer a second
 */
export function userAttemptsPerSecond(
  { traffic: { users }, client }: ServiceSettings,
  holdNs: number,
  attempts: number,
): number {
  if (users === null || client.cancel) return 0;
  const { timeoutNs, patience, retryAttempts, retryBackoffNs } = client;
  const waits = patience === null ? Infinity : lawMean(patience) + holdNs;
  const staysNs = Math.min(timeoutNs, waits);
  if (staysNs === Infinity) return 0;
  const thinkNs = lawMean(users.think);
  const perSecond = (tries: number) => {
    const roundNs = tries * staysNs + (tries - 1) * retryBackoffNs + thinkNs;
    return roundNs === 0 ? 0 : (tries / roundNs) * SECOND;
  };
  const each =
    attempts > 1 ? perSecond(attempts) : Math.min(perSecond(1), perSecond(1 + retryAttempts));
  return Math.floor(users.points[0]?.users ?? 0) * each;
}
