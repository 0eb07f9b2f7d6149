// What holds in any system at any instant, whatever its settings: each fault found is one line.

import { certify } from '../../src/experiment/certificate.ts';
import { ExactSum } from '../../src/stats/exact-sum.ts';
import type { Service } from '../../src/model/service/service.ts';
import type { PoolBooks } from '../../src/model/pool/books.ts';
import type { System } from '../../src/model/system.ts';
import { OPENS } from '../../src/model/pool/openings.ts';

/** Faults of the books at an instant; none is right. */
export function faultsOf(system: System): string[] {
  const arrived = sum(system.services.map((s) => s.meters.arrived));
  const ended = sum(system.services.map((s) => outcomes(s)));
  return [
    ...unequal('arrived = outcomes + in flight', arrived, ended + system.inFlight),
    ...system.services.flatMap((s) => serviceFaults(s)),
    ...serverFaults(system),
    ...certificateFaults(system),
  ];
}

/** What the product itself would find. */
function certificateFaults(system: System): string[] {
  return certify(system)
    .checks.filter((check) => !check.holds)
    .map(({ name, expected, observed }) => `${name}: ${expected} expected, ${observed} observed`);
}

/** Faults after the last request has left. */
export function leftoversOf(system: System): string[] {
  const { services, database, pooler } = system;
  const owners = pooler === null ? services : [pooler];
  const open = sum(owners.flatMap(({ pool }) => [...pool.open.level, -refusedOpenings(pool)]));
  return [
    ...unequal('nobody in flight', 0, system.inFlight),
    ...unequal('connections of the server = open', open, database.slots.open),
    ...services.flatMap((s) => [
      ...unequal(`${s.name}: owned`, '', nonZero(s.pool.owned.level)),
      ...unequal(`${s.name}: pending`, '', nonZero(s.pool.pending.level)),
      ...unequal(`${s.name}: handing`, '', nonZero(s.pool.handing.level)),
      ...unequal(`${s.name}: opening`, '', nonZero(s.pool.opening.level)),
      ...unequal(`${s.name}: active`, '', nonZero(s.gate.active)),
      ...unequal(`${s.name}: outstanding`, '', nonZero(s.balancer.outstanding)),
    ]),
  ];
}

/** Time that connections were used is the time that requests used them, to the nanosecond. */
export function useFaults(system: System, now: number): string[] {
  return system.services.flatMap(({ name, pool, meters }) => {
    const owned =
      pool.owned.totalIntegral(now) -
      pool.ownedOpening.totalIntegral(now) -
      pool.handing.totalIntegral(now);
    return unequal(`${name}: connection time = use`, owned, meters.use.total.value);
  });
}

function outcomes({ meters }: Service): number {
  return sum([...meters.completed, ...meters.failed, ...meters.abandoned]);
}

function serviceFaults(service: Service): string[] {
  const { name, meters, pool } = service;
  const stages = new ExactSum();
  for (const stage of meters.ledger) stages.addSum(stage);
  const open = sum([...pool.open.level]) - sum([...pool.opening.level]);
  return [
    ...unequal('pool violations', 0, pool.violations),
    ...unequal('idle while waiting', 0, pool.idleWhileWaiting),
    ...unequal('ledger faults', 0, meters.ledgerFaults),
    ...unequal('opened - closed = open - opening', open, pool.opened - pool.closed),
    ...unequal('stages = response', meters.response.total.value, stages.value),
    ...unequal('responses = completed', sum([...meters.completed]), meters.response.count),
    ...unequal('reasons = failed', sum([...meters.failed]), sum([...meters.failures])),
    ...Array.from({ length: service.capacity }, (_, i) => instanceFaults(service, i)).flat(),
  ].map((fault) => `${name}: ${fault}`);
}

function instanceFaults({ pool, gate, balancer, mix }: Service, i: number): string[] {
  const at = (levels: Int32Array) => levels[i] as number;
  const handing = at(pool.handing.level);
  const held = at(pool.owned.level) - at(pool.leaked.level);
  const used = held - at(pool.ownedOpening.level) - handing;
  const working = at(gate.active) + gate.waitingAt(i);
  const levels = {
    used,
    handing,
    idle: pool.idleAt(i),
    opening: at(pool.opening.level),
    ownedOpening: at(pool.ownedOpening.level),
    pending: at(pool.pending.level),
    active: at(gate.active),
  };
  const negative = Object.entries(levels).filter(([, level]) => level < 0);
  // A request of steps may have no connection, or several.
  const isOneEach = mix.classes.every(({ program }) => program === null);
  const placed = used + handing + at(pool.ownedOpening.level) + at(pool.pending.level);
  return [
    ...negative.map(([level, n]) => `instance ${i}: ${level} = ${n}`),
    ...unequal(`instance ${i}: outstanding = active + queued`, working, at(balancer.outstanding)),
    ...(isOneEach
      ? unequal(
          `instance ${i}: active = used + handed + opening + pending`,
          at(gate.active),
          placed,
        )
      : []),
  ];
}

/** The server counts no connection less than the pools have open. */
function serverFaults({ services, database, pooler }: System): string[] {
  const owners = pooler === null ? services : [pooler];
  const open = sum(owners.flatMap(({ pool }) => [...pool.open.level]));
  const refused = sum(owners.map(({ pool }) => refusedOpenings(pool)));
  const counted = database.slots.open;
  return counted >= open - refused ? [] : [`the server counts ${counted} of ${open} connections`];
}

/** Attempts under way that the server has already turned down: they hold none of its connections. */
function refusedOpenings({ openings }: PoolBooks): number {
  let count = 0;
  for (let id = 0; id < openings.fresh; id++) {
    if ((openings.instance[id] as number) >= 0 && openings.outcome[id] !== OPENS) count++;
  }
  return count;
}

function nonZero(levels: Int32Array): string {
  return [...levels].every((n) => n === 0) ? '' : levels.join(' ');
}

function unequal<T>(what: string, expected: T, observed: T): string[] {
  return expected === observed
    ? []
    : [`${what}: ${String(expected)} expected, ${String(observed)} observed`];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
