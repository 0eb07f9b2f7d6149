/** The same system on a clock that starts later: for simulations that do not begin where the run does. */
import type { Change, SystemSettings } from '../model/settings.ts';
import type { TrafficSettings } from '../model/traffic/settings.ts';

/** The same settings on a clock that starts `byNs` later. */
export function laterSettings(settings: SystemSettings, byNs: number): SystemSettings {
  if (byNs === 0) return settings;
  return {
    ...settings,
    services: settings.services.map((service) => ({
      ...service,
      traffic: laterTraffic(service.traffic, byNs),
    })),
  };
}

/** Changes after the start of such a clock. */
export function laterChanges(changes: readonly Change[], byNs: number): Change[] {
  return changes.map((change) => {
    const atNs = change.atNs - byNs;
    if (change.kind !== 'set') return { ...change, atNs };
    return { ...change, atNs, settings: laterSettings(change.settings, byNs) };
  });
}

/** The users begin where the clock does: by thinking. */
function laterTraffic(traffic: TrafficSettings, byNs: number): TrafficSettings {
  const { rate, bursts, users, trace } = traffic;
  const earlier = <T extends { readonly atNs: number }>(point: T): T => ({
    ...point,
    atNs: point.atNs - byNs,
  });
  return {
    ...traffic,
    rate: rate.map(earlier),
    bursts: bursts.map(earlier),
    users: users === null ? null : { ...users, points: users.points.map(earlier) },
    trace: trace === null ? null : { ...trace, atNs: trace.atNs.map((at) => at - byNs) },
  };
}
