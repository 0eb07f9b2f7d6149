/** Which section of a file holds that has one for each environment: `development`, `production` … */
import type { Fault } from '../fault.ts';
import { didYouMean } from '../near-miss.ts';
import type { Path } from '../path.ts';
import type { Configuration } from './configuration.ts';
import type { ImportNotice } from './findings.ts';
import type { ImportContext } from './importer.ts';
import { placeAt } from './written.ts';

/** What is taken when nobody names an environment: it is the one that surges happen to. */
const USUAL = 'production';

type SectionReading =
  | { readonly ok: true; readonly name: string; readonly notices: readonly ImportNotice[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Of the sections with these names the one that `context` asks for, or `production`, or the only one. */
export function environmentSection(
  configuration: Configuration,
  names: readonly string[],
  { environment }: ImportContext,
): SectionReading {
  const name = environment ?? usual(names);
  if (name !== undefined && names.includes(name)) {
    const others = names.filter((other) => other !== name).join(', ');
    const besides = others === '' ? 'the only environment of the file' : `not ${others}`;
    const place = placeAt(configuration, [name], 0, 'key');
    const notices =
      environment === null ? [{ place, message: `${name} is taken, ${besides}` }] : [];
    return { ok: true, name, notices };
  }
  const listed = `the file has ${names.join(', ')}`;
  const message =
    name === undefined
      ? `which environment holds is not said; ${listed}; say which with --environment`
      : `has no environment ${name}; ${listed}${didYouMean(name, names)}`;
  const place = { file: configuration.file, line: 1, column: 1 };
  return { ok: false, faults: [{ ...place, path: '', code: 'unknown-environment', message }] };
}

/** Names that only environments have. */
const ENVIRONMENTS = ['development', 'production', 'test', 'staging'];

type PathsReading =
  | { readonly paths: readonly Path[]; readonly notices: readonly ImportNotice[] }
  | { readonly faults: readonly Fault[] };

/** All of these places, or those in the section of the environment that holds when there are such. */
export function pathsOfEnvironment(
  configuration: Configuration,
  paths: readonly Path[],
  context: ImportContext,
): PathsReading {
  const names = [...new Set(paths.map(([first]) => String(first ?? '')))];
  const isOne = (name: string): boolean =>
    ENVIRONMENTS.includes(name) || name === context.environment;
  if (!names.some(isOne)) return { paths, notices: [] };
  const section = environmentSection(configuration, names, context);
  if (!section.ok) return section;
  return { paths: paths.filter(([first]) => first === section.name), notices: section.notices };
}

function usual(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : names.find((name) => name === USUAL);
}
