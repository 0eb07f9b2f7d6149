/**
 * Writes out what a file says by other means than the settings themselves, once, before any change: the
 * other `--set`s, the timeline, what-ifs and sweeps act on what is then written.
 */
import { type Expander, type Expansion, unexpanded } from './expansion.ts';
import type { Files } from './files.ts';
import type { Path } from './path.ts';
import type { ScenarioDocument } from './scenario.ts';

/** All of them, one after another. */
export function expandDocument(
  document: ScenarioDocument,
  files: Files,
  expanders: readonly Expander[],
): Expansion {
  return expanders.reduce((before, { expand }): Expansion => {
    const {
      document: after,
      problems,
      notices,
      made,
      consumed,
      places,
    } = expand(before.document, files);
    return {
      document: after,
      problems: [...before.problems, ...problems],
      notices: [...before.notices, ...notices],
      made: [...before.made, ...made],
      consumed: [...before.consumed, ...consumed],
      places: [...before.places, ...places],
    };
  }, unexpanded(document));
}

/** Whether a `--set` of this path changes what is written out, and not the outcome. */
export function isReadForExpansion(path: Path, expanders: readonly Expander[]): boolean {
  return expanders.some(({ reads }) => reads(path));
}
