// The files of one command: all of them appear, or none.

import { mkdirSync } from 'node:fs';
import { fileFault } from './file-fault.ts';
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

export function createFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw fileFault(error, 'create', path);
  }
}
