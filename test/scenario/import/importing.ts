// Short ways to import configuration files in tests.
import { formatFault } from '../../../src/scenario/fault.ts';
import type { Findings, FoundPool } from '../../../src/scenario/import/findings.ts';
import { importFiles, type ImportRequest } from '../../../src/scenario/import/import-files.ts';
import { findProfile, type Profile } from '../../../src/scenario/profiles.ts';

/** What may be given besides the files: texts of variables, an environment, a profile by its name. */
export interface Given {
  readonly variables?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly profile?: string;
}

type Files = Readonly<Record<string, string>>;

function request(files: Files, given: Given): ImportRequest {
  const { variables, environment = null, profile } = given;
  const values = new Map(Object.entries(variables ?? {}));
  return {
    files: Object.entries(files).map(([file, text]) => ({ file, text })),
    variables: variables === undefined ? [] : [{ from: 'given.env', values }],
    envFiles: [],
    environment,
    profile: profile === undefined ? null : profileNamed(profile),
  };
}

function profileNamed(name: string): Profile {
  const profile = findProfile(name);
  if (profile === undefined) throw new Error(`no profile ${name}`);
  return profile;
}

/** What files without faults say, one after the other. */
export function imported(files: Files, given: Given = {}) {
  const reading = importFiles(request(files, given));
  if (!reading.ok) throw new Error(reading.faults.map(formatFault).join('\n'));
  return reading;
}

/** What one file says. */
export function findings(file: string, text: string, given: Given = {}): Findings {
  const [only] = imported({ [file]: text }, given).findings;
  if (only === undefined) throw new Error('nothing was imported');
  return only;
}

/** The faults of a file as people see them. */
export function importFaults(file: string, text: string, given: Given = {}): string[] {
  const reading = importFiles(request({ [file]: text }, given));
  return reading.ok ? [] : reading.faults.map(formatFault);
}

/** A pool as a scenario has it, without the places. */
export function plainPool({ profile, name, settings }: FoundPool) {
  const values = settings.map(({ setting, value }) => [setting.name, value] as const);
  return { profile: profile.id, name, ...Object.fromEntries(values) };
}

/** The pools of one file. */
export function poolsOf(file: string, text: string, given: Given = {}) {
  return findings(file, text, given).pools.map(plainPool);
}

/** `password (2:15): says who connects`. */
export function leftOutOf(file: string, text: string, given: Given = {}): string[] {
  return findings(file, text, given).leftOut.map(
    ({ key, place, why }) => `${key} (${place.line}:${place.column}): ${why}`,
  );
}

/** `2: production is taken …`. */
export function noticesOf(file: string, text: string, given: Given = {}): string[] {
  return findings(file, text, given).notices.map(
    ({ place, message }) => `${place.line}: ${message}`,
  );
}

/** Everything that an import of the file says, faults or findings, as one text to look for secrets in. */
export function everythingSaid(files: Files, given: Given = {}): string {
  return JSON.stringify(importFiles(request(files, given)), (_, value: unknown) =>
    value instanceof Map ? [...(value as Map<string, unknown>).keys()] : value,
  );
}
