/** What a verdict says of a database outage: what it dropped, how the service came back, and what to do. */
import type { RunClock } from '../run-clock.ts';
import { count, counted, milliseconds } from '../words.ts';
import type { MechanismLines, Of } from './mechanism-lines.ts';

type Evidence = Of<'database-outage'>['evidence'];

/** From this share of those that failed on, dead connections are worth a line. */
const MANY_DEAD = 0.1;
/** Pools that try so many times as often as requests arrive are a herd. */
const HERD = 2;

export function outageLines({ evidence }: Of<'database-outage'>, clock: RunClock): MechanismLines {
  const { at, lastsMs, dropped } = evidence;
  const cut = counted(dropped, 'connection');
  const lasts = milliseconds(lastsMs);
  const when = clock.time(at);
  const back = recovery(evidence);
  return {
    cause:
      lastsMs === 0
        ? [`A database outage: it dropped ${cut} at ${when}.`]
        : [
            `A database outage: it dropped ${cut} at ${when}, and refused new ones for ${lasts}.`,
            `A database outage: ${cut} dropped at ${when}, no new ones for ${lasts}.`,
            `A database outage at ${when}, for ${lasts}.`,
          ],
    proof: [...meanwhile(evidence).map((what) => `${back}; ${what}.`), `${back}.`],
    whatToDo: whatToDo(evidence),
    whatNot: ["Don't: a larger pool; it would lose more connections, and open none sooner."],
  };
}

function recovery({ recoveredMs, watchedMs }: Evidence): string {
  if (recoveredMs === null) {
    const end = watchedMs > 0 ? `${milliseconds(watchedMs)} after its return` : 'while it was away';
    return `The service had not recovered by the end, ${end}`;
  }
  return recoveredMs === 0
    ? 'The service recovered as soon as it was back'
    : `The service recovered within ${milliseconds(recoveredMs)} of its return`;
}

/** What else the figures show, what delayed the recovery first. */
function meanwhile(evidence: Evidence): string[] {
  const { firstOpenedMs, deadMet, delayedBy } = evidence;
  const met = `${counted(deadMet, 'request')} met dead connections`;
  const herd = isHerd(evidence) ? [`it refused ${tries(evidence)} attempts/s`] : [];
  switch (delayedBy) {
    case 'pause':
      return firstOpenedMs === null
        ? ['nothing had opened']
        : [`nothing opened for ${milliseconds(firstOpenedMs)}`];
    case 'one-at-a-time':
      return ['connections came one by one'];
    case 'dead-connections':
      return [met];
    case 'backlog':
    case null:
      return isMet(evidence) ? [met, ...herd] : herd;
  }
}

function whatToDo(evidence: Evidence): string[] {
  const { lastsMs, delayedBy, deadMet } = evidence;
  const faster = 'Do: a faster failover';
  const retry = `${faster}, or clients that retry for longer than ${milliseconds(lastsMs)}.`;
  if (isMet(evidence) || delayedBy === 'dead-connections')
    return [`Do: check connections before use; ${counted(deadMet, 'request')} met dead ones.`];
  if (delayedBy === 'pause') return [`${faster}, and shorter pauses between attempts to connect.`];
  if (delayedBy === 'one-at-a-time')
    return [`${faster}, and a pool that opens several connections at a time.`];
  if (isHerd(evidence)) return [`${faster}, and a pool that pauses between attempts to connect.`];
  return lastsMs === 0 ? [`Do: clients that try again; the database was back at once.`] : [retry];
}

function isMet({ deadMet, failed }: Evidence): boolean {
  return deadMet > 0 && deadMet >= MANY_DEAD * failed;
}

/** The pools tried far more often than requests came. */
function isHerd({ refusedPerSecond, arrivedPerSecond }: Evidence): boolean {
  return refusedPerSecond > HERD * arrivedPerSecond;
}

function tries({ refusedPerSecond }: Evidence): string {
  return count(refusedPerSecond);
}
