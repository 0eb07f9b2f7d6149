import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { machineRepair } from '../../src/theory/machine-repair.ts';
import { fuzzed } from '../support/fuzz.ts';
import { expectOracle } from './oracle-check.ts';

const sources = fc.record({
  clients: fc.integer({ min: 1, max: 300 }),
  meanThinkSeconds: fc.double({ min: 0, max: 100, noNaN: true }),
  meanServiceSeconds: fc.double({ min: 1e-3, max: 10, noNaN: true }),
  servers: fc.integer({ min: 1, max: 100 }),
});

describe('machineRepair', () => {
  it('agrees with the exact values of fifty clients at five connections', () => {
    const found = machineRepair({
      clients: 50,
      meanThinkSeconds: 0.1,
      meanServiceSeconds: 0.02,
      servers: 5,
    });
    expectOracle('closed-01', {
      throughput: found.throughputPerSecond,
      util: found.utilisation,
      lq: found.meanPending,
      wq_mean_ms: found.meanWaitSeconds * 1000,
      t_mean_ms: found.meanResponseSeconds * 1000,
      p_wait_arrival: found.waitProbability,
    });
  });

  it('accounts for every client: asking ones by Little, the others thinking', () => {
    fc.assert(
      fc.property(sources, (given) => {
        const { throughputPerSecond, meanResponseSeconds } = machineRepair(given);
        const all = throughputPerSecond * (meanResponseSeconds + given.meanThinkSeconds);
        expect(all / given.clients).toBeCloseTo(1, 10);
      }),
      fuzzed(200),
    );
  });

  it('lets nobody wait when there is a server for every client', () => {
    const found = machineRepair({
      clients: 7,
      meanThinkSeconds: 3,
      meanServiceSeconds: 1,
      servers: 7,
    });
    expect(found.meanPending).toBe(0);
    expect(found.waitProbability).toBe(0);
    expect(found.throughputPerSecond).toBeCloseTo(7 / 4, 12);
  });

  it('keeps every server busy when nobody thinks', () => {
    const found = machineRepair({
      clients: 10,
      meanThinkSeconds: 0,
      meanServiceSeconds: 0.5,
      servers: 4,
    });
    expect(found.throughputPerSecond).toBe(8);
    expect(found.meanPending).toBe(6);
    expect(found.waitProbability).toBe(1);
  });

  it('neither overflows nor loses digits with a million clients', () => {
    const found = machineRepair({
      clients: 1e6,
      meanThinkSeconds: 100,
      meanServiceSeconds: 1,
      servers: 5000,
    });
    expect(found.throughputPerSecond).toBeCloseTo(5000, 6);
    expect(found.meanResponseSeconds).toBeCloseTo(1e6 / 5000 - 100, 6);
  });

  it('refuses what means nothing', () => {
    const good = { clients: 5, meanThinkSeconds: 1, meanServiceSeconds: 1, servers: 2 };
    expect(() => machineRepair({ ...good, clients: 0 })).toThrow(RangeError);
    expect(() => machineRepair({ ...good, servers: 1.5 })).toThrow(
      'servers is a whole number of at least 1, not 1.5',
    );
    expect(() => machineRepair({ ...good, meanThinkSeconds: -1 })).toThrow(RangeError);
    expect(() => machineRepair({ ...good, meanServiceSeconds: NaN })).toThrow(RangeError);
  });
});
