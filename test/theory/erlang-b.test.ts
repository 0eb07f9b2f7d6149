import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangB, lossQueue } from '../../src/theory/erlang-b.ts';
import { fuzzed } from '../support/fuzz.ts';
import { expectOracle, queueOf } from './oracle-figures.ts';
import { logarithmic, relativeDifference } from './queues.ts';

const load = logarithmic(1e-3, 1e5);
const servers = fc.integer({ min: 1, max: 3000 });

describe('the loss queue', () => {
  it('agrees with the oracle', () => {
    expectOracle('erlangB-01', (one) => {
      const queue = lossQueue(queueOf(one));
      return {
        p_block: queue.blockingProbability,
        throughput: queue.throughputPerSecond,
        util: queue.utilisation,
      };
    });
  });

  it('blocks less with each further server, and more with more load', () => {
    fc.assert(
      fc.property(load, servers, (a, c) => {
        const blocking = erlangB({ load: a, servers: c });
        expect(erlangB({ load: a, servers: c + 1 })).toBeLessThanOrEqual(blocking);
        expect(erlangB({ load: 1.01 * a, servers: c })).toBeGreaterThanOrEqual(blocking);
        expect(blocking).toBeGreaterThanOrEqual(0);
        expect(blocking).toBeLessThan(1);
      }),
      fuzzed(500),
    );
  });

  it('is busy with what it lets in, of far too much load with all servers', () => {
    const queue = lossQueue({ ratePerSecond: 1e9, meanServiceSeconds: 1, servers: 5000 });
    expect(relativeDifference(queue.throughputPerSecond, 5000)).toBeLessThan(1e-5);
    expect(relativeDifference(queue.utilisation, 1)).toBeLessThan(1e-5);
  });

  it('refuses everybody with no server, and nobody with no load', () => {
    expect(erlangB({ load: 3, servers: 0 })).toBe(1);
    expect(erlangB({ load: 0, servers: 3 })).toBe(0);
  });

  it.each([
    [{ ratePerSecond: -1, meanServiceSeconds: 1, servers: 1 }, /ratePerSecond .*not -1/],
    [{ ratePerSecond: Infinity, meanServiceSeconds: 1, servers: 1 }, /ratePerSecond .*Infinity/],
    [{ ratePerSecond: 1, meanServiceSeconds: 0, servers: 1 }, /meanServiceSeconds .*not 0/],
    [{ ratePerSecond: 1, meanServiceSeconds: 1, servers: 1.5 }, /servers .*not 1.5/],
    [{ ratePerSecond: 1, meanServiceSeconds: 1, servers: 0 }, /servers .*not 0/],
    [{ ratePerSecond: NaN, meanServiceSeconds: 1, servers: 1 }, /ratePerSecond .*NaN/],
  ])('refuses a queue that means nothing: %o', (queue, message) => {
    expect(() => lossQueue(queue)).toThrow(message);
  });
});
