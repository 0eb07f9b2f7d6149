import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, tidemark } from './tidemark.ts';

const steady = `name: steady
title: A rate that stays
duration: 1m
seed: 7
traffic: { rate: 100 }
requests: { hold: { exponential: 50ms } }
service: { instances: 2, pool: { max: 20, acquireTimeout: 5s } }
database: { maxConnections: 20, reservedConnections: 3 }
objectives: [acquire p90 < 20ms, response p99 < 1s]
timeline:
  - { at: 25s, title: More connections, set: { service.pool.max: 50 } }
provenance: { requests.hold: { grade: assumed, note: guessed } }
`;

const files = {
  'steady.yaml': steady,
  'none.yaml': steady.replace(/objectives.*\n/, ''),
  'impossible.yaml': steady.replace('p99 < 1s', 'p99 < 10ms'),
};

/** A verdict, lines to paste, and a run to try. */
function checkText(text: string) {
  const size = /^Set (\d+) connections per instance/m.exec(text)?.[1];
  expect(Number(size)).toBeGreaterThan(2);
  expect(text).toContain(`  max: ${String(size)}\n  acquireTimeout: 1s\n`);
  expect(text).toContain(`--set service.pool.max=${String(size)}`);
  expect(text).toContain('requests.hold');
  expect(text).toContain('less 3 reserved');
  const lines = text.split('\n');
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines.length).toBeLessThanOrEqual(61);
}

describe('tidemark size', () => {
  it('says what to set, in text and JSON, the same for any number of workers', async () => {
    const cwd = folder(files);
    const [first, second] = await Promise.all([
      tidemark(['size', 'steady.yaml', '--workers', '1', '--out', 'out'], { cwd }),
      tidemark(['size', 'steady.yaml', '--workers', '3', '--json'], { cwd }),
    ]);
    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    expect(readFileSync(join(cwd, 'out/steady.size.json'), 'utf8')).toBe(second.stdout);
    expect(first.stderr).toContain('what the timeline sets and restarts is left out');
    checkText(first.stdout);
    const answer = JSON.parse(second.stdout) as Record<string, unknown>;
    expect(answer).toMatchObject({
      format: 1,
      command: 'size',
      seed: '7',
      judgedOn: 'long-run',
      now: 20,
      noneEnough: null,
      confidence: { correct: 0.95, indifference: 0.01, isDecided: true },
      leftOut: ['00:00:25 More connections'],
    });
    expect(Object.keys(answer)).toEqual(
      expect.arrayContaining(['recommended', 'safe', 'alternatives', 'upperBound']),
    );
  });

  it('says in words that no size is enough', async () => {
    const at = { cwd: folder(files) };
    const { stdout, exitCode } = await tidemark(['size', 'impossible.yaml'], at);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('No pool size is enough');
    expect(stdout.replaceAll('\n', ' ')).toContain('for another reason than the pool');
  });

  it('reports all that is wrong at once', async () => {
    const at = { cwd: folder(files) };
    const args = ['size', 'none.yaml', '--service', 'servise'];
    const { stdout, stderr, exitCode } = await tidemark(args, at);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain('has no objectives: say what must hold');
    expect(stderr).toContain('--service servise: there is no such service; did you mean service?');
  });
});
