/** Configuration files → a scenario, or changes of one that keep its comments. */
import type { Fact } from '../draft/fact.ts';
import { scenarioOfFacts, type DraftedScenario, type Target } from '../draft/scenario-of-facts.ts';
import type { Fault } from '../fault.ts';
import { factsOf } from './facts-of.ts';
import type { LeftOut } from './findings.ts';
import type { Imported } from './import-files.ts';
import { USUAL_ASSUMPTIONS } from './usual-assumptions.ts';

export interface ImportedScenario extends DraftedScenario {
  /** What the files say of it. */
  readonly stated: readonly Fact[];
  readonly leftOut: readonly LeftOut[];
}

type ImportOutcome =
  | ({ readonly ok: true } & ImportedScenario)
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** The scenario that files set up; a fault where the files, the scenario or the changes have one. */
export function importScenario(
  imported: Imported,
  wanted: {
    readonly name: string;
    readonly into: Target | null;
    readonly sets: readonly { readonly path: string; readonly text: string }[];
  },
): ImportOutcome {
  const { facts, leftOut, faults } = factsOf(imported);
  if (faults.length > 0) return { ok: false, faults };
  const outcome = scenarioOfFacts({ ...wanted, facts, assumptions: USUAL_ASSUMPTIONS });
  return outcome.ok ? { ...outcome, stated: facts, leftOut } : outcome;
}
