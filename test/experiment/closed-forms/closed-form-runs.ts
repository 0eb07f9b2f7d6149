// Runs of small scenarios, and what their certificates say of closed forms.

import { simulate } from '../../../src/experiment/run.ts';
import type { ClosedFormCheck, RunResult } from '../../../src/experiment/result.ts';
import { formatFault } from '../../../src/scenario/fault.ts';
import { parseScenario } from '../../../src/scenario/parse-scenario.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';

/** What a scenario says; it starts at midnight. */
export type Wishes = Readonly<Record<string, unknown>>;

export function scenarioOf(wishes: Wishes): Scenario {
  const text = JSON.stringify({ start: '2024-01-21T00:00:00Z', ...wishes });
  const parsed = parseScenario({ file: 'closed-form', text, sets: [] });
  if (!parsed.ok) throw new Error(parsed.faults.map(formatFault).join('\n'));
  return parsed.scenario;
}

export function resultOf(wishes: Wishes, seed: string): RunResult {
  const steps = simulate(scenarioOf(wishes), { seed });
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

export function closedFormsOf(wishes: Wishes, seed: string): ClosedFormCheck[] {
  return resultOf(wishes, seed).certificate.checks.filter((check) => !check.exact);
}
