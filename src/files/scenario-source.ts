// A scenario's text with all that is needed to parse it: how the files are read that it names.

import { join } from 'node:path';
import type { Expander } from '../scenario/expansion.ts';
import type { ReadFile } from '../scenario/files.ts';
import type { PlaceOf } from '../scenario/parse-scenario.ts';
import { dataFilesIn } from './data-file.ts';

export interface ScenarioText {
  /** How messages call the file. */
  readonly file: string;
  readonly text: string;
  /** Where the files are that it names. */
  readonly folder: string;
}

/** A scenario's text, and how the files are read that it names. */
export interface ScenarioSource extends ScenarioText {
  readonly readFile: ReadFile;
  /** Reads the pools that are in files; loaded when a scenario has such a one. */
  readonly poolFiles?: Expander;
}

/** A change of a scenario: a path in it, and the value as YAML. */
interface Change {
  readonly path: string;
  readonly text: string;
}

/** Whether a scenario, or a change of it, can have a pool that is in a file. */
const NAMES_A_POOL_FILE = /\b(?:from|environment|envFile)["']?\s*:/;

/**
 * A scenario's text with what it takes to read the files that it, or a change of it, names.
 *
 * @param changes what is changed of it when it is parsed
 */
export async function sourceOf(
  text: ScenarioText,
  changes: readonly Change[],
): Promise<ScenarioSource> {
  const texts = [text.text, ...changes.map((change) => `${change.path}: ${change.text}`)];
  const readFile = dataFilesIn(text.folder);
  if (!texts.some((one) => NAMES_A_POOL_FILE.test(one))) return { ...text, readFile };
  const { poolFileExpander } = await import('../scenario/import/pools-from.ts');
  return { ...text, readFile, poolFiles: poolFileExpander };
}

/** A scenario names files from its own folder, and people look for them from theirs. */
export function fromHere(placeOf: PlaceOf, folder: string): PlaceOf {
  return (path) => {
    const { place, key } = placeOf(path);
    return { key, place: key === null ? place : { ...place, file: join(folder, place.file) } };
  };
}
