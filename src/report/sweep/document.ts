/** The document of `sweep --json`. */
import { setsAt } from '../../experiment/sweep/grid.ts';
import { passes } from '../../experiment/sweep/passing.ts';
import type { PointResult } from '../../experiment/sweep/point.ts';
import type { SweepPlan, SweepResult } from '../../experiment/sweep/sweep.ts';
import { formatIso } from '../../scenario/clock.ts';
import { documentHead } from '../document-head.ts';
import { usualMetric } from './metrics.ts';
import { sweepVerdict } from './verdict.ts';

export function sweepDocument(plan: SweepPlan, result: SweepResult): object {
  const { scenario, replications, variations, leftOut } = plan;
  return {
    ...documentHead('sweep', scenario),
    replications,
    vary: variations.map(({ path, values }) => ({ path, values })),
    leftOut: leftOut.map(({ atNs, title: entry, paths }) => {
      return { at: formatIso(scenario, atNs), title: entry, paths };
    }),
    verdict: sweepVerdict(plan, result, usualMetric(result)),
    /** Number of the first point that meets all objectives. */
    firstMet: firstMet(result),
    points: result.map((point) => pointDocument(plan, point)),
  };
}

function firstMet(result: SweepResult): number | null {
  const first = result.find(passes);
  return first === undefined ? null : first.point + 1;
}

function pointDocument({ variations }: SweepPlan, result: PointResult): object {
  const { point, hash, measured, brokeOff } = result;
  const head = { point: point + 1, set: setsAt(variations, point), hash };
  if (measured === null) return { ...head, brokeOff: brokeOff ?? '', objectivesMet: false };
  const { figures, across, station, objectives } = measured;
  return {
    ...head,
    figures,
    ...(across === undefined ? {} : { across }),
    station,
    objectives,
    objectivesMet: objectives.length === 0 ? null : passes(result),
  };
}
