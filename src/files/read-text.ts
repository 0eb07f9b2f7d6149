// Reads a scenario file: text in UTF-8 of a sensible size, or the reason why it is not.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { UserFault } from './user-fault.ts';
import { fileFault } from './file-fault.ts';

/** Thousands of rate points fit; a file beyond this was named by mistake. */
const mostBytes = 4 * 1024 * 1024;

/** @param ofFolder what to say to somebody who named a folder */
export async function readText(
  path: string,
  signal: AbortSignal,
  ofFolder = 'and a scenario is one file',
): Promise<string> {
  if (await isFolder(path)) {
    throw new UserFault([`cannot read ${path}: it is a folder, ${ofFolder}`]);
  }
  return readStream(createReadStream(path), path, signal);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw fileFault(error, 'read', path);
  }
}

/** @param name how messages call the source */
export async function readStream(
  stream: Readable,
  name: string,
  signal: AbortSignal,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of addAbortSignal(signal, stream) as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes > mostBytes) throw tooLarge(name);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw fileFault(error, 'read', name);
  }
  return decode(Buffer.concat(chunks), name);
}

function tooLarge(name: string): UserFault {
  return new UserFault([`cannot read ${name}: it is larger than 4 MiB, so no scenario`]);
}

/** The text of bytes in UTF-8, or the user's fault. */
export function decode(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new UserFault([`cannot read ${name}: it is in UTF-16; save it as UTF-8`]);
  }
  const text = decodeUtf8(bytes);
  if (text === undefined || text.includes('\0')) {
    throw new UserFault([`cannot read ${name}: it is no text in UTF-8`]);
  }
  return text;
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
