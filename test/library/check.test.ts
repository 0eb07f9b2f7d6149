import { describe, expect, it } from 'vitest';
import { check, InputError, loadScenario } from '../../src/node.ts';
import { folder } from '../cli/tidemark.ts';
import { scenarioOf } from '../experiment/small-run.ts';

/** Nearly full: p99 is about half a second. */
const busy = `name: busy
duration: 1m
seed: 7
traffic: { rate: 200 }
requests: { query: { exponential: 40ms } }
service: { instances: 2, pool: { max: 6 } }
database: { cores: 64, contention: none, maxConnections: 100 }
objectives:
  - response p99 < 2s over run
`;

async function load(text: string, set: Readonly<Record<string, unknown>> = {}) {
  return loadScenario(`${folder({ 'busy.yaml': text })}/busy.yaml`, { set });
}

async function faultsOf(request: object): Promise<string[]> {
  const error: unknown = await check(request as never).catch((thrown: unknown) => thrown);
  if (!(error instanceof InputError)) throw new Error('nothing was refused');
  return error.faults.map(({ path, code }) => `${path}: ${code}`);
}

describe('check', () => {
  it('does not pass an objective that is missed, and says by how much', async () => {
    const { passed, files } = await check({ scenarios: [await load(busy.replace('2s', '50ms'))] });
    expect(passed).toBe(false);
    expect(files[0]?.objectives[0]).toMatchObject({ state: 'missed', before: null });
    expect(files[0]?.objectives[0]?.value).toBeGreaterThan(0.05);
    expect(files[0]?.says).toContain('busy misses response p99 < 50ms');
  });

  it('finds what is worse than before, with the line that was changed', async () => {
    const before = await load(busy);
    const now = await load(busy.replace('max: 6', 'max: 5'));
    const { passed, against, files } = await check({ scenarios: [{ now, before }] });
    expect([passed, against]).toEqual([false, 'before']);
    expect(files[0]?.regressions).toContain('response.p99Ms');
    expect(files[0]?.changes).toMatchObject([
      { path: 'service.pool.max', words: 'max 6 → 5', line: 6 },
    ]);
  });

  it('finds no difference at all where nothing was changed', async () => {
    const [now, before] = [await load(busy), await load(busy)];
    const { passed, files } = await check({ scenarios: [{ now, before }], seed: 5 });
    expect(passed).toBe(true);
    expect(files[0]?.comparison?.unchanged).toBe(true);
    expect(files[0]?.comparison?.metrics.map(({ difference }) => difference)).not.toContain(null);
    expect(files[0]?.comparison?.metrics.every(({ difference }) => difference === 0)).toBe(true);
  });

  it('lets pass what is worse by less than the tolerance', async () => {
    const [now, before] = [await load(busy, { 'database.roundTrip': '1ms' }), await load(busy)];
    const strict = await check({ scenarios: [{ now, before }], tolerance: 0 });
    const lenient = await check({ scenarios: [{ now, before }], tolerance: '90%' });
    expect([strict.passed, lenient.passed]).toEqual([false, true]);
  });

  it('has the same answer twice, whatever else is checked', async () => {
    const one = await load(busy);
    const other = await load(busy.replace('rate: 200', 'rate: 100'));
    const alone = await check({ scenarios: [one], budget: '100k' });
    const both = await check({ scenarios: [other, one], budget: '100k' });
    expect(both.files[1]).toEqual(alone.files[0]);
  });

  it('leaves an objective undecided that lies at the limit of what was seen', async () => {
    // The value itself as the limit: no number of runs can tell.
    const first = await check({ scenarios: [await load(busy)], budget: 1000 });
    const value = first.files[0]?.objectives[0]?.value;
    if (typeof value !== 'number') throw new Error('the response has no p99');
    const scenarios = [await load(busy.replace('2s', `${value * 1000}ms`))];
    const verdicts = await Promise.all(
      ([undefined, 'pass', 'fail'] as const).map(async (undecided) => {
        const how = undecided === undefined ? {} : { undecided };
        const { passed, verdict } = await check({ scenarios, budget: 1000, ...how });
        return { passed, verdict };
      }),
    );
    expect(verdicts).toEqual([
      { passed: false, verdict: 'undecided' },
      { passed: true, verdict: 'pass' },
      { passed: false, verdict: 'fail' },
    ]);
  });

  it('calls a scenario that came from no file by its name', async () => {
    const scenario = scenarioOf({
      name: 'plain',
      duration: '10s',
      traffic: { rate: 50 },
      requests: { query: '5ms' },
      service: {},
      objectives: ['errors < 1%'],
    });
    const { files } = await check({ scenarios: [scenario] });
    expect(files[0]).toMatchObject({ file: 'plain', verdict: 'pass' });
  });

  it('lets other work have its turns', async () => {
    const scenario = await load(busy);
    let turns = 0;
    const clock = setInterval(() => (turns += 1), 1);
    await check({ scenarios: [scenario] });
    clearInterval(clock);
    expect(turns).toBeGreaterThan(2);
  });

  it('refuses all that is wrong with a request at once', async () => {
    const before = await load(busy);
    const request = {
      scenarios: ['busy.yaml', { now: Promise.resolve(before), before }],
      ...{ seed: null, tolerance: 5, budget: 10, undecided: 'maybe' },
    };
    expect(await faultsOf(request)).toEqual([
      'scenarios[0]: wrong-type',
      'scenarios[1].now: wrong-type',
      'seed: wrong-type',
      'tolerance: out-of-range',
      'budget: out-of-range',
      'undecided: wrong-type',
    ]);
    expect(await faultsOf({ scenarios: [] })).toEqual(['scenarios: missing']);
  });
});
