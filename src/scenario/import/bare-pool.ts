/**
 * Nothing but the options of a pool, as JSON, YAML or TOML: `{ "max": 10, "maxWaitingClients": 50 }`. Whose
 * they are does not show in them, so somebody must say it.
 */
import { isMap } from '../path.ts';
import { besidesOf } from './besides.ts';
import type { Configuration } from './configuration.ts';
import type { Findings } from './findings.ts';
import { findingsOf } from './findings-of.ts';
import { foundPool } from './found-pool.ts';
import type { ImportContext, Importer } from './importer.ts';
import type { Profile } from '../profiles.ts';
import { profileOf, writtenAt } from './written.ts';

export const barePool: Importer = {
  kind: 'options of a pool',
  profiles: ['tarn', 'generic-pool', 'mysql2', 'psycopg_pool', 'asyncpg'],
  fits: ({ syntax, documents }, { profile }) => {
    const value = documents[0]?.value;
    const isTree = ['json', 'yaml', 'toml'].includes(syntax);
    return isTree && isMap(value) && profile !== null && hasSettingOf(profile, Object.keys(value));
  },
  read,
};

function hasSettingOf({ settings }: Profile, keys: readonly string[]): boolean {
  return settings.some(({ name, aliases = [] }) =>
    keys.some((key) => key === name || aliases.includes(key)),
  );
}

function read(configuration: Configuration, { profile, variables }: ImportContext): Findings {
  const known = profile ?? profileOf('generic-pool');
  const dialect = {
    profile: known,
    names: 'exact',
    textual: false,
    besides: besidesOf(known),
  } as const;
  const place = { file: configuration.file, line: 1, column: 1 };
  const where = { name: null, place, variables };
  return findingsOf(barePool.kind, [foundPool(dialect, writtenAt(configuration, []), where)]);
}
