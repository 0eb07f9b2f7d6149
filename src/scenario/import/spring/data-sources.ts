/** The pools of a Spring application: `spring.datasource`, data sources of its own names, and R2DBC. */
import type { Fault } from '../../fault.ts';
import { nearMiss } from '../../near-miss.ts';
import { isMap } from '../../path.ts';
import type { Place } from '../configuration.ts';
import type { FoundPool, LeftOut } from '../findings.ts';
import { faultAt, foundPool, relaxed, type Dialect, type Written } from '../found-pool.ts';
import type { ImportContext } from '../importer.ts';
import { DBCP2_BESIDES, HIKARI_BESIDES, TOMCAT_JDBC_BESIDES } from '../java/besides.ts';
import { hikariWritten } from '../java/hikari-written.ts';
import { profileOf } from '../written.ts';
import { below, type Property } from './property.ts';
import { springDbcp2Value, springValue } from './spring-values.ts';

export interface DataSources {
  readonly pools: readonly FoundPool[];
  readonly leftOut: readonly LeftOut[];
  readonly faults: readonly Fault[];
}

const SPRING = 'spring.datasource';

/** Every JDBC pool of these properties; `home` is where one stands of which nothing is said. */
export function dataSources(
  properties: readonly Property[],
  context: ImportContext,
  home: Place,
): DataSources {
  const own = basesOf(properties).filter((base) => base !== SPRING);
  const names = own.map((base) => poolName(base));
  const named = own.map((base, i) => {
    const inner = properties.filter(({ name }) => name.startsWith(`${base}.`));
    const isDouble = names.indexOf(names[i] ?? '') !== names.lastIndexOf(names[i] ?? '');
    const name = isDouble ? base : (names[i] ?? base);
    return dataSource(base, inner, name, context, inner[0]?.place ?? home);
  });
  const spring = properties.filter(
    ({ name }) => name.startsWith(`${SPRING}.`) && !own.some((base) => name.startsWith(`${base}.`)),
  );
  if (spring.length > 0) named.unshift(springDataSource(spring, own, context));
  return together(named);
}

function together(all: readonly DataSources[]): DataSources {
  return {
    pools: all.flatMap(({ pools }) => pools),
    leftOut: all.flatMap(({ leftOut }) => leftOut),
    faults: all.flatMap(({ faults }) => faults),
  };
}

/** The maps in which a map `hikari` stands, by their uniform names. */
function basesOf(properties: readonly Property[]): string[] {
  const bases = properties.flatMap(({ name }) => /^(.+?)\.hikari\../.exec(name)?.[1] ?? []);
  return [...new Set(bases)];
}

/** What nobody would call a data source, because all are called so. */
const GENERAL = new Set(['spring', 'app', 'datasource', 'datasources', 'jdbc', 'db']);

/** `orders` of `app.orders.datasource` and of `spring.datasource.orders`. */
function poolName(base: string): string {
  return base.split('.').findLast((part) => !GENERAL.has(part)) ?? base;
}

/** The kinds of pool that Spring configures, in the order in which it prefers them. */
const KINDS = ['hikari', 'tomcat', 'dbcp2'] as const;

type Kind = (typeof KINDS)[number];

const TYPES: ReadonlyMap<string, Kind> = new Map([
  ['com.zaxxer.hikari.HikariDataSource', 'hikari'],
  ['org.apache.tomcat.jdbc.pool.DataSource', 'tomcat'],
  ['org.apache.commons.dbcp2.BasicDataSource', 'dbcp2'],
]);

const dialects: Readonly<Record<Kind, () => Dialect>> = {
  hikari: () => ({
    profile: profileOf('hikaricp'),
    ...{ names: 'relaxed', textual: true, meant: springValue, besides: HIKARI_BESIDES },
  }),
  tomcat: () => ({
    profile: profileOf('tomcat-jdbc'),
    ...{ names: 'relaxed', textual: true, meant: springValue, besides: TOMCAT_JDBC_BESIDES },
  }),
  dbcp2: () => ({
    profile: profileOf('dbcp2'),
    ...{ names: 'relaxed', textual: true, meant: springDbcp2Value, besides: DBCP2_BESIDES },
  }),
};

/** Keys of org.springframework.boot.jdbc.DataSourceProperties, of this and older versions. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  'says where the database is': [
    ...['url', 'jdbc-url', 'driver-class-name', 'name', 'generate-unique-name', 'xa'],
    'embedded-database-connection',
  ],
  'says who connects': ['username', 'password'],
  'says which pool it is': ['type'],
  'is about filling the database at the start': [
    ...['schema', 'schema-username', 'schema-password', 'data', 'data-username', 'data-password'],
    ...['platform', 'separator', 'sql-script-encoding', 'continue-on-error'],
    ...['initialize', 'initialization-mode'],
  ],
  'is about names, logs and metrics': ['jmx-enabled'],
};

function whyOf(key: string): string | undefined {
  const first = relaxed(key.split('.')[0] ?? '');
  return Object.entries(KEYS).find(([, keys]) => keys.some((one) => relaxed(one) === first))?.[0];
}

/** `spring.datasource` itself. */
function springDataSource(
  properties: readonly Property[],
  own: readonly string[],
  context: ImportContext,
): DataSources {
  const jndi = properties.find(({ name }) => name === `${SPRING}.jndiname`);
  if (jndi !== undefined) {
    const why = 'leaves the pool to the application server; import its context.xml, too';
    return { pools: [], leftOut: [{ ...at(jndi), why }], faults: [] };
  }
  const [first] = properties as [Property];
  const mine = properties.filter((one) => !isOfAnother(one));
  const others = properties.filter(isOfAnother);
  const why = 'belongs to a data source of its own; without a map hikari its pool is not known';
  const leftOut = others.map((one) => ({ ...at(one), why }));
  if (mine.length === 0 || (own.length > 0 && !mine.some(isOfPool)))
    return { pools: [], leftOut, faults: [] };
  const name = own.length === 0 ? null : 'default';
  const found = dataSource(SPRING, mine, name, context, first.place);
  return { ...found, leftOut: [...found.leftOut, ...leftOut] };
}

/** Says that there is a pool besides those of other names. */
function isOfPool({ name }: Property): boolean {
  const [first = ''] = name.slice(SPRING.length + 1).split('.');
  return ['url', 'jdbcurl', ...KINDS].includes(first);
}

/** `spring.datasource.orders.url` is about no key of `spring.datasource`. */
function isOfAnother(property: Property): boolean {
  const [first = '', ...rest] = (below(property, SPRING) ?? '').split('.');
  const isKind = KINDS.some((kind) => kind === relaxed(first));
  return rest.length > 0 && !isKind && whyOf(first) === undefined;
}

/** A data source: its pool by its type, or by the maps that it has, and all else that it says. */
function dataSource(
  base: string,
  properties: readonly Property[],
  name: string | null,
  context: ImportContext,
  place: Place,
): DataSources {
  const settings = new Map(
    KINDS.map((kind) => [kind, properties.flatMap((one) => writtenBelow(one, `${base}.${kind}`))]),
  );
  const isSetting = (one: Property): boolean =>
    KINDS.some((kind) => below(one, `${base}.${kind}`) !== null);
  const rest = properties.filter((one) => !isSetting(one));
  const besides = besidesOf(base, rest);
  const type = properties.find((one) => one.name === `${base}.type`);
  const kind = kindOf(type, settings, context);
  if (typeof kind !== 'string') return { pools: [], ...besides, faults: [...besides.faults, kind] };
  const mine = settings.get(kind) ?? [];
  const { written, faults } =
    kind === 'hikari' ? hikariWritten(mine) : { written: mine, faults: [] };
  const begins = mine[0]?.place ?? place;
  const found = foundPool(dialects[kind](), written, {
    name,
    place: begins,
    variables: context.variables,
  });
  const useless = KINDS.filter((one) => one !== kind).flatMap((one) => settings.get(one) ?? []);
  const why = `has no effect: the pool is ${found.pool.profile.product}`;
  return {
    pools: [found.pool],
    leftOut: [...found.leftOut, ...useless.map((one) => ({ ...at(one), why })), ...besides.leftOut],
    faults: [...faults, ...found.faults, ...besides.faults],
  };
}

function at({ key, place }: Property | Written): { readonly key: string; readonly place: Place } {
  return { key, place };
}

/** A setting that stands below a map of settings. */
export function writtenBelow(property: Property, base: string): Written[] {
  const name = below(property, base);
  const { key, value, place } = property;
  return name === null ? [] : [{ name, key, value, place }];
}

/** Which pool it is; a fault when it is none that is known. */
function kindOf(
  type: Property | undefined,
  settings: ReadonlyMap<Kind, readonly Written[]>,
  { profile, variables }: ImportContext,
): Kind | Fault {
  if (type !== undefined) {
    const text = variables.resolve(String(type.value), type.place);
    if (!text.ok) return faultAt(type, text.code, text.message);
    return TYPES.get(text.value.trim()) ?? noKnownType(type);
  }
  const asked = KINDS.find((kind) => dialects[kind]().profile.id === profile?.id);
  return asked ?? KINDS.find((kind) => (settings.get(kind)?.length ?? 0) > 0) ?? 'hikari';
}

function noKnownType(type: Property): Fault {
  const message = `is no pool that can be read from such a file; there are ${[...TYPES.keys()].join(', ')}`;
  return faultAt(type, 'unknown-value', message);
}

/** Keys of the data source that are not in a map of settings. Unknown ones have no effect in Spring. */
function besidesOf(
  base: string,
  properties: readonly Property[],
): Pick<DataSources, 'leftOut' | 'faults'> {
  const leftOut: LeftOut[] = [];
  const faults: Fault[] = [];
  for (const property of properties) {
    const key = below(property, base) ?? '';
    const why = whyOf(key);
    if (why !== undefined) leftOut.push({ ...at(property), why });
    else if (base === SPRING && isOfFile(property)) faults.push(...faultsOf(property, key));
  }
  return { leftOut, faults };
}

/** Variables of the environment have no dots; SPRING_DATASOURCE_ORDERS_URL may be meant for something else. */
function isOfFile({ key }: Property): boolean {
  return key.includes('.');
}

/** `hikari:` may have nothing below it, but no value either. */
function faultsOf(property: Property, key: string): Fault[] {
  if (!KINDS.some((kind) => property.name === `${SPRING}.${kind}`))
    return [faultAt(property, 'unknown-key', unknown(key))];
  if (property.value === null || isMap(property.value)) return [];
  return [
    faultAt(property, 'wrong-type', 'is one value; a map of settings of the pool is needed here'),
  ];
}

/** Settings of a pool often stand one map too high. */
function unknown(key: string): string {
  const { settings } = profileOf('hikaricp');
  const isIt = (spelling: string): boolean => relaxed(spelling) === relaxed(key);
  const setting = settings.find(({ name, aliases = [] }) => [name, ...aliases].some(isIt));
  const kebab = setting?.aliases?.[0];
  if (kebab !== undefined) {
    return `has no effect here; write ${SPRING}.hikari.${kebab}`;
  }
  const near = nearMiss(key, [...Object.values(KEYS).flat(), ...KINDS]);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return `Spring Boot has no such key in ${SPRING}${hint}`;
}
