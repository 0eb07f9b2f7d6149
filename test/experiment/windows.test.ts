// Where a run is cut.

import { describe, expect, it } from 'vitest';
import { cutRun, slidingStarts } from '../../src/experiment/windows.ts';
import { SECOND } from '../../src/engine/time.ts';
import { scenarioOf } from './small-run.ts';

describe('a window that slides', () => {
  it('stands at the very end of the run too', () => {
    const starts = slidingStarts(3 * SECOND, 10.05 * SECOND);
    expect(starts.slice(0, 3)).toEqual([0, 0.1 * SECOND, 0.2 * SECOND]);
    expect(starts.slice(-2)).toEqual([7 * SECOND, 7.05 * SECOND]);
  });

  it('is the run when it is longer', () => {
    expect([slidingStarts(10, 10), slidingStarts(11, 10)]).toEqual([[0], [0]]);
  });
});

describe('the instants at which a run is read', () => {
  const cut = cutRun(
    scenarioOf({
      duration: '20m',
      traffic: { rate: 1 },
      requests: { query: '10ms' },
      service: { pool: { max: 10 } },
      timeline: [{ at: '7m30.5s', title: 'more', set: { 'service.pool.max': 20 } }],
      objectives: ['errors < 1% during 2m0.25s..3m'],
    }),
  );

  it('are the ends of its windows and of the run', () => {
    expect(cut.windowNs).toBe(SECOND);
    const windows = cut.instants.filter((at) => at % SECOND === 0);
    expect(windows).toEqual(Array.from({ length: 1201 }, (_, i) => i * SECOND));
  });

  it('are a change, five minutes around it, and what an objective is judged on', () => {
    const others = cut.instants.filter((at) => at % SECOND !== 0).map((at) => at / SECOND);
    expect(others).toEqual([120.25, 150.5, 450.5, 750.5]);
  });
});
