/** One point of a sweep: a scenario with other values, simulated once or several times. */
import { SimulationLimit } from '../../model/simulation-limit.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { vary } from '../../scenario/vary.ts';
import { acrossOf, type Figures, figuresOf } from '../across.ts';
import type { Across, ObjectiveResult, RunResult, Station } from '../result.ts';
import { roundedOrNull } from '../rounding.ts';
import { simulate } from '../run.ts';
import { soundResult } from '../sound-result.ts';
import type { Sets } from './grid.ts';

export interface PointInput {
  /** Counted from 0. */
  readonly point: number;
  readonly scenario: Scenario;
  readonly sets: Sets;
  readonly seed: string;
  readonly replications: number;
}

export interface PointResult {
  readonly point: number;
  /** Of the scenario with the point's values. */
  readonly hash: string;
  /** null: the run could not go on. */
  readonly measured: Measured | null;
  /** Why not, with the moment. */
  readonly brokeOff?: string;
}

export interface Measured {
  /** Means over the replications; null where one of them observed nothing. */
  readonly figures: Figures;
  /** With 95 % intervals; there when there are several. */
  readonly across?: Across;
  /** That of the first replication. */
  readonly station: Station;
  readonly objectives: readonly PointObjective[];
}

export interface PointObjective {
  readonly text: string;
  /** The worst of all replications, in the unit of the objective's limit. */
  readonly value: ObjectiveResult['value'];
  /** In every replication. */
  readonly met: boolean;
  /** In how many. */
  readonly metIn: number;
}

/** Simulates a point. What its scenario cannot stand is its result, not a failure of the sweep. */
export function* sweepPoint(input: PointInput): Generator<number, PointResult, undefined> {
  const { point, sets, seed, replications } = input;
  const varied = vary(input.scenario, sets);
  if (!varied.ok)
    throw new Error(`bug: point ${point} is wrong: ${varied.faults[0]?.message ?? ''}`);
  const { scenario } = varied;
  const runs: Run[] = [];
  let before = 0;
  try {
    for (let replication = 1; replication <= replications; replication++) {
      const run = simulate(scenario, { seed, replication });
      let step = run.next();
      for (; step.done !== true; step = run.next()) yield before + step.value.requests;
      runs.push(runOf(soundResult(step.value)));
      before += step.value.requests.arrived;
    }
  } catch (error) {
    if (!(error instanceof SimulationLimit)) throw error;
    return { point, hash: scenario.hash, measured: null, brokeOff: error.message };
  }
  return { point, hash: scenario.hash, measured: measuredOf(scenario, runs) };
}

/** What is kept of a run: there may be hundreds of them. */
type Run = Pick<RunResult, 'objectives'> & { readonly figures: Figures; readonly station: Station };

function runOf(result: RunResult): Run {
  const { objectives, bottleneck } = result;
  return { figures: figuresOf(result), station: bottleneck.station, objectives };
}

function measuredOf(scenario: Scenario, runs: readonly Run[]): Measured {
  const [first] = runs;
  if (first === undefined) throw new Error('bug: a point without a run');
  const figures = runs.map((run) => run.figures);
  return {
    figures: meansOf(figures),
    ...(runs.length === 1 ? {} : { across: acrossOf(figures) }),
    station: first.station,
    objectives: first.objectives.map(({ text }, i) => objectiveOf(scenario, runs, i, text)),
  };
}

function meansOf(replications: readonly Figures[]): Figures {
  const names = Object.keys(replications[0] ?? {}) as (keyof Figures)[];
  const means = names.map((name) => {
    const values = replications.map((figures) => figures[name]).filter((value) => value !== null);
    const isSeen = values.length === replications.length;
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return [name, roundedOrNull(isSeen ? mean : null)];
  });
  return Object.fromEntries(means) as Figures;
}

function objectiveOf(
  scenario: Scenario,
  runs: readonly Run[],
  i: number,
  text: string,
): PointObjective {
  const judged = runs.flatMap(({ objectives }) => objectives[i] ?? []);
  const metIn = judged.filter(({ met }) => met).length;
  const isLimitAbove = scenario.objectives[i]?.condition.comparison.startsWith('<') ?? true;
  const size = ({ value }: ObjectiveResult) => (value === 'infinite' ? Infinity : (value ?? 0));
  const [worst] = [...judged].sort((a, b) => {
    if (a.met !== b.met) return a.met ? 1 : -1;
    const [x, y] = isLimitAbove ? [size(b), size(a)] : [size(a), size(b)];
    return x === y ? 0 : x - y;
  });
  return { text, value: worst?.value ?? null, met: metIn === judged.length, metIn };
}
