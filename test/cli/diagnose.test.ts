import { describe, expect, it } from 'vitest';
import { folder, tidemark } from './tidemark.ts';

const small = `format: 1
name: small
duration: 30s
seed: 3
start: 2024-01-21T13:30:00Z
traffic: { rate: [ { at: 5s, rps: 40 }, { at: 6s, rps: 150 } ] }
requests: [ { name: page, query: 20ms } ]
service: { pool: { max: 2, acquireTimeout: 1s } }
timeline: [ { at: 20s, title: Twice as many, set: { service.pool.max: 4 } } ]
`;

describe('tidemark diagnose', () => {
  it('says the same with one worker and with two', async () => {
    const cwd = folder({ 'small.yaml': small });
    const [one, two] = await Promise.all(
      ['1', '2'].map((n) =>
        tidemark(['diagnose', 'small.yaml', '--json', '--workers', n], { cwd }),
      ),
    );
    expect(one?.stderr).toBe('');
    expect(one?.stdout).toBe(two?.stdout);
    expect(JSON.parse(one?.stdout ?? '')).toMatchObject({
      format: 1,
      command: 'diagnose',
      bottleneck: { station: 'pool', cause: 'pool' },
    });
    const { counterfactuals } = JSON.parse(one?.stdout ?? '') as { counterfactuals: object[] };
    expect(counterfactuals[0]).toMatchObject({
      kind: 'pool-size',
      size: 4,
      at: '2024-01-21T13:30:12Z',
    });
    expect(counterfactuals.some((each) => 'kind' in each && each.kind === 'nothing-done')).toBe(
      true,
    );
  });

  it('begins with the verdict, within 80 columns and 60 lines', async () => {
    const cwd = folder({ 'small.yaml': small });
    const args = ['diagnose', 'small.yaml', '--from', '13:30:10', '--to', '20s'];
    const { stdout, exitCode } = await tidemark(args, { cwd });
    expect(exitCode).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^The pool is the bottleneck from 13:30:10 to 13:30:20/);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.length).toBeLessThanOrEqual(60);
    for (const head of ['Effect of +10 %', 'Where the time went', 'What would have been']) {
      expect(stdout).toContain(head);
    }
  });

  it.each([
    ['--from 13:30:20 --to 13:30:10', ['--to 13:30:10: must be at least a second after --from']],
    ['--from 14:30', ['--from 14:30: is not inside the run; the run is from 13:30 to 13:30:30']],
    ['--from 5 --to soon', ['--from 5: a duration needs a unit', '--to: soon is not a clock time']],
    ['--form 5s', ["unknown option '--form'\n(Did you mean --from?)"]],
  ])('refuses %s', async (options, messages) => {
    const cwd = folder({ 'small.yaml': small });
    const args = ['diagnose', 'small.yaml', ...options.split(' ')];
    const { stdout, stderr, exitCode } = await tidemark(args, { cwd });
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    for (const message of messages) expect(stderr).toContain(`tidemark: ${message}`);
  });
});
