// The simulations behind one `tidemark run`: the scenario, the scenario without the changes, and
// the short what-ifs of the verdict.

import { advise } from '../../experiment/advise.ts';
import type { Advice } from '../../experiment/advice.ts';
import type { RunResult } from '../../experiment/result.ts';
import { replicate } from '../../experiment/replicate.ts';
import type { Progress, RunOptions } from '../../experiment/run.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { drive } from '../drive.ts';
import type { OutputFile } from '../files/output-file.ts';
import { progressOn } from '../progress-on.ts';
import type { Session } from '../session.ts';
import type { Plan } from './plan.ts';

export interface Outcome {
  readonly result: RunResult;
  readonly advice: Advice | null;
  /** Without the changes; null when there are none. */
  readonly before: RunResult | null;
}

export async function simulatePlan(
  { err, signal }: Session,
  plan: Plan,
  eventLog: OutputFile | undefined,
): Promise<Outcome> {
  const { options, scenario, unchanged } = plan;
  const progress = await progressOn(err);
  const listener = (part: string) => ({
    signal,
    onProgress: (advance: Progress) => {
      progress?.show(part, advance);
    },
  });
  const seed = options.seed === undefined ? {} : { seed: options.seed };
  const limit = options.maxInFlight === undefined ? {} : { maxInFlight: options.maxInFlight };
  const first = options.events?.first ?? 0;
  const log = eventLog === undefined ? {} : { eventLog: { first, write: lineWriter(eventLog) } };
  const settings = { ...seed, ...limit };
  try {
    const again = (each: Scenario, more: RunOptions) =>
      replicate(each, options.replications, { ...settings, ...more });
    const before = unchanged && (await drive(again(unchanged, {}), listener('before')));
    const part = unchanged === null ? 'simulating' : 'after';
    const result = await drive(again(scenario, log), listener(part));
    const advice = await drive(advise(scenario, result), listener('what-ifs'));
    return { result, advice, before };
  } finally {
    progress?.clear();
  }
}

function lineWriter(file: OutputFile): (line: string) => void {
  return (line) => {
    file.write(`${line}\n`);
  };
}
