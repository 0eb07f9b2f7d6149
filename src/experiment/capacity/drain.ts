/** How long a backlog takes to go: from when no more arrives than can be served, until nobody waits. */
import { SECOND } from '../../engine/time.ts';
import { formatIso } from '../../scenario/clock.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { JudgedRun } from '../judged-run.ts';
import { rounded } from '../rounding.ts';
import { cornersOf } from '../steady/steady-traffic.ts';
import type { Drain } from './answer.ts';

/**
 * @param scenario with the traffic that the run had
 * @param saturationRps what can be served
 * @returns null where more than that is never scheduled
 */
export function drainOf(
  scenario: Scenario,
  backlog: JudgedRun['backlog'],
  saturationRps: number,
): Drain | null {
  const overNs = lastOver(scenario, saturationRps);
  if (overNs === null) return null;
  const { durationNs } = scenario;
  const isOver = overNs >= durationNs - 1;
  const from = isOver ? null : formatIso(scenario, overNs);
  if (backlog === null) return { from, seconds: 0 };
  const isGone = !isOver && backlog.toNs < durationNs;
  return { from, seconds: isGone ? rounded(Math.max(0, backlog.toNs - overNs) / SECOND) : null };
}

/** The last instant at which a burst arrives or more is scheduled than can be served; null: none is. */
function lastOver(scenario: Scenario, saturationRps: number): number | null {
  const corners = cornersOf(scenario);
  const bursts = scenario.system.services.flatMap(({ traffic }) => traffic.bursts);
  const burstNs = bursts.reduce((last, { atNs }) => Math.max(last, atNs), -Infinity);
  const i = corners.findLastIndex(({ rps }) => rps > saturationRps);
  const [over, under] = [corners[i], corners[i + 1]];
  if (over === undefined) return burstNs === -Infinity ? null : burstNs;
  if (under === undefined) return over.atNs;
  const share = (over.rps - saturationRps) / (over.rps - under.rps);
  return Math.max(burstNs, Math.round(over.atNs + share * (under.atNs - over.atNs)));
}
