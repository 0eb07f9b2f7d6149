// The simulations behind one `tidemark run`: the scenario, the scenario without the changes, and
// the short what-ifs of the verdict.

import { advise } from '../../experiment/advise.ts';
import type { Advice } from '../../experiment/advice.ts';
import type { RunResult } from '../../experiment/result.ts';
import { type Progress, simulate } from '../../experiment/run.ts';
import { drive } from '../drive.ts';
import type { OutputFile } from '../files/output-file.ts';
import { ProgressLine } from '../progress.ts';
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
  const progress = new ProgressLine(err, () => performance.now());
  const listener = (part: string) => ({
    signal,
    onProgress: (advance: Progress) => {
      progress.show(part, advance);
    },
  });
  const seed = options.seed === undefined ? {} : { seed: options.seed };
  const limit = options.maxInFlight === undefined ? {} : { maxInFlight: options.maxInFlight };
  const first = options.events?.first ?? 0;
  const log = eventLog === undefined ? {} : { eventLog: { first, write: lineWriter(eventLog) } };
  const settings = { ...seed, ...limit };
  try {
    const before = unchanged && (await drive(simulate(unchanged, settings), listener('before')));
    const part = unchanged === null ? 'simulating' : 'after';
    const run = simulate(scenario, { ...settings, ...log });
    const result = await drive(run, listener(part));
    const advice = await drive(advise(scenario, result), listener('what-ifs'));
    return { result, advice, before };
  } finally {
    progress.clear();
  }
}

function lineWriter(file: OutputFile): (line: string) => void {
  return (line) => {
    file.write(`${line}\n`);
  };
}
