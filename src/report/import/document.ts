/** What an import found, as a document for programs. */
import { placeWords } from '../../scenario/import/configuration.ts';
import type { Imported } from '../../scenario/import/import-files.ts';
import type { ImportedScenario } from '../../scenario/import/import-scenario.ts';

/** Values of what was left out are never in it: they may be secrets. */
export function importDocument(imported: Imported, outcome: ImportedScenario): object {
  const { scenario, stated, assumed, leftOut, warnings } = outcome;
  return {
    format: 1,
    scenario: scenario.document,
    files: imported.files,
    stated: stated.map(({ path, value, note }) => ({ path: path.join('.'), value, from: note })),
    assumed: assumed.map(({ path, value, note }) => ({ path: path.join('.'), value, why: note })),
    placeholders: imported.filled.map(({ name, value, from, place }) => ({
      name,
      value,
      from,
      at: placeWords(place),
    })),
    leftOut: leftOut.map(({ key, place, why }) => ({ key, at: placeWords(place), why })),
    warnings,
  };
}
