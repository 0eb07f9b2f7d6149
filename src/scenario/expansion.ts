/** What becomes of a document when something in it is written out, and how one does that. */
import type { Files } from './files.ts';
import type { Path } from './path.ts';
import type { Problem } from './problem.ts';
import type { ScenarioDocument } from './scenario.ts';
import type { SettingPlace } from './setting-place.ts';

export interface Expansion {
  /** The same object when there was nothing to write out. */
  readonly document: ScenarioDocument;
  /** What cannot be written out, at paths of the document before. */
  readonly problems: readonly Problem[];
  /** Warnings, at paths of the document before. */
  readonly notices: readonly Problem[];
  /** What was written: nothing is said of it that is only to be said to its author. */
  readonly made: readonly Path[];
  /** Files that nobody needs any more, by their paths as written: they may hold secrets. */
  readonly consumed: readonly string[];
  /** Where settings stand that were written out from a file. */
  readonly places: readonly SettingPlace[];
}

/** Writes out one thing that a document can say in short. */
export interface Expander {
  /** Whether what stands at a path, or in it, is read for it: then a `--set` of it comes before. */
  readonly reads: (path: Path) => boolean;
  readonly expand: (document: ScenarioDocument, files: Files) => Expansion;
}

/** Nothing to write out. */
export function unexpanded(document: ScenarioDocument): Expansion {
  return { document, problems: [], notices: [], made: [], consumed: [], places: [] };
}
