/** Every kind of configuration file that can be imported, and which kind a file is. */
import { refuse, read, type Reading } from '../reading.ts';
import type { Configuration } from './configuration.ts';
import type { ImportContext, Importer } from './importer.ts';
import { isMap } from '../path.ts';
import type { Profile } from '../profiles.ts';
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
    return refuse('unknown-kind', unknownKind(configuration, asked, profile));
  if (second === undefined) return read(first);
  const which = `--profile ${fitting.flatMap(({ profiles }) => profiles).join(' or ')}`;
  return refuse('ambiguous', `may be ${kinds(fitting)}; say which with ${which}`);
}

function unknownKind(
  { documents }: Configuration,
  asked: readonly Importer[],
  profile: Profile | null,
): string {
  const [document] = documents;
  if (looksLikeScenario(document?.value)) {
    return 'is a scenario of Tidemark; to put configuration files into it, write import FILE… --into it';
  }
  if (profile === null) return `is no kind of file that is known: ${kinds(asked)}`;
  const own = asked.filter(({ profiles }) => profiles.includes(profile.id));
  return `is no file that sets up ${profile.product}, such as ${kinds(own)}`;
}

function looksLikeScenario(value: unknown): boolean {
  const keys = ['traffic', 'requests', 'service', 'services', 'duration'];
  return isMap(value) && keys.filter((key) => key in value).length > 2;
}

function kinds(importers: readonly Importer[]): string {
  return importers.map(({ kind }) => kind).join(', ');
}
