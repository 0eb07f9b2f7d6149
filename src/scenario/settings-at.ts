/** The settings in force at an instant, with further changes: what a what-if experiment runs on. */
import type { SystemSettings } from '../model/settings.ts';
import { applyChanges, baseline } from './changes.ts';
import type { Fault } from './fault.ts';
import { show } from './reading.ts';
import type { Scenario } from './scenario.ts';

type SettingsReading =
  | { readonly ok: true; readonly settings: SystemSettings }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Complete settings at `atNs` after the start: every `set` of the timeline up to and including that
 * instant, then `sets` (path → value as in a file: `{ 'service.pool.max': 20 }`), which may change what
 * a timeline may change and nothing else. Faults name `set path=value` as their file.
 */
export function settingsAt(
  scenario: Scenario,
  atNs: number,
  sets: Readonly<Record<string, unknown>>,
): SettingsReading {
  let now = baseline(scenario.document, scenario);
  for (const { atNs: then, set } of scenario.timeline) {
    if (then > atNs || Object.keys(set).length === 0) continue;
    now = { ...now, ...applyChanges(now, set, scenario) };
  }
  const { settings, problems } = applyChanges(now, sets, scenario);
  if (settings !== null && problems.length === 0) return { ok: true, settings };
  const faults = problems.map(({ path: [text, ...rest], code, message }): Fault => {
    const path = [text, ...rest].join('.');
    const file = `set ${String(text)}=${show(sets[String(text)])}`;
    return { file, line: null, column: null, path, code, message };
  });
  return { ok: false, faults };
}
