import { describe, expect, it } from 'vitest';
import { tidemark } from './tidemark.ts';

const january =
  'triage --active 10 --max 10 --pending 180 --wait-p99 5s --use-p50 58ms --db-cpu 20% --connect 400ms';

describe('tidemark triage', () => {
  it('names the pool from the figures of 21 January at 14:05, within 80 columns and 60 lines', async () => {
    const { stdout, stderr, exitCode } = await tidemark(january.split(' '));
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe(
      'It is the pool: all 10 connections are in use and 180 requests wait for one.',
    );
    expect(lines[1]).toBe('The database has CPU to spare (20 %).');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.length).toBeLessThanOrEqual(60);
    expect(stdout).toContain('hikaricp_connections_usage');
    expect(stdout).toMatch(/^database CPU +database CPU 90 % or more +20 % +does not fit$/m);
  });

  it('prints one JSON document with --json', async () => {
    const { stdout, exitCode } = await tidemark([...january.split(' '), '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      format: 1,
      command: 'triage',
      evidence: { active: 10, waitP99Ms: 5000, databaseCpu: 0.2, slots: null },
    });
    const { hypotheses, next } = JSON.parse(stdout) as Record<string, Record<string, unknown>[]>;
    expect(hypotheses?.[0]).toMatchObject({ cause: 'pool', state: 'shown' });
    expect(hypotheses).toHaveLength(10);
    expect(next?.[0]).toMatchObject({ option: '--use-usual' });
  });

  it('says when the figures tell of no pool', async () => {
    const { stdout } = await tidemark('triage --active 3 --max 10 --pending 0'.split(' '));
    expect(stdout).toMatch(/^It is not the size of the pool: connections are free/);
  });

  it('names all that is wrong at once, with what was probably meant', async () => {
    const args =
      'triage --active 12 --max 10 --pending -1 --wait-p99 5 --use-p50 1hour --db-cpu 20 --slots 3 --threads 5/2';
    const { stdout, stderr, exitCode } = await tidemark(args.split(' '));
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr.trimEnd().split('\n')).toEqual([
      'tidemark: --pending -1: must be a whole number from 0 to 100,000,000',
      'tidemark: --wait-p99 5: a duration needs a unit; did you mean 5s or 5ms?',
      expect.stringMatching(/^tidemark: --use-p50 1hour: .*did you mean 1h\?$/),
      'tidemark: --db-cpu 20: must be a share from 0% to 100%; did you mean 20%?',
      expect.stringMatching(/^tidemark: --slots 3: .*such as 97\/100$/),
      'tidemark: --threads 5/2: 5 of 2 cannot be taken',
      expect.stringMatching(/^tidemark: --active 12: more than --max 10/),
    ]);
  });

  it.each([
    ['triage', 'triage needs a figure'],
    ['triage --active 3 --running 4', '--running 4: more than --active 3'],
    ['triage --active 3 --least-active 4', '--least-active 4: more than --active 3'],
    ['triage --max 0', '--max 0: must be a whole number from 1'],
    ['triage --db-cpu 0.2', 'did you mean 20%?'],
    ['triage --db-cpu 120%', '--db-cpu 120%: must be a share'],
    ['triage --use-p50 -5ms', 'is negative'],
    ['triage --pendign 5', "unknown option '--pendign'\n(Did you mean --pending?)"],
  ])('refuses %s', async (args, message) => {
    const { stdout, stderr, exitCode } = await tidemark(args.split(' '));
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain(message);
  });
});
