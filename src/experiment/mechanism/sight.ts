/** What is looked at to name a mechanism: one service's pools over the run, and the settings of its worst time. */
import { MILLISECOND } from '../../engine/time.ts';
import { lawMean } from '../../engine/law.ts';
import type { SystemSettings } from '../../model/settings.ts';
import type { ServiceSettings } from '../../model/service/settings.ts';
import type { Service } from '../../model/service/service.ts';
import type { System } from '../../model/system.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { PoolCourse, PoolStretch } from '../pool-course.ts';
import { rounded } from '../rounding.ts';
import { settingsInForce } from '../settings-history.ts';

export interface Sight {
  readonly system: System;
  readonly scenario: Scenario;
  readonly index: number;
  readonly service: Service;
  readonly stretches: readonly PoolStretch[];
  readonly openedAtStart: number;
  /** Of all settings that were in force, those under which requests waited most. */
  readonly then: SystemSettings;
  readonly settings: ServiceSettings;
  readonly gaveUp: number;
  /** Attempts whose connection died under them. */
  readonly cutOff: number;
  readonly arrived: number;
}

/** null: there is no such service, or nothing was recorded. */
export function sightOf(
  system: System,
  scenario: Scenario,
  course: PoolCourse,
  index: number,
): Sight | null {
  const service = system.services[index];
  const stretches = course.stretches[index] ?? [];
  if (service === undefined || stretches.length === 0) return null;
  const then = worstSettings(scenario, stretches);
  return {
    system,
    scenario,
    index,
    service,
    stretches,
    openedAtStart: course.openedAtStart[index] ?? 0,
    then,
    settings: then.services[index] as ServiceSettings,
    gaveUp: total(stretches, ({ gaveUp }) => gaveUp),
    cutOff: total(stretches, ({ cutOff }) => cutOff),
    arrived: total(stretches, ({ arrived }) => arrived),
  };
}

function worstSettings(scenario: Scenario, stretches: readonly PoolStretch[]): SystemSettings {
  const waiting = new Map<SystemSettings, number>([[scenario.system, 0]]);
  for (const stretch of stretches) {
    const settings = settingsInForce(scenario, stretch.fromNs);
    waiting.set(settings, (waiting.get(settings) ?? 0) + waitingIn([stretch]));
  }
  return [...waiting].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

/** Request-nanoseconds of waiting for a connection. */
export function waitingIn(stretches: readonly PoolStretch[]): number {
  return timeTotal(stretches, ({ all }) => all.waiting);
}

/** Of all waiting, the share of those that `read` counts. */
export function waitingShare({ stretches }: Sight, read: (stretch: PoolStretch) => number): number {
  const all = waitingIn(stretches);
  return all === 0 ? 0 : timeTotal(stretches, read) / all;
}

/** The mean time to open a connection then, ms. */
export function connectMs({ then }: Sight): number {
  return rounded(lawMean(then.database.connectLatency) / MILLISECOND);
}

export function total(
  stretches: readonly PoolStretch[],
  read: (stretch: PoolStretch) => number,
): number {
  return stretches.reduce((sum, stretch) => sum + read(stretch), 0);
}

/** Mean hold of the connections returned, ns; null: none was. */
export function meanHold(stretches: readonly PoolStretch[]): number | null {
  const count = total(stretches, ({ holds }) => holds.count);
  return count === 0 ? null : total(stretches, ({ holds }) => holds.total) / count;
}

/** Arrival rate × mean hold ÷ connections. */
export function loadOf(stretches: readonly PoolStretch[], meanHoldNs: number): number {
  const arrived = total(stretches, (s) => s.arrived);
  return (arrived * meanHoldNs) / timeTotal(stretches, ({ all }) => all.max);
}

/** A level's integral over time. */
export function timeTotal(
  stretches: readonly PoolStretch[],
  level: (stretch: PoolStretch) => number,
): number {
  return total(stretches, (stretch) => level(stretch) * lengthOf(stretch));
}

export function lengthOf({ fromNs, toNs }: PoolStretch): number {
  return toNs - fromNs;
}
