/** What somebody wants checked, and how: a plan, or all that is wrong with the request. */
import type { CheckSubject, ScenarioSide, UndecidedPolicy } from '../experiment/check/answer.ts';
import { USUAL_BUDGET, USUAL_TOLERANCE } from '../experiment/check/check.ts';
import { parseBudget } from '../scenario/check-config.ts';
import type { LoadedScenario } from '../scenario/loaded-scenario.ts';
import type { PlaceOf } from '../scenario/parse-scenario.ts';
import { show, type Reading } from '../scenario/reading.ts';
import { parseShare } from '../scenario/scalars.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { FaultyArguments, parseSeed } from './faulty-arguments.ts';

/** A scenario, and what it is compared with. */
export interface Compared {
  readonly now: Scenario;
  /** The same scenario as it was: read from another file, or with other settings. */
  readonly before: Scenario;
}

export interface CheckRequest {
  /** Each alone, of which the objectives are judged, or beside what it was, which finds regressions, too. */
  readonly scenarios: readonly (Scenario | Compared)[];
  /** Of all runs; when left out, each scenario's own. */
  readonly seed?: string | number;
  /** Share by which figures may be worse than they were: `0.05` when left out, or `'5%'`. */
  readonly tolerance?: number | string;
  /** Most requests that are simulated for a scenario: 20 million when left out, or `'20M'`; at least 1000. */
  readonly budget?: number | string;
  /** What an objective counts as that the budget does not decide; when left out, the check has not passed. */
  readonly undecided?: 'pass' | 'fail';
}

export interface CheckOrder {
  readonly subjects: readonly CheckSubject[];
  readonly seed: string | null;
  readonly tolerance: number;
  readonly budget: number;
  readonly undecided: UndecidedPolicy;
}

/**
 * @param call how messages name the function that was called
 * @throws InputError all that is wrong with the request
 */
export function orderOf(call: string, request: CheckRequest): CheckOrder {
  const faulty = new FaultyArguments(call);
  if (request.scenarios.length === 0) faulty.add('scenarios', 'missing', 'there is none to check');
  for (const [i, one] of request.scenarios.entries()) {
    const place = `scenarios[${i}]`;
    if (!isCompared(one)) faulty.scenario(place, one);
    else {
      faulty.scenario(`${place}.now`, one.now);
      faulty.scenario(`${place}.before`, one.before);
    }
  }
  const order = {
    seed: faulty.read('seed', request.seed, parseSeed) ?? null,
    tolerance: faulty.read('tolerance', request.tolerance, parseShare) ?? USUAL_TOLERANCE,
    budget: faulty.read('budget', request.budget, parseBudget) ?? USUAL_BUDGET,
    undecided: faulty.read('undecided', request.undecided, parseUndecided) ?? 'undecided',
  };
  faulty.throwIfAny();
  return { ...order, subjects: request.scenarios.map(subjectOf) };
}

function isCompared(one: Scenario | Compared): one is Compared {
  // Those who write no types give a path.
  const given: unknown = one;
  return typeof given === 'object' && given !== null && 'now' in given;
}

function subjectOf(one: Scenario | Compared): CheckSubject {
  const { now, before } = isCompared(one) ? one : { now: one, before: null };
  return {
    file: fileOf(now),
    now: sideOf(now),
    before: before === null ? null : sideOf(before),
  };
}

function sideOf(scenario: Scenario | LoadedScenario): ScenarioSide {
  const top = { place: { file: fileOf(scenario), line: 1, column: 1 }, key: null };
  const unknown: PlaceOf = () => top;
  return { scenario, placeOf: 'placeOf' in scenario ? scenario.placeOf : unknown };
}

/** One that was not read from a file is called by its name. */
function fileOf(scenario: Scenario | LoadedScenario): string {
  return 'file' in scenario ? scenario.file : scenario.name;
}

function parseUndecided(value: unknown): Reading<UndecidedPolicy> {
  if (value === 'pass' || value === 'fail') return { ok: true, value };
  const message = `${show(value)} is not pass or fail; without it, what is undecided has not passed`;
  return { ok: false, code: 'wrong-type', message };
}
