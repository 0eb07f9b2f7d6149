/**
 * A pool that stays full because more arrives than it can serve: what is served is its capacity, and the
 * rest is lost, whatever bounds the queue. Whitt, Fluid Models for Multiserver Queues with Abandonments,
 * 2006; here exact, because the pool is never empty.
 */
import { machineRepair } from '../../theory/machine-repair.ts';
import { type ClosedForm, loadOf, relaxationSeconds } from './closed-form.ts';
import { holdAt } from './load-forms.ts';
import type { Station } from './station.ts';

/**
 * The wait stays near the longest one; that it falls to 0 has a probability of about e to minus this, and
 * then a connection would be idle.
 */
const NEVER_EMPTY = 15;

/** null when the pool is not overloaded, nothing bounds its queue, or a request that is lost may come again. */
export function overloadForm(station: Station): ClosedForm | null {
  const { instances, servers, ratePerSecond, isFinalAtPool, hold } = station;
  const connections = instances * servers;
  const capacity = capacityOf(station, connections);
  if (!isFinalAtPool || station.patienceSeconds < Infinity || !(ratePerSecond > capacity))
    return null;
  const load = loadOf(station, connections / capacity);
  const { utilisation, holdSeconds, longestWaitSeconds, scv } = load;
  if (longestWaitSeconds === Infinity) return null;
  const spread = (utilisation * holdSeconds * (1 + scv)) / servers;
  if ((2 * (utilisation - 1) * longestWaitSeconds) / spread < NEVER_EMPTY) return null;
  const lost = 1 - capacity / ratePerSecond;
  const eventsPerSecond = (ratePerSecond * Math.min(lost, 1 - lost)) / (1 + hold.scv);
  return {
    name: 'full pool',
    error: 0,
    load,
    relaxationSeconds: relaxationSeconds(load),
    requires: ['all-open'],
    figures: [{ kind: 'lost-share', expected: lost, eventsPerSecond }],
  };
}

/** Requests a second that the full fleet gets through; Infinity when a hold takes no time. */
function capacityOf(station: Station, connections: number): number {
  const { contention, delaySeconds, workSeconds } = station.hold;
  if (contention.kind !== 'cores' || workSeconds === 0)
    return connections / holdAt(station, connections);
  // Closed, with a delay and shared cores: the throughput depends on the means only (BCMP 1975).
  return machineRepair({
    clients: connections,
    meanThinkSeconds: delaySeconds,
    meanServiceSeconds: workSeconds,
    servers: contention.cores,
  }).throughputPerSecond;
}
