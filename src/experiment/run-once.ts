/** One run of a scenario as a piece of work: plain data in, plain data out, and never with wrong books. */
import type { Scenario } from '../scenario/scenario.ts';
import type { RunResult } from './result.ts';
import { simulate } from './run.ts';

export interface RunInput {
  readonly scenario: Scenario;
  readonly seed: string;
  /** From 1 on. */
  readonly replication: number;
}

/**
 * Yields, now and then, how many requests it has simulated so far.
 * @throws Error when the run's own books do not balance: our fault
 */
export function* runOnce({
  scenario,
  seed,
  replication,
}: RunInput): Generator<number, RunResult, undefined> {
  const run = simulate(scenario, { seed, replication });
  for (;;) {
    const step = run.next();
    if (step.done === true) return sound(step.value);
    yield step.value.requests;
  }
}

function sound(result: RunResult): RunResult {
  if (result.certificate.holds) return result;
  const broken = result.certificate.checks.filter((check) => check.exact && !check.holds);
  throw new Error(`bug: the certificate does not hold: ${broken.map((c) => c.name).join(', ')}`);
}
