/** Tables of figures that only `--full` shows. */
import type { Distribution, RunResult } from '../../experiment/result.ts';
import { type Report, section } from '../report.ts';
import { wrap } from '../text.ts';
import { FAILURE_WORDS } from '../verdict/names.ts';
import { valueWords } from '../verdict/change-words.ts';
import { count, limitWords, milliseconds, orNothing, percent, rate, span } from '../words.ts';

const RIGHT = { align: 'right' } as const;

/** The run cut at the timeline's entries. */
export function phaseLines(report: Report): string[] {
  const { result, clock } = report;
  const rows = result.phases.map((phase) => [
    `${clock.time(phase.from)} to ${clock.time(phase.to)}`,
    count(phase.arrived),
    orNothing(phase.errors, percent),
    orNothing(phase.p50Ms, milliseconds),
    orNothing(phase.p99Ms, milliseconds),
    orNothing(phase.poolUtilisation, percent),
    orNothing(phase.databaseUtilisation, percent),
  ]);
  const heads = ['requests', 'failed', 'p50', 'p99', 'pool use', 'database CPU'];
  return section(report, [{ head: 'Phases' }, ...heads.map((head) => ({ head, ...RIGHT }))], rows);
}

/** Why requests failed, and what else became of them. */
export function failureLines(report: Report): string[] {
  const { requests, failures, attempts, wastedWork } = report.result;
  const share = (n: number) => (requests.arrived === 0 ? '' : percent(n / requests.arrived));
  const row = (what: string, n: number) => [what, count(n), share(n)];
  const reasons = Object.entries(failures).map(([reason, n]) =>
    row(`failed: ${FAILURE_WORDS[reason] ?? reason}`, n),
  );
  const rows = [
    row('arrived', requests.arrived),
    row('answered', requests.completed),
    ...reasons,
    row('given up by the client', requests.abandoned),
    row('still under way at the end', requests.inFlight),
    ['attempts, retries included', count(attempts), ''],
    ...(wastedWork.attempts === 0
      ? []
      : [['finished for clients who had left', count(wastedWork.attempts), '']]),
  ];
  return section(
    report,
    [{ head: 'What became of the requests' }, { head: 'number', ...RIGHT }, { head: '', ...RIGHT }],
    rows,
  );
}

/** All distributions of the run. */
export function distributionLines(report: Report): string[] {
  const { response, acquireWait, use, opening, pooler } = report.result;
  const rows = [
    distributionRow('response', response),
    distributionRow('waiting for a connection', acquireWait),
    distributionRow('holding a connection', use),
    distributionRow('opening a connection', opening),
    ...(pooler === undefined ? [] : [distributionRow('waiting at the pooler', pooler.wait)]),
  ];
  const heads = ['number', 'mean', 'p50', 'p90', 'p99', 'p99.9', 'longest'];
  return section(
    report,
    [{ head: 'Times', whenLong: 'wrap' }, ...heads.map((head) => ({ head, ...RIGHT }))],
    rows,
  );
}

function distributionRow(name: string, d: Distribution): string[] {
  const times = [d.meanMs, d.p50Ms, d.p90Ms, d.p99Ms, d.p999Ms, d.maxMs];
  return [name, count(d.count), ...times.map((ms) => orNothing(ms, milliseconds))];
}

/** Each service, and the database. */
export function serviceLines(report: Report): string[] {
  const { services, database, goodput, pool } = report.result;
  // Of several, the responses stand in the table by service.
  const more = services.length === 1 ? RESPONSE : OF_SEVERAL;
  const rows = services.map((s) => [
    s.name,
    count(s.instances),
    limitWords(s.pool.max),
    orNothing(s.pool.utilisation, percent),
    count(s.pool.peakPending),
    count(s.pool.timeouts),
    ...more.map(({ cell }) => cell(s)),
  ]);
  const heads = ['inst.', 'conn.', 'use', 'waited', 'timeouts', ...more.map(({ head }) => head)];
  const columns = [
    { head: 'Services', whenLong: 'shorten' as const },
    ...heads.map((head) => ({ head, ...RIGHT })),
  ];
  return [
    ...section(report, columns, rows),
    `Answered ${rate(goodput.perSecond)}; pool use ${orNothing(pool.utilisation, percent)} over the run.`,
    `Connections opened: ${count(pool.opened)}, closed: ${count(pool.closed)}.`,
    ...poolerWords(report.result),
    `Database: CPU ${percent(database.utilisation)}, at most ${count(database.peakConnections)} ` +
      `connections, ${count(database.refused)} refused.`,
  ];
}

type Service = RunResult['services'][number];

interface ServiceColumn {
  readonly head: string;
  readonly cell: (service: Service) => string;
}

const RESPONSE: readonly ServiceColumn[] = [
  { head: 'p50', cell: ({ response }) => orNothing(response.p50Ms, milliseconds) },
  { head: 'p99', cell: ({ response }) => orNothing(response.p99Ms, milliseconds) },
];

const OF_SEVERAL: readonly ServiceColumn[] = [
  { head: 'opened', cell: ({ pool }) => count(pool.opened) },
  { head: 'closed', cell: ({ pool }) => count(pool.closed) },
  { head: 'hold p99', cell: ({ use }) => orNothing(use?.p99Ms ?? null, milliseconds) },
];

function poolerWords({ pooler }: RunResult): string[] {
  if (pooler === undefined) return [];
  const { pool, clients, product } = pooler;
  const admitted = clients.max === null ? '' : ` of ${count(clients.max)}`;
  return wrap(
    `${product.product}: use ${orNothing(pool.utilisation, percent)}, opened ${count(pool.opened)}, closed ` +
      `${count(pool.closed)}; at most ${count(clients.peak)}${admitted} clients, ${count(clients.refused)} refused.`,
  );
}

/** Everything that was tried for the advice. */
export function trialLines(report: Report): string[] {
  const { advice, clock } = report;
  if (advice === null) return [];
  const { unchanged } = advice;
  const rows = [
    { what: 'nothing changed', ...unchanged },
    ...advice.trials.map((trial) => ({ what: setWords(trial.set), ...trial })),
  ].map(({ what, errors, p50Ms, p99Ms }) => [
    what,
    orNothing(errors, percent),
    orNothing(p50Ms, milliseconds),
    orNothing(p99Ms, milliseconds),
  ]);
  const columns = [
    { head: 'What was tried', whenLong: 'wrap' as const },
    ...['failed', 'p50', 'p99'].map((head) => ({ head, ...RIGHT })),
  ];
  const when = `Changed at ${clock.time(advice.changedAt)} on the backlog, then measured for`;
  return [...section(report, columns, rows), `${when} ${span(advice.measuredSeconds)}.`];
}

function setWords(set: Readonly<Record<string, unknown>>): string {
  return Object.entries(set)
    .map(([path, value]) => `${path} ${valueWords(value)}`)
    .join(', ');
}
