/** The verdict's second line: what it did to the requests. */
import type { Outage, RunResult } from '../../experiment/result.ts';
import type { RunClock } from '../run-clock.ts';
import { count, counted, milliseconds, percent } from '../words.ts';
import { serviceWord } from './names.ts';

/** This share of all requests still under way at the end is worth a line; after an outage, a larger one. */
const MANY_IN_FLIGHT = 0.01;
const MANY_AFTER_OUTAGE = 0.1;
/** This share of what was lost is nearly all of it. */
const NEARLY_ALL = 0.95;
/** Latencies that differ by less than this factor are called the same. */
const NOTICEABLE = 1.2;

/** The wordings of the second line, the most complete one first. */
export function effectWordings(result: RunResult, clock: RunClock): string[] {
  const { outage } = result;
  return outage === null ? calmWordings(result) : outageWordings(result, outage, clock);
}

/** How many were still waiting at the end, when those were many. */
export function unfinishedWordings({ requests, outage, bottleneck }: RunResult): string[] {
  const { inFlight, arrived } = requests;
  const many = outage === null ? MANY_IN_FLIGHT : MANY_AFTER_OUTAGE;
  if (bottleneck.station === 'none' || inFlight < arrived * many) return [];
  const share = percent(inFlight / arrived);
  const waiting = `${counted(inFlight, 'request was', 'requests were')} still waiting at the end`;
  return [
    `${waiting} (${share} of all): more arrive than are served.`,
    `${waiting}: more arrive than are served.`,
    `${waiting}.`,
  ];
}

function outageWordings(result: RunResult, outage: Outage, clock: RunClock): string[] {
  const errors = outage.errors ?? 0;
  const what = errors >= 1 ? 'All requests' : `${percent(errors)} of requests`;
  const failed = `${what} ${lossWords(result)}`;
  const when = stretchWords(result, outage, clock);
  return [
    ...serviceWordings(result, failed, when),
    ...othersWordings(outage).map((others) => `${failed}${when}${others}.`),
    `${failed}${when}.`,
    `${failed}.`,
  ];
}

/** What became of the requests that were lost. */
function lossWords({ requests, failures }: RunResult): string {
  if (requests.failed === 0) return 'were given up by their clients';
  if (requests.abandoned > requests.failed * 0.01) return 'failed or were given up';
  const turnedAway = (failures['queue-full'] ?? 0) + (failures['pool-full'] ?? 0);
  return turnedAway > requests.failed * 0.9 ? 'were turned away' : 'failed';
}

/** Of several services the one that lost (nearly) all that was lost; its own share is of the whole run. */
function serviceWordings(
  { services, requests }: RunResult,
  failed: string,
  when: string,
): string[] {
  const lostOf = (of: RunResult['requests']) => of.failed + of.abandoned;
  const all = lostOf(requests);
  const one = services.find((service) => lostOf(service.requests) >= all * NEARLY_ALL);
  if (services.length < 2 || one === undefined || all === 0) return [];
  const lost = lostOf(one.requests);
  const whose = `${lost === all ? 'all' : 'nearly all'} of ${serviceWord(one.name)}`;
  const own = `(${percent(lost / (one.requests.completed + lost))} of its own)`;
  return [`${failed}${when}, ${whose} ${own}.`, `${failed}, ${whose} ${own}.`];
}

/** ` from 14:00 to 17:30`; nothing when it lasted for the whole run. */
function stretchWords({ start, end }: RunResult, outage: Outage, clock: RunClock): string {
  const [atStart, atEnd] = [outage.from === start, outage.to === end];
  if (atStart && atEnd) return '';
  if (atEnd) return ` from ${clock.time(outage.from)} on`;
  if (atStart) return ` until ${clock.time(outage.to)}`;
  return ` from ${clock.time(outage.from)} to ${clock.time(outage.to)}`;
}

function othersWordings({ p50Ms, normalP50Ms, errors }: Outage): string[] {
  if (p50Ms === null || (errors ?? 0) >= 1) return [];
  const took = milliseconds(p50Ms);
  const brief = [`; the others took ${took}`];
  if (normalP50Ms === null) return brief;
  const ratio = p50Ms / normalP50Ms;
  if (ratio < NOTICEABLE && ratio > 1 / NOTICEABLE) {
    return [`; the others took ${took} as usual`, ...brief];
  }
  const normal = milliseconds(normalP50Ms);
  return [
    `; the others took ${took} instead of ${normal}`,
    `; the others took ${took}, not ${normal}`,
    `; the rest took ${took}, not ${normal}`,
    ...brief,
  ];
}

function calmWordings({ requests, response }: RunResult): string[] {
  const lost = requests.failed + requests.abandoned;
  const { p50Ms, p99Ms } = response;
  const none =
    lost === 0 ? 'No request failed' : `${count(lost)} of ${count(requests.arrived)} failed`;
  if (p50Ms === null || p99Ms === null) return [`${none}, and none was answered.`];
  const half = `half took up to ${milliseconds(p50Ms)}`;
  return [
    `${none}; ${half}, the slowest hundredth over ${milliseconds(p99Ms)}.`,
    `${none}; ${half}.`,
    `${none}.`,
  ];
}
