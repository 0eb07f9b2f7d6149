/** Prisma from version 7 on: the pool of node-postgres with its defaults; the old parameters do nothing. */
import { unused } from './native.ts';
import { pgPool } from './pg-pool.ts';
import type { NativeValues, Profile, StartUpRule } from './profile.ts';

function isIgnored(name: string, instead: string): StartUpRule {
  return {
    settings: [name],
    applies: (v: NativeValues) => v[name] !== null && v[name] !== undefined,
    takes: () => ({}),
    says: (v: NativeValues) =>
      `${name} ${String(v[name])} is ignored from Prisma 7 on; write ${instead}.`,
  };
}

export const prismaAdapterPg: Profile = {
  ...pgPool,
  id: 'prisma-adapter-pg',
  aliases: [],
  product: 'Prisma with @prisma/adapter-pg',
  home: 'Node.js; ORM, from version 7 on, with the pool of node-postgres',
  version: '7.10.1',
  source: 'npm @prisma/adapter-pg 7.10.1, brianc/node-postgres@c9e57617',
  settings: [
    ...pgPool.settings,
    unused('connection_limit', 'connections', null, 'Of the URL; ignored from version 7 on.'),
    unused('pool_timeout', 's', null, 'Of the URL; ignored from version 7 on.'),
  ],
  startUp: [
    isIgnored('connection_limit', 'max'),
    isIgnored('pool_timeout', 'connectionTimeoutMillis, in milliseconds'),
  ],
  traps: [
    'connection_limit and pool_timeout of the URL are ignored without a word.',
    'With the move to version 7 the limit is 10, whatever the number of CPUs.',
    'The acquire timeout of 10 s becomes none at all: queries wait for ever.',
    'Idle connections are closed after 10 s instead of 300 s.',
    ...pgPool.traps,
  ],
};
