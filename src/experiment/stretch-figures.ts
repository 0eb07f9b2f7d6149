/** What was seen between two readings, in the result's shape. */
import { MILLISECOND } from '../engine/time.ts';
import type { Snapshot } from '../model/meters/snapshot.ts';
import { errorShare, metricValue, quantileNs } from '../model/meters/stretch.ts';
import { formatIso } from '../scenario/clock.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { badShareOf, findOutage, responseQuantile } from './outage.ts';
import type { Recorder } from './recorder.ts';
import type { TimelineEntry } from '../scenario/scenario.ts';
import type { Outage, StretchFigures, TimelineResult } from './result.ts';
import { roundedOrNull } from './rounding.ts';
import { BESIDE_ENTRY_NS } from './windows.ts';

/** null when the stretch is empty or not within the run. */
function stretchFigures(
  scenario: Scenario,
  from: Snapshot | null,
  to: Snapshot | null,
): StretchFigures | null {
  if (from === null || to === null || to.atNs <= from.atNs) return null;
  return {
    from: formatIso(scenario, from.atNs),
    to: formatIso(scenario, to.atNs),
    arrived: to.arrived - from.arrived,
    errors: roundedOrNull(errorShare(from, to)),
    p50Ms: milliseconds(quantileNs(from, to, 'response', 0.5)),
    p99Ms: milliseconds(quantileNs(from, to, 'response', 0.99)),
    poolUtilisation: roundedOrNull(metricValue({ kind: 'pool-utilisation' }, from, to)),
    databaseUtilisation: roundedOrNull(metricValue({ kind: 'database-utilisation' }, from, to)),
  };
}

/** Each entry of the timeline with the five minutes before and after it. */
export function timelineResults(scenario: Scenario, recorder: Recorder): TimelineResult[] {
  const { durationNs } = scenario;
  return scenario.timeline.map((entry) => {
    const at = recorder.at(entry.atNs);
    const before = recorder.at(Math.max(0, entry.atNs - BESIDE_ENTRY_NS));
    const after = recorder.at(Math.min(durationNs, entry.atNs + BESIDE_ENTRY_NS));
    return {
      at: formatIso(scenario, entry.atNs),
      title: entry.title,
      kind: kindOf(entry),
      set: entry.set,
      before: stretchFigures(scenario, before, at),
      after: stretchFigures(scenario, at, after),
    };
  });
}

/** The run cut at the timeline's entries. */
export function phaseFigures(scenario: Scenario, recorder: Recorder): StretchFigures[] {
  const cuts = [...new Set([0, ...scenario.timeline.map((e) => e.atNs), scenario.durationNs])];
  return cuts.slice(1).flatMap((to, i) => {
    const figures = stretchFigures(scenario, recorder.at(cuts[i] as number), recorder.at(to));
    return figures === null ? [] : [figures];
  });
}

/** The stretch in which most of the failures fell. */
export function outageFigures(
  scenario: Scenario,
  recorder: Recorder,
  onsetNs: number,
): Outage | null {
  const { bins, rows } = recorder;
  const found = findOutage(bins);
  if (found === null) return null;
  const part = bins.slice(found[0], found[1] + 1);
  const fromNs = part[0]?.fromNs ?? 0;
  const toNs = part.at(-1)?.toNs ?? 0;
  const inside = rows.filter((row) => row.fromNs >= fromNs && row.toNs <= toNs);
  const normal = bins.findLast((bin) => bin.toNs <= Math.min(fromNs, onsetNs));
  const mean = (values: readonly (number | null)[]) => {
    const known = values.filter((value) => value !== null);
    const isWhole = known.length > 0 && known.length === values.length;
    return isWhole ? known.reduce((a, b) => a + b, 0) / known.length : null;
  };
  return {
    from: formatIso(scenario, fromNs),
    to: formatIso(scenario, toNs),
    arrived: inside.reduce((sum, row) => sum + row.arrived, 0),
    errors: roundedOrNull(badShareOf(part)),
    p50Ms: milliseconds(responseQuantile(part, 0.5)),
    p99Ms: milliseconds(responseQuantile(part, 0.99)),
    poolUtilisation: roundedOrNull(mean(inside.map((row) => row.utilisation))),
    databaseUtilisation: roundedOrNull(mean(inside.map((row) => row.databaseUtilisation))),
    normalP50Ms: milliseconds(normal?.medianNs ?? null),
  };
}

function milliseconds(ns: number | null): number | null {
  return roundedOrNull(ns === null ? null : ns / MILLISECOND);
}

function kindOf({ outage, restart, settings }: TimelineEntry): TimelineResult['kind'] {
  if (outage !== null) return 'outage';
  if (restart !== null) return 'restart';
  return settings === null ? 'note' : 'set';
}
