/** The same traffic, more or less of it: what one turns to find how much a pool can take. */
import type { TrafficSettings } from '../model/traffic/settings.ts';
import type { SystemSettings } from '../model/settings.ts';
import type { Scenario } from '../scenario/scenario.ts';

/**
 * A scenario whose services get `factor` times their traffic, also where the timeline changes it: rates,
 * bursts and users are multiplied (users and bursts to whole numbers), a trace runs faster. Its shape in
 * time, the mix, and the random numbers of each request stay.
 */
export function scaledScenario(scenario: Scenario, factor: number): Scenario {
  const timeline = scenario.timeline.map((entry) => {
    const { settings } = entry;
    return settings === null ? entry : { ...entry, settings: scaledSystem(settings, factor) };
  });
  return { ...scenario, system: scaledSystem(scenario.system, factor), timeline };
}

/** Settings in which every service gets `factor` times its traffic. */
export function scaledSystem(system: SystemSettings, factor: number): SystemSettings {
  const services = system.services.map((service) => ({
    ...service,
    traffic: scaledTraffic(service.traffic, factor),
  }));
  return { ...system, services };
}

function scaledTraffic(traffic: TrafficSettings, factor: number): TrafficSettings {
  const { rate, bursts, users, trace } = traffic;
  return {
    ...traffic,
    rate: rate.map(({ atNs, perSecond }) => ({ atNs, perSecond: perSecond * factor })),
    bursts: bursts.map(({ atNs, count }) => ({ atNs, count: Math.round(count * factor) })),
    users:
      users === null
        ? null
        : {
            ...users,
            points: users.points.map((point) => ({
              ...point,
              users: Math.round(point.users * factor),
            })),
          },
    trace:
      trace === null
        ? null
        : { ...trace, atNs: trace.atNs.map((atNs) => Math.round(atNs / factor)) },
  };
}
