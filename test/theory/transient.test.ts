import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queuePeak, transient, type TransientPoint } from '../../src/theory/transient.ts';
import { oracle } from '../laws/oracle.ts';
import { fuzzed } from '../support/fuzz.ts';
import { expectOracle } from './oracle-check.ts';

/** Every quarter of a second, as the oracle's instant of the peak is known to a quarter of a second. */
const QUARTERS = Array.from({ length: 241 }, (_, i) => i / 4);

function surgeOf(id: string) {
  const { arrival, pool } = oracle(id).params;
  const limit = pool?.queue_limit ?? null;
  return transient(
    {
      arrivals: (arrival?.segments ?? []).map((segment) => ({
        untilSeconds: segment.until_s,
        ratePerSecond: segment.rate_per_s,
      })),
      meanServiceSeconds: 0.02,
      servers: 5,
      ...(limit === null ? {} : { queueLimit: limit }),
    },
    QUARTERS,
  );
}

function oracleValues(points: readonly TransientPoint[]): Record<string, number> {
  const instants = [10, 11, 12, 15, 20, 30, 31, 32, 35, 40, 60];
  const entries = points
    .filter((point) => instants.includes(point.atSeconds))
    .flatMap((point): [string, number][] => {
      const at = `t${point.atSeconds}s`;
      return [
        [`${at}_n_mean`, point.meanInSystem],
        [`${at}_queue_mean`, point.meanPending],
        [`${at}_p_all_busy`, point.allBusyProbability],
        [`${at}_virtual_wait_mean_ms`, point.meanVirtualWaitSeconds * 1000],
      ];
    });
  const peak = queuePeak(points);
  return {
    ...Object.fromEntries(entries),
    peak_queue_mean: peak.meanPending,
    peak_time_s: peak.atSeconds,
  };
}

describe('transient', () => {
  it('agrees with the exact values of a surge to 120 % of the capacity', () => {
    const { points, leftOut } = surgeOf('transient-01');
    expectOracle('transient-01', oracleValues(points));
    expect(leftOut).toBeLessThan(1e-12);
  });

  it('agrees with the exact values of a surge to 96 % of the capacity', () => {
    const { points, leftOut } = surgeOf('transient-02');
    expectOracle('transient-02', oracleValues(points));
    expect(leftOut).toBeLessThan(1e-12);
  });

  it('agrees with the exact values of a surge on a queue of at most fifty', () => {
    const { points, leftOut } = surgeOf('transient-03');
    const refused = [10, 11, 12, 15, 20, 30, 31, 32, 35, 40, 60].map((at): [string, number] => [
      `t${at}s_p_reject`,
      points[4 * at]?.refusedProbability ?? NaN,
    ]);
    expectOracle('transient-03', { ...oracleValues(points), ...Object.fromEntries(refused) });
    expect(leftOut).toBeLessThan(1e-12);
  });

  it('settles in the steady state of M/M/1: ρ/(1 − ρ) in the system', () => {
    const utilisation = fc.double({ min: 0.05, max: 0.8, noNaN: true });
    fc.assert(
      fc.property(utilisation, fc.nat(20), (share, startWith) => {
        const { points } = transient(
          {
            arrivals: [{ untilSeconds: 1, ratePerSecond: share }],
            meanServiceSeconds: 1,
            servers: 1,
            startWith,
          },
          [6000],
        );
        expect(points[0]?.meanInSystem).toBeCloseTo(share / (1 - share), 8);
        expect(points[0]?.allBusyProbability).toBeCloseTo(share, 9);
      }),
      fuzzed(10),
    );
  });

  it('follows a queue without arrivals: each of its requests stays with e^(−μt)', () => {
    const { points } = transient(
      {
        arrivals: [{ untilSeconds: 1, ratePerSecond: 0 }],
        meanServiceSeconds: 0.5,
        servers: 10,
        startWith: 10,
      },
      [0, 0.5, 2, 20],
    );
    expect(points[0]).toMatchObject({ meanInSystem: 10, allBusyProbability: 1 });
    expect(points[1]?.meanInSystem).toBeCloseTo(10 * Math.exp(-1), 12);
    expect(points[2]?.meanInSystem).toBeCloseTo(10 * Math.exp(-4), 12);
    expect(points[3]?.meanInSystem).toBeLessThan(1e-15);
  });

  it('gains what arrives and loses what is served, in the mean, at every instant', () => {
    const rate = fc.double({ min: 0, max: 40, noNaN: true });
    const servers = fc.integer({ min: 1, max: 20 });
    const limit = fc.option(fc.nat(30), { nil: undefined });
    fc.assert(
      fc.property(rate, servers, limit, (ratePerSecond, n, queueLimit) => {
        const step = 1e-4;
        const { points } = transient(
          {
            arrivals: [{ untilSeconds: 1, ratePerSecond }],
            meanServiceSeconds: 1,
            servers: n,
            ...(queueLimit === undefined ? {} : { queueLimit }),
          },
          [1 - step, 1, 1 + step],
        );
        const [before, at, after] = points;
        if (before === undefined || at === undefined || after === undefined) throw new Error();
        const slope = (after.meanInSystem - before.meanInSystem) / (2 * step);
        const busy = at.meanInSystem - at.meanPending;
        const flow = ratePerSecond * (1 - at.refusedProbability) - busy;
        // The error of the slope is the third derivative × step² / 6: rates are at most 60 a second.
        expect(Math.abs(slope - flow)).toBeLessThan(1e-3);
      }),
      fuzzed(50),
    );
  });

  it('refuses times that go back and numbers that mean nothing', () => {
    const queue = {
      arrivals: [{ untilSeconds: 1, ratePerSecond: 1 }],
      meanServiceSeconds: 1,
      servers: 1,
    };
    expect(() => transient(queue, [2, 1])).toThrow('instantsSeconds[1] is at least 2, not 1');
    expect(() => transient({ ...queue, arrivals: [] }, [1])).toThrow(RangeError);
    expect(() => transient({ ...queue, queueLimit: 2, startWith: 4 }, [1])).toThrow(
      'startWith is at most 3, not 4',
    );
    expect(() => queuePeak([])).toThrow(RangeError);
  });
});
