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
import { type Connections, isSameOutcome } from './same-outcome.ts';
import { memoryNs, type Outcome, planWhatIf, WhatIf, whatIf, type WhatIfPlan } from './what-if.ts';

/** How much larger an input is made to see whether the answer leans on it. */
const LARGER = 0.1;
/** All inputs are tried for this part of the measurement, and to its end those that may lead … */
const GLANCE = 1 / 4;
/** … which are those that move the failed share by this part of what the steepest one does. */
const MAY_LEAD = 3 / 4;

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
  const { glance, unchanged } = tryUnchanged(plan, before);
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
  let leading: Leaning[] = [];
  for (const input of inputs) {
    const leaning = leaningOn(scenario, plan, input, {
      ...{ settings: before, glance, connections: unchanged.connections },
    });
    if (leaning !== null) leading = leadingOf([...leading, leaning]);
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
    leansOn: steepestOf(leading, plan, unchanged),
  };
}

/** What is found when nothing changes: at a glance, and to the end. */
function tryUnchanged(plan: WhatIfPlan, settings: SystemSettings) {
  const tried = new WhatIf(plan, settings, null);
  const glance = tried.upTo(glanceAt(plan));
  return { glance, unchanged: tried.upTo(plan.toNs) };
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

/** The same with nothing changed: its settings, what a glance at it found, its connections up to the end. */
interface Unchanged {
  readonly settings: SystemSettings;
  readonly glance: Outcome;
  readonly connections: Connections;
}

/** A larger input, tried for a part of the measurement. */
interface Leaning extends ProvenanceEntry {
  readonly larger: number;
  readonly tried: WhatIf;
  /** What it does to the failed share so far, for its own change; null when nobody knows yet. */
  readonly slope: number | null;
}

/** After so much of the measurement it shows which inputs may move the answer most. */
function glanceAt({ measureNs, toNs }: WhatIfPlan): number {
  return Math.round(measureNs + (toNs - measureNs) * GLANCE);
}

/** Tries a larger input for a glance; null when it is not allowed, or can do nothing. */
function leaningOn(
  scenario: Scenario,
  plan: WhatIfPlan,
  entry: ProvenanceEntry,
  unchanged: Unchanged,
): Leaning | null {
  const input = enlarged(valueOf(scenario, entry.path), LARGER);
  const { settings, glance, connections } = unchanged;
  if (input === null) return null;
  const more = settingsAt(scenario, plan.fromNs, { [entry.path]: input.value });
  if (!more.ok || isSameOutcome(settings, more.settings, connections)) return null;
  const tried = new WhatIf(plan, more.settings, null);
  const larger = rounded(input.by);
  const { errors } = tried.upTo(glanceAt(plan)).figures;
  return { ...entry, larger, tried, slope: slopeOf(errors, glance.figures.errors, larger) };
}

function slopeOf(errors: number | null, before: number | null, larger: number): number | null {
  return errors === null || before === null ? null : Math.abs(errors - before) / larger;
}

/** Those of them that may be the steepest. */
function leadingOf(tried: readonly Leaning[]): Leaning[] {
  const steepest = Math.max(...tried.map(({ slope }) => slope ?? 0));
  return tried.filter(({ slope }) => slope === null || slope >= steepest * MAY_LEAD);
}

/** Goes on with those that may be the steepest, to the end of the measurement. */
function steepestOf(
  leading: readonly Leaning[],
  plan: WhatIfPlan,
  unchanged: Outcome,
): Advice['leansOn'] {
  let leansOn: Advice['leansOn'] = null;
  let steepest = 0;
  for (const { path, grade, larger, tried } of leading) {
    const { errors } = tried.upTo(plan.toNs).figures;
    const slope = slopeOf(errors, unchanged.figures.errors, larger) ?? 0;
    if (errors === null || slope <= steepest) continue;
    steepest = slope;
    leansOn = { path, grade, larger, errors };
  }
  return leansOn;
}
