/** The settings that were in force at the start of the run. */
import type { Scenario } from '../../scenario/scenario.ts';
import { formatDuration } from '../../scenario/duration.ts';
import { lawWords } from '../law-words.ts';
import { type Report, section } from '../report.ts';
import { trafficWords } from '../traffic-words.ts';
import { count, counted, listed, percent } from '../words.ts';

type Service = Scenario['system']['services'][number];
type Database = Scenario['system']['database'];
type Work = Service['requests'][number]['work'];
type Step = Extract<Work, { kind: 'steps' }>['steps'][number];

/** One line for each service's traffic, requests and pool, and for the database. */
export function settingsLines(report: Report): string[] {
  const { scenario } = report;
  const { services, database } = scenario.system;
  const ofServices = services.flatMap((service) => serviceRows(service, scenario));
  const rows = [...ofServices, ...databaseRows(database)];
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

function serviceRows(service: Service, scenario: Scenario): string[][] {
  const { name, client, instances, balancer, concurrency, queue, pool } = service;
  const limit = (n: number) => (n === Infinity ? 'unlimited' : count(n));
  return [
    [name, 'traffic', trafficWords(service, scenario).join('; ')],
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
  if (work.kind === 'steps') return work.steps.map(stepWords).join('; ');
  return `query ${lawWords(work.work)}, ${percent(work.cpu)} of it CPU`;
}

function stepWords(step: Step): string {
  if (step.kind === 'app') return `app ${lawWords(step.time)}`;
  if (step.kind === 'query') return `query ${lawWords(step.work)}`;
  return `transaction of (${step.steps.map(stepWords).join('; ')})`;
}

function poolWords(pool: Service['pool']): string {
  return listed(
    [
      `${pool.profile}, ${pool.max === Infinity ? 'no limit' : `max ${count(pool.max)}`}`,
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
function queueWords({ maxPending, policy, handoverNs }: Service['pool']): string[] {
  return [
    ...(maxPending === Infinity ? [] : [`at most ${count(maxPending)} pending`]),
    ...(policy.order === 'fifo' ? [] : ['last come first served']),
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
    ...poolerRows(database),
  ];
}

function poolerRows({ pooler }: Database): string[][] {
  if (pooler === undefined) return [];
  const { pool, clientLimit, clientLatency } = pooler;
  const clients =
    clientLimit === Infinity ? 'any number of clients' : counted(clientLimit, 'client');
  const mode = `${pool.policy.stickiness} mode`;
  return [
    ['pooler', 'pool', `${poolWords(pool)}, ${mode}`],
    ['', 'clients', `${clients}, to connect ${lawWords(clientLatency)}`],
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
