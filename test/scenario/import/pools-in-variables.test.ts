// Variables of a service that set up its pool, and those that only fill in what other files leave open.

import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/scenario/import/facts-of.ts';
import { importFiles } from '../../../src/scenario/import/import-files.ts';
import { everythingSaid, importFaults, imported, plainPool, poolsOf } from './importing.ts';
import { deployment, deploymentWith } from './manifests.ts';

const spring = 'SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE=9\nSPRING_DATASOURCE_PASSWORD=hunter2\n';
const dotnet = 'ConnectionStrings__Shop=Host=db;Password=hunter2;Maximum Pool Size=9\n';

/** The pools of all files together. */
function allPools(files: Readonly<Record<string, string>>) {
  return imported(files).findings.flatMap(({ pools }) => pools.map(plainPool));
}

/** The deployment with another variable. */
function deployed(name: string, value: string): string {
  return deploymentWith(
    'DB_POOL\n              value: "12"',
    `${name}\n              value: ${value}`,
  );
}

describe('an environment file alone', () => {
  it('sets up the pool of Spring Boot, with its defaults where only the database is named', () => {
    expect(poolsOf('.env', spring)).toEqual([
      { profile: 'hikaricp', name: null, maximumPoolSize: 9 },
    ]);
    expect(poolsOf('.env', 'SPRING_DATASOURCE_URL=jdbc:postgresql://db/shop\n')).toEqual([
      { profile: 'hikaricp', name: null },
    ]);
  });

  it('sets up the pools of .NET by their names', () => {
    expect(poolsOf('.env', dotnet)).toEqual([
      { profile: 'npgsql', name: 'Shop', 'Maximum Pool Size': 9 },
    ]);
  });

  it('has the faults of these products at its own lines', () => {
    expect(importFaults('.env', `A=1\n${spring.replace('=9', '=nine')}`)).toEqual([
      '.env:2:44: SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE: nine is not allowed; HikariCP takes a whole number from 1',
    ]);
    expect(importFaults('.env', dotnet.replace('=9', '=9s'))).toEqual([
      '.env:1:25: ConnectionStrings__Shop Maximum Pool Size: 9s is not allowed; Npgsql takes a whole number from 1',
    ]);
  });

  it('may use its own variables', () => {
    expect(poolsOf('.env', 'SIZE=7\nPG_POOL_MAX=${SIZE}\n')).toEqual([
      { profile: 'pg-pool', name: null, max: 7 },
    ]);
  });
});

describe('an environment file beside the file that uses its variables', () => {
  it.each([
    [
      'application.yml',
      'spring.datasource.hikari: { maximum-pool-size: 4, idle-timeout: 0 }\n',
      spring,
      { profile: 'hikaricp', name: null, maximumPoolSize: 9, idleTimeout: 0 },
    ],
    [
      'appsettings.json',
      '{ "ConnectionStrings": { "Shop": "Host=db;Timeout=3" } }',
      dotnet,
      { profile: 'npgsql', name: 'Shop', 'Maximum Pool Size': 9 },
    ],
    [
      'application.yml',
      'spring.datasource.hikari.maximum-pool-size: ${DB_POOL_SIZE:4}\n',
      'DB_POOL_SIZE=9\n',
      { profile: 'hikaricp', name: null, maximumPoolSize: 9 },
    ],
    [
      'application.yml',
      'spring.datasource.hikari.maximum-pool-size: ${POOL:4}\n',
      'POOL=9\n',
      { profile: 'hikaricp', name: null, maximumPoolSize: 9 },
    ],
    [
      'config/database.yml',
      'production: { adapter: postgresql, pool: 4 }\n',
      'DATABASE_URL=postgres://u:hunter2@db/shop?pool=9\n',
      { profile: 'activerecord', name: null, max_connections: 9 },
    ],
  ])('sets up no second pool: %s', (file, text, variables, pool) => {
    expect(allPools({ [file]: text, '.env': variables })).toEqual([pool]);
    expect(everythingSaid({ [file]: text, '.env': variables })).not.toContain('hunter2');
  });

  it('is refused when that file uses none of them', () => {
    const reading = importFiles({
      files: [
        { file: 'pool.json', text: '{ "max": 4, "maxUses": 5 }' },
        { file: '.env', text: 'PORT=80\n' },
      ],
      ...{ variables: [], envFiles: [], environment: null, profile: null },
    });
    expect(reading).toMatchObject({ ok: false, faults: [{ file: '.env', code: 'nothing-found' }] });
  });
});

describe('the environment of a Deployment', () => {
  it.each([
    ['PG_POOL_MAX', '"9"', { profile: 'pg-pool', name: null, max: 9 }],
    [
      'DATABASE_URL',
      'postgres://u:hunter2@db/shop?connection_limit=9',
      { profile: 'prisma', name: null, connection_limit: 9 },
    ],
    [
      'SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE',
      '"9"',
      { profile: 'hikaricp', name: null, maximumPoolSize: 9 },
    ],
    [
      'ConnectionStrings__Shop',
      'Host=db;Password=hunter2;Maximum Pool Size=9',
      { profile: 'npgsql', name: 'Shop', 'Maximum Pool Size': 9 },
    ],
  ])('sets up the pool where no file does: %s', (name, value, pool) => {
    const files = { 'deployment.yaml': deployed(name, value) };
    expect(allPools(files)).toEqual([pool]);
    expect(everythingSaid(files)).not.toContain('hunter2');
  });

  it('leaves the pool to the file that has one, and says which of its variables that one misses', () => {
    const files = {
      'deployment.yaml': deployed('PG_POOL_MAX', '"9"'),
      'pool.json': '{ "max": 4, "maxUses": 5 }',
    };
    expect(allPools(files)).toEqual([{ profile: 'pg-pool', name: null, max: 4, maxUses: 5 }]);
    const leftOut = imported(files).findings.flatMap((one) => one.leftOut);
    expect(leftOut.map(({ key, why }) => `${key}: ${why}`)).toContain(
      'spec.template.spec.containers.checkout.env.PG_POOL_MAX.value: sets up a pool that the other files know nothing of',
    );
  });

  it('has its pool beside a pooler', () => {
    const pools = allPools({
      'deployment.yaml': deployed('PG_POOL_MAX', '"9"'),
      'pgbouncer.ini': '[databases]\nshop = host=db\n[pgbouncer]\ndefault_pool_size = 5\n',
    });
    expect(pools.map(({ profile }) => profile)).toEqual(['pg-pool', 'pgbouncer']);
  });

  it('has its faults at the lines of the manifest', () => {
    expect(importFaults('deployment.yaml', deployed('PG_POOL_MXA', '"9"'))).toEqual([
      'deployment.yaml:29:22: spec.template.spec.containers.checkout.env.PG_POOL_MXA.value: is no setting of a pool that is known; did you mean PG_POOL_MAX?',
    ]);
  });

  it('may have variables that only begin like those of a pool', () => {
    const files = { 'deployment.yaml': deployed('DB_POOL_HOST', 'hunter2') };
    expect(allPools(files)).toEqual([]);
    expect(importFaults('.env', 'DB_POOL_HOST=hunter2\n')).toEqual([
      '.env:1:14: DB_POOL_HOST: is no setting of a pool that is known',
    ]);
    const both = deployed(
      'PG_POOL_MAX',
      '"9"\n            - { name: DB_POOL_HOST, value: hunter2 }',
    );
    expect(allPools({ 'deployment.yaml': both })).toEqual([
      { profile: 'pg-pool', name: null, max: 9 },
    ]);
    expect(everythingSaid({ 'deployment.yaml': both })).toContain('DB_POOL_HOST');
  });

  it('says nothing of a pool when none of it is about one', () => {
    expect(imported({ 'deployment.yaml': deployment }).findings[0]?.pools).toEqual([]);
  });
});

describe('how many processes an instance has', () => {
  const databaseYml = 'production: { adapter: postgresql, pool: 4 }\n';
  const processesOf = (all: ReturnType<typeof imported>) =>
    all.findings.flatMap(({ processes }) => processes ?? []);

  it('is said by the environment of a Deployment', () => {
    const files = {
      'deployment.yaml': deployed('WEB_CONCURRENCY', '"3"'),
      'database.yml': databaseYml,
    };
    expect(processesOf(imported(files))).toMatchObject([
      { value: 3, place: { file: 'deployment.yaml', line: 29 } },
    ]);
  });

  it('multiplies its pods, as each process has a pool of its own', () => {
    const files = {
      'deployment.yaml': deployed('WEB_CONCURRENCY', '"3"'),
      'database.yml': databaseYml,
    };
    const { facts } = factsOf(imported(files));
    expect(facts.find(({ path }) => path.join('.') === 'service.instances')).toMatchObject({
      value: 24,
      grade: 'derived',
      note: '8 (deployment.yaml:7) × 3 processes (deployment.yaml:29), each with its pool',
    });
  });

  it('is said by an environment file that fills in placeholders', () => {
    const reading = importFiles({
      files: [{ file: 'database.yml', text: databaseYml }],
      envFiles: [{ file: 'prod.env', text: 'A=1\nWEB_CONCURRENCY=3\n' }],
      ...{ variables: [], environment: null, profile: null },
    });
    if (!reading.ok) throw new Error('it is refused');
    expect(processesOf(reading)).toMatchObject([
      { value: 3, place: { file: 'prod.env', line: 2 } },
    ]);
  });
});
