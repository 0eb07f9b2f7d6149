/**
 * Advice: what would have helped, what would not, and which input the answer leans on most; each found by
 * trying it on the backlog that the surge has built up (see `what-if`), not by a rule of thumb.
 */
import { SECOND } from '../engine/time.ts';
import { formatIso } from '../scenario/clock.ts';
import { settingsAt } from '../scenario/settings-at.ts';
import type { ProvenanceEntry, Scenario } from '../scenario/scenario.ts';
import { valueOf } from '../scenario/value-of.ts';
import type { SystemSettings } from '../model/settings.ts';
import type { Advice, Trial } from './advice.ts';
import { candidatesOf, shortOf, sizeAfter } from './candidates.ts';
import { enlarged } from './enlarged.ts';
import type { RunResult } from './result.ts';
import { rounded } from './rounding.ts';
import type { Progress } from './run.ts';
import { expectedBetween, settingsInForce } from './settings-history.ts';
import { isSameOutcome } from './same-outcome.ts';
import { memoryNs, type Outcome, planWhatIf, whatIf, type WhatIfPlan } from './what-if.ts';

/** How much larger an input is made to see whether the answer leans on it. */
const LARGER = 0.1;

/**
 * Tries changes on the backlog; null when the run had no onset, or ended right after it. Yields after
 * every simulation.
 */
export function* advise(
  scenario: Scenario,
  result: RunResult,
): Generator<Progress, Advice | null, undefined> {
  const { onset } = result.bottleneck;
  if (onset === null) return null;
  const memory = memoryNs(scenario.system, result.use);
  const plan = planWhatIf(scenario, onset.afterSeconds * SECOND, result.seed, memory);
  if (plan === null) return null;
  const short = shortOf(scenario, onset.instance, plan);
  const candidates = candidatesOf(scenario, short, plan);
  const inputs = inputsOf(scenario);
  const progress = progressOf(scenario, plan, 1 + candidates.length + inputs.length);
  const before = settingsInForce(scenario, plan.changeNs);
  const unchanged = whatIf(plan, before, null);
  let done = 1;
  yield progress(done);
  const trials: Trial[] = [];
  for (const candidate of candidates) {
    const after = settingsAt(scenario, plan.changeNs, candidate.set);
    if (after.ok) {
      const size = sizeAfter(short, after.settings);
      trials.push({ ...candidate, ...size, ...whatIf(plan, before, after.settings).figures });
    }
    yield progress(++done);
  }
  let leansOn: Advice['leansOn'] = null;
  let steepest = 0;
  for (const input of inputs) {
    const effect = effectOfMore(scenario, plan, input, { settings: before, outcome: unchanged });
    if (effect !== null && effect.slope > steepest) {
      steepest = effect.slope;
      leansOn = effect.leansOn;
    }
    yield progress(++done);
  }
  const { errors, p50Ms, p99Ms } = unchanged.figures;
  return {
    changedAt: formatIso(scenario, plan.changeNs),
    from: formatIso(scenario, plan.measureNs),
    to: formatIso(scenario, plan.toNs),
    measuredSeconds: (plan.toNs - plan.measureNs) / SECOND,
    unchanged: { errors, p50Ms, p99Ms },
    trials,
    leansOn,
  };
}

/** What has been simulated when so many of all short simulations are done. */
function progressOf(scenario: Scenario, plan: WhatIfPlan, all: number) {
  const length = plan.toNs - plan.fromNs;
  const requests = expectedBetween(scenario, plan.fromNs, plan.toNs);
  return (done: number): Progress => ({
    simulatedNs: done * length,
    durationNs: all * length,
    requests: Math.round(done * requests),
    totalRequests: all * requests,
  });
}

/** The inputs that somebody assumed; when nothing is marked so, all that are marked. */
function inputsOf(scenario: Scenario): ProvenanceEntry[] {
  const amounts = scenario.provenance.filter(
    ({ path }) => enlarged(valueOf(scenario, path), LARGER) !== null,
  );
  const assumed = amounts.filter(({ grade }) => grade === 'assumed');
  return assumed.length > 0 ? assumed : amounts;
}

/** What a larger input does to the failed share; null when it is not allowed, or does nothing. */
function effectOfMore(
  scenario: Scenario,
  plan: WhatIfPlan,
  { path, grade }: ProvenanceEntry,
  unchanged: { readonly settings: SystemSettings; readonly outcome: Outcome },
) {
  const input = enlarged(valueOf(scenario, path), LARGER);
  const { figures, connections } = unchanged.outcome;
  if (input === null || figures.errors === null) return null;
  const more = settingsAt(scenario, plan.fromNs, { [path]: input.value });
  if (!more.ok || isSameOutcome(unchanged.settings, more.settings, connections)) return null;
  const { errors } = whatIf(plan, more.settings, null).figures;
  if (errors === null) return null;
  const larger = rounded(input.by);
  const slope = Math.abs(errors - figures.errors) / larger;
  return { slope, leansOn: { path, grade, larger, errors } };
}
