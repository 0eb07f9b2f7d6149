/** The traffic of a scenario at its highest, as one that stays. */
import { SECOND } from '../../engine/time.ts';
import type { SystemSettings } from '../../model/settings.ts';
import type { ServiceSettings } from '../../model/service/settings.ts';
import type { TraceSettings, TrafficSettings } from '../../model/traffic/settings.ts';
import { PopulationCurve } from '../../model/traffic/population-curve.ts';
import { RateCurve } from '../../model/traffic/rate-curve.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { settingsInForce } from '../settings-history.ts';
import { ratePerSecond } from './steady-run.ts';

export interface SteadyTraffic {
  readonly system: SystemSettings;
  /** Requests a second of the fleet. */
  readonly rps: number;
  /** When the scenario's traffic is highest, ns after its start. */
  readonly atNs: number;
}

/**
 * The settings at the moment at which most is scheduled to arrive, with the traffic of that moment for
 * ever. Recorded arrivals count with their mean rate, and so do bursts where nothing else arrives.
 */
export function steadyTraffic(scenario: Scenario): SteadyTraffic {
  return cornersOf(scenario).reduce((a, b) => (b.rps > a.rps ? b : a));
}

/** The traffic at the corners of all curves, in order of time; between two of them its rate is linear. */
export function cornersOf(scenario: Scenario): SteadyTraffic[] {
  return instantsOf(scenario).map((atNs) => trafficAt(scenario, atNs));
}

/** Where a curve may be highest: at its corners, on both sides of a jump. */
function instantsOf({ system, timeline, durationNs }: Scenario): number[] {
  const settings = [system, ...timeline.flatMap((entry) => entry.settings ?? [])];
  const corners = settings.flatMap(({ services }) =>
    services.flatMap(({ traffic: { rate, users } }) => [
      ...rate.map(({ atNs }) => atNs),
      ...(users?.points.map(({ atNs }) => atNs) ?? []),
    ]),
  );
  const both = [...corners, ...timeline.map(({ atNs }) => atNs)].flatMap((at) => [at - 1, at]);
  const inside = both.filter((at) => at > 0 && at < durationNs - 1);
  return [...new Set([0, ...inside, durationNs - 1])].sort((a, b) => a - b);
}

function trafficAt(scenario: Scenario, atNs: number): SteadyTraffic {
  const { services, database } = settingsInForce(scenario, atNs);
  const constant = services.map((service): ServiceSettings => {
    return { ...service, traffic: constantTraffic(service.traffic, atNs, scenario.durationNs) };
  });
  const system = { services: constant, database };
  return { system, rps: ratePerSecond(system), atNs };
}

function constantTraffic(
  traffic: TrafficSettings,
  atNs: number,
  durationNs: number,
): TrafficSettings {
  const { rate, users, trace, bursts } = traffic;
  const scheduled = new RateCurve(rate).perSecondAt(atNs) + (trace === null ? 0 : meanRate(trace));
  const inBursts = bursts.reduce((sum, { count }) => sum + count, 0) / (durationNs / SECOND);
  const isBurstsOnly = scheduled === 0 && users === null;
  const count = users === null ? 0 : new PopulationCurve(users.points).at(atNs);
  return {
    ...traffic,
    bursts: [],
    trace: null,
    rate: [{ atNs: 0, perSecond: isBurstsOnly ? inBursts : scheduled }],
    users: users === null ? null : { ...users, points: [{ atNs: 0, users: count }] },
  };
}

function meanRate({ atNs }: TraceSettings): number {
  const [first, last] = [atNs[0], atNs.at(-1)];
  if (first === undefined || last === undefined || last === first) return 0;
  return ((atNs.length - 1) / (last - first)) * SECOND;
}
