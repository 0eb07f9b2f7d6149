import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { widthOf } from '../../../src/report/text.ts';
import { ended, folder, quiet, start, tidemark } from '../tidemark.ts';

/** 200 points of some milliseconds each, together enough for threads; some fail. */
const grid = [
  ...['--vary', 'service.pool.max=1..20', '--vary', 'service.pool.acquireTimeout=100ms..1s:100ms'],
];
const small = quiet.replace('1m', '90s').replace('rate: 50', 'rate: 200');
const files = { 'small.yaml': small };

function linesOf(path: string): number {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}

describe('a sweep of 200 points', () => {
  it('that is killed twice ends with exactly the bytes of an undisturbed one', async () => {
    const cwd = folder(files);
    const args = ['sweep', 'small.yaml', ...grid, '--out', 'killed', '--workers', '2'];
    const progress = join(cwd, 'killed/quiet.sweep.progress.ndjson');
    const survived: number[] = [];
    for (const growth of [7, 40]) {
      const before = linesOf(progress);
      const child = start(args, { cwd });
      const end = ended(child);
      while (linesOf(progress) < before + growth) await pause(2);
      child.kill('SIGKILL');
      expect((await end).exitCode).toBe(null);
      survived.push(linesOf(progress));
      expect(readdirSync(join(cwd, 'killed'))).toEqual(['quiet.sweep.progress.ndjson']);
    }
    expect(survived[1]).toBeGreaterThan(survived[0] ?? 0);
    expect(survived[1]).toBeLessThan(201);
    const finished = await tidemark(args, { cwd });
    expect(finished.exitCode).toBe(0);
    expect(finished.stderr).toContain('of 200 points are known already');
    const whole = await tidemark(
      ['sweep', 'small.yaml', ...grid, '--out', 'whole', '--workers', '1'],
      {
        cwd,
      },
    );
    expect(finished.stdout).toBe(whole.stdout);
    for (const ending of ['txt', 'json', 'csv']) {
      const [a, b] = ['killed', 'whole'].map((name) =>
        readFileSync(join(cwd, name, `quiet.sweep.${ending}`), 'utf8'),
      );
      expect(a).toBe(b);
    }
    expect(existsSync(progress)).toBe(false);
  });

  it('that is interrupted says what is kept, and leaves no half-written file', async () => {
    const cwd = folder(files);
    const args = ['sweep', 'small.yaml', ...grid, '--out', 'out', '--workers', '2'];
    const progress = join(cwd, 'out/quiet.sweep.progress.ndjson');
    const child = start(args, { cwd });
    const end = ended(child);
    while (linesOf(progress) < 5) await pause(2);
    child.kill('SIGINT');
    const { stdout, stderr, exitCode } = await end;
    expect(stderr).toMatch(
      /interrupted by SIGINT; \d+ of 200 points are in out\/.*, the same command/,
    );
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 130 });
    expect(readdirSync(join(cwd, 'out'))).toEqual(['quiet.sweep.progress.ndjson']);
  });
});

const few = ['sweep', 'quiet.yaml', '--vary', 'service.pool.max=1..4', '--progress', 'p'];

describe('the file of progress', () => {
  it('may end in the middle of a line, and is refused where it is broken elsewhere', async () => {
    const cwd = folder({ 'quiet.yaml': quiet });
    const first = await tidemark(few, { cwd });
    const path = join(cwd, 'p');
    const text = readFileSync(path, 'utf8');
    const lines = text.split('\n');
    writeFileSync(path, text.slice(0, -30));
    const again = await tidemark(few, { cwd });
    expect(again.stdout).toBe(first.stdout);
    expect(again.stderr).toContain('3 of 4 points are known already');
    writeFileSync(path, [lines[0], '{"point":', ...lines.slice(2)].join('\n'));
    const broken = await tidemark(few, { cwd });
    expect(broken.stderr).toMatch(/^tidemark: p:2: is no point of this sweep/);
    expect(broken.exitCode).toBe(2);
  });

  it('of another sweep is refused with what differs, and stays as it is', async () => {
    const cwd = folder({ 'quiet.yaml': quiet, notes: 'not a sweep' });
    await tidemark(few, { cwd });
    const text = readFileSync(join(cwd, 'p'), 'utf8');
    const seed = await tidemark([...few, '--seed', '8'], { cwd });
    expect(seed.stderr).toContain(
      'p:1: holds points of another sweep: the seed is "7" there and "8"',
    );
    const set = await tidemark([...few, '--set', 'traffic.rate=51'], { cwd });
    expect(set.stderr).toContain('quiet has other settings');
    expect([seed.exitCode, set.exitCode]).toEqual([2, 2]);
    expect(readFileSync(join(cwd, 'p'), 'utf8')).toBe(text);
    const notes = await tidemark([...few.slice(0, -1), 'notes'], { cwd });
    expect(notes.stderr).toContain('notes:1: this is no progress of a sweep');
    appendFileSync(join(cwd, 'notes'), '\nmore\n');
    expect((await tidemark([...few.slice(0, -1), 'notes'], { cwd })).exitCode).toBe(2);
    expect(readFileSync(join(cwd, 'notes'), 'utf8')).toBe('not a sweep\nmore\n');
  });
});

describe('the command line', () => {
  it('says everything that is wrong at once', async () => {
    const cwd = folder({ 'quiet.yaml': quiet });
    const { stderr, exitCode } = await tidemark(
      [
        ...['sweep', 'quiet.yaml', '--vary', 'service.pool.max=5..50:0', '--vary', 'x'],
        ...['--metric', 'erors', '--replications', '0', '--vary', 'service.instances=1..3'],
        ...['--set', 'service.instances=2', '--csv', '--json'],
      ],
      { cwd },
    );
    expect(exitCode).toBe(2);
    for (const said of [
      '--vary service.pool.max: the step must be above 0',
      '--vary x: write path=values',
      '--metric erors: unknown; did you mean errors?',
      '--replications 0: must be a whole number',
      '--vary service.instances: changes the same as --set service.instances; keep one',
      '--csv and --json: choose one of them',
    ])
      expect(stderr).toContain(said);
  });

  it('names a mistake of many points once, with its near miss or its value', async () => {
    const cwd = folder({ 'quiet.yaml': quiet });
    const timeouts = ['--vary', 'service.pool.acquireTimeout=1s..5s:1s'];
    const path = await tidemark(['sweep', 'quiet.yaml', '--vary', 'service.pool.maxx=1..9'], {
      cwd,
    });
    expect(path.stderr).toMatch(/maxx: unknown key; did you mean max\? \(every point\)\n$/);
    const value = ['sweep', 'quiet.yaml', '--vary', 'service.pool.max=0..3', ...timeouts];
    const { stderr, exitCode } = await tidemark(value, { cwd });
    expect(stderr).toMatch(
      /^--vary service\.pool\.max=0: service\.pool\.max: 0 is out.*\(5 of 20 points\)\n$/,
    );
    expect(exitCode).toBe(2);
    const twice = ['sweep', 'quiet.yaml', '--vary', 'service.pool.max=1..3'];
    const same = await tidemark([...twice, '--vary', 'service.pool.max=4..5'], { cwd });
    expect(same.stderr).toContain('changes the same as --vary service.pool.max; keep one');
  });

  it('leaves out what the timeline sets at a varied path, and says so', async () => {
    const timed = `${quiet}timeline:
  - { at: 20s, title: Fix, set: { service.pool.max: 20, requests.query: 5ms } }
  - { at: 30s, title: More, set: { service.pool.max: 30 } }
`;
    const cwd = folder({ 'timed.yaml': timed });
    const args = ['sweep', 'timed.yaml', '--vary', 'service.pool.max=1..2', '--json'];
    const { stdout, stderr } = await tidemark(args, { cwd });
    const document = JSON.parse(stdout) as { leftOut: { title: string; paths: string[] }[] };
    expect(document.leftOut.map(({ title, paths }) => [title, paths])).toEqual([
      ['Fix', ['service.pool.max']],
      ['More', ['service.pool.max']],
    ]);
    expect(stderr).toContain('what the timeline sets of service.pool.max is left out');
    const kept = await tidemark([...args, '--with-timeline'], { cwd });
    expect(JSON.parse(kept.stdout)).toMatchObject({ leftOut: [] });
    expect(kept.stderr).toBe('');
    expect(kept.stdout).not.toBe(stdout);
  });
});

describe('a point that cannot be simulated to its end', () => {
  it('is marked with its reason, and the others go on', async () => {
    const retrying = quiet
      .replace('rate: 50', 'rate: 200, client: { retry: { attempts: 1000, backoff: 9ms } }')
      .replace(/^service:.*$/m, 'service: { pool: { max: 3, maxPending: 1 } }')
      .replace(/^requests:.*$/m, 'requests: { query: 20ms }');
    const cwd = folder({ 'retrying.yaml': retrying });
    const args = ['sweep', 'retrying.yaml', '--vary', 'traffic.client.retry.backoff=[0s, 10ms]'];
    const { stdout, exitCode } = await tidemark(args, { cwd });
    expect(exitCode).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /retry\.backoff = 0s: at 00:00:00\.\d+ time stands still: a request was retried/,
    );
    expect(stdout).toMatch(/^ *0s +×/m);
    const csv = (await tidemark([...args, '--csv'], { cwd })).stdout.split('\n');
    expect(csv[1]).toMatch(/^1,0s,,.*time stands still/);
    expect(csv[2]).toMatch(/^2,10ms,0\.\d+,.*,$/);
  });
});

describe('what is printed', () => {
  it('is the same whatever the number of workers, and fits 80 columns', async () => {
    const busy = quiet.replace('rate: 50', 'rate: 1000');
    const cwd = folder({ 'busy.yaml': busy });
    const timeouts = ['--vary', 'service.pool.acquireTimeout=[500ms, 1s]'];
    const args = ['sweep', 'busy.yaml', '--vary', 'service.pool.max=9..12', ...timeouts];
    args.push('--replications', '2');
    const one = await tidemark([...args, '--workers', '1'], { cwd });
    const three = await tidemark([...args, '--workers', '3'], { cwd });
    expect(one.exitCode).toBe(0);
    expect(three.stdout).toBe(one.stdout);
    expect(one.stdout.split('\n').filter((line) => widthOf(line) > 80)).toEqual([]);
    expect(one.stdout).toContain('errors by max (down) and acquireTimeout (across)');
  });

  it('is CSV with quotes where a cell holds a comma', async () => {
    const cwd = folder({ 'quiet.yaml': quiet });
    const queries = 'requests.query=[10ms, {lognormal: {mean: 10ms, cv: 1}}]';
    const { stdout } = await tidemark(['sweep', 'quiet.yaml', '--vary', queries, '--csv'], { cwd });
    const [head, first, second] = stdout.split('\n');
    expect(head).toMatch(/^point,requests\.query,errors,.*,response p99 < 1s,broke_off$/);
    expect(first).toMatch(/^1,10ms,0,/);
    expect(second).toMatch(/^2,"\{""lognormal"":\{""mean"":""10ms"",""cv"":1\}\}",0,/);
  });
});
