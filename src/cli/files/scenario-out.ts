// A scenario that a command has made: its name, and the file of it.

import { basename, join } from 'node:path';
import { fileStem } from './file-stem.ts';
import { createFolder, OutputFiles } from './output-files.ts';

/** `config/application.yml` → `application`: a name that a scenario may have. */
export function scenarioName(path: string): string {
  const stem = basename(path)
    .replace(/^\.+/, '')
    .replace(/\.[^.]*$/, '');
  const name = stem
    .replace(/[^\w-]+/g, '-')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, 100);
  return name === '' ? 'imported' : name;
}

/** Writes it into a folder, if there is one; the paths of what was written. */
export function writeScenario(
  folder: string | undefined,
  name: string,
  text: string,
): readonly string[] {
  if (folder === undefined) return [];
  const files = new OutputFiles();
  try {
    createFolder(folder);
    files.open(join(folder, `${fileStem(name)}.yaml`)).write(text);
    files.publish();
    return files.paths;
  } finally {
    files.discard();
  }
}
