/** Which stretch of a run is looked at, unless somebody says which. */
import { MINUTE, SECOND } from '../../engine/time.ts';
import { instantNs } from './instants.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { RunResult } from '../result.ts';
import type { Span } from './excerpt.ts';

/** The longest that is looked at unasked. */
const LONGEST = 30 * MINUTE;
/** When all was well is looked at for so long. */
const USUAL = 5 * MINUTE;
const LEAST = 10 * SECOND;

/**
 * From the onset, or the worst of the outage, to the end of the outage, half an hour at most; without
 * either, around the window with the longest responses.
 */
export function defaultStretch(scenario: Scenario, result: RunResult): Span {
  const { durationNs } = scenario;
  const { onset } = result.bottleneck;
  const outage = result.outage;
  if (onset === null && outage === null) return aroundWorst(durationNs, result);
  const outageTo = outage === null ? durationNs : instantNs(scenario, outage.to);
  const begin =
    onset === null ? instantNs(scenario, outage?.from ?? '') : onset.afterSeconds * SECOND;
  const fromNs = Math.min(Math.round(begin), durationNs - SECOND);
  const end = outageTo > fromNs + LEAST ? outageTo : durationNs;
  return { fromNs: Math.max(0, fromNs), toNs: Math.min(durationNs, end, fromNs + LONGEST) };
}

function aroundWorst(durationNs: number, { series }: RunResult): Span {
  if (durationNs <= LONGEST) return { fromNs: 0, toNs: durationNs };
  const p99 = series.responseP99Ms.map((ms) => ms ?? 0);
  const worst = p99.indexOf(Math.max(...p99)) * series.windowSeconds * SECOND;
  const fromNs = Math.min(Math.max(0, worst - LONGEST / 2), durationNs - LONGEST);
  return { fromNs, toNs: fromNs + LONGEST };
}

/** When all was well, before the onset and the stretch; null: there is no such time. */
export function usualStretch(result: RunResult, { fromNs }: Span): Span | null {
  const { onset } = result.bottleneck;
  const toNs = Math.min(fromNs, onset === null ? Infinity : onset.afterSeconds * SECOND);
  if (toNs < LEAST) return null;
  return { fromNs: Math.max(0, Math.round(toNs) - USUAL), toNs: Math.round(toNs) };
}

/** Before the last restart that had begun by the end of a stretch; null: none had. */
export function beforeRestart({ timeline }: Scenario, { toNs }: Span): Span | null {
  const restart = timeline.findLast((entry) => entry.restart !== null && entry.atNs < toNs);
  if (restart === undefined || restart.atNs < LEAST) return null;
  return { fromNs: Math.max(0, restart.atNs - USUAL), toNs: restart.atNs };
}
