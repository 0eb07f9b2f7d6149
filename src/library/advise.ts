import { advise as adviseInSteps } from '../experiment/advise.ts';
import type { Advice } from '../experiment/advice.ts';
import type { RunResult } from '../experiment/result.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { finished } from './finished.ts';

/**
 * What would have helped: tries other settings on the backlog of a run, in short simulations of their own.
 *
 * @param result what `simulate` has found out about the same scenario
 * @returns null when the pool never became the bottleneck, so that there is nothing to try
 */
export function advise(scenario: Scenario, result: RunResult): Advice | null {
  return finished(adviseInSteps(scenario, result));
}
