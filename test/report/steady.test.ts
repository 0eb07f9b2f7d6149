import { describe, expect, it } from 'vitest';
import type { SteadyFigures } from '../../src/experiment/result.ts';
import { renderRun } from '../../src/report/run-report.ts';
import { verdict } from '../../src/report/verdict.ts';
import { januaryScenario, quiet } from './january.ts';

const scenario = januaryScenario();
const figures: SteadyFigures = {
  fromSeconds: 300,
  batches: 30,
  batchSeconds: 60,
  figures: {
    'response.meanMs': { mean: 31.1, low: 30.1, high: 32.1 },
    'response.p99Ms': null,
    'acquireWait.meanMs': { mean: 11.1, low: 10.1, high: 12.1, dependent: true },
    'pool.utilisation': { mean: 0.8, low: 0.79, high: 0.81 },
  },
};

const report = (steady: Parameters<typeof quiet>[0]) =>
  renderRun({ result: quiet(steady), advice: null, scenario, full: false });

describe('the steady state in a report', () => {
  it('is a table of means and intervals, without what was not observed', () => {
    const text = report({ steady: figures });
    expect(text).toMatch(/^Steady state, after 5 min +mean +95 % interval$/m);
    expect(text).toMatch(/^response: mean +31\.1 ms +30\.1 to 32\.1 ms$/m);
    expect(text).not.toMatch(/^response: 99 % within/m);
    expect(text).not.toContain('\n\n\n');
    expect(text.replaceAll('\n', ' ')).toContain(
      'The run is short for these intervals (waiting for a connection: mean): a busy time lasts so ' +
        'long that 30 batches are worth little.',
    );
  });

  it('is called unstable in words, in the verdict too, and has no figure', () => {
    const steady = { unstable: true, offeredLoad: 1.2, reason: 'unbounded-queue' } as const;
    const text = report({ steady });
    expect(text.replaceAll('\n', ' ')).toContain(
      'The load is 1.2 times what can be served and nothing bounds the queue: ' +
        'the wait grows as long as this lasts; there is no steady state.',
    );
    expect(text).not.toContain('Steady state');
    expect(verdict(quiet({ steady }), null)).toContain(
      'Load 1.2 times capacity, nothing bounds the queue: the wait grows without end.',
    );
  });

  it('is left out where something changes; the full report says what', () => {
    expect(report({ steady: null })).not.toMatch(/steady/i);
    const result = quiet({ steady: null });
    const text = renderRun({ result, advice: null, scenario, full: true });
    expect(text).toMatch(/^No steady state is looked for: the rate changes\.$/m);
  });

  it('has a warning where retries could overload what first attempts do not', () => {
    const text = report({ steady: { ...figures, loadWithRetries: 3.2 } });
    expect(text.replaceAll('\n', ' ')).toContain(
      'First attempts alone can be served. If clients leave and try again, it can be 3.2 times what can ' +
        'be served, and nothing bounds the queue: a surge may begin a queue that does not end.',
    );
    expect(text).not.toMatch(/^.{81}/m);
  });
});
