/**
 * Variables that applications of Node name their pool's settings by: `PG_POOL_MAX`, `DB_POOL_SIZE`,
 * `PG_IDLE_TIMEOUT_MS`. No library reads them, so their names are taken at their word.
 */
import { MILLISECOND, MINUTE, SECOND } from '../../../engine/time.ts';
import { didYouMean } from '../../near-miss.ts';
import { settingFor, type Profile, type ProfileSetting } from '../../profiles.ts';
import { read, refuse, type Reading } from '../../reading.ts';
import type { Findings, LeftOut } from '../findings.ts';
import { faultAt, foundPool, relaxed, showHarmless, type Written } from '../found-pool.ts';
import type { ImportContext } from '../importer.ts';
import { profileOf } from '../written.ts';

/** What a pool's own variables begin with; whatever begins so and is unknown is a slip. */
const OF_POOLS = ['PG_POOL_', 'PGPOOL_', 'DB_POOL_', 'DATABASE_POOL_', 'POSTGRES_POOL_'];
/** What others begin with, of which only the clear ones are about a pool. */
const OF_DATABASES = ['PG_', 'DB_', 'DATABASE_'];

/** What is set by the rest of the name, first that of a pool's own variables, then that of others. */
const MEANINGS: Partial<
  Record<NonNullable<ProfileSetting['sets']>, readonly [string[], string[]]>
> = {
  max: [
    ['MAX', 'SIZE', 'MAX_SIZE', 'LIMIT', 'MAX_CONNECTIONS', 'MAX_CONNS', 'CONNECTION_LIMIT'],
    ['MAX_CONNECTIONS', 'MAX_CONNS', 'CONNECTION_LIMIT'],
  ],
  min: [['MIN', 'MIN_SIZE', 'MIN_CONNECTIONS'], ['MIN_CONNECTIONS']],
  acquireTimeoutNs: [
    ['CONNECTION_TIMEOUT', 'ACQUIRE_TIMEOUT', 'TIMEOUT'],
    ['CONNECTION_TIMEOUT', 'ACQUIRE_TIMEOUT'],
  ],
  idleTimeoutNs: [['IDLE_TIMEOUT', 'IDLE'], ['IDLE_TIMEOUT']],
  lifetimeNs: [['MAX_LIFETIME', 'LIFETIME'], ['MAX_LIFETIME']],
  maxUses: [['MAX_USES'], ['MAX_USES']],
};

/** Nanoseconds of the units that names end in. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/_(?:MS|MSECS?|MILLIS|MILLISECONDS)$/, MILLISECOND],
  [/_(?:S|SECS?|SECONDS)$/, SECOND],
];

/** The pool of node-postgres that such variables set up, or that of the profile which is asked for. */
export function poolVariables(
  variables: readonly Written[],
  context: ImportContext,
): Partial<Findings> {
  const profile = context.profile ?? profileOf('pg-pool');
  const written: Written[] = [];
  const leftOut: LeftOut[] = [];
  const faults: Findings['faults'][number][] = [];
  for (const one of variables) {
    const meant = meaningOf(one.name, profile, context.profile !== null);
    if (meant === null) continue;
    const value = meant.ok ? inUnitOf(one, meant.value, context) : meant;
    if (value.ok) written.push({ ...one, name: value.value.name, value: value.value.value });
    else if (value.code === 'no-unit') leftOut.push({ ...placeOf(one), why: value.message });
    else faults.push(faultAt(one, value.code, value.message));
  }
  const [first] = written;
  if (first === undefined) return { leftOut, faults };
  const dialect = { profile, names: 'exact', textual: true, besides: {} } as const;
  const where = { name: null, place: first.place, variables: context.variables };
  const reading = foundPool(dialect, written, where);
  return { pools: [reading.pool], leftOut, faults: [...faults, ...reading.faults] };
}

function placeOf({ key, place }: Written) {
  return { key, place };
}

interface Meaning {
  readonly setting: ProfileSetting;
  /** In ns, of the value as it is written; null: it has no unit, or the product's. */
  readonly unitNs: number | null;
}

/** What a variable sets; null when it is not about a pool. */
function meaningOf(variable: string, profile: Profile, isNamed: boolean): Reading<Meaning> | null {
  const own = isNamed ? ownSetting(variable, profile) : undefined;
  if (own !== undefined) return read({ setting: own, unitNs: null });
  const prefix = [...OF_POOLS, ...OF_DATABASES].find((start) => variable.startsWith(start));
  if (prefix === undefined) return null;
  const isPools = OF_POOLS.includes(prefix);
  const tail = variable.slice(prefix.length);
  const unit = UNITS.find(([ending]) => ending.test(tail));
  const word = unit === undefined ? tail : tail.replace(unit[0], '');
  const target = targetOf(word, isPools);
  if (target === undefined) return isPools ? unknown(prefix, tail) : null;
  const setting = settingFor(profile, target);
  if (setting === undefined)
    return refuse('unknown-key', `${profile.product} has no setting for it`);
  if (!isTime(setting)) return read({ setting, unitNs: null });
  return unit === undefined
    ? refuse('no-unit', 'does not say its unit; write a name that ends in _MS or _SECONDS')
    : read({ setting, unitNs: unit[1] });
}

/** With the product given, its own names count as well: `DB_MAX_OVERFLOW` for SQLAlchemy. */
function ownSetting(variable: string, { settings }: Profile): ProfileSetting | undefined {
  const tails = [...OF_POOLS, ...OF_DATABASES]
    .filter((start) => variable.startsWith(start))
    .map((start) => relaxed(variable.slice(start.length)));
  return settings.find(({ name, aliases = [] }) =>
    [name, ...aliases].some((spelling) => tails.includes(relaxed(spelling))),
  );
}

function targetOf(word: string, isPools: boolean) {
  type Target = keyof typeof MEANINGS;
  const found = Object.entries(MEANINGS).find(([, words]) => words[isPools ? 0 : 1].includes(word));
  return found?.[0] as Target | undefined;
}

/** The code of a variable that begins like those of a pool, and goes on like none that is known. */
export const UNLIKE_ANY = 'unknown-variable';

const NO_SETTING = 'is no setting of a pool that is known';

function unknown(prefix: string, tail: string): Reading<never> {
  const known = Object.values(MEANINGS).flatMap(([words]) => words);
  const near = didYouMean(tail, known).replace(/(?<=mean )/, prefix);
  return refuse(near === '' ? UNLIKE_ANY : 'unknown-key', `${NO_SETTING}${near}`);
}

function isTime({ unit }: ProfileSetting): boolean {
  return TIMES[unit] !== undefined;
}

const TIMES: Partial<Record<ProfileSetting['unit'], number>> = {
  ms: MILLISECOND,
  s: SECOND,
  min: MINUTE,
};

/** The value in the product's unit. */
function inUnitOf(
  { value, place }: Written,
  { setting, unitNs }: Meaning,
  { variables }: ImportContext,
): Reading<{ readonly name: string; readonly value: string }> {
  const { name, unit } = setting;
  const factor = unitNs === null ? 1 : unitNs / (TIMES[unit] ?? 1);
  if (factor === 1) return read({ name, value: String(value) });
  const text = variables.resolve(String(value), place);
  if (!text.ok) return text;
  const number = Number(text.value.trim() === '' ? NaN : text.value);
  if (Number.isFinite(number)) return read({ name, value: String(number * factor) });
  const wanted = unitNs === SECOND ? 'seconds' : 'milliseconds';
  return refuse('wrong-type', `${showHarmless(text.value, value)} is no number of ${wanted}`);
}
