import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, quiet, tidemark } from './tidemark.ts';

/** Five connections that serve 100 requests/s: too few, so that requests wait and some give up. */
const busy = `
name: busy
duration: 1m
seed: 11
traffic: { rate: 110 }
requests: { query: { exponential: 50ms } }
service: { instances: 1, pool: { max: 5, acquireTimeout: 1s, reconnectShare: 0% } }
database: { contention: none, roundTrip: 0ms }
objectives: [ response p99 < 900ms over run, errors < 1% over run ]
`;
const files = {
  'quiet.yaml': quiet,
  'busy.yaml': busy,
  'wider.yaml': busy.replace('name: busy', 'name: wider').replace('max: 5', 'max: 7'),
};

interface Answer {
  readonly seed: string;
  readonly family: number;
  readonly metrics: readonly {
    name: string;
    difference: number | null;
    low: number | null;
    high: number | null;
    significant: boolean | null;
  }[];
  readonly [key: string]: unknown;
}

async function json(...args: string[]): Promise<Answer> {
  const at = { cwd: folder(files) };
  const { stdout, stderr, exitCode } = await tidemark(['compare', ...args, '--json'], at);
  expect([stderr, exitCode]).toEqual(['', 0]);
  return JSON.parse(stdout) as Answer;
}

async function text(...args: string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await tidemark(['compare', ...args], { cwd: folder(files) });
  expect([stderr, exitCode]).toEqual(['', 0]);
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  return stdout;
}

const named = ({ metrics }: Answer, name: string) => metrics.find((each) => each.name === name);

describe('tidemark compare', () => {
  it('finds no difference at all between a scenario and itself', async () => {
    const { metrics, family, ...rest } = await json('busy.yaml', 'busy.yaml');
    expect(family).toBe(metrics.length);
    for (const { difference, low, high, significant } of metrics) {
      expect([difference, low, high, significant]).toEqual([0, 0, 0, false]);
    }
    expect(rest).toMatchObject({ format: 1, command: 'compare', replications: 10, unlike: [] });
    expect(rest['scenario']).toEqual(rest['against']);
    const words = await text('busy.yaml', 'busy.yaml');
    expect(words).toContain('A and B are the same in every figure of each of 10 runs.\n');
    expect(words).not.toContain('visible:');
  });

  it('says in words what a change makes better, and by how much', async () => {
    const words = await text('busy.yaml', '--set', 'service.pool.max=6');
    expect(words).toContain('A: busy\nB: the same with service.pool.max=6\n');
    expect(words).toContain('10 runs of A and B, with the same random numbers, seed 11\n');
    expect(words).toContain('\nB is better than A.\n');
    const sentence = words.replaceAll('\n', ' ');
    expect(sentence).toMatch(/B's error rate is [\d.]+ points lower \([\d.]+ to [\d.]+\)/);
    expect(sentence).toMatch(/its p99 \d+ ms lower \(\d+ to \d+\)/);
    expect(words).toMatch(/^errors < 1% over run .* 0 of 10 +10 of 10$/m);
  });

  it('gives the same figures for a change and for a file that has it', async () => {
    const changed = await json('busy.yaml', '--set', 'service.pool.max=7');
    const other = await json('busy.yaml', 'wider.yaml');
    expect(changed.metrics).toEqual(other.metrics);
    expect(changed).toMatchObject({ changes: ['service.pool.max=7'], changed: 'b' });
    expect(other).toMatchObject({ changes: [], against: { name: 'wider' } });
    expect(named(changed, 'errors')).toMatchObject({ significant: true });
  });

  it('is turned around with the sides', async () => {
    const there = await json('busy.yaml', 'wider.yaml');
    const back = await json('wider.yaml', 'busy.yaml');
    const turned = back.metrics.map(({ difference, low, high }) => [difference, low, high]);
    expect(turned).toEqual(
      there.metrics.map(({ difference, low, high }) =>
        [difference, high, low].map((x) => (x === null || x === 0 ? x : -x)),
      ),
    );
    expect(await text('wider.yaml', 'busy.yaml')).toContain('\nB is worse than A.\n');
  });

  it('makes changes to both of two scenarios, and says so', async () => {
    const words = await text('busy.yaml', 'wider.yaml', '--set', 'service.pool.max=4');
    expect(words).toContain('A: busy\nB: wider\nboth with service.pool.max=4\n');
    expect(words).toContain('A and B are the same in every figure of each of 10 runs.');
  });

  it('shows with --independent what the same random numbers are worth', async () => {
    const change = ['wider.yaml', '--set', 'service.pool.max=8'];
    const paired = await json(...change);
    const independent = await json(...change, '--independent');
    expect(independent).toMatchObject({ independent: true, scenario: paired['scenario'] });
    const widths = [paired, independent].map((answer) => {
      const answered = named(answer, 'goodput.perSecond');
      return (answered?.high ?? NaN) - (answered?.low ?? NaN);
    });
    expect(widths[0]).toBeLessThan((widths[1] as number) / 2);
    expect(await text(...change, '--independent')).toContain(
      '10 runs of A and B, each with random numbers of its own, seed 11\n',
    );
  });

  it('takes the seed of A for both, or that of --seed', async () => {
    const seeded = 'busy.yaml --set service.pool.max=6 --set seed=5'.split(' ');
    expect((await json(...seeded)).seed).toBe('11');
    expect((await json(...seeded, '--seed', '5')).seed).toBe('5');
  });

  it('prints the same bytes for any number of workers', async () => {
    const change = ['busy.yaml', '--set', 'service.pool.max=6', '--replications', '7', '--json'];
    const cwd = folder(files);
    const outputs: string[] = [];
    for (const workers of ['1', '2', '3']) {
      const args = ['compare', ...change, '--workers', workers];
      outputs.push((await tidemark(args, { cwd })).stdout);
    }
    expect(outputs[0]?.length).toBeGreaterThan(1000);
    expect(outputs.every((output) => output === outputs[0])).toBe(true);
  });

  it('writes text and JSON with --out, the same as on the screen', async () => {
    const cwd = folder(files);
    const args = ['compare', 'quiet.yaml', '--set', 'service.pool.max=1', '--out', 'answers'];
    const { stdout, stderr, exitCode } = await tidemark(args, { cwd });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('wrote answers/quiet.compare.txt\nwrote answers/quiet.compare.json\n');
    expect(readFileSync(join(cwd, 'answers/quiet.compare.txt'), 'utf8')).toBe(stdout);
  });
});

describe('tidemark compare that cannot be done', () => {
  async function refused(...args: string[]): Promise<string> {
    const at = { cwd: folder(files) };
    const { stdout, stderr, exitCode } = await tidemark(['compare', ...args], at);
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr).not.toMatch(/^ +at /m);
    return stderr;
  }

  it('asks for what to compare with', async () => {
    expect(await refused('quiet.yaml')).toBe(
      'tidemark: compare quiet.yaml: with what? Name a second scenario, or a change: --set service.pool.max=20\n',
    );
  });

  it('names all that is wrong at once: both files, options and changes', async () => {
    const stderr = await refused(
      ...['quiet.yml', 'bussy', '--replications', '1', '--set', 'service', '--workers', '0'],
    );
    expect(stderr).toContain(
      'tidemark: --replications 1: must be a whole number from 2 to 10,000\n',
    );
    expect(stderr).toContain('tidemark: --workers 0: must be a whole number from 1 to 256\n');
    expect(stderr).toContain('tidemark: --set service: write path=value');
    expect(stderr).toContain('tidemark: quiet.yml: there is no such file');
    expect(stderr).toContain('tidemark: bussy: there is no such file');
  });

  it('names a bad change once, with the near miss', async () => {
    const stderr = await refused('busy.yaml', 'wider.yaml', '--set', 'service.pool.mx=3');
    expect(stderr).toMatch(/service\.pool\.mx: .*did you mean max/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('names the mistakes of both files', async () => {
    const cwd = folder({
      'a.yaml': quiet.replace('rate: 50', 'rte: 50'),
      'b.yaml': quiet.replace('max: 10', 'max: 0'),
    });
    const { stderr, exitCode } = await tidemark(['compare', 'a.yaml', 'b.yaml'], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^a\.yaml:\d+:\d+: /m);
    expect(stderr).toMatch(/^b\.yaml:\d+:\d+: /m);
  });

  it('reads standard input only once', async () => {
    expect(await refused('-', '-')).toContain('standard input can be read only once');
  });

  it('says which side broke off', async () => {
    const client = 'client: { retry: { attempts: 1000, backoff: 0s } }';
    const endless = quiet
      .replace('rate: 50', `rate: 50, ${client}`)
      .replace('max: 10', 'max: 1, maxPending: 0');
    const cwd = folder({ 'quiet.yaml': quiet, 'endless.yaml': endless });
    const args = ['compare', 'quiet.yaml', 'endless.yaml', '--replications', '2', '--workers', '1'];
    const { stderr, exitCode } = await tidemark(args, { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('tidemark: quiet.yaml, endless.yaml: B: ');
  });
});
