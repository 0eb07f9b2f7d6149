/**
 * The certificate of a run: exact identities that can fail only by a fault of this program. Whoever runs
 * the product sees them in every report; one that does not hold ends with exit code 3.
 */
import type { System } from '../model/system.ts';
import { total } from '../model/meters/snapshot.ts';
import { ExactSum } from '../stats/exact-sum.ts';
import type { Certificate } from './result.ts';

type Check = Certificate['checks'][number];

/** Checks a system whose run has ended. */
export function certify(system: System): Certificate {
  const checks = [
    flowConservation(system),
    connectionConservation(system),
    ledgerOfEachRequest(system),
    ledgerTotals(system),
    poolBounds(system),
    noIdleWhileWaiting(system),
  ];
  return { checks, holds: checks.every((check) => check.holds) };
}

/** Every request that arrived is completed, failed, abandoned or still in flight (counted, not derived). */
function flowConservation({ services, inFlight }: System): Check {
  const arrived = sum(services.map((s) => s.meters.arrived));
  const ended = sum(
    services.flatMap(({ meters }) =>
      [meters.completed, meters.failed, meters.abandoned].map(total),
    ),
  );
  return exact('arrived = completed + failed + abandoned + in flight', arrived, ended + inFlight);
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
  return {
    ...exact('stages of all requests add up to all response time (ns)', 0, 0),
    expected: response.value,
    observed: stages.value,
    holds: response.equals(stages),
  };
}

/** No pool opens a connection beyond its max. */
function poolBounds({ services }: System): Check {
  return exact(
    'connections opened beyond a pool’s max',
    0,
    sum(services.map((s) => s.pool.violations)),
  );
}

/** At no reading did somebody wait while a connection was free or could be opened. */
function noIdleWhileWaiting({ services }: System): Check {
  const faults = sum(services.map((s) => s.pool.idleWhileWaiting));
  return exact('readings with a free connection while somebody waits', 0, faults);
}

function exact(name: string, expected: number, observed: number): Check {
  return { name, exact: true, expected, observed, holds: expected === observed };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
