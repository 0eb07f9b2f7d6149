/**
 * A diagnosis: where requests wait in a stretch of a run, what a tenth more of each thing would do about it,
 * what would have become of the run if something had been done earlier, and what one would have seen.
 */
import { SECOND } from '../../engine/time.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { ask, type Question } from '../question.ts';
import type { RunResult } from '../result.ts';
import { changesOf, expectedRequests } from '../settings-history.ts';
import { conclude } from './conclude.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { ExcerptInput, Span } from './excerpt.ts';
import { planInquiry, type Seen } from './inquiry.ts';
import { LEVER_SIZE, type LeverSize } from './lever-plan.ts';
import { beforeRestart, defaultStretch, usualStretch } from './stretch.ts';

export interface DiagnoseOptions {
  /** ns after the start; null: by itself. */
  readonly fromNs: number | null;
  readonly toNs: number | null;
  /** Requests of all counterfactual runs together; left out: 420 million. */
  readonly budget?: number;
  /** How much is simulated of each lever, unless as usual. */
  readonly size?: LeverSize;
}

const BUDGET = 420e6;
const HALF_AN_HOUR = 1800 * SECOND;

export function* diagnose(scenario: Scenario, options: DiagnoseOptions): Question<Diagnosis> {
  const { seed } = scenario;
  const budget = options.budget ?? BUDGET;
  const wholeRun = expectedRequests(scenario);
  const later = Math.min(budget, 12 * wholeRun);
  const [result] = yield* ask('run', [{ scenario, seed, replication: 1 }], {
    part: 'the run',
    requests: wholeRun,
    later: later + wholeRun,
  });
  if (result === undefined) throw new Error('bug: no run');
  const seen = yield* look(scenario, result, stretchOf(scenario, result, options), later);
  const inquiry = planInquiry(scenario, seen, budget, options.size ?? LEVER_SIZE);
  const outputs = yield* ask('excerpt', inquiry.inputs, {
    part: 'levers, and what would have been',
    requests: inquiry.requests,
    later: 0,
  });
  return conclude(scenario, seen, inquiry, outputs);
}

/** The stretch asked for; what is not said is as it would be by itself. */
function stretchOf(scenario: Scenario, result: RunResult, { fromNs, toNs }: DiagnoseOptions): Span {
  const own = defaultStretch(scenario, result);
  const { durationNs } = scenario;
  if (fromNs === null)
    return toNs === null ? own : { fromNs: own.fromNs < toNs ? own.fromNs : 0, toNs };
  const end = own.toNs > fromNs ? own.toNs : fromNs + HALF_AN_HOUR;
  return { fromNs, toNs: toNs ?? Math.min(durationNs, end) };
}

/** The run once more, read where it is needed. */
function* look(
  scenario: Scenario,
  result: RunResult,
  stretch: Span,
  later: number,
): Question<Seen> {
  const usual = usualStretch(result, stretch);
  const deploy = beforeRestart(scenario, stretch);
  const input: ExcerptInput = {
    settings: scenario.system,
    changes: changesOf(scenario),
    startNs: 0,
    stretches: [stretch, usual ?? stretch, deploy ?? stretch],
    seed: `${scenario.seed}/rep-1`,
  };
  const requests = (expectedRequests(scenario) * stretch.toNs) / scenario.durationNs;
  const [excerpt] = yield* ask('excerpt', [input], { part: 'the stretch', requests, later });
  const [reading, before, beforeDeploy] = excerpt?.readings ?? [];
  if (reading === undefined) throw new Error('bug: no stretch');
  return {
    result,
    stretch,
    reading,
    usual: usual === null ? null : (before ?? null),
    beforeDeploy: deploy === null ? null : (beforeDeploy ?? null),
  };
}
