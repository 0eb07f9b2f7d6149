/** Objectives judged on a run. */
import { holds, metricValue } from '../model/meters/stretch.ts';
import { formatIso } from '../scenario/clock.ts';
import type { Objective, Scenario } from '../scenario/scenario.ts';
import type { Recorder } from './recorder.ts';
import type { ObjectiveResult } from './result.ts';
import { rounded } from './rounding.ts';

/** Each objective with the value that decided. One that nothing was observed for is met. */
export function judgeObjectives(scenario: Scenario, recorder: Recorder): ObjectiveResult[] {
  return scenario.objectives.map((objective, i) => {
    const { value, fromNs, toNs } = observe(objective, i, scenario, recorder);
    return {
      text: objective.text,
      value: value === Infinity ? 'infinite' : value === null ? null : rounded(value),
      met: value === null || holds(objective.condition, value),
      from: formatIso(scenario, fromNs),
      to: formatIso(scenario, toNs),
    };
  });
}

function observe(objective: Objective, i: number, scenario: Scenario, recorder: Recorder) {
  const worst = recorder.worst[i];
  if (worst !== null && worst !== undefined) return worst;
  const { scope, condition } = objective;
  const isRun = scope.kind !== 'during';
  const fromNs = isRun ? 0 : scope.fromNs;
  const toNs = isRun ? scenario.durationNs : scope.toNs;
  const from = recorder.at(fromNs);
  const to = recorder.at(toNs);
  if (from === null || to === null) throw new Error('bug: an objective’s stretch was not read');
  return { value: metricValue(condition.metric, from, to), fromNs, toNs };
}
