import { describe, expect, it } from 'vitest';
import { folder, quiet, tidemark } from './tidemark.ts';

const application = `spring:
  datasource:
    url: jdbc:postgresql://db.internal:5432/shop
    username: shop
    password: hunter2-secret
    hikari:
      maximum-pool-size: \${DB_POOL:10}
      connection-timeout: 2000
`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 8
  strategy: { rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 } }
  template:
    spec:
      containers:
        - name: shop
          env: [{ name: DB_PASSWORD, value: hunter2-secret }]
`;

const autoscaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: shop }
spec:
  scaleTargetRef: { kind: Deployment, name: shop }
  maxReplicas: 8
`;

const files = {
  'application.yml': application,
  'deployment.yaml': deployment,
  'hpa.yaml': autoscaler,
  'pool.json': '{ "max": 10, "connectionTimeoutMillis": 2000 }',
  'quiet.yaml': quiet,
};

/** Runs a review in a folder with these files. */
async function review(args: string, more: Readonly<Record<string, string>> = {}, input?: string) {
  const cwd = folder({ ...files, ...more });
  const given = input === undefined ? {} : { input };
  return tidemark(['review', ...args.split(' ')], { cwd, ...given });
}

interface Document {
  readonly findings: readonly { rule: string; weight: string; file: string; line: number }[];
  readonly facts: readonly { name: string; value: unknown; from: unknown }[];
}

async function documentOf(args: string, more = {}): Promise<Document> {
  const { stdout, stderr, exitCode } = await review(`${args} --json`, more);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  return JSON.parse(stdout) as Document;
}

describe('tidemark review', () => {
  it('finds that a rolling deployment needs 100 connections where 97 are free', async () => {
    const { stdout, stderr, exitCode } = await review(
      'application.yml deployment.yaml hpa.yaml --db-max 100',
    );
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.slice(0, 3)).toEqual([
      '1 thing breaks.',
      '',
      'breaks  deployment.yaml:6  rolling-deployment',
    ]);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      '10 pods × 10 = 100 connections, and 97 are free (max_connections 100 less 3 reserved). 3 are refused, and 1 pod cannot fill its pool. Do: maximumPoolSize 9 at most (10 × 9 = 90); 8 if pods that are ending still have theirs, or maxSurge 1 (9 pods, 90), or max_connections 103.',
    );
    expect(stdout).toContain('HikariCP, maximumPoolSize 10 (application.yml:7)');
    expect(stdout).not.toContain('steady-state');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.length).toBeLessThanOrEqual(60);
  });

  it('takes placeholders from --set, and options before files', async () => {
    const eight = await documentOf('application.yml deployment.yaml --db-max 100 --set DB_POOL=8');
    expect(eight.findings).toEqual([]);
    const ten = await documentOf('application.yml deployment.yaml --db-max 100 --replicas 10');
    expect(ten.findings).toMatchObject([
      { rule: 'steady-state', weight: 'breaks', file: 'application.yml', line: 7 },
    ]);
    expect(ten.facts).toContainEqual({
      name: 'replicas',
      value: 10,
      from: { option: '--replicas' },
    });
    expect(ten.facts).toContainEqual({
      name: 'maxSurge',
      value: '25%',
      from: { file: 'deployment.yaml', line: 6 },
    });
    expect(ten.facts).toContainEqual({
      name: 'reserved',
      value: 3,
      from: { default: 'PostgreSQL' },
    });
  });

  it('says so in one line when nothing is wrong, with what was looked at', async () => {
    const { stdout } = await review(
      'application.yml deployment.yaml --db-max 200 --caller-timeout 10s --idle-limit 1h --connect 50ms --surge 900/s --connections-per-request 1 --strict',
    );
    expect(stdout).toMatch(
      /^Nothing is wrong with everything that was looked at\.\n\nLooked at: HikariCP/,
    );
    expect(stdout).toContain('80 when all are full and 100 while a');
    expect(stdout).not.toContain('Not judged');
  });

  it('says which rules it could not ask, and what they need', async () => {
    const { stdout } = await review('application.yml');
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toContain('Nothing is wrong with what could be looked at.');
    expect(text).toContain('whether the pools fit the database (--replicas, --db-max)');
    expect(text).toContain('whether requests wait longer than their callers (--caller-timeout)');
  });

  it('exits 1 with --strict when something breaks or hurts, and 0 for a note', async () => {
    const broken = await review('application.yml --replicas 8 --db-max 50 --strict');
    expect(broken.exitCode).toBe(1);
    const idle = {
      'idle.yml': application.replace('connection-timeout: 2000', 'idle-timeout: 60000'),
    };
    const noted = await review('idle.yml --strict', idle);
    expect(noted.exitCode).toBe(0);
    expect(noted.stdout).toMatch(/^1 thing is to note\./);
  });

  it('reads a scenario, by file or by name, and puts newer files in its place', async () => {
    const scenario = await documentOf('quiet.yaml --db-max 12');
    expect(scenario.findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`)).toEqual([
      'steady-state quiet.yaml:7',
      'no-acquire-timeout quiet.yaml:7',
      'idle-connections quiet.yaml:7',
    ]);
    const both = await documentOf('quiet.yaml application.yml deployment.yaml --db-max 100');
    expect(both.findings.map(({ rule }) => rule)).toContain('rolling-deployment');
    const set = await documentOf('quiet.yaml --db-max 100 --set service.instances=9');
    expect(set.facts).toContainEqual({
      name: 'replicas',
      value: 9,
      from: { file: 'quiet.yaml', line: 7 },
    });
    const { stdout } = await review('nested-acquire');
    expect(stdout).toContain('nested-connections');
  });

  it('reads the pool that a scenario takes from a file, at the lines of that file', async () => {
    const text = quiet.replace('pool: { max: 10 }', 'pool: { from: ./application.yml }');
    const scenario = `${text}database: { maxConnections: 12 }\n`;
    const more = { 'mine.yaml': scenario };
    expect((await documentOf('mine.yaml', more)).findings).toMatchObject([
      { rule: 'steady-state', weight: 'breaks', file: 'application.yml', line: 7 },
    ]);
    expect((await documentOf('mine.yaml --set service.pool.max=3', more)).findings).toEqual([]);
  });

  it('reads manifests from standard input', async () => {
    const { stdout } = await review('- pool.json --db-max 100', {}, deployment);
    expect(stdout).toContain('breaks  standard input:6  rolling-deployment');
  });

  it('knows the limits of PgBouncer, and how long an Ingress waits', async () => {
    const more = {
      'pgbouncer.ini':
        '[databases]\nshop = host=db dbname=shop\n[pgbouncer]\npool_mode = transaction\nmax_client_conn = 90\ndefault_pool_size = 98\n',
      'ingress.yaml':
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: shop\n  annotations: { nginx.ingress.kubernetes.io/proxy-read-timeout: "2" }\n',
    };
    const { findings } = await documentOf(
      'application.yml deployment.yaml pgbouncer.ini ingress.yaml --db-max 100',
      more,
    );
    expect(findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`)).toEqual([
      'pooler-servers pgbouncer.ini:6',
      'pooler-clients pgbouncer.ini:5',
      'acquire-timeout application.yml:8',
      expect.stringMatching(/^acquire-timeout pgbouncer\.ini:/),
    ]);
  });

  it('never prints what is secret', async () => {
    for (const args of [
      'application.yml deployment.yaml',
      'application.yml deployment.yaml --json',
    ]) {
      const { stdout, stderr } = await review(`${args} --db-max 100`);
      expect(stdout + stderr).not.toContain('hunter2');
    }
  });

  it('names all that is wrong at once', async () => {
    const more = { 'bad.yaml': deployment.replace('replicas: 8', 'replicas: eight') };
    const { stdout, stderr, exitCode } = await review(
      'nope.yml bad.yaml quiet.yaml --replicas 0 --caller-timeout 10 --surge 18rps --set service.pool.mxa=3',
      more,
    );
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr.trimEnd().split('\n')).toEqual([
      'tidemark: --replicas 0: must be a whole number from 1 to 1,000,000',
      'tidemark: --caller-timeout 10: a duration needs a unit; did you mean 10s or 10ms?',
      expect.stringMatching(/^tidemark: --surge 18rps is no rate; .*did you mean 18\/s\?$/),
      expect.stringMatching(/^tidemark: cannot read nope\.yml: there is no such file/),
      expect.stringMatching(/^bad\.yaml:5:13: spec\.replicas: eight is no number/),
      expect.stringMatching(/^--set service\.pool\.mxa.*did you mean max\?/),
    ]);
  });

  it.each([
    [
      'deployment.yaml hpa.yaml',
      'there is no pool in deployment.yaml (Kubernetes manifests), hpa.yaml',
    ],
    [
      'application.yml --set service.pool.max=3',
      'is about a scenario, and there is none among the',
    ],
    ['quiet.yaml quickstart', 'is a second scenario; review them one by one'],
    ['application.yml --db-max 0', '--db-max 0: must be a whole number from 1'],
    ['application.yml --surge 0', 'a surge has more than 0 requests'],
    ['application.yml --profile hikarri', '--profile hikarri: unknown'],
    ['two.yaml --replicas 3', '--replicas: is of one service, and two.yaml has several (a, b)'],
    ['binary.yml', 'binary.yml: it is no text in UTF-8'],
    ['nosuch', 'nosuch: there is no such file, and no scenario of that name'],
    ['other.yaml', 'is no kind of file that is known'],
    ['chart.yaml', 'chart.yaml:2:5: a template begins here'],
    ['deployment.yaml other-hpa.yaml pool.json', 'says something else than metadata.name in'],
  ])('refuses %s', async (args, message) => {
    const { stdout, stderr, exitCode } = await review(args, {
      'binary.yml': 'a\0b',
      'other.yaml': 'menu: [soup]\n',
      'two.yaml':
        'duration: 1m\nservices:\n  a: &a { traffic: { rate: 10 }, requests: { query: 5ms }, pool: { max: 4 } }\n  b: *a\n',
      'chart.yaml': 'kind: Deployment\nx:  {{ .Values.y }}\n',
      'other-hpa.yaml': autoscaler.replaceAll('name: shop', 'name: worker'),
    });
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain(message);
  });
});
