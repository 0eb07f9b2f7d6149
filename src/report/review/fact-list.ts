/** What a review looked at, one fact after the other, with where each comes from. */
import type {
  Known,
  ReviewFacts,
  ReviewPool,
  ReviewService,
  Source,
} from '../../experiment/review/facts.ts';
import { placeOfSize, sizeName } from '../../experiment/review/pool-words.ts';
import { formatDuration } from '../../scenario/duration.ts';
import type { Pods } from '../../scenario/import/findings.ts';

export interface ListedFact {
  /** In JSON: `replicas`. */
  readonly name: string;
  readonly service: string | null;
  readonly value: number | string | null;
  /** As the report has it: `8 pods`. */
  readonly words: string;
  readonly source: Source;
}

export function listedFacts(facts: ReviewFacts): ListedFact[] {
  const { services, poolers, maxConnections, reserved, others, connectNs, idleLimitNs } = facts;
  const of = factOf(null);
  return [
    ...services.flatMap(serviceFacts),
    ...poolers.map((pool) => poolFact(pool, null)),
    ...of('max_connections', maxConnections, (n) => `max_connections ${n}`),
    ...of('reserved', reserved, (n) => `${n} reserved`),
    ...(others.value === 0 ? [] : of('others', others, (n) => `${n} of others`)),
    ...of('connect', connectNs, formatDuration, (text) => `connect ${text}`),
    ...of('idle-limit', idleLimitNs, formatDuration, (text) => `idle limit ${text}`),
  ];
}

function serviceFacts(service: ReviewService): ListedFact[] {
  const { name, pools, replicas, maxSurge, maxUnavailable, ceiling, processes, threads } = service;
  const { graceSeconds, callerTimeoutNs, surgePerSecond, connectionsPerRequest } = service;
  const of = factOf(name);
  return [
    ...pools.map((pool) => poolFact(pool, name)),
    ...of('replicas', replicas, (n) => `${n} ${n === 1 ? 'pod' : 'pods'}`),
    ...of('maxSurge', maxSurge, podsWords, (text) => `maxSurge ${text}`),
    ...of('maxUnavailable', maxUnavailable, podsWords, (text) => `maxUnavailable ${text}`),
    ...of('terminationGraceSeconds', graceSeconds, (n) => `${n} s to end`),
    ...of('maxReplicas', ceiling, (n) => `at most ${n} pods`),
    ...of('processes', processes, (n) => `${n} processes a pod`),
    ...of('threads', threads, (n) => `${n} threads`),
    ...of('caller-timeout', callerTimeoutNs, formatDuration, (text) => `callers wait ${text}`),
    ...of('surge', surgePerSecond, (n) => `a surge of ${n}/s`),
    ...of(
      'connections-per-request',
      connectionsPerRequest,
      (n) => `${n} ${n === 1 ? 'connection' : 'connections'} a request`,
    ),
  ];
}

function poolFact(pool: ReviewPool, service: string | null): ListedFact {
  const { profile, settings, written } = pool;
  const isWritten = [...written.values()].includes(placeOfSize(pool));
  const max = settings.max === Infinity ? null : settings.max;
  const source: Source = isWritten
    ? { kind: 'file', place: placeOfSize(pool) }
    : { kind: 'default', of: profile.product };
  const named = pool.name === null ? '' : ` ${pool.name}`;
  const words = `${profile.product}${named}, ${sizeName(profile)} ${max ?? 'without limit'}`;
  return { name: 'pool', service, value: max, words, source };
}

/** Makes facts of one service, or of none. */
function factOf(service: string | null) {
  return <T>(
    name: string,
    known: Known<T> | undefined,
    words: (value: T) => string,
    around = (text: string): string => text,
  ): ListedFact[] => {
    if (known === undefined) return [];
    const { value, source } = known;
    const text = words(value);
    const plain = typeof value === 'number' && text.includes(String(value)) ? value : text;
    return [{ name, service, value: plain, words: around(text), source }];
  };
}

function podsWords(pods: Pods): string {
  return 'pods' in pods ? String(pods.pods) : `${Math.round(pods.share * 100)}%`;
}
