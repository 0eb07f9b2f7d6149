// The books of a small system as text, to compare two systems that should have done the same.

import type { System } from '../../src/model/system.ts';
import type { LevelMeter } from '../../src/stats/level-meter.ts';

/** All that anybody can read of the first service, a line a thing; of the arrays only what is not 0. */
export function booksOf({ services, database, simulation }: System): string[] {
  const { meters, pool, balancer } = services[0] as System['services'][number];
  const { slots } = database;
  const { now } = simulation;
  const read = {
    ...{ now, arrived: meters.arrived, attempts: meters.attempts },
    ...{ completed: meters.completed, failed: meters.failed, failures: meters.failures },
    ...{ acquireFailures: meters.acquireFailures, inSystem: levelsOf(meters.inSystem, now) },
    ...{ vainTime: meters.vainTime, vainWait: meters.vainWait, ledger: meters.ledger },
    ...{ response: meters.response, use: meters.use, wait: meters.acquireWait },
    ...{ owned: levelsOf(pool.owned, now), pending: levelsOf(pool.pending, now) },
    ...{ open: levelsOf(pool.open, now), opening: levelsOf(pool.opening, now) },
    ...{ establishing: meters.opening, opened: pool.opened, closed: pool.closed },
    ...{ onset: pool.onset, outstanding: balancer.outstanding },
    ...{ timeouts: pool.timeouts, peakPending: pool.peakPending, slots },
    ...{ cpu: database.cpuTime(now), held: database.held },
  };
  return Object.entries(read).map(([name, value]) => `${name} ${JSON.stringify(value, sparse)}`);
}

/** Each level and its area until now; since when it stands the plain flow does not know. */
function levelsOf(meter: LevelMeter, now: number): unknown {
  const areas = Array.from(meter.level, (_, i) => meter.integral(i, now));
  return { level: meter.level, areas, total: meter.exactTotal(now) };
}

function sparse(_key: string, value: unknown): unknown {
  if (!ArrayBuffer.isView(value)) return value;
  return Object.entries(value).filter(([, n]) => n !== 0);
}
