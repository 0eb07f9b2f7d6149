/** The settings that were in force at the start of the run. */
import type { Scenario } from '../../scenario/scenario.ts';
import { formatDuration } from '../../scenario/duration.ts';
import { type Report, section } from '../report.ts';
import { count, counted, listed, percent, rate } from '../words.ts';

type Service = Scenario['system']['services'][number];
type Database = Scenario['system']['database'];
type Work = Service['requests'][number]['work'];
type Law = Database['connectLatency'];

/** One line for each service's traffic, requests and pool, and for the database. */
export function settingsLines(report: Report): string[] {
  const { services, database } = report.scenario.system;
  const rows = [...services.flatMap(serviceRows), ...databaseRows(database)];
  return section(
    report,
    [
      { head: 'Settings', whenLong: 'shorten' },
      { head: '' },
      { head: 'at the start', whenLong: 'wrap' },
    ],
    rows,
  );
}

function serviceRows(service: Service): string[][] {
  const { name, traffic, client, instances, balancer, concurrency, queue, pool } = service;
  const rates = traffic.rate.map(({ perSecond }) => perSecond);
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  const range = least === most ? rate(most) : `${count(least)} to ${rate(most)}`;
  const limit = (n: number) => (n === Infinity ? 'unlimited' : count(n));
  return [
    [name, 'traffic', `${traffic.arrivals}, ${range}`],
    ['', 'client', clientWords(client)],
    ['', 'requests', service.requests.map((r) => requestWords(r, service)).join('; ')],
    ['', 'fleet', `${counted(instances, 'instance')}, ${balancer}`],
    ['', 'concurrency', `${limit(concurrency)}, queue ${limit(queue)}`],
    ['', 'pool', poolWords(pool)],
  ];
}

function clientWords({
  timeoutNs,
  patience,
  cancel,
  retryAttempts,
  retryBackoffNs,
}: Service['client']): string {
  const again =
    retryAttempts === 0
      ? 'no retries'
      : `${counted(retryAttempts, 'retry', 'retries')} after ${formatDuration(retryBackoffNs)}`;
  return [
    `timeout ${formatDuration(timeoutNs)}`,
    ...(patience === null ? [] : [`patience ${lawWords(patience)}`]),
    ...(cancel ? ['work cancelled'] : []),
    again,
  ].join(', ');
}

function requestWords(
  { name, weight, work }: Service['requests'][number],
  { requests }: Service,
): string {
  const all = requests.reduce((sum, r) => sum + r.weight, 0);
  const share = requests.length === 1 ? '' : ` (${percent(weight / all)})`;
  return `${name}${share}: ${workWords(work)}`;
}

function workWords(work: Work): string {
  if (work.kind === 'hold') return `hold ${lawWords(work.hold)}`;
  return `query ${lawWords(work.work)}, ${percent(work.cpu)} of it CPU`;
}

function lawWords(law: Law): string {
  switch (law.family) {
    case 'constant':
      return formatDuration(law.value);
    case 'exponential':
      return `exponential, mean ${formatDuration(law.mean)}`;
    case 'lognormal':
      return `lognormal, mean ${Number.isInteger(law.mean) ? formatDuration(law.mean) : about(law.mean)}, cv ${law.cv}`;
    case 'uniform':
      return `uniform, ${formatDuration(law.low)} to ${formatDuration(law.high)}`;
    case 'erlang':
      return `erlang, mean ${formatDuration(law.mean)}, ${counted(law.stages, 'stage')}`;
    case 'gamma':
      return `gamma, mean ${formatDuration(law.mean)}, cv ${law.cv}`;
    case 'hyperexponential':
      return `hyperexponential, ${law.branches.map(branchWords).join(', ')}`;
    case 'pareto':
      return `pareto, mean ${formatDuration(law.mean)}, shape ${law.shape}`;
    case 'empirical':
      return `empirical, ${counted(law.values.length, 'value')}${spanWords(law.values)}`;
    case 'percentiles': {
      const [p50, p95, p99] = [law.p50, law.p95, law.p99].map(formatDuration);
      return `p50 ${p50}, p95 ${p95}, p99 ${p99}, mean ${about(law.mean)}`;
    }
  }
}

function branchWords({ probability, mean }: { probability: number; mean: number }): string {
  return `${percent(probability)} with mean ${about(mean)}`;
}

function spanWords(sorted: Float64Array): string {
  const [shortest = 0, longest = 0] = [sorted.at(0), sorted.at(-1)];
  return ` from ${formatDuration(shortest)} to ${formatDuration(longest)}`;
}

/** A duration that was computed, in three digits. */
function about(ns: number): string {
  return formatDuration(Math.round(Number(ns.toPrecision(3))));
}

function poolWords(pool: Service['pool']): string {
  return listed(
    [
      `${pool.profile}, max ${count(pool.max)}`,
      `${count(pool.initial)} open at the start`,
      `acquire timeout ${formatDuration(pool.acquireTimeoutNs)}`,
      ...queueWords(pool),
      ...idleWords(pool),
      `reconnect share ${percent(pool.reconnectShare)}`,
    ],
    ',',
  ).replace(' , ', ', ');
}

/** How requests wait in the pool, where that is out of the ordinary. */
function queueWords({ maxPending, order, handoverNs }: Service['pool']): string[] {
  return [
    ...(maxPending === Infinity ? [] : [`at most ${count(maxPending)} pending`]),
    ...(order === 'fifo' ? [] : ['last come first served']),
    ...(handoverNs === 0 ? [] : [`hand-over ${formatDuration(handoverNs)}`]),
  ];
}

function idleWords({ idleTimeoutNs, min }: Service['pool']): string[] {
  if (idleTimeoutNs === Infinity) return [];
  const above = min === 0 ? '' : ` above ${count(min)} open`;
  return [`idle timeout ${formatDuration(idleTimeoutNs)}${above}`];
}

function databaseRows(database: Database): string[][] {
  const { maxConnections, reservedConnections, otherConnections } = database;
  const admitted =
    maxConnections === Infinity
      ? 'unlimited'
      : `${count(maxConnections)}, less ${count(reservedConnections)} reserved and ` +
        `${count(otherConnections)} used by others`;
  return [
    ['database', 'cores', `${count(database.cores)}, contention ${contentionWords(database)}`],
    ['', 'network', `round trip ${formatDuration(database.roundTripNs)}`],
    ['', 'connections', admitted],
    ['', 'to connect', lawWords(database.connectLatency)],
  ];
}

function contentionWords({ contention }: Database): string {
  switch (contention.kind) {
    case 'usl':
      return `usl, sigma ${contention.sigma}, kappa ${contention.kappa}`;
    case 'cores':
      return 'by its cores';
    case 'none':
      return 'none';
  }
}
