/** What a check keeps of a run: the figures that are compared, and where requests waited. */
import { observedOf, runOfSide, type Observed, type ObserveInput } from '../compare/observed.ts';
import type { RunResult } from '../result.ts';

export interface CheckedRun extends Observed {
  readonly bottleneck: RunResult['bottleneck'];
}

export function* checkedRun({
  side,
  ...input
}: ObserveInput): Generator<number, CheckedRun, undefined> {
  const result = yield* runOfSide(input, side);
  return { ...observedOf(result), bottleneck: result.bottleneck };
}
