// A file that appears whole or not at all: written under another name in the same folder and renamed
// when everything is in it. What is no file (a device, a pipe) is written to as it is.

import {
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileFault } from '../../files/file-fault.ts';

/** Text is collected up to this many characters before it goes to the system. */
const bufferCharacters = 64 * 1024;

export class OutputFile {
  /** As the user named it. */
  readonly path: string;
  readonly #place: Place;
  #descriptor: number | null;
  #buffer = '';

  /** Opens the file, so that a folder that cannot be written to is known before the work begins. */
  constructor(path: string) {
    this.path = path;
    try {
      this.#place = placeOf(path);
      this.#descriptor = openPlace(this.#place);
    } catch (error) {
      throw this.#fault(error);
    }
  }

  write(text: string): void {
    this.#buffer += text;
    if (this.#buffer.length >= bufferCharacters) this.#flush();
  }

  /** Brings everything to the disk; the file has its name only after `publish`. */
  finish(): void {
    this.#flush();
    if (this.#descriptor === null) return;
    try {
      if (this.#place.temporary !== null) fsyncSync(this.#descriptor);
      closeSync(this.#descriptor);
      this.#descriptor = null;
    } catch (error) {
      throw this.#fault(error);
    }
  }

  publish(): void {
    if (this.#place.temporary === null) return;
    try {
      renameSync(this.#place.temporary, this.#place.target);
    } catch (error) {
      throw this.#fault(error);
    }
  }

  /** Leaves no trace of a file that was not published. */
  discard(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
    if (this.#place.temporary !== null) rmSync(this.#place.temporary, { force: true });
  }

  #flush(): void {
    if (this.#descriptor === null) return;
    const bytes = Buffer.from(this.#buffer);
    this.#buffer = '';
    try {
      for (let from = 0; from < bytes.length;) from += writeSync(this.#descriptor, bytes, from);
    } catch (error) {
      throw this.#fault(error);
    }
  }

  #fault(error: unknown): unknown {
    return fileFault(error, 'write', this.path);
  }
}

/** Where a file's text goes. */
interface Place {
  /** What the finished file replaces; a symbolic link stays one. */
  readonly target: string;
  /** Where the text goes until then; null when the target is no regular file. */
  readonly temporary: string | null;
  readonly mode: number;
}

function placeOf(path: string): Place {
  const existing = statSync(path, { throwIfNoEntry: false });
  if (existing === undefined) return { target: path, temporary: temporaryName(path), mode: 0o666 };
  const isSpecial = !existing.isFile() || path.startsWith('/dev/');
  if (isSpecial) return { target: path, temporary: null, mode: existing.mode };
  const target = realpathSync(path);
  return { target, temporary: temporaryName(target), mode: existing.mode };
}

function temporaryName(target: string): string {
  const unique = `${process.pid}-${crypto.randomUUID().slice(0, 8)}`;
  return join(dirname(target), `.${basename(target)}.${unique}.tmp`);
}

/** Appends to what is special: /dev/stdout may be a file that others write to as well. */
function openPlace({ target, temporary, mode }: Place): number {
  return temporary === null ? openSync(target, 'a') : openSync(temporary, 'wx', mode);
}
