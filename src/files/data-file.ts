// Reads the files that a scenario names, beside the scenario: for each its text, or why there is none.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FileContents, ReadFile } from '../scenario/files.ts';
import { UserFault } from './user-fault.ts';
import { fileFault } from './file-fault.ts';
import { fileNearMiss } from './file-near-miss.ts';
import { decode } from './read-text.ts';

/** Millions of rows fit; the text of more would not. */
const mostBytes = 64 * 1024 * 1024;

/** @param folder where paths begin that are not absolute; each file is read once */
export function dataFilesIn(folder: string): ReadFile {
  const known = new Map<string, FileContents>();
  return (path) => {
    const contents = known.get(path) ?? contentsOf(path, resolve(folder, path));
    known.set(path, contents);
    return contents;
  };
}

function contentsOf(path: string, place: string): FileContents {
  try {
    const status = statSync(place);
    if (!status.isFile()) return { ok: false, message: `cannot read ${path}: it is no file` };
    if (status.size > mostBytes) {
      return { ok: false, message: `cannot read ${path}: it is larger than 64 MiB` };
    }
    return { ok: true, text: decode(readFileSync(place), path) };
  } catch (error) {
    const fault = fileFault(error, 'read', path);
    if (!(fault instanceof UserFault)) throw fault;
    const hint = existsSync(place) ? '' : fileNearMiss(place);
    return { ok: false, message: `${fault.messages.join('; ')}${hint}` };
  }
}
