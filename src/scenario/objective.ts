/** Objectives: conditions, and the stretch of the run on which each is judged. */
import { MINUTE } from '../engine/time.ts';
import { formatClock, momentNs, type Clock } from './clock.ts';
import { parseCondition, type WrittenCondition } from './condition.ts';
import { formatDuration } from './duration.ts';
import { entry, isList } from './path.ts';
import { problem, type Problem } from './problem.ts';
import type { Objective, ObjectiveScope } from './scenario.ts';

/** Where an objective is judged that says nothing: on the worst window of this length. */
const usualWindowNs = 5 * MINUTE;

/** Stretches that the run does not have. */
export function objectiveProblems(document: unknown, clock: Clock, durationNs: number): Problem[] {
  const objectives = entry(document, 'objectives');
  if (!isList(objectives)) return [];
  return objectives.flatMap((text, i) => {
    const written = parseCondition(text);
    if (!written.ok) return [];
    const message = scopeFault(written.value, clock, durationNs);
    return message === null ? [] : [problem(['objectives', i], 'bad-scope', message)];
  });
}

function scopeFault({ scope }: WrittenCondition, clock: Clock, durationNs: number): string | null {
  if (scope === null || scope.kind === 'run') return null;
  if (scope.kind === 'over') {
    if (scope.ns <= durationNs) return null;
    return `over ${formatDuration(scope.ns)} is longer than the run (${formatDuration(durationNs)})`;
  }
  const from = momentNs(clock, scope.from);
  const to = momentNs(clock, scope.to);
  const show = (ns: number): string => formatClock(clock, ns, { seconds: 'when-needed' });
  if (to <= from) return `${show(from)}..${show(to)} does not go forward in time`;
  if (to <= durationNs) return null;
  return `${show(from)}..${show(to)} reaches beyond the end of the run (${show(durationNs)})`;
}

/** The objective that a condition means in a run of this length. */
export function resolveObjective(
  { text, condition, scope }: WrittenCondition,
  clock: Clock,
  durationNs: number,
): Objective {
  return { text, condition, scope: resolveScope(scope, clock, durationNs) };
}

function resolveScope(
  scope: WrittenCondition['scope'],
  clock: Clock,
  durationNs: number,
): ObjectiveScope {
  if (scope === null) {
    if (durationNs < usualWindowNs) return { kind: 'run' };
    return { kind: 'worst-window', windowNs: usualWindowNs };
  }
  switch (scope.kind) {
    case 'run':
      return { kind: 'run' };
    case 'over':
      return { kind: 'worst-window', windowNs: scope.ns };
    case 'during': {
      const { from, to } = scope;
      return { kind: 'during', fromNs: momentNs(clock, from), toNs: momentNs(clock, to) };
    }
  }
}
