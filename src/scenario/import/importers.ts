/** Every kind of configuration file that can be imported, and which kind a file is. */
import { refuse, read, type Reading } from '../reading.ts';
import type { Configuration } from './configuration.ts';
import type { ImportContext, Importer } from './importer.ts';
import { barePool } from './bare-pool.ts';
import { django } from './django.ts';
import { environmentFile } from './environment-file/environment-file.ts';
import { knex } from './knex.ts';
import { helmValues } from './kubernetes/helm-values.ts';
import { kubernetesManifests } from './kubernetes/manifests.ts';
import { appsettings } from './dotnet/appsettings.ts';
import { connectionFile } from './dotnet/connection-file.ts';
import { hikariProperties } from './java/hikari-properties.ts';
import { tomcatContext } from './java/tomcat-context.ts';
import { pgPool } from './pg-pool.ts';
import { pgbouncerIni } from './pgbouncer/pgbouncer-ini.ts';
import { databaseYml } from './rails/database-yml.ts';
import { sequelize } from './sequelize.ts';
import { springBoot } from './spring/spring-boot.ts';
import { sqlalchemy } from './sqlalchemy.ts';

export const IMPORTERS: readonly Importer[] = [
  springBoot,
  pgPool,
  knex,
  sequelize,
  barePool,
  environmentFile,
  databaseYml,
  sqlalchemy,
  django,
  pgbouncerIni,
  kubernetesManifests,
  helmValues,
  hikariProperties,
  tomcatContext,
  appsettings,
  connectionFile,
];

/** Which kind a file is, or why nobody can say. */
export function importerFor(
  configuration: Configuration,
  context: ImportContext,
): Reading<Importer> {
  const { profile } = context;
  const asked = IMPORTERS.filter(
    ({ profiles }) => profile === null || profiles.length === 0 || profiles.includes(profile.id),
  );
  const fitting = asked.filter((importer) => importer.fits(configuration, context));
  const [first, second] = fitting;
  if (first === undefined)
    return refuse('unknown-kind', `is no kind of file that is known: ${kinds(asked)}`);
  if (second === undefined) return read(first);
  const which = `--profile ${fitting.flatMap(({ profiles }) => profiles).join(' or ')}`;
  return refuse('ambiguous', `may be ${kinds(fitting)}; say which with ${which}`);
}

function kinds(importers: readonly Importer[]): string {
  return importers.map(({ kind }) => kind).join(', ');
}
