/** What would have become of the run if something had been done earlier, alone, or not at all. */
import { MINUTE, SECOND } from '../../engine/time.ts';
import type { Change, SystemSettings } from '../../model/settings.ts';
import { poolTarget } from '../../scenario/pool-target.ts';
import { productPools } from '../../scenario/product-pools.ts';
import { settingsAt } from '../../scenario/settings-at.ts';
import type { Scenario, TimelineEntry } from '../../scenario/scenario.ts';
import type { RunResult } from '../result.ts';
import { changesOf, settingsInForce } from '../settings-history.ts';
import { instantNs } from './instants.ts';

export interface Counterfactual {
  readonly kind: 'pool-size' | 'nothing-done' | 'done-alone' | 'fix-earlier';
  /** What was done alone, or earlier. */
  readonly title: string;
  /** From when on; null: as in the timeline. */
  readonly atNs: number | null;
  /** Connections of one instance. */
  readonly size: number | null;
  readonly settings: SystemSettings;
  readonly changes: readonly Change[];
}

/** Pool sizes, as multiples of the one in force. */
const SIZES = [2, 3, 4, 6];
/** Somebody who is quick needs so long to see what is wrong. */
const SOON = 5 * MINUTE;
/** Or in short runs this part of what is left. */
const SHORTLY = 4;

/** The most telling ones first. @param service index of the service whose pool is looked at */
export function counterfactualsOf(
  scenario: Scenario,
  result: RunResult,
  onsetNs: number,
  service: number,
): Counterfactual[] {
  const alertNs = alertAfter(scenario, result, onsetNs) ?? soonAfter(scenario, onsetNs);
  const fixes = earlierFixes(scenario, onsetNs, alertNs);
  return [
    ...sizesAt(scenario, alertNs, service),
    ...fixes.slice(0, 2),
    ...nothingDone(scenario),
    ...eachAlone(scenario),
    ...fixes.slice(2),
  ];
}

/** The first automated alert from the onset on: to the minute, in short runs to the second. */
function alertAfter(scenario: Scenario, { alerts }: RunResult, onsetNs: number): number | null {
  const fired = alerts
    .filter(({ kind }) => kind === 'automated')
    .map(({ firedAt }) => instantNs(scenario, firedAt))
    .filter((at) => at >= onsetNs);
  const first = Math.min(...fired);
  if (first === Infinity) return null;
  const minute = wholeMinute(first);
  return minute < scenario.durationNs ? minute : Math.ceil(first / SECOND) * SECOND;
}

/** In short runs a part of the rest, to the second. */
function soonAfter({ durationNs }: Scenario, onsetNs: number): number {
  const soon = wholeMinute(onsetNs + SOON);
  if (soon < durationNs) return soon;
  return Math.round((onsetNs + (durationNs - onsetNs) / SHORTLY) / SECOND) * SECOND;
}

function wholeMinute(atNs: number): number {
  return Math.ceil(atNs / MINUTE) * MINUTE;
}

function sizesAt(scenario: Scenario, atNs: number, service: number): Counterfactual[] {
  const max = settingsInForce(scenario, atNs).services[service]?.pool.max ?? Infinity;
  if (max === Infinity || atNs >= scenario.durationNs) return [];
  return SIZES.map((factor): Counterfactual => {
    const size = Math.ceil(max * factor);
    const change = (settings: SystemSettings) => withSize(settings, service, size);
    return {
      kind: 'pool-size',
      title: '',
      atNs,
      size,
      settings: scenario.system,
      changes: withChangeAt(scenario, atNs, change, (entry) => setsSize(scenario, entry, service)),
    };
  });
}

function withSize(settings: SystemSettings, service: number, max: number): SystemSettings {
  return {
    ...settings,
    services: settings.services.map((each, i) => {
      if (i !== service) return each;
      const { pool } = each;
      const initial = pool.initial >= pool.max ? max : pool.initial;
      const min = pool.min >= pool.max ? max : pool.min;
      return { ...each, pool: { ...pool, max, initial, min } };
    }),
  };
}

function setsSize(scenario: Scenario, { set }: TimelineEntry, service: number): boolean {
  const profiles = new Map(
    productPools(scenario.document).map((each) => [each.service, each.product.id]),
  );
  const name = scenario.system.services[service]?.name;
  return Object.keys(set).some((path) => {
    const target = poolTarget(path, (of) => profiles.get(of));
    return target?.sets === 'max' && target.service === name;
  });
}

/** The timeline with one change more, which holds until an entry sets the same. */
function withChangeAt(
  scenario: Scenario,
  atNs: number,
  change: (settings: SystemSettings) => SystemSettings,
  ends: (entry: TimelineEntry) => boolean,
): Change[] {
  const end = scenario.timeline.find((entry) => entry.atNs > atNs && ends(entry))?.atNs ?? Infinity;
  const changes = changesOf(scenario).map((each): Change => {
    const isInside = each.kind === 'set' && each.atNs > atNs && each.atNs < end;
    return isInside ? { ...each, settings: change(each.settings) } : each;
  });
  return inOrder([
    ...changes,
    { kind: 'set', atNs, settings: change(settingsInForce(scenario, atNs)) },
  ]);
}

/** What happened to the system, and nothing that people did. */
function nothingDone(scenario: Scenario): Counterfactual[] {
  if (actions(scenario).length === 0) return [];
  return [
    {
      kind: 'nothing-done',
      title: '',
      atNs: null,
      size: null,
      settings: scenario.system,
      changes: outages(scenario),
    },
  ];
}

function eachAlone(scenario: Scenario): Counterfactual[] {
  const acts = actions(scenario);
  if (acts.length < 2) return [];
  return acts.flatMap((entry): Counterfactual[] => {
    const own = aloneChanges(scenario, entry);
    if (own === null) return [];
    const changes = inOrder([...outages(scenario), ...own]);
    const { title, atNs } = entry;
    return [{ kind: 'done-alone', title, atNs, size: null, settings: scenario.system, changes }];
  });
}

/** null: it cannot be done without what was done before it. */
function aloneChanges(scenario: Scenario, entry: TimelineEntry): Change[] | null {
  const { atNs, restart, set } = entry;
  const changes: Change[] = restart === null ? [] : [{ kind: 'restart', atNs, ...restart }];
  if (entry.settings === null) return changes;
  const alone = settingsAt({ ...scenario, timeline: [] }, atNs, set);
  return alone.ok ? [{ kind: 'set', atNs, settings: alone.settings }, ...changes] : null;
}

/** The last change of settings, done at earlier moments: soon after the onset, at the alert, at each entry. */
function earlierFixes(scenario: Scenario, onsetNs: number, alertNs: number): Counterfactual[] {
  const fix = scenario.timeline.findLast(
    (entry) => entry.settings !== null && entry.atNs > onsetNs,
  );
  if (fix === undefined) return [];
  const entries = scenario.timeline.map(({ atNs }) => atNs);
  const moments = [soonAfter(scenario, onsetNs), alertNs, ...entries.sort((a, b) => a - b)];
  const earlier = [...new Set(moments)].filter((at) => at > onsetNs && at < fix.atNs - SECOND);
  return earlier.flatMap((atNs): Counterfactual[] => {
    const changes = fixedFrom(scenario, fix, atNs);
    if (changes === null) return [];
    const { title } = fix;
    return [{ kind: 'fix-earlier', title, atNs, size: null, settings: scenario.system, changes }];
  });
}

function fixedFrom(scenario: Scenario, fix: TimelineEntry, atNs: number): Change[] | null {
  const first = settingsAt(scenario, atNs, fix.set);
  if (!first.ok) return null;
  const all = changesOf(scenario);
  // What the timeline sets at the same moment comes before it, or would undo it.
  const changes: Change[] = all.filter((change) => change.atNs <= atNs);
  changes.push({ kind: 'set', atNs, settings: first.settings });
  for (const change of all) {
    if (change.atNs <= atNs) continue;
    if (change.kind !== 'set') {
      changes.push(change);
      continue;
    }
    const then = settingsAt(scenario, change.atNs, fix.set);
    if (!then.ok) return null;
    changes.push({ ...change, settings: then.settings });
  }
  return changes;
}

/** Entries that did something. */
function actions({ timeline }: Scenario): TimelineEntry[] {
  return timeline.filter(({ settings, restart }) => settings !== null || restart !== null);
}

function outages(scenario: Scenario): Change[] {
  return changesOf(scenario).filter(({ kind }) => kind === 'outage');
}

function inOrder(changes: readonly Change[]): Change[] {
  return [...changes].sort((a, b) => a.atNs - b.atNs);
}
