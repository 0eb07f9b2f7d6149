/**
 * Advice: what would have helped, what would not, and which input the answer leans on most; each found by
 * trying it on the backlog that the surge has built up (see `what-if`), not by a rule of thumb.
 */
import { SECOND } from '../engine/time.ts';
import type { PoolSettings } from '../model/pool/settings.ts';
import type { SystemSettings } from '../model/settings.ts';
import { formatIso } from '../scenario/clock.ts';
import { formatDuration } from '../scenario/duration.ts';
import { pathName, poolTarget, sizeSetting } from '../scenario/pool-target.ts';
import { type ProductPool, productPools } from '../scenario/product-pools.ts';
import { settingFor } from '../scenario/profiles.ts';
import { settingsAt } from '../scenario/settings-at.ts';
import type { ProvenanceEntry, Scenario } from '../scenario/scenario.ts';
import { valueOf } from '../scenario/value-of.ts';
import type { Advice, Trial } from './advice.ts';
import { enlarged } from './enlarged.ts';
import type { RunResult } from './result.ts';
import { rounded } from './rounding.ts';
import type { Progress } from './run.ts';
import { expectedBetween, settingsInForce } from './settings-history.ts';
import { memoryNs, planWhatIf, whatIf, type WhatIfFigures, type WhatIfPlan } from './what-if.ts';

/** Pool sizes that are tried, as multiples of the one in force. */
const SIZES = [1.2, 1.5, 2, 3, 4, 6];
/** A shorter acquire timeout, as a part of the one in force. */
const SHORTER = 0.4;
/** How much larger an input is made to see whether the answer leans on it. */
const LARGER = 0.1;

type Candidate = Pick<Trial, 'set' | 'kind'>;

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
      trials.push({ ...candidate, ...size, ...whatIf(plan, before, after.settings) });
    }
    yield progress(++done);
  }
  let leansOn: Advice['leansOn'] = null;
  let steepest = 0;
  for (const input of inputs) {
    const effect = effectOfMore(scenario, plan, input, unchanged);
    if (effect !== null && effect.slope > steepest) {
      steepest = effect.slope;
      leansOn = effect.leansOn;
    }
    yield progress(++done);
  }
  return {
    changedAt: formatIso(scenario, plan.changeNs),
    from: formatIso(scenario, plan.measureNs),
    to: formatIso(scenario, plan.toNs),
    measuredSeconds: (plan.toNs - plan.measureNs) / SECOND,
    unchanged: { errors: unchanged.errors, p50Ms: unchanged.p50Ms, p99Ms: unchanged.p99Ms },
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

/** The service whose pool was short first, and its pool at the change. */
interface Short {
  /** `services.shop.pool`: where its settings stand. */
  readonly path: string;
  readonly name: string;
  readonly pool: PoolSettings;
  readonly product: ProductPool | undefined;
}

/** @param instance `service/3` */
function shortOf(scenario: Scenario, instance: string, { changeNs }: WhatIfPlan): Short {
  const name = instance.slice(0, instance.lastIndexOf('/'));
  const path = 'services' in scenario.document ? `services.${name}.pool` : 'service.pool';
  const now = settingsInForce(scenario, changeNs).services.find((s) => s.name === name);
  if (now === undefined) throw new Error(`bug: no service ${name}`);
  const product = productPools(scenario.document).find(({ service }) => service === name);
  return { path, name, pool: now.pool, product };
}

function candidatesOf(scenario: Scenario, short: Short, plan: WhatIfPlan): Candidate[] {
  return withoutRepeats([
    ...sizeCandidates(short),
    ...timeoutCandidates(short),
    ...partsOfFix(scenario, plan),
  ]);
}

/** None where there is no limit, or no setting for it. */
function sizeCandidates({ path, pool: { max }, product }: Short): Candidate[] {
  const own = product === undefined ? null : sizeSetting(product.product, product.values);
  const setting = product === undefined ? { key: 'max', more: 0 } : own;
  if (setting === null || max === Infinity) return [];
  const sizes = SIZES.map((factor) => Math.max(Math.ceil(max * factor), max + 1));
  return [...new Set(sizes)].map((size): Candidate => {
    return { kind: 'pool-size', set: { [`${path}.${setting.key}`]: size - setting.more } };
  });
}

/** None where nobody times out, or the product has no setting for it. */
function timeoutCandidates({ path, pool: { acquireTimeoutNs }, product }: Short): Candidate[] {
  const own = product && settingFor(product.product, 'acquireTimeoutNs');
  const key = product === undefined ? 'acquireTimeout' : own && pathName(own);
  if (typeof key !== 'string' || !(acquireTimeoutNs > 0 && acquireTimeoutNs < Infinity)) return [];
  const timeout = formatDuration(Math.round(acquireTimeoutNs * SHORTER));
  return [{ kind: 'timeout', set: { [`${path}.${key}`]: timeout } }];
}

/** The last change of settings that the timeline makes after the overload began: whole, and in parts. */
function partsOfFix(scenario: Scenario, plan: WhatIfPlan): Candidate[] {
  const fix = scenario.timeline.findLast(
    (entry) => entry.settings !== null && entry.atNs > plan.changeNs,
  );
  const paths = Object.keys(fix?.set ?? {});
  if (fix === undefined || paths.length < 2) return [];
  const only = (...chosen: string[]) => Object.fromEntries(chosen.map((p) => [p, fix.set[p]]));
  const profiles = new Map(
    productPools(scenario.document).map(({ service, product }) => [service, product.id]),
  );
  const isSize = (path: string) => poolTarget(path, (name) => profiles.get(name))?.sets === 'max';
  const size = paths.find(isSize);
  const plans = paths.filter((path) => path.includes('requests'));
  const pairs = size === undefined ? [] : plans.map((path) => only(size, path));
  return [
    ...paths.map((path): Candidate => ({ kind: 'timeline-part', set: only(path) })),
    ...pairs.map((set): Candidate => ({ kind: 'timeline-part', set })),
    { kind: 'timeline-whole', set: fix.set },
  ];
}

/** What a trial makes of the size of the pool that was short; nothing when it leaves it as it was. */
function sizeAfter({ name, pool }: Short, { services }: SystemSettings): Partial<Trial> {
  const max = services.find((s) => s.name === name)?.pool.max ?? pool.max;
  return max === pool.max || max === Infinity ? {} : { connections: max };
}

function withoutRepeats(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ set }) => {
    const key = JSON.stringify(set);
    return !seen.has(key) && seen.add(key).size > 0;
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

/** What a larger input does to the failed share; null when it is not allowed or nothing can be said. */
function effectOfMore(
  scenario: Scenario,
  plan: WhatIfPlan,
  { path, grade }: ProvenanceEntry,
  unchanged: WhatIfFigures,
) {
  const input = enlarged(valueOf(scenario, path), LARGER);
  if (input === null || unchanged.errors === null) return null;
  const settings = settingsAt(scenario, plan.fromNs, { [path]: input.value });
  if (!settings.ok) return null;
  const { errors } = whatIf(plan, settings.settings, null);
  if (errors === null) return null;
  const larger = rounded(input.by);
  const slope = Math.abs(errors - unchanged.errors) / larger;
  return { slope, leansOn: { path, grade, larger, errors } };
}
