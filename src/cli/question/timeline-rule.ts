// Questions about settings leave out what a timeline sets and restarts: it would change the answer in the
// middle of a run.

import { formatClock } from '../../scenario/clock.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { changesAnything, withoutTimeline } from '../../scenario/vary.ts';

interface Judged {
  readonly scenario: Scenario;
  /** What was left out, each with its time. */
  readonly leftOut: readonly string[];
  readonly warnings: readonly string[];
}

/** The scenario as it is judged, and a sentence on what was left out. */
export function applyTimelineRule(scenario: Scenario, withTimeline: boolean): Judged {
  if (withTimeline || !changesAnything(scenario)) return { scenario, leftOut: [], warnings: [] };
  const leftOut = scenario.timeline
    .filter(({ settings, restart }) => settings !== null || restart !== null)
    .map(
      ({ atNs, title }) => `${formatClock(scenario, atNs, { seconds: 'when-needed' })} ${title}`,
    );
  const what = leftOut.length === 1 ? 'one entry' : `${String(leftOut.length)} entries`;
  const warning = `what the timeline sets and restarts is left out (${what}); --with-timeline keeps it`;
  return { scenario: withoutTimeline(scenario), leftOut, warnings: [warning] };
}
