import type { MeasuredThroughput } from '../../src/theory/measured-throughput.ts';

/** Points of the loads with their throughputs, in order. */
export function measured(
  loads: readonly number[],
  throughputs: readonly number[],
): MeasuredThroughput[] {
  return loads.map((clients, i) => ({ clients, perSecond: throughputs[i] ?? NaN }));
}
