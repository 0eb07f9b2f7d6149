/**
 * Rails' `config/database.yml`: environments that take over a default, Ruby for the numbers, one database or
 * several by name, and URLs whose parameters go before all else.
 */
import { isMap, type Path } from '../../path.ts';
import { settingNamed } from '../../profiles.ts';
import type { Configuration } from '../configuration.ts';
import { environmentSection } from '../environment-section.ts';
import type { Findings, ImportNotice, LeftOut } from '../findings.ts';
import { findingsOf } from '../findings-of.ts';
import { faultAt, foundPool, type Dialect, type PoolReading, type Written } from '../found-pool.ts';
import type { ImportContext, Importer } from '../importer.ts';
import { BAD_URL } from '../database-url.ts';
import { mergedAt } from '../merged-at.ts';
import { erbIn, hasErb } from '../syntax/erb.ts';
import { placeAt, profileOf } from '../written.ts';
import { RAILS_BESIDES } from './rails-besides.ts';
import { rubyPlaceholder } from './ruby-placeholder.ts';
import { settingsInUrl } from './settings-in-url.ts';

export const databaseYml: Importer = {
  kind: 'Rails database.yml',
  profiles: ['activerecord'],
  fits: (configuration) =>
    configuration.syntax === 'yaml' && environmentsIn(configuration).length > 0,
  read,
};

/** Sections that only others take over. */
const SHARED = /^(?:[._]|x-)|^(?:defaults?|common|base|shared)$/i;

function environmentsIn(configuration: Configuration): string[] {
  const value = configuration.documents[0]?.value;
  if (configuration.documents.length !== 1 || !isMap(value)) return [];
  const isNamed = /(?:^|[\\/])database\.ya?ml(?:\.erb)?$/i.test(configuration.file);
  const names = Object.keys(value).filter((name) => isMap(value[name]) && !SHARED.test(name));
  const isRails = (path: Path): boolean => {
    const here = mergedAt(configuration, path);
    if (here.some(({ name, value: one }) => name === 'adapter' && typeof one === 'string'))
      return true;
    if (isNamed && here.some(({ name }) => name === 'url')) return true;
    return path.length < 2 && here.some(({ name }) => isRails([...path, name]));
  };
  return names.some((name) => isRails([name])) ? names : [];
}

const dialect = (): Dialect => ({
  profile: profileOf('activerecord'),
  names: 'exact',
  textual: true,
  besides: RAILS_BESIDES,
});

function read(configuration: Configuration, context: ImportContext): Findings {
  const section = environmentSection(configuration, environmentsIn(configuration), context);
  if (!section.ok) return findingsOf(databaseYml.kind, [], { faults: section.faults });
  const databases = databasesIn(configuration, section.name);
  const isShared = databases.filter((path) => !isSqlite(configuration, path));
  const leftOut = databases
    .filter((path) => isSqlite(configuration, path))
    .map((path): LeftOut => {
      const place = placeAt(configuration, path, 0, 'key');
      return { key: path.join('.'), place, why: 'is SQLite, which has no server' };
    });
  const notices: ImportNotice[] = [...section.notices];
  const readings = isShared.map((path, i) => {
    const name = databases.length === 1 ? null : String(path.at(-1));
    return poolAt(configuration, path, { name, isFirst: i === 0, context, notices });
  });
  const [none] = isShared.length === 0 ? leftOut : [];
  const message = 'sets up no pool: all its databases are SQLite, which has no server';
  const faults = none === undefined ? [] : [faultAt(none, 'nothing-found', message)];
  return findingsOf(databaseYml.kind, readings, { leftOut, notices, faults });
}

/** The only database of an environment, or each of several, which have names. */
function databasesIn(configuration: Configuration, environment: string): Path[] {
  const here = mergedAt(configuration, [environment]);
  const isSeveral = here.length > 0 && here.every(({ value }) => isMap(value));
  return isSeveral ? here.map(({ name }) => [environment, name]) : [[environment]];
}

function isSqlite(configuration: Configuration, path: Path): boolean {
  const adapter = mergedAt(configuration, path).find(({ name }) => name === 'adapter');
  return typeof adapter?.value === 'string' && adapter.value.startsWith('sqlite');
}

interface Database {
  readonly name: string | null;
  /** Of several it is the one that DATABASE_URL is about. */
  readonly isFirst: boolean;
  readonly context: ImportContext;
  readonly notices: ImportNotice[];
}

function poolAt(configuration: Configuration, path: Path, database: Database): PoolReading {
  const { name, isFirst, context, notices } = database;
  const { variables } = context;
  const place = placeAt(configuration, path, 0, 'key');
  const all = mergedAt(configuration, path);
  const url = all.find((one) => one.name === 'url');
  const inUrl = url === undefined && !isFirst ? [] : settingsInUrl(url, { place }, variables);
  const above = inUrl ?? [];
  const kept = all.filter((one) => {
    const stronger = above.find((other) => isSameSetting(one, other));
    if (stronger === undefined) return true;
    const message = `${stronger.key} goes before ${one.key} in line ${one.place.line}`;
    notices.push({ place: stronger.place, message });
    return false;
  });
  const read = kept.map(withoutRuby);
  const faults = read.flatMap((one) => ('fault' in one ? [one.fault] : []));
  if (inUrl === null)
    faults.push(faultAt(url ?? { key: 'DATABASE_URL', place }, 'bad-url', BAD_URL));
  const written = read.flatMap((one) => ('fault' in one ? [] : [one]));
  const reading = foundPool(dialect(), [...written, ...above], { name, place, variables });
  return { ...reading, faults: [...faults, ...reading.faults] };
}

function isSameSetting(one: Written, other: Written): boolean {
  const setting = settingNamed(dialect().profile, one.name);
  return setting !== undefined && setting === settingNamed(dialect().profile, other.name);
}

/** Ruby in a setting becomes a placeholder; in other keys it does not matter. */
function withoutRuby(one: Written): Written | { readonly fault: Findings['faults'][number] } {
  const isSetting = settingNamed(dialect().profile, one.name) !== undefined;
  if (!isSetting || typeof one.value !== 'string' || !hasErb(one.value)) return one;
  const ruby = erbIn(one.value);
  const value = ruby === null ? null : rubyPlaceholder(ruby);
  if (value !== null) return { ...one, value };
  const message =
    'is Ruby that only Rails can work out; write a number or ENV.fetch("NAME") { 5 } in its place';
  return { fault: faultAt(one, 'not-supported', message) };
}
