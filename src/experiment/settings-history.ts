/** Which settings are in force when: the scenario's own, then those of its timeline. */
import type { Change, SystemSettings } from '../model/settings.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { expectedArrivals } from './expected-arrivals.ts';

/** The settings in force at an instant, a change at that instant included. */
export function settingsInForce(scenario: Scenario, atNs: number): SystemSettings {
  let settings = scenario.system;
  for (const entry of scenario.timeline) {
    if (entry.atNs <= atNs && entry.settings !== null) settings = entry.settings;
  }
  return settings;
}

/** What the timeline does to the running system, in order of time. */
export function changesOf(scenario: Scenario): Change[] {
  return scenario.timeline.flatMap(({ atNs, settings, restart, outage }) => {
    const changes: Change[] = [];
    if (settings !== null) changes.push({ kind: 'set', atNs, settings });
    if (restart !== null) changes.push({ kind: 'restart', atNs, ...restart });
    if (outage !== null) changes.push({ kind: 'outage', atNs, ...outage });
    return changes;
  });
}

/** Expected number of requests of a run: what it costs to simulate it. */
export function expectedRequests(scenario: Scenario): number {
  return expectedBetween(scenario, 0, scenario.durationNs);
}

/** Expected number of requests from one instant to a later one. */
export function expectedBetween(scenario: Scenario, fromNs: number, toNs: number): number {
  const changes = scenario.timeline.map((entry) => entry.atNs);
  const cuts = [fromNs, ...changes.filter((at) => at > fromNs && at < toNs), toNs];
  return cuts.slice(1).reduce((sum, to, i) => {
    const from = cuts[i] as number;
    const { services, database } = settingsInForce(scenario, from);
    const part = services.map((service) => expectedArrivals(service, database, from, to));
    return part.reduce((a, b) => a + b, sum);
  }, 0);
}
