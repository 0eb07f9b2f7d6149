/** Words for the parts of a system, as verdicts and tables call them. */
import type { RunResult, Station } from '../../experiment/result.ts';
import { oneLine, shorten } from '../text.ts';

type Stage = keyof RunResult['ledgerMs'];

/** Names from a scenario may be long; a verdict has five short lines. */
const MOST_COLUMNS = 20;

/** `The pool`, or `The pool of checkout` when there are several services. */
export function poolName(result: RunResult): string {
  const name = shortService(result);
  if (result.services.length < 2 || name === null) return 'The pool';
  return `The pool of ${serviceWord(name)}`;
}

/** The name of a service, short enough for a sentence. */
export function serviceWord(name: string): string {
  return shorten(oneLine(name), MOST_COLUMNS);
}

/** The service whose pool was short first; without an onset, the one that lost most; null: none did. */
export function shortService({ services, bottleneck }: RunResult): string | null {
  const { onset } = bottleneck;
  // `checkout/3` is an instance of `checkout`.
  if (onset !== null) return onset.instance.replace(/\/\d+$/, '');
  const lost = (requests: RunResult['requests']) => requests.failed + requests.abandoned;
  const [first, ...others] = services;
  if (first === undefined) return null;
  const worst = others.reduce((a, b) => (lost(b.requests) > lost(a.requests) ? b : a), first);
  return lost(worst.requests) === 0 ? null : worst.name;
}

/** Where a request's time goes, in plain words. */
export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  network: 'network to the database and back',
  queue: "waiting in the service's own queue",
  acquireQueue: 'waiting for a connection',
  opening: 'opening connections',
  databaseWork: "the database's work on the query",
  contention: 'queries slowing each other down',
  app: 'work in the service itself',
  backoff: 'pauses before retries',
  poolerQueue: 'waiting at the pooler',
};

/** All stages, in the order of a request's way. */
export const STAGES = [
  'queue',
  'acquireQueue',
  'poolerQueue',
  'opening',
  'network',
  'databaseWork',
  'contention',
  'app',
  'backoff',
] as const satisfies readonly Stage[];

/** The station in words, for tables. */
export const STATION_WORDS: Readonly<Record<Station, string>> = {
  none: 'none',
  instances: 'instances that restart',
  'service-concurrency': "the service's own queue",
  pool: 'the pool',
  'connection-opening': 'opening connections',
  'connection-slots': "the database's connections",
  pooler: 'the pooler before the database',
  'database-outage': "the database's outage",
  'database-cores': "the database's CPU",
  'database-contention': 'contention in the database',
};

/** Why requests fail, in plain words. */
export const FAILURE_WORDS: Readonly<Record<string, string>> = {
  'acquire-timeout': 'no connection in time',
  'pool-full': 'too many already waiting for a connection',
  'connect-failed': 'a connection could not be opened',
  'connect-refused': 'the database had no connection left',
  'connection-lost': 'the database dropped the connection',
  'statement-timeout': 'the query took too long',
  'queue-full': "the service's own queue was full",
  'breaker-open': 'the circuit breaker was open',
  shed: 'shed by the service',
  'instance-lost': 'the instance was gone',
  'pooler-timeout': 'the pooler had no server connection in time',
  'pooler-failed': 'the pooler could not connect to the database',
};

/** Share of a completed request's time that a stage takes, 0 to 1. */
export function stageShare({ ledgerMs }: RunResult, stage: Stage): number {
  const all = Object.values(ledgerMs).reduce((a, b) => a + b, 0);
  return all === 0 ? 0 : ledgerMs[stage] / all;
}

/**
 * The share of a worker's time, from taking a request to answering it, that goes into waiting for a
 * connection.
 */
export function workersWaitShare({ ledgerMs }: RunResult): number {
  const all = STAGES.filter((stage) => stage !== 'queue' && stage !== 'backoff')
    .map((stage) => ledgerMs[stage])
    .reduce((a, b) => a + b, 0);
  return all === 0 ? 0 : ledgerMs.acquireQueue / all;
}

/** The station as what a sentence is about. */
export const STATION_SUBJECTS: Readonly<Record<Station, string>> = {
  none: 'Nothing',
  instances: 'That instances restart',
  'service-concurrency': "The service's own concurrency",
  pool: 'The pool',
  'connection-opening': 'Opening connections',
  'connection-slots': "The database's limit of connections",
  pooler: 'The pooler',
  'database-outage': 'An outage of the database',
  'database-cores': "The database's CPU",
  'database-contention': 'Contention in the database',
};
