/**
 * How much a pool can take: the rate at which it becomes the bottleneck, and the highest rate within the
 * objectives. A scenario whose traffic stays is asked for the long run; of any other the whole traffic is
 * made larger or smaller, and its runs are judged.
 */
import type { Objective, Scenario } from '../../scenario/scenario.ts';
import type { SystemSettings } from '../../model/settings.ts';
import { ask, type Question } from '../question.ts';
import { rounded, roundedOrNull } from '../rounding.ts';
import { scaledScenario } from '../scaled-traffic.ts';
import { expectedRequests } from '../settings-history.ts';
import { isStationary } from '../stability.ts';
import { ratePerSecond } from '../steady/steady-run.ts';
import { steadyTraffic } from '../steady/steady-traffic.ts';
import type { Capacity, Drains, ObjectiveKnee } from './answer.ts';
import { waitCurve } from './curve.ts';
import { drainOf } from './drain.ts';
import { rateInterval } from './estimate.ts';
import { isUpperLimit } from './height.ts';
import {
  type Budget,
  EVALUATIONS,
  type Found,
  kneeRates,
  type Knees,
  type KneeSearch,
} from './knee-rate.ts';
import { type Saturation, saturationRate } from './saturation-rate.ts';
import { isKnownToTheory, kneeInTheory, saturationInTheory, waitInTheory } from './theory.ts';

/** Of the long run, where replications are short. */
const STEADY: Budget = {
  round: 10,
  leastRounds: 2,
  mostRounds: 20,
  precision: 0.005,
  rootPrecision: 0.003,
};

/** Of whole runs, which may be long: as many rounds as this many requests allow. */
const RUNS = { round: 4, leastRounds: 1, precision: 0.01, rootPrecision: 0.003 };
const REQUESTS_OF_RUNS = 200_000_000;
const MOST_ROUNDS_OF_RUNS = 25;

/** Where a search begins when theory says nothing: this share of what can be served. */
const USUAL_KNEE = 0.95;
/** Times what can be served: nothing is tried beyond it. */
const MOST_LOAD = 20;
const MOST_LOAD_OF_RUNS = 10;

/** @param scenario as it is to be judged: with its timeline or without */
export function* capacityOf(scenario: Scenario): Question<Capacity> {
  const { seed } = scenario;
  const { system, rps: peakRps } = steadyTraffic(scenario);
  const judged = scenario.objectives.filter(({ condition }) => isUpperLimit(condition));
  const saturation = yield* saturationRate(system, seed);
  const interval = saturatedAt(saturation);
  const search = searchFor({ ...scenario, objectives: judged }, system, interval?.rps ?? null);
  const knees = judged.length === 0 ? null : yield* kneeRates(search);
  const drain = yield* drainsOf(scenario, knees, interval?.rps ?? null);
  const curve = interval === null ? [] : yield* waitCurve(system, interval.rps, seed);
  return {
    saturation: interval,
    collapses: saturation?.collapses ?? false,
    ...kneeFigures(knees, judged, system),
    notJudged: scenario.objectives.filter((o) => !judged.includes(o)).map(({ text }) => text),
    judgedOn: isStationary(scenario) ? 'long-run' : 'scenario',
    peakRps: rounded(peakRps),
    peakUsers: usersOf(system),
    drain,
    theory: theoryOf(system, judged),
    curve,
  };
}

/** Requests that the answer takes, roughly: whether threads are worth it. */
export function capacityRequests(scenario: Scenario): number {
  const rates = 5_000_000;
  if (scenario.objectives.length === 0) return rates;
  if (isStationary(scenario)) return rates + FEWEST * EVALUATIONS * STEADY.round * 2;
  const all = expectedRequests(scenario) * EVALUATIONS * RUNS.round * MOST_ROUNDS_OF_RUNS;
  return rates + Math.min(REQUESTS_OF_RUNS, all);
}

function saturatedAt(saturation: Saturation | null): Capacity['saturation'] {
  if (saturation === null) return null;
  return { ...rateInterval(saturation.rates), station: saturation.station };
}

/** @param scenario its objectives are those that are judged */
function searchFor(
  scenario: Scenario,
  system: SystemSettings,
  saturationRps: number | null,
): KneeSearch {
  const own = ratePerSecond(system);
  const full = (saturationRps ?? own) / own;
  const objectives = scenario.objectives.map(({ condition }) => condition);
  const guess = kneeInTheory(system, objectives) ?? full * USUAL_KNEE;
  const { seed } = scenario;
  if (!isStationary(scenario)) {
    const requests = expectedRequests(scenario) * guess;
    const rounds = Math.floor(REQUESTS_OF_RUNS / (requests * EVALUATIONS * RUNS.round));
    return {
      work: 'run-knee',
      input: { scenario, seed },
      requests,
      range: { guess, least: guess / 100, most: full * MOST_LOAD_OF_RUNS },
      budget: { ...RUNS, mostRounds: Math.max(1, Math.min(MOST_ROUNDS_OF_RUNS, rounds)) },
    };
  }
  const requests = requestsFor(system, Math.min(guess, full * USUAL_KNEE), own);
  return {
    work: 'steady-knee',
    input: { system, objectives, seed, requests },
    requests,
    range: { guess, least: guess / 1000, most: full * MOST_LOAD },
    budget: STEADY,
  };
}

/** What the scenario's own traffic leaves behind, and the highest that is survived. */
function* drainsOf(
  scenario: Scenario,
  knees: Knees | null,
  saturationRps: number | null,
): Question<Drains | null> {
  if (isStationary(scenario) || saturationRps === null) return null;
  const survived = knees?.kind === 'found' ? knees.knees[0]?.survived : undefined;
  const { seed } = scenario;
  const input = { scenario, seed, replication: 1, stopsWhenMissed: false };
  const requests = expectedRequests(scenario);
  const cost = { part: 'its own traffic', requests, later: 0 };
  const [own] = yield* ask('judged-run', [input], cost);
  return {
    own: drainOf(scenario, own?.backlog ?? null, saturationRps),
    survived:
      survived === undefined
        ? null
        : drainOf(scaledScenario(scenario, survived.factor), survived.backlog, saturationRps),
  };
}

/** Of one evaluation in the long run: so many relaxation times, but not too few and not too many. */
const RELAXATIONS = 400;
const FEWEST = 300_000;
const MOST = 2_000_000;

function requestsFor(system: SystemSettings, factor: number, own: number): number {
  const relaxation = waitInTheory(system, factor)?.relaxationSeconds ?? 0;
  return Math.ceil(Math.min(MOST, Math.max(FEWEST, RELAXATIONS * relaxation * own * factor)));
}

type KneeFigures = Pick<Capacity, 'objectiveKnee' | 'noKnee' | 'decidedBy'>;

function kneeFigures(
  knees: Knees | null,
  judged: readonly Objective[],
  system: SystemSettings,
): KneeFigures {
  const none = { objectiveKnee: null, decidedBy: null };
  if (knees === null) return { ...none, noKnee: 'no-objectives' };
  if (knees.kind !== 'found') {
    const noKnee = knees.kind === 'always' ? 'met-at-all-rates' : 'met-at-no-rate';
    return { ...none, noKnee, decidedBy: judged[knees.worst]?.text ?? null };
  }
  return { ...none, noKnee: null, objectiveKnee: kneeOf(knees.knees, judged, system) };
}

function kneeOf(
  knees: readonly Found[],
  judged: readonly Objective[],
  system: SystemSettings,
): ObjectiveKnee & { readonly replications: number } {
  const factors = rateInterval(knees.map(({ factor }) => factor));
  const population = usersOf(system);
  const rates =
    population === null
      ? rateInterval(
          knees.map(({ factor }) => factor),
          ratePerSecond(system),
        )
      : rateInterval(knees.map(({ arrivedPerSecond }) => arrivedPerSecond));
  return {
    ...rates,
    objective: judged[mostFrequent(knees.map(({ worst }) => worst))]?.text ?? '',
    factor: factors.rps,
    users: population === null ? null : Math.floor(population * factors.rps),
  };
}

function usersOf({ services }: SystemSettings): number | null {
  const populations = services.flatMap(({ traffic: { users } }) => users?.points[0]?.users ?? []);
  return populations.length === 0 ? null : populations.reduce((a, b) => a + b, 0);
}

/** The first of those that stand there most often. */
function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0];
}

function theoryOf(system: SystemSettings, judged: readonly Objective[]): Capacity['theory'] {
  const objectives = judged.map(({ condition }) => condition);
  const knee = objectives.length === 0 ? null : kneeInTheory(system, objectives);
  return {
    saturationRps: roundedOrNull(isKnownToTheory(system) ? saturationInTheory(system) : null),
    kneeRps: roundedOrNull(knee === null ? null : knee * ratePerSecond(system)),
  };
}
