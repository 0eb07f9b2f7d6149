/** The document of `compare --json`. */
import type { Comparison } from '../../experiment/compare/compare.ts';
import { ALPHA, POWER } from '../../experiment/compare/paired.ts';
import type { Sides } from './sides.ts';

/** Metrics carry the units of their names; those that are objectives, the unit of the objective's limit. */
export function compareDocument(comparison: Comparison, { files, changes }: Sides): object {
  const { a, b, seed, replications, independent, family } = comparison;
  return {
    format: 1,
    command: 'compare',
    scenario: a,
    against: b,
    changes,
    /** With two scenarios, the changes are made to both of them. */
    changed: files.length === 2 ? 'both' : 'b',
    seed,
    replications,
    independent,
    alpha: ALPHA,
    power: POWER,
    family,
    metrics: comparison.metrics,
    objectives: comparison.objectives,
    unlike: comparison.unlike,
  };
}
