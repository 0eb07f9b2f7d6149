// Runs a scenario that a test writes down as a map.

import type { RunResult } from '../../src/experiment/result.ts';
import { simulate } from '../../src/experiment/run.ts';
import { formatFault } from '../../src/scenario/fault.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';

export function scenarioOf(document: Record<string, unknown>): Scenario {
  const parsed = parseScenario({ file: 'small', text: JSON.stringify(document), sets: [] });
  if (!parsed.ok) throw new Error(parsed.faults.map(formatFault).join('\n'));
  return parsed.scenario;
}

export function resultOf(document: Record<string, unknown>): RunResult {
  const steps = simulate(scenarioOf(document));
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}
