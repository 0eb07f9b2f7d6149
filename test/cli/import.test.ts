import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ended, folder, quiet, start, tidemark } from './tidemark.ts';

const SECRET = 'hunter2-secret';

const application = `spring:
  datasource:
    url: jdbc:postgresql://db.internal:5432/shop?password=${SECRET}
    username: shop
    password: ${SECRET}
    hikari:
      maximum-pool-size: \${DB_POOL:10}
      connection-timeout: 2000
`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 8
  template:
    spec:
      containers:
        - { name: shop, env: [{ name: DB_PASSWORD, value: ${SECRET} }] }
`;

const files = {
  'application.yml': application,
  'deployment.yaml': deployment,
  'pgbouncer.ini': `[databases]\nshop = host=db password=${SECRET}\n[pgbouncer]\ndefault_pool_size = 7\n`,
  'database.yml': `production:\n  adapter: postgresql\n  pool: 4\n  password: ${SECRET}\n`,
  'prod.env': `DB_POOL=15\nDB_PASSWORD=${SECRET}\nNODE_OPTIONS=--require ./nothing.js\n`,
  'quiet.yaml': quiet,
};

/** Runs an import in a folder with these files. */
async function imports(args: string, more: Readonly<Record<string, string | Uint8Array>> = {}) {
  const cwd = folder({ ...files, ...more });
  return { ...(await tidemark(['import', ...args.split(' ')], { cwd })), cwd };
}

/** What stands in a scenario that was imported without a fault. */
async function scenarioOf(args: string, more: Readonly<Record<string, string>> = {}) {
  const { stdout, stderr, exitCode } = await imports(args, more);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  return stdout;
}

describe('an import', () => {
  it('prints a scenario that runs, with the pool of one file and the pods of another', async () => {
    const text = await scenarioOf('application.yml deployment.yaml');
    expect(text).toContain('  instances: 8\n');
    expect(text).toContain('  pool: { profile: hikaricp, maximumPoolSize: 10, connection');
    const cwd = folder({ 'x.yaml': text });
    const { stdout, exitCode } = await tidemark(['run', 'x.yaml', '--json'], { cwd });
    expect(exitCode).toBe(0);
    const { pool } = JSON.parse(stdout) as { pool: { max: number } };
    expect(pool.max).toBe(80);
  });

  it('says of each setting which line has it, and marks everything else as assumed', async () => {
    const text = await scenarioOf('application.yml deployment.yaml');
    expect(text).toContain('maximumPoolSize: { grade: stated, note: application.yml:7 }');
    expect(text).toContain('service.instances: { grade: stated, note: deployment.yaml:5 }');
    const assumed = [...text.matchAll(/^ {2}([\w.]+):\s+\{? ?grade: assumed/gm)];
    expect(assumed.map(([, path]) => path)).toEqual([
      ...['duration', 'traffic.rate', 'requests.hold', 'objectives'],
    ]);
  });

  it('fits 80 columns, on either stream', async () => {
    const { stdout, stderr } = await imports('application.yml deployment.yaml pgbouncer.ini');
    const lines = [...stdout.split('\n'), ...stderr.split('\n')];
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('puts a pooler in front of the database', async () => {
    const text = await scenarioOf('application.yml pgbouncer.ini');
    expect(text).toContain('  pooler: { pool: { profile: pgbouncer, default_pool_size: 7 } }\n');
  });

  it.each([
    ['application.yml', '10, its default'],
    ['application.yml -e prod.env', '15, from prod.env'],
    ['application.yml -e prod.env --set DB_POOL=12', '12, from --set'],
  ])('fills placeholders in, most important first: %s', async (args, words) => {
    const { stdout, stderr } = await imports(args);
    expect(stderr).toContain(`\${DB_POOL} is ${words} (application.yml:7)\n`);
    expect(stdout).toContain(`maximumPoolSize: ${words.split(',')[0] ?? ''}, `);
  });

  it('takes a path of the scenario by --set, and says so beside it', async () => {
    const text = await scenarioOf(
      'application.yml --set service.pool.max=30 --set traffic.rate=99',
    );
    expect(text).toContain('maximumPoolSize: 30, ');
    expect(text).toContain('service.pool.maximumPoolSize: { grade: stated, note: --set }');
    expect(text).toContain('traffic.rate: { grade: stated, note: --set }');
  });

  it('shows a password nowhere', async () => {
    const args = 'application.yml deployment.yaml pgbouncer.ini --set DB_PASSWORD=hunter2-secret';
    const text = await imports(`${args} --out made`);
    const json = await imports(`${args} --json`);
    expect([text.exitCode, json.exitCode]).toEqual([0, 0]);
    const written = readFileSync(join(text.cwd, 'made/application.yaml'), 'utf8');
    expect([text.stdout, text.stderr, json.stdout, json.stderr, written].join('')).not.toContain(
      SECRET,
    );
  });

  it('writes with --out what it prints', async () => {
    const { stdout, stderr, cwd } = await imports('application.yml --out a/b');
    expect(readFileSync(join(cwd, 'a/b/application.yaml'), 'utf8')).toBe(stdout);
    expect(stderr).toContain('wrote a/b/application.yaml\n');
  });

  it('says as one document what was found, filled in, assumed and left out', async () => {
    const { stdout, stderr } = await imports('application.yml --json');
    expect(stderr).toBe('');
    const document = JSON.parse(stdout) as Record<string, unknown>;
    expect(document).toMatchObject({
      files: [{ file: 'application.yml', kind: 'Spring Boot configuration' }],
      placeholders: [
        { name: 'DB_POOL', value: '10', from: 'its default', at: 'application.yml:7' },
      ],
      scenario: { service: { pool: { profile: 'hikaricp', connectionTimeout: 2000 } } },
    });
    expect(document['leftOut']).toContainEqual({
      key: 'spring.datasource.password',
      at: 'application.yml:5',
      why: 'says who connects',
    });
  });

  it('reads standard input', async () => {
    const child = start(['import', '-'], { input: application });
    expect(await ended(child)).toMatchObject({ exitCode: 0 });
  });
});

describe('an import into a scenario', () => {
  const written = `# Ask Ann before you change this.
name: shop
duration: 1m # short
traffic: { rate: 50 } # measured on Monday
requests: { query: 10ms }
service:
    # three in each zone
    instances: 6
    pool: { max: 10, acquireTimeout: 5s } # from the wiki
provenance:
    service.pool.max: { grade: stated, note: wiki }
    traffic.rate: stated
`;

  it('keeps its comments, its order and its indentation, also where the product changes', async () => {
    const args = 'application.yml deployment.yaml --into mine.yaml';
    const text = await scenarioOf(args, { 'mine.yaml': written });
    const [before, after] = text.split('provenance:\n') as [string, string];
    expect(before).toBe(`# Ask Ann before you change this.
name: shop
duration: 1m # short
traffic: { rate: 50 } # measured on Monday
requests: { query: 10ms }
service:
    # three in each zone
    instances: 8
    pool: { profile: hikaricp, maximumPoolSize: 10, connectionTimeout: 2000 } # from the wiki
`);
    expect(after).toBe(`    traffic.rate: stated
    service.instances: { grade: stated, note: deployment.yaml:5 }
    service.pool.profile: { grade: stated, note: application.yml }
    service.pool.maximumPoolSize: { grade: stated, note: application.yml:7 }
    service.pool.connectionTimeout: { grade: stated, note: application.yml:8 }
`);
  });

  it('keeps settings that the file does not have when the product stays', async () => {
    const mine = written.replace(
      '{ max: 10, acquireTimeout: 5s }',
      '{ profile: hikaricp, max: 5, idleTimeout: 60000 }',
    );
    const text = await scenarioOf('application.yml --into mine.yaml', { 'mine.yaml': mine });
    expect(text).toContain(
      'pool: { profile: hikaricp, max: 10, idleTimeout: 60000, connectionTimeout: 2000 } # from',
    );
  });

  it('leaves JSON as JSON', async () => {
    const mine = { duration: '1m', traffic: { rate: 5 }, requests: { query: '9ms' }, service: {} };
    const text = await scenarioOf('database.yml --into mine.json', {
      'mine.json': JSON.stringify(mine),
    });
    expect(JSON.parse(text)).toMatchObject({
      ...mine,
      service: { pool: { profile: 'activerecord', max_connections: 4 } },
    });
  });

  it('does not guess which of several services is meant', async () => {
    const service = '{ traffic: { rate: 5 }, requests: { query: 9ms } }';
    const mine = `duration: 1m\nservices: { web: ${service}, api: ${service} }\n`;
    const { stderr, exitCode } = await imports('database.yml --into mine.yaml', {
      'mine.yaml': mine,
    });
    expect({ stderr, exitCode }).toEqual({
      stderr:
        'mine.yaml: services: has several services (web, api); write pool: { from: FILE } into the one that the file is about\n',
      exitCode: 2,
    });
  });
});

describe('what an import refuses', () => {
  it.each([
    ['nope.yml', 'tidemark: cannot read nope.yml: there is no such file or folder (ENOENT)'],
    ['empty.yml', 'empty.yml:1:1: is empty; it has to say something'],
    ['.', 'tidemark: cannot read .: it is a folder, not a file; name the files in it'],
    ['bin.yml', 'tidemark: cannot read bin.yml: it is no text in UTF-8'],
    [
      'quiet.yaml',
      'quiet.yaml: is a scenario of Tidemark; to put configuration files into it, write import FILE… --into it',
    ],
    [
      'application.yml --profile nix',
      'tidemark: --profile nix: unknown; `tidemark profiles` lists all',
    ],
    [
      'application.yml --set DB_POOL',
      'tidemark: --set DB_POOL: write path=value, for example --set service.pool.max=20',
    ],
    [
      'application.yml --set DB_PPOL=hunter2-secret',
      '--set DB_PPOL: no file has a placeholder of this name; did you mean DB_POOL?',
    ],
    [
      'application.yml --set service.pol.max=3',
      '--set service.pol.max=3: service.pol: unknown key; did you mean pool?',
    ],
    [
      'application.yml -e nope.env',
      'tidemark: cannot read nope.env: there is no such file or folder (ENOENT)',
    ],
    [
      'application.yml database.yml',
      'database.yml:1:1: sets up a second pool (ActiveRecord); application.yml has one, and a service has one',
    ],
    [
      'application.yml --out application.yml',
      'tidemark: cannot create application.yml: there is a file of that name, where a folder is wanted (EEXIST)',
    ],
    [
      'database.yml --profile pg-pool',
      'database.yml: is no file that sets up pg-pool, such as node-postgres configuration, environment file',
    ],
  ])('%s', async (args, message) => {
    const bin = new Uint8Array([0, 255, 254, 128, 7]);
    const { stdout, stderr, exitCode } = await imports(args, { 'bin.yml': bin, 'empty.yml': '\n' });
    expect({ stdout, stderr, exitCode }).toEqual({
      stdout: '',
      stderr: `${message}\n`,
      exitCode: 2,
    });
  });

  it('says all of it at once', async () => {
    const { stderr } = await imports('nope.yml . --profile nix --set x');
    expect(stderr.trim().split('\n')).toHaveLength(4);
  });

  it('takes a file that is named twice once', async () => {
    expect(await scenarioOf('database.yml database.yml')).toBe(await scenarioOf('database.yml'));
  });
});
