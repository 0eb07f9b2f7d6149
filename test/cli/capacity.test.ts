import { describe, expect, it } from 'vitest';
import { folder, tidemark } from './tidemark.ts';

/** A pool of ten with holds of 20 ms serves 500 a second. */
const steady = `name: steady
duration: 1m
seed: 7
traffic: { rate: 300 }
requests: { hold: 20ms }
service: { pool: { max: 10, acquireTimeout: none } }
`;

/** A surge of ten seconds to twice of what five connections serve. */
const surge = `name: surge
duration: 1m
seed: 7
traffic: { rate: [{ at: 0s, rps: 50 }, { at: 20s, rps: 50 }, { at: 20s, rps: 200 }, { at: 30s, rps: 200 }, { at: 30s, rps: 50 }] }
requests: { hold: { exponential: 50ms } }
service: { pool: { max: 5, acquireTimeout: none } }
objectives: [errors < 1%, response p99 < 5s over run]
timeline:
  - { at: 25s, title: More connections, set: { service.pool.max: 50 } }
`;

const files = { 'steady.yaml': steady, 'surge.yaml': surge };

interface Answer {
  readonly saturation: { readonly rps: number };
  readonly objectiveKnee: { readonly rps: number; readonly factor: number } | null;
}

async function answerOf(args: readonly string[]) {
  const { stdout, stderr, exitCode } = await tidemark(['capacity', ...args, '--json'], {
    cwd: folder(files),
  });
  expect(exitCode).toBe(0);
  return { answer: JSON.parse(stdout) as Answer & Record<string, unknown>, stdout, stderr };
}

describe('tidemark capacity', () => {
  it('says at which rate the pool becomes the bottleneck, and asks for objectives', async () => {
    const { stdout, stderr, exitCode } = await tidemark(['capacity', 'steady.yaml'], {
      cwd: folder(files),
    });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toMatch(/^The pool becomes the bottleneck at (?:499|500)/m);
    expect(stdout).toContain('The scenario has no objectives');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('answers with one JSON document, the same for any number of workers', async () => {
    const { answer, stdout } = await answerOf(['steady.yaml', '--workers', '1']);
    expect(answer).toMatchObject({
      format: 1,
      command: 'capacity',
      scenario: { name: 'steady' },
      seed: '7',
      objectiveKnee: null,
      noKnee: 'no-objectives',
      theory: { saturationRps: 500 },
    });
    expect(Math.abs(answer.saturation.rps - 500)).toBeLessThan(2.5);
    expect((await answerOf(['steady.yaml', '--workers', '3'])).stdout).toBe(stdout);
  });

  it('of a surge finds the highest that is survived, without what the timeline sets', async () => {
    const { answer, stderr } = await answerOf(['surge.yaml']);
    expect(stderr).toContain('what the timeline sets and restarts is left out (one entry)');
    expect(answer).toMatchObject({
      judgedOn: 'scenario',
      leftOut: ['00:00:25 More connections'],
      drain: { own: { from: expect.stringMatching(/T00:00:30/) as unknown } },
    });
    // (200·f − 100)·10 s pile up, and the last of them waits 5 s while 100/s are served.
    const factor = answer.objectiveKnee?.factor ?? NaN;
    expect(factor).toBeGreaterThan(0.72);
    expect(factor).toBeLessThan(0.79);
    const kept = await answerOf(['surge.yaml', '--with-timeline']);
    expect(kept.stderr).toBe('');
    expect(kept.answer.objectiveKnee?.factor).toBeGreaterThan(factor * 1.1);
  });

  it('says everything that is wrong with its arguments at once', async () => {
    const { stdout, stderr, exitCode } = await tidemark(
      ['capacity', 'stead.yaml', '--workers', '0', '--set', 'service.pool.max', '--seed', ''],
      { cwd: folder(files) },
    );
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain('--workers 0: must be a whole number from 1');
    expect(stderr).toContain('--set service.pool.max: write path=value');
    expect(stderr).toContain('--seed: is empty');
    expect(stderr).toContain('stead.yaml');
  });

  it('names the objective that cannot be read, with what was probably meant', async () => {
    const { stderr, exitCode } = await tidemark(
      ['capacity', 'steady.yaml', '--set', 'objectives=[respnse p99 < 1s]'],
      { cwd: folder(files) },
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean response p99?');
  });

  it('says that no rate meets an objective that an idle pool misses', async () => {
    const { answer } = await answerOf(['steady.yaml', '--set', 'objectives=[response p99 < 10ms]']);
    expect(answer).toMatchObject({ noKnee: 'met-at-no-rate', decidedBy: 'response p99 < 10ms' });
  });

  it('writes the answer as files with --out', async () => {
    const cwd = folder(files);
    const { stderr } = await tidemark(['capacity', 'steady.yaml', '--out', 'answers'], { cwd });
    expect(stderr).toContain('steady.capacity.txt');
    expect(stderr).toContain('steady.capacity.json');
  });
});
