/**
 * What should one set? The smallest pool that meets the objectives through the surge and its drain, how
 * far one may be off to either side, and what else the objectives ask of the pool's settings.
 */
import type { ServiceSettings } from '../../model/service/settings.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { Question } from '../question.ts';
import { rounded } from '../rounding.ts';
import { scaledSystem } from '../scaled-traffic.ts';
import { isStationary } from '../stability.ts';
import { steadyTraffic } from '../steady/steady-traffic.ts';
import { alternativeOf, alternativesFor } from './alternatives.ts';
import type { Size } from './answer.ts';
import { upperEndOf } from './band.ts';
import { fleetOf } from './fleet.ts';
import { type FullPools, fullPoolsOf, keepsUp } from './full-pool.ts';
import { guessSize, LARGEST, summit } from './guess.ts';
import { inputEffects } from './inputs.ts';
import { otherSettings, profileOf, sizeAsSetting } from './other-settings.ts';
import { rulesOfThumb } from './rules-of-thumb.ts';
import { type NothingFound, type Screened, screenSizes } from './screening.ts';
import { shortestOf } from './short-service.ts';
import { CORRECT, findSmallest, INDIFFERENCE, type Smallest } from './smallest.ts';
import { type SizeTarget, withSize } from './target.ts';
import type { Bench } from './trials.ts';
import { verify } from './verify.ts';
import { peakMinute, type Ways, waysFor } from './ways.ts';

/** What is known before anything is simulated. */
export interface Asking {
  readonly bench: Bench;
  readonly ways: Ways;
  readonly guess: number;
  readonly peakRps: number;
  /** Whether more connections can serve less, and a backlog may stay for it. */
  readonly contends: boolean;
  readonly known: FullPools;
}

/**
 * @param scenario as it is to be judged: with its timeline or without; it has objectives
 * @param targets the pools that are meant, at least one: of several, the one that is short first
 */
export function* sizeOf(scenario: Scenario, targets: readonly SizeTarget[]): Question<Size> {
  const target = yield* shortestOf(scenario, targets);
  const asking = prepare(scenario, target);
  const { bench, known, contends } = asking;
  const { screened, smallest } = yield* searchSize(asking);
  const best = contends ? summit(bench.steady(scenario), target.service) : null;
  if (best !== null) yield* fullPoolsOf(bench, [best], known);
  const headroom =
    best === null ? null : { size: best, mostPerSecond: rounded(known.get(best) ?? 0) };
  const basis = { ...basisOf(asking), headroom };
  if (smallest === null) return yield* noSize(asking, basis, screened.tried);
  const confidence = confidenceOf(smallest);
  const low = smallest.size === null ? null : yield* enoughToDrain(asking, smallest.size, best);
  if (low === null) return yield* noSize(asking, { ...basis, confidence }, screened.tried);
  yield* fullPoolsOf(bench, [low], known);
  const upperBound = yield* upperEndOf(asking, low, screened);
  const settings = otherSettings(scenario, target, low, known.get(low) ?? null);
  const verified = yield* verify(asking, sizeAsSetting(target, low), settings);
  const { alternatives, used } = yield* alternativesFor(asking, low, upperBound);
  const inputs = yield* inputEffects(bench);
  const sized = bench.steady(withSize(scenario, target, low) ?? scenario);
  const conditions = scenario.objectives.map(({ condition }) => condition);
  return {
    ...basis,
    confidence,
    recommended: {
      size: low,
      ...verified,
      fleet: fleetOf(scenario.system, target.service, low),
    },
    safe: { low, high: upperBound?.size ?? null },
    upperBound,
    alternatives,
    rules: rulesOfThumb(sized, target.service, used, conditions),
    inputs,
  };
}

/** The smallest size that meets the objectives; smallest null: no size was found that may. */
export function* searchSize({
  bench,
  ways,
  guess,
}: Asking): Question<
  | { readonly screened: Screened; readonly smallest: Smallest }
  | { readonly screened: NothingFound; readonly smallest: null }
> {
  const screened = yield* screenSizes(bench, { guess, most: LARGEST }, ways.look);
  if (screened.smallest === null) return { screened, smallest: null };
  const range = { start: screened.smallest, most: LARGEST };
  const smallest = yield* findSmallest(bench, range, ways.close, ways.effort);
  return { screened, smallest };
}

export function prepare(scenario: Scenario, target: SizeTarget): Asking {
  const peakRps = peakMinute(scenario).rps;
  const bench: Bench = {
    scenario,
    target,
    sets: {},
    // What lasts less than a minute leaves no backlog that must drain beside it.
    steady: (one) => {
      const { system, rps } = steadyTraffic(one);
      const lasting = peakMinute(one).rps;
      return rps > lasting * 1.001 ? scaledSystem(system, lasting / rps) : system;
    },
  };
  const system = bench.steady(scenario);
  const guess = guessSize(system, target.service);
  const sized = withSize(scenario, target, guess) ?? scenario;
  const open = system.services.every(({ traffic }) => traffic.users === null);
  return {
    bench,
    guess,
    peakRps,
    ways: waysFor(scenario, { ...steadyTraffic(sized), system: bench.steady(sized) }),
    contends: system.database.contention.kind === 'usl' && open,
    known: new Map(),
  };
}

function basisOf({ bench: { scenario, target }, peakRps }: Asking): Size {
  const { instances, pool } = scenario.system.services[target.service] as ServiceSettings;
  const profile = profileOf(target);
  return {
    service: target.name,
    services: scenario.system.services.length,
    profile: profile.id,
    product: profile.product,
    instances,
    now: pool.max === Infinity ? null : pool.max,
    objectives: scenario.objectives.map(({ text }) => text),
    judgedOn: isStationary(scenario) ? 'long-run' : 'scenario',
    peakRps: rounded(peakRps),
    recommended: null,
    noneEnough: null,
    safe: null,
    confidence: { correct: CORRECT, indifference: INDIFFERENCE, replications: 0, isDecided: true },
    alternatives: [],
    upperBound: null,
    rules: [],
    inputs: null,
    headroom: null,
  };
}

function confidenceOf({ examined, isDecided }: Smallest): Size['confidence'] {
  const counts = [...examined.values()].map(({ trials }) => trials.length);
  const replications = counts.reduce((a, b) => a + b, 0);
  return { correct: CORRECT, indifference: INDIFFERENCE, replications, isDecided };
}

/**
 * Larger by as much as a full pool needs to serve more than arrives; null: no size does. A surge that passes
 * may be more than any pool serves: what meets the objectives through its backlog and drain is enough.
 */
function* enoughToDrain(
  { bench, peakRps, contends, known }: Asking,
  smallest: number,
  best: number | null,
): Question<number | null> {
  if (!contends || best === null) return smallest;
  yield* fullPoolsOf(bench, [smallest], known);
  const does = (size: number) => keepsUp(known.get(size) ?? 0, peakRps);
  if (does(smallest)) return smallest;
  if (smallest >= best || !does(best)) {
    return isStationary(bench.scenario) ? null : smallest;
  }
  let [low, high] = [smallest, best];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    yield* fullPoolsOf(bench, [middle], known);
    if (does(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function* noSize(
  { bench, known, peakRps, contends }: Asking,
  basis: Size,
  tried: ReadonlyMap<number, Parameters<typeof alternativeOf>[0]>,
): Question<Size> {
  const all = [...tried.values()];
  const [best] = all.sort((a, b) => a.by - b.by || b.size - a.size);
  if (best === undefined) throw new Error('bug: no size was tried');
  const { headroom } = basis;
  // Where the database does not contend, a larger pool never serves less.
  const largest = Math.max(...all.map(({ size }) => size));
  yield* fullPoolsOf(bench, contends ? [best.size] : [best.size, largest], known);
  const served = Math.max(headroom?.mostPerSecond ?? 0, ...known.values());
  return {
    ...basis,
    noneEnough: {
      reason: keepsUp(served, peakRps) ? 'objectives' : 'database',
      best: alternativeOf(best, 'beyond', { bench, known, peakRps, contends }),
      missed: bench.scenario.objectives[best.worst]?.text ?? '',
    },
  };
}
