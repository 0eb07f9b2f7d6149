/** What becomes of a scenario over a grid of settings. */
import type { LeftOut } from '../../scenario/without-sets.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { ask, type Question } from '../question.ts';
import { gridSize, setsAt, type Variation } from './grid.ts';
import type { PointInput, PointResult } from './point.ts';

/** A sweep whose every point is a sound scenario. */
export interface SweepPlan {
  /** Without the changes of its timeline that would undo what is varied. */
  readonly scenario: Scenario;
  readonly leftOut: readonly LeftOut[];
  readonly variations: readonly Variation[];
  readonly seed: string;
  /** Of each point. Replication i of every point has the same random numbers. */
  readonly replications: number;
  /** Expected requests of one replication at each point. */
  readonly requests: readonly number[];
}

/** In the order of the grid. */
export type SweepResult = readonly PointResult[];

/** @param known what an earlier sweep has found of the same points */
export function* sweep(
  plan: SweepPlan,
  known: ReadonlyMap<number, PointResult>,
): Question<SweepResult> {
  const { scenario, variations, seed, replications } = plan;
  const points = Array.from({ length: gridSize(variations) }, (_, point) => point);
  const inputs = points
    .filter((point) => !known.has(point))
    .map((point): PointInput => {
      return { point, scenario, sets: setsAt(variations, point), seed, replications };
    });
  const found = new Map(known);
  if (inputs.length > 0) {
    const part = `${inputs.length} ${inputs.length === 1 ? 'point' : 'points'}`;
    const requests = openRequests(plan, known);
    const results = yield* ask('sweep-point', inputs, { part, requests, later: 0 });
    for (const result of results) found.set(result.point, result);
  }
  return points.map((point) => {
    const result = found.get(point);
    if (result === undefined) throw new Error(`bug: point ${point} of a sweep is lost`);
    return result;
  });
}

/** Expected requests of the points that are not known yet. */
export function openRequests(plan: SweepPlan, known: ReadonlyMap<number, PointResult>): number {
  const open = plan.requests.filter((_, point) => !known.has(point));
  return open.reduce((a, b) => a + b, 0) * plan.replications;
}
