/** Which section of a file holds that has one for each environment: `development`, `production` … */
import type { Fault } from '../fault.ts';
import { didYouMean } from '../near-miss.ts';
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

function usual(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : names.find((name) => name === USUAL);
}
