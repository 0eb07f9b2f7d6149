// Diagnoses of small scenarios that tests write down as maps, each simulated as little as will do.

import { diagnose, type DiagnoseOptions } from '../../../src/experiment/diagnose/diagnose.ts';
import type { Diagnosis } from '../../../src/experiment/diagnose/diagnosis.ts';
import type { LeverEffect } from '../../../src/experiment/diagnose/effects.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';
import { answerNow } from '../answer-now.ts';
import { scenarioOf } from '../small-run.ts';

export const little = { replications: 3, most: 3, windowRequests: 5000 };

/** Two thirds of a minute, with a surge after a quarter of it. */
export function surge(
  rps: readonly [before: number, after: number],
  system: Record<string, unknown>,
): Scenario {
  const rate = [
    { at: '10s', rps: rps[0] },
    { at: '12s', rps: rps[1] },
  ];
  const seed = process.env['TIDEMARK_TEST_SEED'] ?? 7;
  return scenarioOf({ name: 'small', duration: '40s', seed, traffic: { rate }, ...system });
}

export function diagnosisOf(scenario: Scenario, options: Partial<DiagnoseOptions> = {}): Diagnosis {
  const all = { fromNs: null, toNs: null, budget: 0, size: little, ...options };
  return answerNow(diagnose(scenario, all));
}

export function leverOf({ levers }: Diagnosis, path: string): LeverEffect {
  const lever = levers.find((each) => each.path === path);
  if (lever === undefined) throw new Error(`no lever ${path}`);
  return lever;
}
