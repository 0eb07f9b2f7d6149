/** The highest surge that is survived, of one replication: the scenario's traffic, more or less of it. */
import { SECOND } from '../../engine/time.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { judgedRun } from '../judged-run.ts';
import { scaledScenario } from '../scaled-traffic.ts';
import { type Height, heightOf } from './height.ts';
import type { Knee } from './knee.ts';
import { findRoot, type Search } from './root.ts';

export interface RunKneeInput {
  /** Its objectives are those that more traffic can miss. */
  readonly scenario: Scenario;
  readonly seed: string;
  readonly replication: number;
  readonly search: Search;
}

/** What is known of a run that ended early is that it missed; by how much, nobody knows. */
const CUT_SHORT = 1;

interface Evaluation extends Height {
  readonly arrivedPerSecond: number;
  readonly backlog: { readonly fromNs: number; readonly toNs: number } | null;
  readonly factor: number;
}

export function* runKnee(input: RunKneeInput): Generator<number, Knee, undefined> {
  const { scenario, search, ...rest } = input;
  const objectives = scenario.objectives.map(({ condition }) => condition);
  let before = 0;
  const evaluate = function* (factor: number): Generator<number, Evaluation, undefined> {
    const scaled = scaledScenario(scenario, factor);
    const run = judgedRun({ ...rest, scenario: scaled, stopsWhenMissed: true });
    let step = run.next();
    for (; step.done !== true; step = run.next()) yield before + step.value;
    const { values, arrived, isCutShort, endedNs, backlog } = step.value;
    before += arrived;
    const height = heightOf(objectives, values);
    const arrivedPerSecond = arrived / (endedNs / SECOND);
    return {
      ...{ factor, arrivedPerSecond, backlog, worst: height.worst },
      height: isCutShort ? CUT_SHORT : height.height,
    };
  };
  const root = yield* findRoot(search, evaluate);
  if (root.kind !== 'found') {
    return { kind: root.kind === 'below' ? 'always' : 'never', worst: root.last.worst };
  }
  const { factor, low, high } = root;
  const { arrivedPerSecond, backlog } = low;
  return {
    ...{ kind: 'found', factor, worst: high.worst, arrivedPerSecond },
    survived: { factor: low.factor, backlog },
  };
}
