/** Which syntax a configuration file has: by its name, or by how its text begins. */
import type { Syntax } from '../configuration.ts';
import { looksLikeEnvFile } from './env-file.ts';

/** By the name where it says so; standard input has none. */
export function syntaxOf(file: string, text: string): Syntax {
  return firstFitting(BY_NAME, file) ?? firstFitting(BY_TEXT, text) ?? byLines(text);
}

type Pattern = readonly [RegExp, Syntax];

function firstFitting(patterns: readonly Pattern[], text: string): Syntax | undefined {
  return patterns.find(([pattern]) => pattern.test(text))?.[1];
}

const BY_NAME: readonly Pattern[] = [
  [/\.ya?ml$/i, 'yaml'],
  [/\.json$/i, 'json'],
  [/\.toml$/i, 'toml'],
  [/\.ini$/i, 'ini'],
  [/(?:^|[\\/])\.env(?:\.[\w.-]+)?$|\.env$/i, 'env'],
  [/\.properties$/i, 'properties'],
  [/\.xml$/i, 'xml'],
  [/\.(?:txt|connection|connection-?string)$/i, 'text'],
];

const BY_TEXT: readonly Pattern[] = [
  [/^\s*</, 'xml'],
  [/^\s*\{/, 'json'],
  [/^\s*\[pgbouncer\]/m, 'ini'],
  [/^\s*(?:host|server|data source)\s*=[^\n]*;[^\n]*\s*$/i, 'text'],
];

/** Of the first line that says something. */
const BY_LINE: readonly Pattern[] = [
  [/^\s*\[\[?[\w."-]+\]\]?\s*(?:#.*)?$|^\s*\w+ = (?:"|\d|true|false|\[)/, 'toml'],
  [/^\s*(?:[\w-]+(?:[.[][\w\]-]+)+|[a-z]+[A-Z]\w*)\s*=/, 'properties'],
];

function byLines(text: string): Syntax {
  const line = text.split(/\r?\n/).find((one) => one.trim() !== '' && !/^\s*[#!;]/.test(one));
  return firstFitting(BY_LINE, line ?? '') ?? (looksLikeEnvFile(text) ? 'env' : 'yaml');
}
