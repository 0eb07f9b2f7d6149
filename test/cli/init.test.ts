// `tidemark init` by options: files and answers to a scenario that runs, and what is refused.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../src/scenario/yaml/yaml-source.ts';
import { pods, pool } from './init-files.ts';
import { folder, tidemark } from './tidemark.ts';

const files = { 'application.yml': pool, 'deployment.yaml': pods };

/** Runs init in a folder with these files; the words of its options are parted by blanks. */
async function init(options: string, more: readonly string[] = [], cwd = folder(files)) {
  const words = options === '' ? [] : options.split(' ');
  return { cwd, ...(await tidemark(['init', ...words, ...more], { cwd })) };
}

/** What a scenario file says. */
function parse(text: string): Readonly<Record<string, unknown>> {
  const read = readYaml(text);
  if (!read.ok) throw new Error(text);
  return read.source.value as Readonly<Record<string, unknown>>;
}

const rateAndHold = '--rate 3/s --hold-mean 20ms';

describe('tidemark init', () => {
  it('makes of files and answers a scenario that says of every value how one knows it', async () => {
    const options =
      'application.yml deployment.yaml --rate 3/s --surge lunch=5/s --hold-p50 8ms --hold-p99 90ms --measured-at 2/s --db-cores 8 --db-max 200 --objective';
    const { cwd, stdout, stderr, exitCode } = await init(options, ['errors < 2%']);
    expect(exitCode).toBe(0);
    const { provenance, ...scenario } = parse(stdout);
    expect(scenario).toMatchObject({
      traffic: { base: '3/s', surges: [{ name: 'lunch', peak: '5/s' }] },
      requests: { hold: { p50: '8ms', p99: '90ms', measuredAt: '2/s' } },
      service: { instances: 8, pool: { profile: 'hikaricp', maximumPoolSize: 10 } },
      database: { cores: 8, maxConnections: 200 },
      objectives: ['errors < 2%'],
    });
    expect(provenance).toMatchObject({
      'service.pool.maximumPoolSize': { grade: 'stated', note: 'application.yml:6' },
      'service.instances': { grade: 'stated', note: 'deployment.yaml:5' },
      'traffic.base': { grade: 'stated', note: 'your answer' },
      'traffic.surges': { grade: 'assumed' },
      'traffic.surges.lunch.peak': { grade: 'stated', note: 'your answer' },
      'requests.hold': { grade: 'stated', note: 'your answer' },
      'requests.hold.cpu': { grade: 'assumed' },
      'database.cores': { grade: 'stated', note: 'your answer' },
      'database.contention': { grade: 'assumed' },
      'database.roundTrip': { grade: 'assumed' },
      objectives: { grade: 'stated', note: 'your answer' },
    });
    // ln(90 ÷ 8) ÷ 2.326 = 1.040; 8 ms × e^(1.040² ÷ 2) = 13.7 ms.
    expect(stderr).toContain('imply a mean of 13.7ms (lognormal)');
    expect(stdout + stderr).not.toContain('hunter2');
    writeFileSync(join(cwd, 'made.yaml'), stdout);
    expect((await tidemark(['run', 'made.yaml'], { cwd })).exitCode).toBe(0);
  });

  it('ends with three numbers to measure first, also where none of them matters much', async () => {
    const { stdout } = await init(rateAndHold);
    const [, end = ''] = stdout.split('\n\n');
    const lines = end.trimEnd().split('\n');
    expect(lines.every((line) => line.startsWith('# ') && line.length <= 80)).toBe(true);
    expect(lines.flatMap((line) => /^# (\d)\. /.exec(line)?.[1] ?? [])).toEqual(['1', '2', '3']);
    expect(end).toContain(': no matter here\n');
  });

  it('assumes so many pods and connections that what was measured can have been served', async () => {
    // p50 12 ms and p99 180 ms imply a mean of 23.6 ms; 450/s × 23.6 ms = 10.6 connections in use.
    const { stdout, exitCode } = await init('--rate 450/s --hold-p50 12ms --hold-p99 180ms');
    expect(exitCode).toBe(0);
    expect(parse(stdout)).toMatchObject({ service: { instances: 3, pool: { max: 10 } } });
  });

  it('takes changes from --set, which are stated then', async () => {
    const { stdout } = await init(`${rateAndHold} --set database.roundTrip=3ms`);
    expect(parse(stdout)).toMatchObject({
      database: { roundTrip: '3ms' },
      provenance: { 'database.roundTrip': { grade: 'stated', note: '--set' } },
    });
  });

  it('writes the same text into a folder, and not where a file is', async () => {
    const { cwd, stdout, stderr } = await init(`${rateAndHold} --name shop --out made/here`);
    expect(readFileSync(join(cwd, 'made/here/shop.yaml'), 'utf8')).toBe(stdout);
    expect(stderr).toContain('wrote made/here/shop.yaml\n');
    const blocked = await init(`${rateAndHold} --out application.yml`, [], cwd);
    expect(blocked).toMatchObject({ stdout: '', exitCode: 2 });
    expect(blocked.stderr).toContain('cannot create application.yml: there is a file of that name');
    mkdirSync(join(cwd, 'taken/shop.yaml'), { recursive: true });
    const taken = await init(`${rateAndHold} --name shop --out taken`, [], cwd);
    expect(taken).toMatchObject({ stdout: '', exitCode: 2 });
    expect(existsSync(join(cwd, 'taken/shop.yaml/shop.yaml'))).toBe(false);
  });

  it('without a terminal names all that nobody can be asked for, and what would be assumed', async () => {
    const { stdout, stderr, exitCode } = await init('--pods 8');
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr.trimEnd().split('\n')).toEqual([
      'tidemark: How many requests arrive: now, and at the peak of each surge? There is no terminal to ask on; say it with --rate 450/s, and --surge lunch=800/s for each surge',
      'tidemark: How long is a connection out: the mean, or p50 and p99? There is no terminal to ask on; say it with --hold-p50 12ms and --hold-p99 180ms, or --hold-mean 24ms',
      "tidemark: also open, and otherwise assumed: the files of the pool and the deployment; --db-cores 4 and --db-max 100; --objective 'errors < 1%'",
    ]);
  });

  it('names all that is wrong with options at once', async () => {
    const options =
      '--pods 0 --rate 18rps --surge a=5/s --surge a=6/s --hold-p50 12 --db-cores x --db-max -1 --objective fast --set nonsense nope.yml';
    const { stdout, stderr, exitCode } = await init(options);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    const lines = stderr.trimEnd().split('\n');
    for (const [i, start] of [
      '--pods 0: must be a whole number from 1 to 100,000',
      '--rate: 18rps is no rate',
      '--surge a: two surges have that name',
      '--hold-p50: 12: a duration needs a unit; did you mean 12s or 12ms?',
      '--hold-p50 and --hold-p99 stand together',
      '--db-cores x: must be a whole number',
      '--db-max -1: must be a whole number',
      '--objective: fast is no condition',
      '--set nonsense',
      'cannot read nope.yml: there is no such file',
    ].entries()) {
      expect(lines[i]).toContain(`tidemark: ${start}`);
    }
    expect(lines).toHaveLength(10);
  });

  it.each([
    [
      '--rate 3/s --hold-p50 90ms --hold-p99 8ms',
      'tidemark: --hold-p99: 8ms is shorter than p50, 90ms; are they swapped?\n',
    ],
    [
      '--rate 3/s --hold-p50 12ms --hold-p99 180ms --hold-mean 20ms',
      'tidemark: --hold-mean: 20ms does not go with p50 12ms and p99 180ms; means from 21.4ms to 32.2ms do\n',
    ],
    [
      '--rate 450/s --hold-mean 60ms --pods 2 application.yml',
      'tidemark: --measured-at: 450/s × 60ms = 27 connections in use, but 2 × 10 = 20 are there: it cannot have served that; measuredAt is the rate of all instances together, and a hold is one use of a connection\ntidemark: assumed there, because nobody says it: --measured-at, --db-max\n',
    ],
    [
      '--rate 450/s --hold-mean 60ms --measured-at 450/s --db-max 20 --pods 9 application.yml',
      'tidemark: --measured-at: 27 connections in use on the database when it was measured, but database.maxConnections leaves 17: it cannot have served that\n',
    ],
    [
      '--rate 0 --hold-mean 5ms',
      'tidemark: --rate: is 0 all the time: nothing would ever arrive\ntidemark: --measured-at: 0 is too low; a rate above 0 is needed\n',
    ],
    [
      `${rateAndHold} --measured-at 1e9`,
      'tidemark: --measured-at: 1000000000/s × 20ms = 20000000 connections in use, but 100000 × 10 = 1000000 are there',
    ],
    [
      `${rateAndHold} --set service.pool.mxa=3`,
      '--set service.pool.mxa=3: service.pool.mxa: unknown key; did you mean max?',
    ],
    [`${rateAndHold} --out`, "tidemark: option '--out <folder>' argument missing"],
    ['--rate 3/s --measured-at 3/s', 'tidemark: --measured-at stands beside --hold-mean'],
  ])('refuses %s in the words of who said it', async (options, message) => {
    const { stdout, stderr, exitCode } = await init(options);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/first\.yaml|application\.yaml/);
  });

  it('refuses a second pool, as import does', async () => {
    const cwd = folder({ ...files, 'pool.json': '{ "max": 5, "idleTimeoutMillis": 1000 }' });
    const { stderr, exitCode } = await init(`application.yml pool.json ${rateAndHold}`, [], cwd);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('pool.json:1:1: sets up a second pool (pg-pool)');
  });
});
