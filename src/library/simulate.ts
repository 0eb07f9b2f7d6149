import { replicate } from '../experiment/replicate.ts';
import type { RunResult } from '../experiment/result.ts';
import { soundResult } from '../experiment/sound-result.ts';
import { show, type Reading } from '../scenario/reading.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { FaultyArguments, parseSeed } from './faulty-arguments.ts';
import { finished } from './finished.ts';

export interface SimulateOptions {
  /** Instead of the scenario's. The same seed gives the same result, on every machine. */
  readonly seed?: string | number;
  /**
   * How often it is run, each time with other random numbers; 1 when left out. The result is that of the
   * first run, and from 2 on `across` has means over all of them with 95 % intervals.
   */
  readonly replications?: number;
}

/**
 * Simulates a scenario to its end: what `tidemark run --json` prints, without verdict and advice. Times have
 * their unit at the end of the name (`p99Ms`). It takes a processor until it is done, about a second for two
 * million requests; `tidemark/steps` lets others have a turn.
 *
 * @throws InputError what is wrong with the arguments
 * @throws SimulationLimit when too much is in flight or time stands still: the scenario's fault
 */
export function simulate(scenario: Scenario, options: SimulateOptions = {}): RunResult {
  const faulty = new FaultyArguments('simulate');
  faulty.scenario('', scenario);
  const seed = faulty.read('seed', options.seed, parseSeed);
  const count = faulty.read('replications', options.replications, parseReplications) ?? 1;
  faulty.throwIfAny();
  return soundResult(
    finished(replicate(scenario, { kind: 'fixed', count }, { seed: seed ?? scenario.seed })),
  );
}

function parseReplications(value: unknown): Reading<number> {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) {
    return { ok: true, value };
  }
  const message = `${show(value)} is no number of runs: a whole number from 1 on`;
  return { ok: false, code: 'out-of-range', message };
}
