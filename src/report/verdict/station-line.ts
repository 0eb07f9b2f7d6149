/** The verdict's first line: where requests wait, since when, and at what rate. */
import type { RunResult } from '../../experiment/result.ts';
import type { RunClock } from '../run-clock.ts';
import { counted, milliseconds, rate, roughPercent, wholePercent } from '../words.ts';
import { poolName, serviceWord, stageShare, workersWaitShare } from './names.ts';
import { poolerName } from './pooler-lines.ts';

/** From this share of a worker's time on, the workers are busy because they wait for connections. */
const MOSTLY = 0.5;

/** Whether the service's own queue fills because its workers wait for connections. */
export function isPoolBehindQueue(result: RunResult): boolean {
  const { station } = result.bottleneck;
  return station === 'service-concurrency' && workersWaitShare(result) > MOSTLY;
}

/** The wordings of the first line, the most complete one first. */
export function stationWordings(result: RunResult, clock: RunClock): string[] {
  const { station } = result.bottleneck;
  switch (station) {
    case 'none':
      return calmWordings(result);
    case 'instances':
      return lostWordings(result);
    case 'pool':
      return poolWordings(result, clock);
    case 'service-concurrency':
      return queueWordings(result, clock);
    case 'connection-opening':
      return openingWordings(result);
    case 'connection-slots':
      return slotsWordings(result);
    case 'database-outage':
      return ['A database outage is why requests failed.'];
    case 'pooler':
      return poolerWordings(result);
    case 'database-cores':
      return coresWordings(result, clock);
    case 'database-contention':
      return contentionWordings(result, clock);
  }
}

function calmWordings({ pool, acquireWait, services }: RunResult): string[] {
  const { utilisation } = pool;
  const use = utilisation === null ? 'it has no limit' : `${roughPercent(utilisation)} in use`;
  const p99Ms = acquireWait.p99Ms ?? 0;
  const what = services.length > 1 ? 'a connection' : 'it';
  const waits =
    p99Ms < 1 ? 'hardly anybody waits' : `99 % wait less than ${milliseconds(p99Ms)} for ${what}`;
  if (services.length > 1) {
    const busiest = busiestOf(services);
    const most =
      busiest === null ? [] : [`No pool is the bottleneck: ${busiest} in use; ${waits}.`];
    return [...most, `No pool is the bottleneck; ${waits}.`];
  }
  return [`The pool is not the bottleneck: ${use}; ${waits}.`];
}

/** `at most 40 % (shop)`, of the pools with a limit. */
function busiestOf(services: RunResult['services']): string | null {
  const limited = services.filter(({ pool }) => pool.utilisation !== null);
  const use = ({ pool }: RunResult['services'][number]) => pool.utilisation ?? 0;
  const [first, ...others] = limited;
  if (first === undefined) return null;
  const busiest = others.reduce((a, b) => (use(b) > use(a) ? b : a), first);
  return `at most ${roughPercent(use(busiest))} (${serviceWord(busiest.name)})`;
}

function poolWordings(result: RunResult, clock: RunClock): string[] {
  const name = poolName(result);
  const { onset } = result.bottleneck;
  if (onset !== null) {
    const since = `full since ${clock.time(onset.at)}`;
    return [
      `${name} is the bottleneck: ${since}, at ${rate(onset.rps)}.`,
      `${name} is the bottleneck: ${since}.`,
    ];
  }
  const timeouts = result.failures['acquire-timeout'] ?? 0;
  if (timeouts > 0) {
    return [
      `${name} is the bottleneck: ${counted(timeouts, 'request')} got no connection in time.`,
    ];
  }
  const turnedAway = result.failures['pool-full'] ?? 0;
  if (turnedAway > 0) {
    return [
      `${name} is the bottleneck: ${counted(turnedAway, 'request')} found too many waiting for it.`,
    ];
  }
  const share = wholePercent(stageShare(result, 'acquireQueue'));
  return [`${name} is the bottleneck: ${share} of the time goes into waiting for it.`];
}

function queueWordings(result: RunResult, clock: RunClock): string[] {
  const own = "the service's own queue";
  if (!isPoolBehindQueue(result)) {
    return [
      `The pool is not the bottleneck: requests wait in ${own} for a free worker.`,
      `The pool is not the bottleneck: requests wait in ${own}.`,
    ];
  }
  const name = poolName(result);
  const { onset } = result.bottleneck;
  const since = onset === null ? '' : `: full since ${clock.time(onset.at)}`;
  return [
    `${name} is the bottleneck behind ${own}${since}.`,
    `${name} is the bottleneck behind ${own}.`,
  ];
}

function lostWordings({ failures }: RunResult): string[] {
  const lost = counted(failures['instance-lost'] ?? 0, 'request');
  return [
    `${lost} met no instance, or were on one that restarted: it was not the pool.`,
    `${lost} met no running instance: it was not the pool.`,
  ];
}

function openingWordings(result: RunResult): string[] {
  const share = wholePercent(stageShare(result, 'opening'));
  return [`Opening connections is the bottleneck: ${share} of the time goes into it.`];
}

function slotsWordings({ database }: RunResult): string[] {
  const refused = counted(database.refused, 'connection');
  return [`The database is out of connections: it refused ${refused}.`];
}

/** Where no mechanism tells more. */
function poolerWordings(result: RunResult): string[] {
  const { failures } = result;
  const lost = (failures['pooler-failed'] ?? 0) + (failures['pooler-timeout'] ?? 0);
  const name = poolerName(result);
  if (lost > 0)
    return [`${name} is the bottleneck: ${counted(lost, 'request')} got nothing from it.`];
  const share = wholePercent(stageShare(result, 'poolerQueue'));
  return [`${name} is the bottleneck: ${share} of the time goes into waiting there.`];
}

function coresWordings(result: RunResult, clock: RunClock): string[] {
  const busiest = wholePercent(Math.max(0, ...result.series.databaseUtilisation));
  const { onset } = result.bottleneck;
  const pool = onset === null ? '' : `, and so the pool is full since ${clock.time(onset.at)}`;
  return [
    `The database's CPU is the bottleneck: up to ${busiest} busy${pool}.`,
    `The database's CPU is the bottleneck: up to ${busiest} busy.`,
  ];
}

function contentionWordings(result: RunResult, clock: RunClock): string[] {
  const share = wholePercent(stageShare(result, 'contention'));
  const { onset } = result.bottleneck;
  const pool = onset === null ? '' : ` Pool full since ${clock.time(onset.at)}.`;
  const why = `queries slowing each other down take ${share} of the time`;
  return [
    `Contention in the database is the bottleneck: ${share} of the time goes into it.${pool}`,
    `Contention in the database is the bottleneck: ${why}.`,
    `Contention in the database is the bottleneck: ${share} of the time goes into it.`,
  ];
}
