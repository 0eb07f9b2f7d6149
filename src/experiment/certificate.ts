/**
 * The certificate of a run: exact identities that can fail only by a fault of this program. Whoever runs
 * the product sees them in every report; one that does not hold ends with exit code 3.
 */
import type { System } from '../model/system.ts';
import type { UnderWay } from '../model/meters/under-way.ts';
import type { Service } from '../model/service/service.ts';
import { total } from '../model/meters/snapshot.ts';
import { ExactSum } from '../stats/exact-sum.ts';
import type { Certificate, ClosedFormCheck, ExactCheck as Check } from './result.ts';
import { ruleChecks } from './rule-checks.ts';

/** Checks a system whose run has ended. Closed forms stand beside the identities, and decide nothing. */
export function certify(system: System, closedForms: readonly ClosedFormCheck[] = []): Certificate {
  const underWay = system.underWay();
  const checks = [
    flowConservation(system, underWay),
    timeInSystem(system, underWay),
    timeWaiting(system, underWay),
    timeInUse(system, underWay),
    connectionConservation(system),
    ledgerOfEachRequest(system),
    ledgerTotals(system),
    poolBounds(system),
    noIdleWhileWaiting(system),
    ...ruleChecks(system),
  ];
  return { checks: [...checks, ...closedForms], holds: checks.every((check) => check.holds) };
}

/** Every request that arrived is completed, failed, abandoned or still in flight (counted, not derived). */
function flowConservation({ services }: System, { inFlight }: UnderWay): Check {
  const arrived = sum(services.map((s) => s.meters.arrived));
  const ended = sum(
    services.flatMap(({ meters }) =>
      [meters.completed, meters.failed, meters.abandoned].map(total),
    ),
  );
  return exact('arrived = completed + failed + abandoned + in flight', arrived, ended + inFlight);
}

/** What each request has spent in the system is ∫ requests in the system dt. */
function timeInSystem({ services, simulation: { now } }: System, underWay: UnderWay): Check {
  const spent = totalOf(services, ({ meters }) => [meters.response.total, meters.vainTime]);
  spent.addSum(underWay.inSystem);
  const integral = totalOf(services, ({ meters }) => [meters.inSystem.exactTotal(now)]);
  return exactSums('times in the system = requests there, summed over time (ns)', spent, integral);
}

/** The same of those that wait for a connection: in the queue, for one they open, or in hand-over. */
function timeWaiting({ services, simulation: { now } }: System, underWay: UnderWay): Check {
  const spent = totalOf(services, ({ meters }) => [meters.acquireWait.total, meters.vainWait]);
  spent.addSum(underWay.waits);
  const integral = totalOf(services, ({ pool }) =>
    [pool.pending, pool.ownedOpening, pool.handing].map((meter) => meter.exactTotal(now)),
  );
  return exactSums(
    'waits for a connection = requests waiting, summed over time (ns)',
    spent,
    integral,
  );
}

/** The same of connections in use: those that requests own are used, being opened, or in hand-over. */
function timeInUse({ services, simulation: { now } }: System, underWay: UnderWay): Check {
  const spent = totalOf(services, ({ meters, pool }) => [
    ...[meters.use.total, meters.lostUse],
    ...[pool.ownedOpening, pool.handing, pool.leaked].map((meter) => meter.exactTotal(now)),
  ]);
  spent.addSum(underWay.uses);
  const integral = totalOf(services, ({ pool }) => [pool.owned.exactTotal(now)]);
  return exactSums(
    'uses, openings, hand-overs and leaks = connections owned, summed over time (ns)',
    spent,
    integral,
  );
}

/** Connections opened less closed are those that are open. */
function connectionConservation({ services }: System): Check {
  const opened = sum(services.map((s) => s.pool.opened - s.pool.closed));
  const open = sum(services.map((s) => total(s.pool.open.level) - total(s.pool.opening.level)));
  return exact('connections opened - closed = open', open, opened);
}

/** Each completed request's stages add up to its response time, to the nanosecond. */
function ledgerOfEachRequest({ services }: System): Check {
  const faults = sum(services.map((s) => s.meters.ledgerFaults));
  return exact('requests whose stages do not add up to their response time', 0, faults);
}

/** … and so do the totals behind the means. */
function ledgerTotals({ services }: System): Check {
  const response = new ExactSum();
  const stages = new ExactSum();
  for (const { meters } of services) {
    response.addSum(meters.response.total);
    for (const stage of meters.ledger) stages.addSum(stage);
  }
  return exactSums('stages of all requests add up to all response time (ns)', response, stages);
}

/** No pool opens a connection beyond its max, nor keeps one when the max has shrunk. */
function poolBounds({ services }: System): Check {
  return exact(
    'connections opened beyond a pool’s max, or kept beyond it',
    0,
    sum(services.map((s) => s.pool.violations)),
  );
}

/** No connection became free while somebody waited, and at no reading was one free or could be opened. */
function noIdleWhileWaiting({ services }: System): Check {
  const faults = sum(services.map((s) => s.pool.idleWhileWaiting));
  return exact('connections left free while somebody waits', 0, faults);
}

function exact(name: string, expected: number, observed: number): Check {
  return { name, exact: true, expected, observed, holds: expected === observed };
}

/** Compared to the last unit, though shown as doubles. */
function exactSums(name: string, expected: ExactSum, observed: ExactSum): Check {
  const holds = expected.equals(observed);
  return { name, exact: true, expected: expected.value, observed: observed.value, holds };
}

function totalOf(
  services: readonly Service[],
  sumsOf: (service: Service) => readonly ExactSum[],
): ExactSum {
  const total = new ExactSum();
  for (const service of services) for (const part of sumsOf(service)) total.addSum(part);
  return total;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
