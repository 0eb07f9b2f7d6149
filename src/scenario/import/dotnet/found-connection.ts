/** A connection string of .NET → the pool that Npgsql or SqlClient makes of it. */
import type { Fault } from '../../fault.ts';
import type { Place } from '../configuration.ts';
import type { FoundPool, LeftOut } from '../findings.ts';
import { faultAt, foundPool, type Written } from '../found-pool.ts';
import type { ImportContext } from '../importer.ts';
import { parseConnectionString, type Entry } from './connection-string.ts';
import { PRODUCTS, type Product } from './keywords.ts';

export interface ConnectionReading {
  /** Null when there are faults that leave open which pool it is. */
  readonly pool: FoundPool | null;
  readonly leftOut: readonly LeftOut[];
  readonly faults: readonly Fault[];
}

/** Where a connection string stands. */
export interface ConnectionPlace {
  /** What its file calls it, when it may hold several: `Shop`. */
  readonly name: string | null;
  /** The key at which it stands: `ConnectionStrings.Shop`; empty when the file is nothing else. */
  readonly key: string;
  readonly place: Place;
  /** The place of a character of it, when its text stands in the file as it is. */
  readonly placeOf?: (offset: number) => Place;
}

/**
 * The pool of a connection string; null when it is none of Npgsql's or SqlClient's, such as a URL or a file
 * of SQLite. Neither values nor what may be a part of a password are repeated anywhere.
 */
export function foundConnection(
  text: string,
  where: ConnectionPlace,
  context: ImportContext,
): ConnectionReading | null {
  const read = parseConnectionString(text);
  if (!read.ok) {
    if (!SERVER.test(text)) return null;
    const place = where.placeOf?.(read.at) ?? where.place;
    const fault = faultAt({ key: where.key, place }, 'bad-connection-string', read.message);
    return { pool: null, leftOut: [], faults: [fault] };
  }
  if (!read.entries.some(isServer)) return null;
  const product = productOf(read.entries, context);
  return product === null
    ? { pool: null, leftOut: [], faults: [ambiguous(where)] }
    : poolOf(product, read.entries, where, context);
}

/** The keywords that say which server it is. */
const SERVER = /(?:^|;)\s*(?:host|server|data source|addr|address|network address)\s*=/i;

function isServer({ keyword, value }: Entry): boolean {
  return SERVER.test(`${keyword}=`) && !/(?:\.(?:db3?|sqlite3?)|:memory:)$/i.test(value);
}

/** The product that alone knows how the server is called, or more of the keywords; null when neither does. */
function productOf(entries: readonly Entry[], { profile }: ImportContext): Product | null {
  const asked = PRODUCTS.find(({ id }) => id === profile?.id);
  if (asked !== undefined) return asked;
  return onlyBest(entries.filter(isServer)) ?? onlyBest(entries);
}

function onlyBest(entries: readonly Entry[]): Product | null {
  const counts = PRODUCTS.map(
    ({ known }) => entries.filter(({ keyword }) => known(keyword) !== undefined).length,
  );
  const most = Math.max(...counts);
  const best = PRODUCTS.filter((_, i) => counts[i] === most);
  return best.length === 1 ? (best[0] ?? null) : null;
}

function ambiguous({ key, place }: ConnectionPlace): Fault {
  const message =
    'may be for Npgsql or for Microsoft.Data.SqlClient; say which with --profile npgsql or --profile sqlclient';
  return faultAt({ key, place }, 'ambiguous', message);
}

function poolOf(
  product: Product,
  entries: readonly Entry[],
  where: ConnectionPlace,
  { variables }: ImportContext,
): ConnectionReading {
  const { written, faults } = writtenOf(product, entries, where);
  const off = written.find(
    ({ name, value }) => name === 'Pooling' && /^(?:false|no)$/i.test(String(value)),
  );
  if (off !== undefined) faults.push(noPool(off));
  const own = written.filter(({ name }) => name !== 'Pooling');
  const { name, place } = where;
  const found = foundPool(product.dialect(), own, { name, place, variables });
  return { pool: found.pool, leftOut: found.leftOut, faults: [...faults, ...found.faults] };
}

/** The entries by the product's names, without what follows an unquoted password and may be part of it. */
function writtenOf(product: Product, entries: readonly Entry[], where: ConnectionPlace) {
  const written: Written[] = [];
  const faults: Fault[] = [];
  let isDoubtful = false;
  for (const { keyword, value, quoted, keywordAt, valueAt } of entries) {
    const name = product.known(keyword);
    const placeOf = (offset: number): Place => where.placeOf?.(offset) ?? where.place;
    if (name === undefined && (isDoubtful || !/^[\w .-]+$/.test(keyword))) {
      const at = { key: where.key, place: placeOf(keywordAt) };
      faults.push(faultAt(at, 'unknown-key', PART_OF_VALUE));
      continue;
    }
    isDoubtful = name !== undefined && !quoted && /^(?:password|pwd|psw)$/i.test(keyword);
    const key = where.key === '' ? keyword : `${where.key} ${keyword}`;
    written.push({ name: name ?? keyword, key, value, place: placeOf(valueAt) });
  }
  return { written, faults };
}

const PART_OF_VALUE =
  'is an unknown keyword, or part of a password; a value with ; in it or = at its beginning stands in quotes';

function noPool(off: Written): Fault {
  const message =
    'switches the pool off: each use opens a connection; import it without that, or write pool: { profile: generic, max: …, reconnectShare: 1 } into the scenario';
  return faultAt(off, 'no-pool', message);
}
