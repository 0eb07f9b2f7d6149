/** One run of a scenario as a piece of work: plain data in, plain data out, and never with wrong books. */
import type { Scenario } from '../scenario/scenario.ts';
import type { RunResult } from './result.ts';
import { simulate } from './run.ts';
import { soundResult } from './sound-result.ts';

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
    if (step.done === true) return soundResult(step.value);
    yield step.value.requests;
  }
}
