/**
 * Rules of the model that are watched while it runs, by code that does not carry them out: what is
 * counted against them, and what was counted twice. Each is exact.
 */
import { total } from '../model/meters/snapshot.ts';
import type { HeadCount } from '../model/meters/head-count.ts';
import type { PoolBooks } from '../model/pool/books.ts';
import { OPENS } from '../model/pool/openings.ts';
import { ASLEEP } from '../model/pooler/clients.ts';
import type { Pooler } from '../model/pooler/pooler.ts';
import type { Service } from '../model/service/service.ts';
import type { System } from '../model/system.ts';
import { ExactSum } from '../stats/exact-sum.ts';
import type { ExactCheck } from './result.ts';

/** Compares the counts, and adds up the faults. O(slots). */
export function ruleChecks(system: System): ExactCheck[] {
  const { services } = system;
  const heads = services.map((service) => service.countHeads());
  return [
    attemptsBegun(services),
    attemptsEnded(services, heads),
    usersKept(services, heads),
    reconnections(services),
    connectionsOfServer(system, heads),
    connectionsHeld(system, heads),
    failuresByReason(services),
    cpuShares(system),
    ...faultChecks(system, heads),
  ];
}

/** An attempt is the first one of an arrival, or begins when the pause before a retry is over. */
function attemptsBegun(services: readonly Service[]): ExactCheck {
  const begun = sumOf(services, ({ meters }) => meters.arrived + meters.retries);
  const attempts = sumOf(services, ({ meters }) => meters.attempts);
  return check('attempts = arrivals + retries', begun, attempts);
}

/** Each ends with an outcome of its request, or with a pause before the next one. */
function attemptsEnded(services: readonly Service[], heads: readonly HeadCount[]): ExactCheck {
  const attempts = sumOf(services, ({ meters }) => meters.attempts);
  const ended = sumOf(services, ({ meters: { completed, failed, abandoned, pauses } }) =>
    [completed, failed, abandoned].map(total).reduce((a, b) => a + b, pauses),
  );
  const underWay = sumOf(heads, (head) => head.attempts);
  return check('attempts = those that ended + those under way', attempts, ended + underWay);
}

/** No user is lost, and none is doubled. */
function usersKept(services: readonly Service[], heads: readonly HeadCount[]): ExactCheck {
  const users = sumOf(services, ({ flow }) => flow.traffic.users?.count() ?? 0);
  const thinking = sumOf(services, ({ flow }) => flow.traffic.users?.thinkingNow ?? 0);
  const waiting = sumOf(heads, (head) => head.users);
  return check('users = those who think + those in flight', users, thinking + waiting);
}

/** `reconnectShare` decides for each acquisition by the number that its request has drawn. */
function reconnections(services: readonly Service[]): ExactCheck {
  const due = sumOf(services, ({ meters }) => meters.reconnectsDue);
  const begun = sumOf(services, ({ meters }) => meters.reconnects);
  return check('reconnections = acquisitions that drew one', due, begun);
}

/** None leaks: the server has a slot for each connection that is there, and for no other. */
function connectionsOfServer({ services, database, pooler }: System, heads: readonly HeadCount[]) {
  const open = pooler === null ? slotsTaken(services) : slotsTaken([pooler]);
  const left = sumOf(heads, (head) => head.orphans);
  const name = 'slots taken in the database = connections open, or left by a lost instance';
  return check(name, open + left, database.slots.open);
}

/** Of whatever these pools open connections to. */
function slotsTaken(owners: readonly { readonly pool: PoolBooks }[]): number {
  return sumOf(owners, ({ pool }) => total(pool.open.level) + slotsOfOpenings(pool));
}

/** What an opening has of the server's slots, less what the pool counts for it. */
function slotsOfOpenings({ openings }: PoolBooks): number {
  let slots = 0;
  for (let id = 0; id < openings.fresh; id++) {
    if ((openings.instance[id] as number) < 0) continue;
    slots += (openings.outcome[id] === OPENS ? 1 : 0) - (1 - (openings.lost[id] as number));
  }
  return slots;
}

/** Contention depends on them. */
function connectionsHeld({ services, database, pooler }: System, heads: readonly HeadCount[]) {
  const owned =
    pooler === null
      ? sumOf(services, ({ pool }) => total(pool.owned.level))
      : total(pooler.pool.owned.level) - countAsleep(pooler);
  const left = sumOf(heads, (head) => head.orphans);
  const name = 'connections the database works for = those requests hold, or a lost instance left';
  return check(name, owned + left, database.held);
}

/** Clients that keep a server connection which no request uses. O(clients). */
function countAsleep({ clients }: Pooler): number {
  let asleep = 0;
  for (const { slot, has } of clients.all()) if (slot === ASLEEP && has === 'server') asleep++;
  return asleep;
}

/** Each failed request failed for one reason. */
function failuresByReason(services: readonly Service[]): ExactCheck {
  const failed = sumOf(services, ({ meters }) => total(meters.failed));
  const reasons = sumOf(services, ({ meters }) => total(meters.failures));
  return check('failed requests = failures by reason', failed, reasons);
}

/** The load of the processors, and how much queries slow each other down, is that of those at work. */
function cpuShares(system: System): ExactCheck {
  const name = 'CPU shares in use = those of the queries at work (millionths)';
  return check(name, system.cpuShares(), system.database.cpuShares);
}

/** Distributions of a service that cannot have the count and the sum that were kept beside them. */
function unfit({ meters: { response, acquireWait, use, opening } }: Service): number {
  return [response, acquireWait, use, opening].filter((histogram) => !histogram.fits()).length;
}

/** What must never have happened. */
function faultChecks(system: System, heads: readonly HeadCount[]): ExactCheck[] {
  const { services, database } = system;
  const { now } = system.simulation;
  const none = (name: string, faultsOf: (service: Service, i: number) => number) =>
    check(
      name,
      0,
      services.reduce((sum, service, i) => sum + faultsOf(service, i), 0),
    );
  return [
    none(
      'requests served out of turn, or overtaken',
      ({ pool, gate }) => pool.turns.outOfTurn + gate.turns.outOfTurn,
    ),
    none(
      'requests let in beyond maxPending, the queue or the concurrency',
      ({ pool, gate }) => pool.turns.beyondLimit + gate.turns.beyondLimit + gate.violations,
    ),
    none('readings with room in a service while somebody queues', (s) => s.gate.roomWhileQueued),
    none('places taken that no attempt has, or the reverse', (service, i) =>
      misplaced(service, heads[i] as HeadCount),
    ),
    none(
      'choices of an instance that the balancer’s policy does not allow',
      (service) => service.balancer.watch.faults,
    ),
    none(
      'waits for a connection that outlast the acquire timeout, or timed out before it',
      ({ meters }) => meters.waitWatch.faultsUntil(now),
    ),
    none('attempts that outlast the client’s timeout, or timed out before it', ({ meters }) =>
      meters.clientWatch.faultsUntil(now),
    ),
    none('retries beyond those allowed, or not made', ({ meters }) => meters.retryFaults),
    none('retries that began sooner or later than the backoff', ({ meters }) =>
      meters.pauseWatch.faultsUntil(now),
    ),
    none('connections handed over sooner or later than the hand-over takes', ({ meters }) =>
      meters.handoverWatch.faultsUntil(now),
    ),
    none('connections idle beyond the idle timeout, or closed before it', (s) => s.pool.idleFaults),
    none('distributions that do not fit their own count and sum', unfit),
    check('connections that the server admits beyond its limit', 0, database.slots.violations),
    ...(system.pooler === null ? [] : poolerChecks(system, system.pooler)),
    check('round trips longer or shorter than set', 0, database.roundTripWatch.faultsUntil(now)),
    check('holds or queries that ended before their time', 0, database.workWatch.faults),
    check('rooms whose settings are not those of the timeline', 0, system.strayRooms()),
  ];
}

/** What must hold of a pooler in front of the database. */
function poolerChecks({ services, simulation: { now } }: System, pooler: Pooler): ExactCheck[] {
  const { pool, clients } = pooler;
  const waited = new ExactSum();
  for (const sum of [pooler.wait.total, pooler.vainWait]) waited.addSum(sum);
  for (const { has, since } of clients.all()) if (has === 'wait') waited.add(now - since);
  const waiting = new ExactSum();
  for (const meter of [pool.pending, pool.ownedOpening, pool.handing])
    waiting.addSum(meter.exactTotal(now));
  const open = total(pool.open.level) - total(pool.opening.level);
  const faults = pool.violations + pool.idleWhileWaiting + pool.idleFaults + slotsFaults(pooler);
  return [
    check(
      'clients of the pooler = connections of the pools',
      slotsTaken(services),
      pooler.slots.open,
    ),
    check('server connections opened - closed = open', open, pool.opened - pool.closed),
    check('server connections beyond the pooler’s size, or free while a client waits', 0, faults),
    {
      name: 'waits at the pooler = clients waiting, summed over time (ns)',
      exact: true,
      expected: waited.value,
      observed: waiting.value,
      holds: waited.equals(waiting),
    },
  ];
}

function slotsFaults({ slots, wait, opening }: Pooler): number {
  return slots.violations + [wait, opening].filter((histogram) => !histogram.fits()).length;
}

/** Places that an instance counts as taken, against the attempts that are there. */
function misplaced({ gate, pool, balancer }: Service, heads: HeadCount): number {
  const queued = gate.active.reduce((sum, _, i) => sum + gate.waitingAt(i), 0);
  return (
    Math.abs(total(gate.active) - heads.working) +
    Math.abs(queued - heads.queued) +
    Math.abs(total(pool.pending.level) - heads.pending) +
    Math.abs(total(balancer.outstanding) - heads.working - heads.queued)
  );
}

function check(name: string, expected: number, observed: number): ExactCheck {
  return { name, exact: true, expected, observed, holds: expected === observed };
}

function sumOf<T>(things: readonly T[], numberOf: (thing: T) => number): number {
  return things.reduce((sum, thing) => sum + numberOf(thing), 0);
}
