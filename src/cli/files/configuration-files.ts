// Reads configuration files that were named on the command line; each that cannot be read is a fault.

import type { FileText } from '../../scenario/import/import-files.ts';
import { UserFault } from '../faults.ts';
import { readStream, readText } from '../../files/read-text.ts';

/** The files that could be read, each once, in their order; `-` is standard input. */
export async function readConfigurations(
  paths: readonly string[],
  signal: AbortSignal,
  faults: string[],
): Promise<FileText[]> {
  const files: FileText[] = [];
  for (const path of new Set(paths)) {
    try {
      files.push(await readConfiguration(path, signal));
    } catch (error) {
      if (!(error instanceof UserFault)) throw error;
      faults.push(...error.messages);
    }
  }
  return files;
}

async function readConfiguration(path: string, signal: AbortSignal): Promise<FileText> {
  if (path.trim() === '') throw new UserFault(['the name of a file is empty']);
  if (path !== '-')
    return { file: path, text: await readText(path, signal, 'not a file; name the files in it') };
  return {
    file: 'standard input',
    text: await readStream(process.stdin, 'standard input', signal),
  };
}
