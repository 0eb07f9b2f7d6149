// Which file a scenario argument means. In this order: an existing file; a name in the folder
// `scenarios` of the working directory; a name in the package's own `scenarios`; in the same places the
// last part of a name, if only one scenario has it; `-` is standard input.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ScenarioText } from '../files/scenario-source.ts';
import { didYouMean } from '../scenario/near-miss.ts';
import { UserFault } from './faults.ts';
import { fileFault } from '../files/file-fault.ts';
import { readStream, readText } from '../files/read-text.ts';

const extension = /\.(?:ya?ml|json)$/;

/** A list of names longer than this says how many more there are. */
const mostNames = 40;

export async function readScenario(argument: string, signal: AbortSignal): Promise<ScenarioText> {
  if (argument === '-') {
    const text = await readStream(process.stdin, 'standard input', signal);
    return { file: 'standard input', text, folder: '.' };
  }
  const file = findFile(argument);
  return { file, text: await readText(file, signal), folder: dirname(file) };
}

function findFile(argument: string): string {
  if (isFile(argument)) return argument;
  for (const folder of scenarioFolders()) {
    const name = namesIn(folder).find(
      (n) => n === argument || n.replace(extension, '') === argument,
    );
    if (name !== undefined) return shortest(join(folder, name));
  }
  const last = byLastPart(argument);
  if (last !== undefined) return last;
  // A folder is left for the reader to refuse, unless a scenario of its name stands beside it.
  const beside = ['.yaml', '.yml', '.json'].map((end) => argument + end).find(isFile);
  if (beside !== undefined) {
    throw new UserFault([`${argument} is no scenario file; did you mean ${beside}?`]);
  }
  if (existsSync(argument)) return argument;
  throw new UserFault(unknownScenario(argument));
}

/** `cold-start-burst` for `pools/cold-start-burst`, in the first folder that has it just once. */
function byLastPart(argument: string): string | undefined {
  if (argument.includes('/') || existsSync(argument)) return undefined;
  for (const folder of scenarioFolders()) {
    const names = namesIn(folder).filter((name) =>
      [name, name.replace(extension, '')].some((n) => n.endsWith(`/${argument}`)),
    );
    if (names.length === 0) continue;
    return names.length === 1 ? shortest(join(folder, names[0] as string)) : undefined;
  }
  return undefined;
}

/** A pipe is a file too: `tidemark run <(sed … january.yaml)`. */
function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
  } catch (error) {
    throw fileFault(error, 'read', path);
  }
}

function scenarioFolders(): readonly string[] {
  return ['scenarios', fileURLToPath(new URL('../../scenarios', import.meta.url))];
}

/** The scenario files under a folder, as paths with slashes: `january-2024/max-only.yaml`. */
function namesIn(folder: string): readonly string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => extension.test(name))
    .map((name) => name.split(sep).join('/'))
    .sort();
}

/** A path that one can click on, and that is no longer than it must be. */
function shortest(path: string): string {
  const fromHere = relative('', path);
  return fromHere.startsWith('..') ? path : fromHere;
}

function unknownScenario(argument: string): string[] {
  const names = [...new Set(scenarioFolders().flatMap(namesIn))].map((n) =>
    n.replace(extension, ''),
  );
  const wanted = argument.replace(extension, '');
  const deeper = names.filter((name) => name.endsWith(`/${wanted}`));
  const hint =
    deeper.length === 0 ? didYouMean(wanted, names) : `; did you mean ${deeper.join(' or ')}?`;
  const listed = names.slice(0, mostNames).join(', ');
  const rest = names.length > mostNames ? `, and ${names.length - mostNames} more` : '';
  return [
    `${argument}: there is no such file, and no scenario of that name${hint}`,
    `the scenarios are: ${listed}${rest}`,
  ];
}
