/** All products, by platform, those for Java first, then the processes in between. */
import { activerecord } from './activerecord.ts';
import { asyncpg } from './asyncpg.ts';
import { bb8 } from './bb8.ts';
import { c3p0 } from './c3p0.ts';
import { databaseSql } from './database-sql.ts';
import { dbcp2 } from './dbcp2.ts';
import { deadpool } from './deadpool.ts';
import { djangoNoPool } from './django-no-pool.ts';
import { genericPool } from './generic-pool.ts';
import { hikaricp } from './hikaricp.ts';
import { knex } from './knex.ts';
import { mysql2 } from './mysql2.ts';
import { npgsql } from './npgsql.ts';
import { odyssey } from './odyssey.ts';
import { pgPool } from './pg-pool.ts';
import { pgbouncer } from './pgbouncer.ts';
import { pgcat } from './pgcat.ts';
import { pgxpool } from './pgxpool.ts';
import { prismaAdapterPg } from './prisma-adapter-pg.ts';
import { prisma } from './prisma.ts';
import type { Profile } from './profile.ts';
import { psycopgPool } from './psycopg-pool.ts';
import { r2d2 } from './r2d2.ts';
import { r2dbcPool } from './r2dbc-pool.ts';
import { rdsProxy } from './rds-proxy.ts';
import { sequelize } from './sequelize.ts';
import { sqlalchemy } from './sqlalchemy.ts';
import { sqlclient } from './sqlclient.ts';
import { tarn } from './tarn.ts';
import { tomcatJdbc } from './tomcat-jdbc.ts';
import { vertxSql } from './vertx-sql.ts';

export const PROFILES: readonly Profile[] = [
  hikaricp,
  tomcatJdbc,
  dbcp2,
  c3p0,
  r2dbcPool,
  vertxSql,
  pgPool,
  mysql2,
  tarn,
  knex,
  genericPool,
  sequelize,
  prisma,
  prismaAdapterPg,
  databaseSql,
  pgxpool,
  sqlalchemy,
  psycopgPool,
  asyncpg,
  djangoNoPool,
  activerecord,
  npgsql,
  sqlclient,
  r2d2,
  bb8,
  deadpool,
  pgbouncer,
  pgcat,
  odyssey,
  rdsProxy,
];

const BY_NAME: ReadonlyMap<string, Profile> = new Map(
  PROFILES.flatMap((profile) =>
    [profile.id, ...(profile.aliases ?? [])].map((name) => [name, profile] as const),
  ),
);

/** The product of this id or alias. */
export function findProfile(name: string): Profile | undefined {
  return BY_NAME.get(name);
}
