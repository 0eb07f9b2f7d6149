// The files of one command: all of them appear, or none.

import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileFault } from '../../files/file-fault.ts';
import { OutputFile } from './output-file.ts';

export class OutputFiles {
  readonly #files: OutputFile[] = [];

  get paths(): readonly string[] {
    return this.#files.map((file) => file.path);
  }

  open(path: string): OutputFile {
    const file = new OutputFile(path);
    this.#files.push(file);
    return file;
  }

  publish(): void {
    for (const file of this.#files) file.finish();
    for (const file of this.#files) file.publish();
  }

  /** Removes what was not published. */
  discard(): void {
    for (const file of this.#files) file.discard();
  }
}

/** Creates a folder, with those above it. */
export function createFolder(path: string): void {
  try {
    for (const folder of missingFolders(path)) mkdirSync(folder);
    if (existsSync(path)) mkdirSync(path, { recursive: true });
  } catch (error) {
    throw fileFault(error, 'create', path);
  }
}

/**
 * The folders that are missing, outermost first. One by one, because Node's own way of creating them all
 * at once never returns where the system refuses with ENOENT, as below /proc.
 */
function missingFolders(path: string): string[] {
  const folder = resolve(path);
  if (existsSync(folder)) return [];
  return [...(dirname(folder) === folder ? [] : missingFolders(dirname(folder))), folder];
}
