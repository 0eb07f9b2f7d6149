/** The highest constant rate within the objectives, of one replication. */
import type { Condition } from '../../model/control/settings.ts';
import type { SystemSettings } from '../../model/settings.ts';
import { scaledSystem } from '../scaled-traffic.ts';
import { steadyRun } from '../steady/steady-run.ts';
import { heightOf } from './height.ts';
import type { Knee } from './knee.ts';
import { findRoot, type Search } from './root.ts';

export interface SteadyKneeInput {
  /** Traffic that stays. */
  readonly system: SystemSettings;
  readonly objectives: readonly Condition[];
  readonly seed: string;
  readonly replication: number;
  /** Of each evaluation. */
  readonly requests: number;
  readonly search: Search;
}

export function* steadyKnee(input: SteadyKneeInput): Generator<number, Knee, undefined> {
  const { system, objectives, search, ...rest } = input;
  const metrics = objectives.map(({ metric }) => metric);
  let before = 0;
  const evaluate = function* (factor: number) {
    const run = steadyRun({ ...rest, system: scaledSystem(system, factor), metrics });
    let step = run.next();
    for (; step.done !== true; step = run.next()) yield before + step.value;
    before += input.requests;
    const { values, arrivedPerSecond } = step.value;
    return { ...heightOf(objectives, values), arrivedPerSecond };
  };
  const root = yield* findRoot(search, evaluate);
  if (root.kind !== 'found') {
    return { kind: root.kind === 'below' ? 'always' : 'never', worst: root.last.worst };
  }
  const { low, high } = root;
  const arrivedPerSecond = (low.arrivedPerSecond + high.arrivedPerSecond) / 2;
  return { kind: 'found', factor: root.factor, worst: high.worst, arrivedPerSecond };
}
