/** A scenario with other values at some paths: the whole scenario anew, as `--set` would make it. */
import { checkDocument } from './check-document.ts';
import { locate, withValue } from './document-path.ts';
import type { Fault } from './fault.ts';
import { FilesOnDemand } from './files.ts';
import { holdOfQuery, isHoldOfQuery } from './hold-of-query.ts';
import { formatPath } from './path.ts';
import { show } from './reading.ts';
import { resolveScenario } from './resolve-scenario.ts';
import type { Scenario, ScenarioDocument } from './scenario.ts';

type Varied =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * @param sets path → value as in a file: `{ 'service.pool.max': 20 }`; unlike the changes of a timeline
 * they may touch anything. Faults name `set path=value` as their file. Only files that the scenario
 * names already can be read.
 */
export function vary(scenario: Scenario, sets: Readonly<Record<string, unknown>>): Varied {
  const label = Object.entries(sets)
    .map(([path, value]) => `${path}=${show(value)}`)
    .join(', ');
  const fault = (path: string, code: string, message: string): Fault => {
    return { file: `set ${label}`, line: null, column: null, path, code, message };
  };
  let document: unknown = scenario.document;
  for (const [path, value] of Object.entries(sets)) {
    const place = locate(document, path);
    if (!place.ok) return { ok: false, faults: [fault(path, place.code, place.message)] };
    if (isHoldOfQuery(document, place.value)) {
      return { ok: false, faults: [fault(path, 'not-changeable', holdOfQuery)] };
    }
    document = withValue(document, place.value, value);
  }
  return resolveAgain(scenario, document as ScenarioDocument, fault);
}

/** The scenario without what its timeline sets and restarts; entries stay as notes. */
export function withoutTimeline(scenario: Scenario): Scenario {
  const { timeline } = scenario.document;
  if (!Array.isArray(timeline) || !changesAnything(scenario)) return scenario;
  const notes = (timeline as Record<string, unknown>[]).map((entry) =>
    Object.fromEntries(Object.entries(entry).filter(([key]) => !ACTS.includes(key))),
  );
  const document = withoutActsIn({ ...scenario.document, timeline: notes });
  const again = resolveAgain(scenario, document, (path, _code, message) => {
    throw new Error(`bug: without its timeline the scenario is wrong: ${path}: ${message}`);
  });
  if (!again.ok) throw new Error('bug: without its timeline the scenario is wrong');
  return again.scenario;
}

/** What an entry of the timeline does that settings are judged without; an outage is no setting. */
const ACTS = ['set', 'restart'];

/** Whether the timeline sets or restarts anything. */
export function changesAnything({ timeline }: Scenario): boolean {
  return timeline.some(({ settings, restart }) => settings !== null || restart !== null);
}

/** Grades of what is no longer there lead nowhere. */
function withoutActsIn(document: ScenarioDocument): ScenarioDocument {
  const { provenance } = document;
  if (typeof provenance !== 'object' || provenance === null) return document;
  const isGone = (path: string) => /^timeline\[\d+\]\.(?:set|restart)\b/.test(path);
  const kept = Object.entries(provenance).filter(([path]) => !isGone(path));
  return { ...document, provenance: Object.fromEntries(kept) };
}

/** The scenario of a document that was made of another one's. */
export function resolveAgain(
  scenario: Scenario,
  document: ScenarioDocument,
  fault: (path: string, code: string, message: string) => Fault,
): Varied {
  const files = new FilesOnDemand((path) => {
    const known = scenario.files.get(path);
    const message = `cannot read ${path}: the scenario did not name it when it was read`;
    return known ?? { ok: false, message };
  });
  const checked = checkDocument(document, scenario.document, files);
  if (!checked.ok) {
    const faults = checked.problems.map(({ path, code, message }) =>
      fault(formatPath(path, document), code, message),
    );
    return { ok: false, faults };
  }
  const resolved = resolveScenario(checked, document, scenario.name, files.contents);
  return { ok: true, scenario: { ...resolved, seed: scenario.seed } };
}
