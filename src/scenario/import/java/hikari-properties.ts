/** HikariCP's own file, `hikari.properties`: `maximumPoolSize=10`, `dataSource.serverName=db`. */
import { isMap } from '../../path.ts';
import type { Configuration } from '../configuration.ts';
import { NOTHING_FOUND, type Findings } from '../findings.ts';
import { foundPool, type Dialect } from '../found-pool.ts';
import type { ImportContext, Importer } from '../importer.ts';
import { baseName } from '../variants.ts';
import { profileOf, writtenAt } from '../written.ts';
import { HIKARI_BESIDES } from './besides.ts';
import { hikariWritten } from './hikari-written.ts';

export const hikariProperties: Importer = {
  kind: 'HikariCP properties',
  profiles: ['hikaricp'],
  fits,
  read: readPool,
};

/** Keys that stand in such a file and in hardly another one. */
const OWN = [
  'maximumPoolSize',
  'minimumIdle',
  'jdbcUrl',
  'dataSourceClassName',
  'connectionTimeout',
];

const dialect = (): Dialect => ({
  profile: profileOf('hikaricp'),
  ...{ names: 'own', textual: true, besides: HIKARI_BESIDES },
});

function fits({ file, syntax, documents }: Configuration, { profile }: ImportContext): boolean {
  if (syntax !== 'properties') return false;
  const keys = documents.flatMap(({ value }) => (isMap(value) ? Object.keys(value) : []));
  if (keys.some((key) => /^(?:spring|quarkus|micronaut)\./.test(key))) return false;
  return (
    /hikari/i.test(baseName(file)) || keys.some((key) => OWN.includes(key)) || profile !== null
  );
}

function readPool(configuration: Configuration, { variables }: ImportContext): Findings {
  const all = configuration.documents.flatMap((_, i) => writtenAt(configuration, [], i));
  const { written, faults } = hikariWritten(all);
  const place = written[0]?.place ?? { file: configuration.file, line: 1, column: 1 };
  const found = foundPool(dialect(), written, { name: null, place, variables });
  return {
    ...NOTHING_FOUND,
    kind: hikariProperties.kind,
    pools: [found.pool],
    leftOut: found.leftOut,
    faults: [...faults, ...found.faults],
  };
}
