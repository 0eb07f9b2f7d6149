/** Data sources of Tomcat: each `Resource` of a `context.xml` or `server.xml` that is one. */
import type { Fault } from '../../fault.ts';
import { isList, isMap, valueAt, type Path } from '../../path.ts';
import type { Configuration } from '../configuration.ts';
import { NOTHING_FOUND, type Findings, type FoundPool, type LeftOut } from '../findings.ts';
import { faultAt, foundPool, type Dialect, type Written } from '../found-pool.ts';
import type { ImportContext, Importer } from '../importer.ts';
import type { Variables } from '../variables.ts';
import { placeAt, profileOf } from '../written.ts';
import { DBCP2_BESIDES, HIKARI_BESIDES, RESOURCE_BESIDES, TOMCAT_JDBC_BESIDES } from './besides.ts';
import { hikariWritten } from './hikari-written.ts';

export const tomcatContext: Importer = {
  kind: 'Tomcat context.xml',
  profiles: ['tomcat-jdbc', 'dbcp2', 'hikaricp'],
  fits: (configuration) =>
    configuration.syntax === 'xml' &&
    (resourcesIn(configuration).length > 0 || isMap(rootOf(configuration))),
  read: readResources,
};

/** The element `Context`, `Server` or `GlobalNamingResources`, of which Tomcat's files have one. */
function rootOf({ documents }: Configuration): unknown {
  return ['<Context>', '<Server>', '<GlobalNamingResources>']
    .map((name) => valueAt(documents[0]?.value, [name, 0]))
    .find(isMap);
}

const HIKARI = 'com.zaxxer.hikari.HikariJNDIFactory';
const TOMCAT_JDBC = 'org.apache.tomcat.jdbc.pool.DataSourceFactory';

/** Which pool a factory makes; without one it is Tomcat's copy of DBCP2 (Tomcat 8 and later). */
const FACTORIES: ReadonlyMap<string, () => Dialect> = new Map([
  [HIKARI, () => dialectOf('hikaricp', HIKARI_BESIDES)],
  [TOMCAT_JDBC, () => dialectOf('tomcat-jdbc', TOMCAT_JDBC_BESIDES)],
  ['org.apache.tomcat.dbcp.dbcp2.BasicDataSourceFactory', dbcp2],
  ['org.apache.commons.dbcp2.BasicDataSourceFactory', dbcp2],
]);

function dbcp2(): Dialect {
  return dialectOf('dbcp2', DBCP2_BESIDES);
}

function dialectOf(id: string, besides: Dialect['besides']): Dialect {
  return {
    profile: profileOf(id),
    ...{ names: 'own', textual: true, besides: { ...RESOURCE_BESIDES, ...besides } },
  };
}

/** A `Resource` and where it stands. */
interface Resource {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly path: Path;
}

/** Every `Resource`, however deep. */
function resourcesIn({ documents }: Configuration): Resource[] {
  const found: Resource[] = [];
  const look = (value: unknown, path: Path): void => {
    if (!isMap(value)) return;
    for (const [name, all] of Object.entries(value)) {
      if (!isList(all)) continue;
      for (const [i, element] of all.entries()) {
        const here = [...path, name, i];
        if (name === '<Resource>' && isMap(element))
          found.push({ attributes: element, path: here });
        look(element, here);
      }
    }
  };
  look(documents[0]?.value, []);
  return found;
}

function readResources(configuration: Configuration, { variables }: ImportContext): Findings {
  const resources = resourcesIn(configuration);
  const sources = resources.filter(isDataSource);
  const read = sources.map((one) => readSource(configuration, one, variables));
  const others = resources.filter((one) => !isDataSource(one));
  const why = 'is no data source';
  return {
    ...NOTHING_FOUND,
    kind: tomcatContext.kind,
    pools: read.flatMap(({ pool }) => pool ?? []),
    leftOut: [
      ...read.flatMap(({ leftOut }) => leftOut),
      ...others.map((one) => ({ key: titleOf(one), place: placeAt(configuration, one.path), why })),
    ],
    faults: read.flatMap(({ faults }) => faults),
  };
}

/** By its type; one that says none is a data source if it says how to connect. */
function isDataSource({ attributes }: Resource): boolean {
  const { type } = attributes;
  if (typeof type === 'string') return /^javax?\.sql\.(?:XA)?DataSource$|DataSource$/.test(type);
  return 'url' in attributes || 'driverClassName' in attributes || 'maxTotal' in attributes;
}

/** `Resource jdbc/shop`. */
function titleOf({ attributes: { name } }: Resource): string {
  return typeof name === 'string' ? `Resource ${name}` : 'Resource';
}

interface SourceReading {
  readonly pool: FoundPool | null;
  readonly leftOut: readonly LeftOut[];
  readonly faults: readonly Fault[];
}

function readSource(
  configuration: Configuration,
  resource: Resource,
  variables: Variables,
): SourceReading {
  const written = writtenOf(configuration, resource);
  const factory = written.find(({ name }) => name === 'factory');
  const dialect = factory === undefined ? dbcp2 : FACTORIES.get(String(factory.value).trim());
  if (dialect === undefined && factory !== undefined)
    return { pool: null, leftOut: [], faults: [unknownFactory(factory)] };
  const own = dialect === FACTORIES.get(HIKARI) ? hikariWritten(written) : { written, faults: [] };
  const { pool, leftOut, faults } = foundPool((dialect ?? dbcp2)(), own.written, {
    name: poolName(resource),
    place: placeAt(configuration, resource.path),
    variables,
  });
  return { pool, leftOut, faults: [...own.faults, ...faults] };
}

function writtenOf(configuration: Configuration, resource: Resource): Written[] {
  return Object.entries(resource.attributes)
    .filter(([name]) => !name.startsWith('<'))
    .map(([name, value]) => ({
      name,
      key: `${titleOf(resource)} ${name}`,
      value,
      place: placeAt(configuration, [...resource.path, name]),
    }));
}

/** `shop` of `jdbc/shop`. */
function poolName({ attributes: { name } }: Resource): string | null {
  return typeof name === 'string' ? (name.split('/').at(-1) ?? name) : null;
}

function unknownFactory(factory: Written): Fault {
  const isFirst = /\.dbcp\.BasicDataSourceFactory$/.test(String(factory.value).trim());
  const why = isFirst
    ? 'makes pools of DBCP 1, which are not modelled'
    : 'makes no pool that is known';
  return faultAt(
    factory,
    'unknown-value',
    `${why}; there are ${[...FACTORIES.keys()].join(', ')}, and none (DBCP2)`,
  );
}
