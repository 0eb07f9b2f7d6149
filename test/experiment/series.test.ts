// The rows of a run, one a window.

import { describe, expect, it } from 'vitest';
import { resultOf } from './small-run.ts';

const quiet = {
  traffic: { rate: 50 },
  requests: { query: '10ms' },
  service: { pool: { max: 5 } },
};

describe('the series of a run', () => {
  it('has a row for the last window though the run ends within it', () => {
    const { requests, series } = resultOf({ ...quiet, duration: '61.5s' });
    expect([series.windowSeconds, series.at.length]).toEqual([1, 62]);
    expect(series.arrived.reduce((a, b) => a + b, 0)).toBe(requests.arrived);
    expect(series.completed.reduce((a, b) => a + b, 0)).toBe(requests.completed);
  });

  it('says that the last window is cut short, and only then', () => {
    const cutShort = ['61.5s', '62s'].map((duration) => resultOf({ ...quiet, duration }));
    expect(cutShort.map(({ series }) => series.lastIsPartial)).toEqual([true, false]);
  });

  it('takes its means over the length of a row, also of one that is cut short', () => {
    const { series } = resultOf({ ...quiet, duration: '61.5s' });
    expect(new Set(series.poolMax)).toEqual(new Set([5]));
  });

  it('tells connections in use from those being opened', () => {
    const { series } = resultOf({
      duration: '1m',
      traffic: { rate: 50 },
      requests: { query: '10ms' },
      service: { pool: { max: 5, initial: 0, acquireTimeout: '1m' } },
      database: { connect: { latency: '20s' } },
    });
    expect(series.poolUsed.slice(1, 20)).toEqual(Array.from({ length: 19 }, () => 0));
    expect(series.poolOpening.slice(1, 20)).toEqual(Array.from({ length: 19 }, () => 5));
    expect(series.poolOpening.slice(25)).toEqual(series.poolOpening.slice(25).map(() => 0));
  });
});
