// Which scenarios the arguments of a check mean: files, names, and all scenarios in folders.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { looksLikeScenario } from '../../scenario/looks-like-scenario.ts';
import { UserFault } from '../faults.ts';
import { fileFault } from '../../files/file-fault.ts';
import { decode } from '../../files/read-text.ts';

/** Each once, those of a folder in the order of their names. Folders are searched to their depths. */
export function scenarioArguments(given: readonly string[], faults: string[]): string[] {
  const found = given.flatMap((argument) => {
    if (!isFolder(argument)) return [argument];
    const scenarios = scenariosIn(argument, faults);
    if (scenarios.length === 0) faults.push(`${argument}: there is no scenario in this folder`);
    return scenarios;
  });
  return [...new Set(found)];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Files that set up pools may lie beside scenarios, and are none. */
function scenariosIn(folder: string, faults: string[]): string[] {
  return filesIn(folder).filter((path) => {
    try {
      return looksLikeScenario(decode(readFileSync(path), path));
    } catch (error) {
      const fault = error instanceof UserFault ? error : fileFault(error, 'read', path);
      if (!(fault instanceof UserFault)) throw fault;
      faults.push(...fault.messages);
      return false;
    }
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ya?ml|json)$/.test(name))
    .filter(
      (name) => !name.split(sep).some((part) => part.startsWith('.') || part === 'node_modules'),
    )
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}
