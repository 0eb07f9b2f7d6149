import { describe, expect, it } from 'vitest';
import { folder, missed, quiet, tidemark } from './tidemark.ts';

const files = { 'quiet.yaml': quiet, 'missed.yaml': missed };

describe('tidemark run', () => {
  it('prints a report of at most 80 columns, without colour and progress when piped', async () => {
    const { stdout, stderr, exitCode } = await tidemark(['run', 'quiet.yaml'], {
      cwd: folder(files),
      env: { CI: '1' },
    });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toContain('response p99 < 1s');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).not.toContain('\u001B');
  });

  it('prints more with --full', async () => {
    const cwd = folder(files);
    const plain = await tidemark(['run', 'quiet.yaml'], { cwd });
    const full = await tidemark(['run', 'quiet.yaml', '--full'], { cwd });
    expect(full.stdout.length).toBeGreaterThan(plain.stdout.length);
  });

  it('prints nothing but one JSON document with --json', async () => {
    const { stdout, exitCode } = await tidemark(['run', 'quiet.yaml', '--json'], {
      cwd: folder(files),
    });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      format: 1,
      scenario: { name: 'quiet' },
      seed: '7',
      certificate: { holds: true },
    });
  });

  it('says the same bytes for the same seed, and others for another', async () => {
    const cwd = folder(files);
    const run = async (...args: string[]) =>
      (await tidemark(['run', 'quiet.yaml', '--json', ...args], { cwd })).stdout;
    const first = await run();
    expect(await run('--seed', '7')).toBe(first);
    const other = JSON.parse(await run('--seed', 'any text')) as Record<string, unknown>;
    expect(other['seed']).toBe('any text');
    expect(other['response']).not.toEqual((JSON.parse(first) as typeof other)['response']);
    expect(other['scenario']).toEqual((JSON.parse(first) as typeof other)['scenario']);
  });

  it('reads a scenario from standard input', async () => {
    const { stdout } = await tidemark(['run', '-', '--json'], { input: quiet });
    expect(JSON.parse(stdout)).toMatchObject({ scenario: { name: 'quiet' } });
  });

  it('exits 0 when an objective is missed, and 1 with --strict, naming it', async () => {
    const cwd = folder(files);
    expect((await tidemark(['run', 'missed.yaml'], { cwd })).exitCode).toBe(0);
    const { stdout, stderr, exitCode } = await tidemark(['run', 'missed.yaml', '--strict'], {
      cwd,
    });
    expect(stdout).not.toBe('');
    expect(stderr).toBe('objective missed: response p99 < 1ms\n');
    expect(exitCode).toBe(1);
    expect((await tidemark(['run', 'quiet.yaml', '--strict'], { cwd })).exitCode).toBe(0);
  });

  it('warns that --strict without objectives judges nothing', async () => {
    const cwd = folder({ 'free.yaml': quiet.replace(/objectives.*/, '') });
    const { stderr, exitCode } = await tidemark(['run', 'free.yaml', '--strict'], { cwd });
    expect(stderr).toBe('warning: --strict judges the objectives, and the scenario has none\n');
    expect(exitCode).toBe(0);
  });
});

describe('--set', () => {
  it('prints before and after side by side, and then the verdict on the changed run', async () => {
    const cwd = folder(files);
    const args = [
      'run',
      'quiet.yaml',
      '--set',
      'service.pool.max=1',
      '--set',
      'requests.query=19ms',
    ];
    const { stdout, stderr, exitCode } = await tidemark(args, { cwd });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toContain('service.pool.max');
    expect(stdout).toMatch(/before.*after/i);
  });

  it('with --json gives the changed run, the changes, and the run before', async () => {
    const cwd = folder(files);
    const args = ['run', 'quiet.yaml', '--json', '--set', 'service.pool.max=3'];
    const { stdout } = await tidemark(args, { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      pool: { max: 3 },
      changes: { 'service.pool.max': '3' },
      before: { format: 1, pool: { max: 10 } },
    });
    const plain = await tidemark(['run', 'quiet.yaml', '--json'], { cwd });
    const { before } = JSON.parse(stdout) as { before: object };
    expect(JSON.parse(plain.stdout)).toMatchObject(before);
  });

  it('judges the changed run when --strict asks', async () => {
    const cwd = folder(files);
    const args = ['run', 'quiet.yaml', '--strict', '--set', 'requests.query=2s'];
    expect((await tidemark(args, { cwd })).exitCode).toBe(1);
  });
});

describe('a run that takes long', () => {
  it('is announced with its size, its time and what to change', async () => {
    const long = quiet.replace('1m', '90d').replace('rate: 50', 'rate: 100000');
    const args = ['run', '-', '--max-in-flight', '1'];
    const { stderr } = await tidemark(args, { input: long });
    expect(stderr).toContain(
      'warning: this simulates about 777.6 billion requests, which takes 22 hours to 9 days; ' +
        'a shorter duration or a lower rate is quicker\n',
    );
  });
});

describe('an unbounded queue', () => {
  it('ends in a clear error that names it, with exit code 2', async () => {
    const flood = quiet.replace('rate: 50', 'rate: 5000').replace('max: 10', 'max: 1');
    const args = ['run', '-', '--max-in-flight', '1000'];
    const { stdout, stderr, exitCode } = await tidemark(args, { input: flood });
    expect(stderr).toMatch(/^tidemark: standard input: .*1,?000/);
    expect(stderr).not.toContain('    at ');
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  });
});
