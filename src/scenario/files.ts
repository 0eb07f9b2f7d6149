/** Files that a scenario names. It asks for them while it is read; it never opens one itself. */
import type { Clock } from './clock.ts';

/** What a file holds, or why nobody knows: `cannot read holds.csv: there is no such file`. */
export type FileContents =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/** Reads a file that a scenario names, by its path as written there. */
export type ReadFile = (path: string) => FileContents;

/** The files that a scenario names, by their paths as written. */
export interface Files {
  get(path: string): FileContents | undefined;
}

/** What one must know to read the system part of a document, besides the document. */
export interface Surroundings extends Clock {
  readonly files: Files;
}

/** Asks for each file once, when it is wanted first. */
export class FilesOnDemand implements Files {
  /** The files that were wanted so far. */
  readonly contents = new Map<string, FileContents>();
  private readonly readFile: ReadFile;

  constructor(readFile: ReadFile | undefined) {
    this.readFile = readFile ?? noFiles;
  }

  get(path: string): FileContents {
    const known = this.contents.get(path) ?? this.readFile(path);
    this.contents.set(path, known);
    return known;
  }
}

function noFiles(path: string): FileContents {
  return { ok: false, message: `cannot read ${path}: no files can be read here` };
}

/** What a file holds; one that was not named when the scenario was read cannot be read afterwards. */
export function contentsOf(files: Files, path: string): FileContents {
  const message = `cannot read ${path}: the scenario did not name it when it was read`;
  return files.get(path) ?? { ok: false, message };
}
