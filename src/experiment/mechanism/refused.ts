/** Refused connections: the pools together may have more than the database admits. */
import type { Refused } from './mechanism.ts';
import type { Sight } from './sight.ts';

/** Some connections were refused, and the pools may want more than there are. */
export function refusedOf({ system, then, failures }: Sight & Failed): Refused | null {
  const { refused } = system.database.slots;
  const { maxConnections, reservedConnections, otherConnections } = then.database;
  const admitted = Math.max(0, maxConnections - reservedConnections - otherConnections);
  const instances = then.services.reduce((sum, service) => sum + service.instances, 0);
  const wanted = then.services.reduce(
    (sum, service) => sum + service.instances * service.pool.max,
    0,
  );
  const lost = (failures['connect-refused'] ?? 0) + (failures['connect-failed'] ?? 0);
  const isFull = system.database.slots.peak >= admitted;
  if (refused === 0 || !isFull || wanted <= admitted) return null;
  if (lost * 2 < Object.values(failures).reduce((a, b) => a + b, 0)) return null;
  const max = then.services.length === 1 ? (then.services[0]?.pool.max ?? null) : null;
  return {
    instances,
    max: max === Infinity ? null : max,
    wanted: wanted === Infinity ? null : wanted,
    admitted,
    refused,
  };
}

/** Failed requests by reason. */
export interface Failed {
  readonly failures: Readonly<Record<string, number>>;
}
