/** Several services on one database: what each of them saw, and what the database did for all. */
import type { RunResult } from '../../experiment/result.ts';
import { type Report, section } from '../report.ts';
import { wrap } from '../text.ts';
import { count, counted, milliseconds, orNothing, percent, wholePercent } from '../words.ts';

type Service = RunResult['services'][number];

/** Without `--full`, so many at most: those that lost most, then those in whose pools most waited. */
const MOST_SERVICES = 8;

const RIGHT = { align: 'right' } as const;
const HEADS = ['requests', 'failed', 'p50', 'p99', 'wait p99', 'hold', 'in use', 'waiting'];

/** Nothing where there is one service, whose figures are those of the run. */
export function byServiceLines(report: Report): string[] {
  const { result, full } = report;
  const { services } = result;
  if (services.length < 2) return [];
  const shown = full ? services : worstOf(services);
  const columns = [
    { head: 'By service', whenLong: 'shorten' as const },
    ...HEADS.map((head) => ({ head, ...RIGHT })),
  ];
  const rest = services.length - shown.length;
  return [
    ...section(report, columns, shown.map(rowOf)),
    ...(rest === 0 ? [] : [`and ${counted(rest, 'more service')} (--full)`]),
    ...wrap(
      'p50, p99: of responses; wait: for a connection; hold: mean time on one; in use: of its ' +
        'connections; waiting: most at once.',
    ),
    ...wrap(databaseWords(result.database)),
  ];
}

/** In their own order. */
function worstOf(services: readonly Service[]): readonly Service[] {
  if (services.length <= MOST_SERVICES) return services;
  const order = [...services].sort(
    (a, b) => lost(b) - lost(a) || b.pool.peakPending - a.pool.peakPending,
  );
  const worst = new Set(order.slice(0, MOST_SERVICES));
  return services.filter((service) => worst.has(service));
}

function lost({ requests }: Service): number {
  return requests.failed + requests.abandoned;
}

function rowOf(service: Service): string[] {
  const { name, requests, response, acquireWait, use, pool } = service;
  const ended = requests.arrived - requests.inFlight;
  return [
    name,
    count(requests.arrived),
    orNothing(ended === 0 ? null : lost(service) / ended, percent),
    orNothing(response.p50Ms, milliseconds),
    orNothing(response.p99Ms, milliseconds),
    orNothing(acquireWait.p99Ms, milliseconds),
    orNothing(use?.meanMs ?? null, milliseconds),
    orNothing(pool.utilisation, percent),
    count(pool.peakPending),
  ];
}

function databaseWords({
  utilisation,
  peakConnections,
  refused,
  admits = null,
}: RunResult['database']): string {
  const of = admits === null ? '' : ` of ${count(admits)}`;
  const refusals = refused === 0 ? 'none refused' : `${count(refused)} refused`;
  return `The database: CPU ${wholePercent(utilisation)}, at most ${count(peakConnections)}${of} connections, ${refusals}.`;
}
