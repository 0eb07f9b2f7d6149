/** Facts → a new scenario, or changes of one that keep its comments; and its text. */
import type { Expander } from '../expansion.ts';
import type { Fault } from '../fault.ts';
import type { ReadFile } from '../files.ts';
import { parseScenario } from '../parse-scenario.ts';
import { entry, isMap, startsWith } from '../path.ts';
import type { Scenario } from '../scenario.ts';
import { writeYaml } from '../yaml/write-yaml.ts';
import { draftScenario } from './draft-scenario.ts';
import type { Fact } from './fact.ts';
import { factsOfSets, withFacts } from './with-facts.ts';

/** A scenario file that facts go into. */
export interface Target {
  readonly file: string;
  readonly text: string;
  readonly readFile: ReadFile;
  readonly poolFiles?: Expander;
}

type Sets = readonly { readonly path: string; readonly text: string }[];

interface Wanted {
  readonly facts: readonly Fact[];
  /** What a new scenario takes where there is no fact. */
  readonly assumptions: readonly Fact[];
  /** The name of a new scenario. */
  readonly name: string;
  readonly into: Target | null;
  /** Changes of the scenario, from `--set`. */
  readonly sets: Sets;
}

export interface DraftedScenario {
  readonly text: string;
  readonly scenario: Scenario;
  /** The assumptions that were made; none when the facts go into a scenario. */
  readonly assumed: readonly Fact[];
  /** Sentences with their place in the text. */
  readonly warnings: readonly string[];
}

export type DraftOutcome =
  | ({ readonly ok: true } & DraftedScenario)
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** The scenario; a fault where the one that facts go into, or a change, has one. */
export function scenarioOfFacts({ facts, assumptions, name, into, sets }: Wanted): DraftOutcome {
  const parse = (text: string, changes: Sets = []) =>
    parseScenario({ ...(into ?? { file: `${name}.yaml` }), text, sets: changes });
  const before = into === null ? null : parse(into.text);
  if (before?.ok === false) return before;
  const several = before === null || into === null ? null : severalServices(before.scenario, into);
  if (several !== null) return { ok: false, faults: [several] };
  const drafted = draftScenario({ name }, facts, into === null ? assumptions : []);
  const merged = into === null ? writeYaml(drafted.document) : withFacts(into.text, facts);
  const checked = parse(merged, sets);
  if (!checked.ok) return checked;
  const changes = factsOfSets(merged, sets);
  const text = withFacts(merged, changes);
  const parsed = parse(text);
  if (!parsed.ok) return parsed;
  const { scenario, warnings } = parsed;
  const isChanged = ({ path }: Fact): boolean => changes.some((one) => startsWith(path, one.path));
  const assumed = drafted.assumed.filter((fact) => !isChanged(fact));
  return { ok: true, text, scenario, assumed, warnings };
}

/** Nobody knows which of several services a file is about. */
function severalServices({ document }: Scenario, { file }: Target): Fault | null {
  const services = entry(document, 'services');
  if (!isMap(services)) return null;
  const names = Object.keys(services).join(', ');
  const message = `has several services (${names}); write pool: { from: FILE } into the one that the file is about`;
  return { file, line: null, column: null, path: 'services', code: 'ambiguous', message };
}
