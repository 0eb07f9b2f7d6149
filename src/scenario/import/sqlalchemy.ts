/**
 * SQLAlchemy's URL and engine options as JSON or TOML: by themselves, in a table such as `[database]`, with the
 * prefix `sqlalchemy.`, or as Flask's `SQLALCHEMY_ENGINE_OPTIONS`.
 */
import { nearMiss } from '../near-miss.ts';
import { entry, isMap, type Path, type PlainMap } from '../path.ts';
import { besidesTogether } from './besides.ts';
import type { Configuration } from './configuration.ts';
import { pathsOfEnvironment } from './environment-section.ts';
import type { Findings, LeftOut } from './findings.ts';
import { findingsOf } from './findings-of.ts';
import {
  faultAt,
  foundPool,
  showHarmless,
  type Dialect,
  type PoolReading,
  type Written,
} from './found-pool.ts';
import type { ImportContext, Importer } from './importer.ts';
import { mapsIn } from './maps-in.ts';
import { FLASK_BESIDES, SQLALCHEMY_BESIDES } from './sqlalchemy-besides.ts';
import { placeAt, profileOf, writtenAt } from './written.ts';

export const sqlalchemy: Importer = {
  kind: 'SQLAlchemy engine options',
  profiles: ['sqlalchemy'],
  fits: ({ syntax, documents }, { profile }) => {
    const isTree =
      syntax === 'json' || syntax === 'toml' || (syntax === 'yaml' && profile !== null);
    return isTree && enginesIn(documents[0]?.value, profile !== null).length > 0;
  },
  read,
};

/** Options that only this product has. */
const OWN = [
  'max_overflow',
  'pool_recycle',
  'pool_pre_ping',
  'pool_use_lifo',
  'pool_reset_on_return',
];
/** Options that others have, too. */
const COMMON = ['pool_size', 'pool_timeout', 'poolclass'];
/** Maps that are nothing but options of an engine. */
const TABLES = ['sqlalchemy', 'SQLALCHEMY_ENGINE_OPTIONS', 'engine_options'];

const PREFIX = 'sqlalchemy.';
const FLASK = 'SQLALCHEMY_';

function enginesIn(value: unknown, isForced: boolean): Path[] {
  return mapsIn(value, (map, path) => {
    const has = (key: string): boolean => Object.hasOwn(map, key);
    if (OWN.some(has) || isPrefixed(map)) return true;
    if (TABLES.includes(String(path.at(-1)))) return true;
    const isPython = /^\w+\+\w+:\/\//.test(String(entry(map, 'url')));
    return (isForced || isPython) && [...COMMON, 'url'].some(has);
  });
}

function isPrefixed(map: PlainMap): boolean {
  return Object.keys(map).some((key) => key.startsWith(PREFIX) || key.startsWith(FLASK));
}

function read(configuration: Configuration, context: ImportContext): Findings {
  const all = enginesIn(configuration.documents[0]?.value, context.profile !== null);
  const chosen = pathsOfEnvironment(configuration, all, context);
  if ('faults' in chosen) return findingsOf(sqlalchemy.kind, [], chosen);
  const { paths, notices } = chosen;
  const readings = paths.map((path) => {
    const name = paths.length === 1 ? null : path.join('.');
    return engineAt(configuration, path, name, context);
  });
  return findingsOf(sqlalchemy.kind, readings, { notices });
}

function engineAt(
  configuration: Configuration,
  path: Path,
  name: string | null,
  { variables }: ImportContext,
): PoolReading {
  const here = writtenAt(configuration, path);
  const isOurs = here.some((one) => unprefixed(one.name) !== null);
  const isInTable = TABLES.includes(String(path.at(-1)));
  const isTable = isOurs || isInTable;
  const written = isOurs ? optionsIn(configuration, path, { here, isInTable }) : here;
  const leftOut = isTable ? useless(here, written) : written.filter(isStrange).map(strange);
  const options = written.filter((one) => isTable || !isStrange(one)).map(asPython);
  const classes = options.filter((one) => one.name === 'poolclass' && !isQueuePool(one.value));
  const where = { name, place: placeAt(configuration, path), variables };
  const isText = here.some((one) => one.name.startsWith(PREFIX));
  const reading = foundPool(dialect(isText), options, where);
  const faults = classes.map((one) => faultAt(one, 'not-supported', onlyQueuePool(one.value)));
  return {
    ...reading,
    leftOut: [...leftOut, ...reading.leftOut],
    faults: [...faults, ...reading.faults],
  };
}

function dialect(isText: boolean): Dialect {
  const besides = besidesTogether(FLASK_BESIDES, SQLALCHEMY_BESIDES);
  return { profile: profileOf('sqlalchemy'), names: 'exact', textual: isText, besides };
}

/** The option that a key with a prefix stands for; null for a key without. */
function unprefixed(key: string): string | null {
  if (key.startsWith(PREFIX)) return key.slice(PREFIX.length);
  if (!key.startsWith(FLASK)) return null;
  const isFlasks = Object.values(FLASK_BESIDES).some((known) => known.includes(key));
  return isFlasks ? key : key.slice(FLASK.length).toLowerCase();
}

/**
 * Keys with a prefix and the options of Flask's engine; the others are somebody else's, unless the map is the
 * engine's own.
 */
function optionsIn(
  configuration: Configuration,
  path: Path,
  { here, isInTable }: { readonly here: readonly Written[]; readonly isInTable: boolean },
): Written[] {
  return here.flatMap((one) => {
    const name = unprefixed(one.name);
    if (name === null) return isInTable ? [one] : [];
    if (name === 'engine_options') return writtenAt(configuration, [...path, one.name]);
    return [{ ...one, name }];
  });
}

/** Options without the prefix that the others of their map have: nobody reads them. */
function useless(here: readonly Written[], read: readonly Written[]): LeftOut[] {
  const { settings } = profileOf('sqlalchemy');
  const isOption = ({ name }: Written): boolean => settings.some((one) => one.name === name);
  const isRead = ({ key }: Written): boolean => read.some((one) => one.key === key);
  return here
    .filter((one) => isOption(one) && !isRead(one))
    .map(({ key, place }) => ({
      key,
      place,
      why: 'has no effect without the prefix of the others',
    }));
}

/** A key in a table of the application's own that is no option, nor meant to be one. */
function isStrange({ name }: Written): boolean {
  const { settings } = profileOf('sqlalchemy');
  const own = settings.map((setting) => setting.name);
  const isKnown = Object.values(SQLALCHEMY_BESIDES).some((known) => known.includes(name));
  return !isKnown && !/^(?:pool_|max_)/.test(name) && nearMiss(name, own) === undefined;
}

function strange({ key, place }: Written): LeftOut {
  return { key, place, why: 'is no option of an engine' };
}

/** What Python's None, True and False mean where words are needed. */
function asPython(one: Written): Written {
  if (one.name !== 'pool_reset_on_return') return one;
  if (one.value === null || one.value === false) return { ...one, value: 'none' };
  return one.value === true ? { ...one, value: 'rollback' } : one;
}

const QUEUE_POOL = /(?:^|\.)(?:AsyncAdapted)?QueuePool$/;

function isQueuePool(value: unknown): boolean {
  return value === null || (typeof value === 'string' && QUEUE_POOL.test(value));
}

function onlyQueuePool(value: unknown): string {
  const what = isMap(value) ? 'this class' : showHarmless(value);
  return `${what} cannot be simulated; QueuePool and AsyncAdaptedQueuePool can`;
}
