import { describe, expect, it } from 'vitest';
import { formatFault } from '../../../src/scenario/fault.ts';
import { poolFileExpander } from '../../../src/scenario/import/pools-from.ts';
import { parseScenario } from '../../../src/scenario/parse-scenario.ts';
import { scenarioJsonSchema } from '../../../src/scenario/json-schema.ts';

const SECRET = 'hunter2-secret';

const files: Readonly<Record<string, string>> = {
  'application.yml': `spring:
  datasource:
    password: ${SECRET}
    hikari:
      maximum-pool-size: \${DB_POOL:10}
      connection-timeout: 2000
`,
  'pgbouncer.ini': '[databases]\nshop = host=db\n[pgbouncer]\ndefault_pool_size = 7\n',
  'pool.json': '{ "development": { "max": 2, "maxUses": 5 }, "test": { "max": 3, "maxUses": 5 } }',
  'prod.env': `DB_POOL=15\nDB_PASSWORD=${SECRET}\n`,
  'broken.yml': 'spring: { datasource: { hikari: { maximum-pool-size: many } } }\n',
  'deployment.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { replicas: 3 }\n',
};

function reading(text: string, ...sets: string[]) {
  return parseScenario({
    file: 'x.yaml',
    text,
    sets: sets.map((set) => {
      const at = set.indexOf('=');
      return { path: set.slice(0, at), text: set.slice(at + 1) };
    }),
    readFile: (path) => {
      const found = files[path.replace(/^\.\//, '')];
      return found === undefined
        ? { ok: false, message: `cannot read ${path}: it is not there` }
        : { ok: true, text: found };
    },
    poolFiles: poolFileExpander,
  });
}

const withPool = (pool: string): string => `duration: 1m
traffic: { rate: 5 }
requests: { query: 9ms }
service: { pool: { ${pool} } }
`;

function scenarioOf(text: string, ...sets: string[]) {
  const read = reading(text, ...sets);
  if (!read.ok) throw new Error(read.faults.map(formatFault).join('\n'));
  return read;
}

/** The most connections of the first service. */
function mostOf(text: string, ...sets: string[]): number {
  return scenarioOf(text, ...sets).scenario.system.services[0]?.pool.max ?? 0;
}

function faultsOf(text: string, ...sets: string[]): string[] {
  const read = reading(text, ...sets);
  return read.ok ? [] : read.faults.map((fault) => formatFault(fault).replace(/^x\.yaml:/, ''));
}

describe('a pool that is in a file', () => {
  it('is the pool of the file, and says from which line each setting is', () => {
    const { scenario, warnings } = scenarioOf(withPool('from: ./application.yml'));
    expect(scenario.document['service']).toEqual({
      pool: { profile: 'hikaricp', maximumPoolSize: 10, connectionTimeout: 2000 },
    });
    expect(scenario.provenance).toContainEqual({
      path: 'service.pool.maximumPoolSize',
      grade: 'stated',
      note: './application.yml:5',
    });
    expect(warnings).toEqual(['x.yaml:4:26: service.pool.from: ${DB_POOL} is 10, its default']);
  });

  it.each(['max: 20', 'maximumPoolSize: 20', 'maximum-pool-size: 20'])(
    'yields to what stands beside from: %s',
    (own) => {
      const text = withPool(`from: application.yml, ${own}`);
      expect(mostOf(text)).toBe(20);
      const { provenance } = scenarioOf(text).scenario;
      expect(provenance.map(({ path }) => path)).toEqual([
        'service.pool.profile',
        'service.pool.connectionTimeout',
      ]);
    },
  );

  it('is read with an environment file, and with the section that is named', () => {
    expect(mostOf(withPool('from: application.yml, envFile: prod.env'))).toBe(15);
    expect(mostOf(withPool('from: pool.json, environment: test'))).toBe(3);
  });

  it.each([
    ['service.pool.max=20', 20],
    ['service.pool.envFile=prod.env', 15],
    ['service.pool={ from: pool.json, environment: test }', 3],
    ['service.pool={ max: 4 }', 4],
  ])('can be changed by --set %s', (set, most) => {
    expect(mostOf(withPool('from: application.yml'), set)).toBe(most);
  });

  it('can be changed by a timeline entry', () => {
    const text = `${withPool('from: application.yml')}timeline: [ { at: 30s, title: more, set: { service.pool.max: 30 } } ]\n`;
    const { timeline } = scenarioOf(text).scenario;
    expect(timeline[0]?.settings?.services[0]?.pool.max).toBe(30);
  });

  it('may be one of several, and the pooler of the database', () => {
    const service = 'traffic: { rate: 5 }, requests: { query: 9ms }';
    const text = `duration: 1m
services:
  web: { ${service}, pool: { from: application.yml } }
  api: { ${service}, pool: { from: pool.json, environment: test } }
database: { pooler: { pool: { from: pgbouncer.ini } } }
`;
    const { document } = scenarioOf(text).scenario;
    expect(document).toMatchObject({
      services: {
        web: { pool: { profile: 'hikaricp', maximumPoolSize: 10 } },
        api: { pool: { profile: 'pg-pool', max: 3 } },
      },
      database: { pooler: { pool: { profile: 'pgbouncer', default_pool_size: 7 } } },
    });
  });

  it('keeps nothing of its file, which may hold secrets', () => {
    const { scenario } = scenarioOf(withPool('from: application.yml, envFile: prod.env'));
    expect(JSON.stringify([scenario, [...scenario.files]])).not.toContain(SECRET);
  });
});

describe('what is refused of a pool that is in a file', () => {
  it.each([
    ['from: nope.yml', '4:26: service.pool.from: cannot read nope.yml: it is not there'],
    ['from: 5', '4:26: service.pool.from: 5 is no name of a file'],
    [
      'environment: prod, max: 4',
      '4:12: service.pool.from: is missing; which file holds the pool?',
    ],
    [
      'from: deployment.yaml',
      '4:26: service.pool.from: deployment.yaml does not set up the pool of a service',
    ],
    [
      'from: pgbouncer.ini',
      '4:26: service.pool.from: pgbouncer.ini does not set up the pool of a service; a pooler stands in database.pooler.pool',
    ],
    [
      'from: application.yml, envFile: nope.env',
      '4:52: service.pool.envFile: cannot read nope.env: it is not there',
    ],
    [
      'from: application.yml, environmnt: prod',
      '4:43: service.pool.environmnt: unknown key; did you mean environment?',
    ],
    [
      'from: application.yml, max: 7, maximumPoolSize: 8',
      '4:48: service.pool.max: maximumPoolSize and max are the same setting of HikariCP; keep one',
    ],
    [
      'from: application.yml, max: 0',
      '4:48: service.pool.max: 0 is out of range; HikariCP takes a whole number from 1',
    ],
    [
      'from: broken.yml',
      '4:26: service.pool.from: broken.yml:1:54: spring.datasource.hikari.maximum-pool-size: many is not allowed; HikariCP takes a whole number from 1',
    ],
    [
      'from: pool.json, profile: hikaricp',
      '4:26: service.pool.from: pool.json: is no file that sets up HikariCP, such as Spring Boot configuration, environment file, HikariCP properties, Tomcat context.xml',
    ],
  ])('%s', (pool, fault) => {
    expect(faultsOf(withPool(pool))).toEqual([fault]);
  });

  it('a file in the middle of a run', () => {
    const entry = '{ at: 30s, title: other, set: { service.pool.from: pool.json } }';
    const [fault] = faultsOf(`${withPool('from: application.yml')}timeline: [ ${entry} ]\n`);
    expect(fault).toContain(
      'service.pool.from: a file is read for a pool as the run begins; write the settings themselves here',
    );
  });

  it('names the --set that brought it', () => {
    expect(faultsOf(withPool('from: application.yml'), 'service.pool.from=nope.yml')).toEqual([
      '--set service.pool.from=nope.yml: service.pool.from: cannot read nope.yml: it is not there',
    ]);
  });
});

describe('the schema for editors', () => {
  it('has from, environment and envFile, in the pools of services and of a pooler', () => {
    const text = JSON.stringify(scenarioJsonSchema());
    const described = [...text.matchAll(/"envFile":\{"type":"string","description":/g)];
    expect(described.length).toBeGreaterThanOrEqual(3);
    expect(text).toContain('"not":{"required":["from"]}');
  });
});
