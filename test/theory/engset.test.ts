import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { engset } from '../../src/theory/engset.ts';
import { fuzzed } from '../support/fuzz.ts';
import { expectOracle } from './oracle-check.ts';

const sources = fc.record({
  clients: fc.integer({ min: 1, max: 300 }),
  meanThinkSeconds: fc.double({ min: 1e-3, max: 100, noNaN: true }),
  meanServiceSeconds: fc.double({ min: 1e-3, max: 10, noNaN: true }),
  servers: fc.integer({ min: 1, max: 100 }),
});

describe('engset', () => {
  it('agrees with the exact values of twenty clients at three connections', () => {
    const found = engset({
      clients: 20,
      meanThinkSeconds: 0.1,
      meanServiceSeconds: 0.02,
      servers: 3,
    });
    expectOracle('engset-01', {
      time_congestion: found.timeCongestion,
      call_congestion: found.callCongestion,
      carried: found.carriedLoad,
    });
  });

  it('carries what is offered and not refused: thinkers ask, the refused think again', () => {
    fc.assert(
      fc.property(sources, (given) => {
        const { callCongestion, carriedLoad, throughputPerSecond } = engset(given);
        const asked = (given.clients - carriedLoad) / given.meanThinkSeconds;
        expect((asked * (1 - callCongestion)) / throughputPerSecond).toBeCloseTo(1, 8);
      }),
      fuzzed(200),
    );
  });

  it('comes to Erlang B when the clients are many: load 2 on 3 servers loses 4/19', () => {
    const many = engset({
      clients: 1e7,
      meanThinkSeconds: 5e6,
      meanServiceSeconds: 1,
      servers: 3,
    });
    expect(many.callCongestion).toBeCloseTo(4 / 19, 6);
    expect(many.timeCongestion).toBeCloseTo(4 / 19, 6);
  });

  it('refuses nobody when there is a server for every client', () => {
    const few = { clients: 3, meanThinkSeconds: 1, meanServiceSeconds: 1 };
    expect(engset({ ...few, servers: 4 })).toMatchObject({ timeCongestion: 0, callCongestion: 0 });
    expect(engset({ ...few, servers: 3 }).callCongestion).toBe(0);
    expect(engset({ ...few, servers: 3 }).timeCongestion).toBeCloseTo(1 / 8, 12);
  });

  it('refuses a think time of nothing, because the refused would ask again for ever', () => {
    const given = { clients: 3, meanThinkSeconds: 0, meanServiceSeconds: 1, servers: 1 };
    expect(() => engset(given)).toThrow('meanThinkSeconds is a finite number above 0, not 0');
  });
});
