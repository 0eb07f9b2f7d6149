// What becomes of a scenario in a fuzz test: a run with sound books, or one that is cut short because it
// would be long.

import type { RunResult } from '../../src/experiment/result.ts';
import { simulate } from '../../src/experiment/run.ts';
import { SimulationLimit } from '../../src/model/simulation-limit.ts';
import { renderJson } from '../../src/report/json.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';

const MOST_REQUESTS = 20_000;
const MOST_IN_FLIGHT = 50_000;
/** Of 50,000 events, or of a window. */
const MOST_STEPS = 2000;

export type Ending = 'sound' | 'cut short' | 'too much';

/** @throws when the books are wrong or the result has a number that is none */
export function runToTheEnd(scenario: Scenario): Ending {
  const run = simulate(scenario, { maxInFlight: MOST_IN_FLIGHT });
  try {
    for (let i = 0; i < MOST_STEPS; i++) {
      const step = run.next();
      if (step.done === true) return judged(step.value);
      if (step.value.requests > MOST_REQUESTS) break;
    }
    return 'cut short';
  } catch (error) {
    if (error instanceof SimulationLimit) return 'too much';
    throw error;
  }
}

function judged(result: RunResult): Ending {
  const broken = result.certificate.checks.filter(({ exact, holds }) => exact && !holds);
  if (broken.length > 0) throw new Error(`broken: ${broken.map(({ name }) => name).join(', ')}`);
  // It refuses numbers that are none.
  renderJson(result, null);
  return 'sound';
}
