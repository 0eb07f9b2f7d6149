/**
 * Requests that take a further connection while they hold one: threads × (k − 1) + 1 connections are needed
 * so that one of them can always go on (HikariCP's page "About Pool Sizing").
 */
import { eachPool } from '../each-pool.ts';
import { placeOf, type ReviewPool, type ReviewService } from '../facts.ts';
import { FINE, found, lacking, type Finding, type Judgement, type Rule } from '../finding.ts';
import { placeOfSize, sizeName } from '../pool-words.ts';

export const nestedConnections: Rule = {
  name: 'nested-connections',
  asks: 'whether nested transactions can lock each other out',
  judge: (facts) => eachPool(facts, (pool, service) => judgePool(pool, service)),
};

function judgePool(pool: ReviewPool, service: ReviewService | null): Judgement {
  if (service === null) return FINE;
  const { connectionsPerRequest, threads } = service;
  if (connectionsPerRequest === undefined) return lacking('--connections-per-request');
  const each = connectionsPerRequest.value;
  const { max, policy } = pool.settings;
  // A transaction inside a transaction of the same thread goes on with its connection.
  if (each < 2 || policy.stickiness === 'thread' || max === Infinity) return FINE;
  if (threads === undefined) return found(unbounded(pool, each));
  const needed = threads.value * (each - 1) + 1;
  if (max >= needed) return FINE;
  const place = placeOfSize(pool);
  const name = sizeName(pool.profile);
  const from = placeOf(threads);
  const threadsFrom = from === null ? '' : ` (${from.file}:${from.line})`;
  return found({
    weight: 'breaks',
    place,
    says: `A request has up to ${each} connections at once, and ${threads.value} requests run at once${threadsFrom}: ${threads.value} × ${each - 1} + 1 = ${needed} connections are needed so that one can always go on, and the pool has ${max}. All of them can be held by requests that wait for another one.`,
    mend: `${name} ${needed} at least, or ${Math.floor((max - 1) / (each - 1))} threads at most, or one connection a request.`,
    figures: { connectionsPerRequest: each, threads: threads.value, needed, max },
  });
}

function unbounded(pool: ReviewPool, each: number): Finding {
  const { max, acquireTimeoutNs } = pool.settings;
  return {
    weight: acquireTimeoutNs === Infinity ? 'breaks' : 'hurts',
    place: placeOfSize(pool),
    says: `A request has up to ${each} connections at once, and nothing limits how many requests run at once: ${max} of them can hold all ${max} connections and wait for another one${acquireTimeoutNs === Infinity ? ', for ever' : ' until the acquire timeout'}.`,
    mend: `At most ${Math.floor((max - 1) / (each - 1))} requests at once, or one connection a request.`,
    figures: { connectionsPerRequest: each, max },
  };
}
