/** Where a warm-up may end and batches may begin. Their readings are kept, so there are few. */
import type { Scenario } from '../scenario/scenario.ts';
import { isStationary } from './stability.ts';

/** Cells of a run whose warm-up is not known beforehand. */
const CELLS = 60;
/** Batches of a run after a warm-up of a given length. */
const BATCHES = 30;

/** Ascending, without repeats. */
export function gridOf(scenario: Scenario): readonly number[] {
  const { warmupNs, durationNs } = scenario;
  if (warmupNs === 'auto' || (warmupNs === 0 && isStationary(scenario))) {
    return evenly(0, durationNs, CELLS);
  }
  if (isStationary(scenario)) return evenly(warmupNs, durationNs, BATCHES);
  return warmupNs === 0 ? [] : [warmupNs];
}

function evenly(fromNs: number, toNs: number, cells: number): number[] {
  const instants = Array.from({ length: cells + 1 }, (_, i) =>
    Math.round(fromNs + ((toNs - fromNs) * i) / cells),
  );
  return [...new Set(instants)];
}
