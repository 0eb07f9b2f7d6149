/**
 * Writes out what a file says by other means than the settings themselves, once, before any change: the
 * other `--set`s, the timeline, what-ifs and sweeps act on what is then written.
 */
import { type Expander, type Expansion, unexpanded } from './expansion.ts';
import type { Files } from './files.ts';
import { measuredHoldExpander } from './measured/expand-measured-holds.ts';
import type { Path } from './path.ts';
import type { ScenarioDocument } from './scenario.ts';

/** In this order: a hold is unwound on the pools as they are when they are written out. */
const expanders: readonly Expander[] = [measuredHoldExpander];

/** All of them, one after another. */
export function expandDocument(document: ScenarioDocument, files: Files): Expansion {
  return expanders.reduce((before, { expand }): Expansion => {
    const { document: after, problems, notices, made } = expand(before.document, files);
    return {
      document: after,
      problems: [...before.problems, ...problems],
      notices: [...before.notices, ...notices],
      made: [...before.made, ...made],
    };
  }, unexpanded(document));
}

/** Whether a `--set` of this path changes what is written out, and not the outcome. */
export function isReadForExpansion(path: Path): boolean {
  return expanders.some(({ reads }) => reads(path));
}
