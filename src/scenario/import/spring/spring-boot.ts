/** Spring Boot's `application.yml` and `application.properties`, those for a profile over those for all. */
import { entry, isMap } from '../../path.ts';
import type { Configuration } from '../configuration.ts';
import { NOTHING_FOUND, type Findings } from '../findings.ts';
import type { ImportContext, Importer } from '../importer.ts';
import { applicationsOf, baseName } from '../variants.ts';
import { applicationOf, FILE_NAME } from './application.ts';
import { dataSources } from './data-sources.ts';
import { withProperties } from './file-variables.ts';
import { overridden } from './overrides.ts';
import { propertiesOf } from './property.ts';
import { reactivePool } from './r2dbc.ts';
import { serverThreads } from './server-threads.ts';

export const springBoot: Importer = {
  kind: 'Spring Boot configuration',
  profiles: ['hikaricp', 'tomcat-jdbc', 'dbcp2', 'r2dbc-pool'],
  fits,
  read: (configuration, context) => readApplication([configuration], context),
  readTogether,
};

/** By its name, unless another framework wrote it; otherwise by the keys that only Spring has. */
function fits(configuration: Configuration): boolean {
  const { file, syntax, documents } = configuration;
  if (syntax !== 'yaml' && syntax !== 'properties' && syntax !== 'json') return false;
  if (
    documents.some(
      ({ value }) => isMap(entry(value, 'kind')) || entry(value, 'apiVersion') !== undefined,
    )
  )
    return false;
  const names = documents.flatMap((_, i) => propertiesOf(configuration, i).map(({ name }) => name));
  if (names.some((name) => /^spring\.(?:datasource|r2dbc)\./.test(name))) return true;
  const isNamed = FILE_NAME.test(baseName(file));
  return (
    isNamed && !names.some((name) => /^(?:%\w+\.)?(?:quarkus|micronaut|datasources)\./.test(name))
  );
}

function readTogether(
  configurations: readonly Configuration[],
  context: ImportContext,
): readonly Findings[] {
  const all = new Map<Configuration, Findings>();
  for (const application of applicationsOf(configurations)) {
    const [first, ...others] = application;
    if (first === undefined) continue;
    all.set(first, readApplication(application, context));
    for (const other of others) all.set(other, { ...NOTHING_FOUND, kind: springBoot.kind });
  }
  return configurations.map((one) => all.get(one) as Findings);
}

/** The files of one application; without any of them what variables say of it. */
export function readApplication(
  configurations: readonly Configuration[],
  outer: ImportContext,
): Findings {
  const application = applicationOf(configurations, outer);
  const home = { file: configurations[0]?.file ?? '', line: 1, column: 1 };
  const properties = overridden(application.properties, outer.variables, home);
  const variables = withProperties(outer.variables, properties);
  const context = { ...outer, variables };
  const all = [...properties.values()];
  const jdbc = dataSources(all, context, home);
  const reactive = reactivePool(all, context, jdbc.pools.length === 0 ? null : 'r2dbc');
  const { threads, ...server } = serverThreads(properties, context);
  const parts = [application, jdbc, reactive, server];
  return {
    ...NOTHING_FOUND,
    kind: springBoot.kind,
    pools: [...jdbc.pools, ...reactive.pools],
    ...(threads === undefined ? {} : { threads }),
    leftOut: parts.flatMap(({ leftOut }) => leftOut),
    notices: application.notices,
    faults: parts.flatMap(({ faults }) => faults),
  };
}
