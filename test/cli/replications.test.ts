import { describe, expect, it } from 'vitest';
import { folder, quiet, tidemark } from './tidemark.ts';

const files = { 'quiet.yaml': quiet };

async function json(...args: string[]): Promise<Record<string, unknown>> {
  const { stdout, exitCode } = await tidemark(['run', 'quiet.yaml', '--json', ...args], {
    cwd: folder(files),
  });
  expect(exitCode).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('--replications', () => {
  it('adds means with intervals over all of them, and leaves the rest as it is', async () => {
    const { replications, across, ...many } = await json('--replications', '5');
    const { replications: single, ...one } = await json();
    expect([replications, single]).toEqual([5, 1]);
    expect(many).toEqual(one);
    expect(across).toMatchObject({ errors: { mean: 0, low: 0, high: 0 } });
    expect(Object.keys(across as object)).toContain('response.p99Ms');
    expect(Object.keys(one)).not.toContain('across');
  });

  it('gives the same bytes every time', async () => {
    expect(await json('--replications', '3')).toEqual(await json('--replications', '3'));
  });

  it('puts a table over all runs into a report that still fits 60 lines of 80 columns', async () => {
    const cwd = folder(files);
    const { stdout } = await tidemark(['run', 'quiet.yaml', '--replications', '4'], { cwd });
    expect(stdout).toMatch(/^Over 4 runs +mean +95 % interval$/m);
    expect(stdout).toMatch(/^response: mean +10\.\d+ ms +\d+\.\d+ to \d+\.\d+ ms$/m);
    expect(stdout.split('\n').length).toBeLessThanOrEqual(60);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('compares means over the same replications with --set', async () => {
    const cwd = folder(files);
    const args = ['run', 'quiet.yaml', '--replications', '4', '--set', 'service.pool.max=2'];
    const { stdout } = await tidemark(args, { cwd });
    expect(stdout).toMatch(/^all runs: response: mean +10\.0 ± 0\.0 ms +10\.\d+ ±/m);
    expect(stdout).toContain('Over 4 runs; ± is the 95 % interval');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const changed = await json(...args.slice(2));
    expect(changed).toMatchObject({ replications: 4, before: { replications: 4 } });
  });
});

describe('--precision', () => {
  it('runs rounds of ten until it is reached', async () => {
    const { replications, precision } = await json('--precision', '5%');
    expect(Number(replications) % 10).toBe(0);
    expect(precision).toMatchObject({ wanted: 0.05, reached: true });
  });

  it('says which figures are not known so well, and what it would take', async () => {
    const args = ['run', 'quiet.yaml', '--precision', '0.1%', '--max-replications', '12'];
    const cwd = folder({ 'quiet.yaml': quiet.replace('max: 10', 'max: 1') });
    const { stdout, exitCode } = await tidemark(args, { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Not known to 0\.1 % after 12 runs: .*99 % within/);
    expect(stdout.replaceAll('\n', ' ')).toMatch(/About [\d,]+ would be needed\./);
  });

  it('is refused together with nonsense, all of it at once', async () => {
    const args = ['--precision', '2', '--replications', '0', '--max-replications', '9'];
    const { stderr, exitCode } = await tidemark(['run', 'quiet.yaml', ...args], {
      cwd: folder(files),
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      '--precision 2: must be a percentage from 0.1% to 50%; did you mean 2%?',
    );
    expect(stderr).toContain('--replications 0: must be a whole number from 1 to 10,000');
    expect(stderr).toContain('--max-replications 9: must be a whole number from 10 to 10,000');
    expect(stderr).toContain('--replications: --precision decides how many');
  });
});
