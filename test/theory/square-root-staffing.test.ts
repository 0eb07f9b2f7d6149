import { describe, expect, it } from 'vitest';
import { erlangCProbability } from '../../src/theory/erlang-c.ts';
import {
  halfinWhittBeta,
  halfinWhittWaitProbability,
  squareRootStaffing,
} from '../../src/theory/square-root-staffing.ts';

/** β, the limit of Halfin and Whitt 1981, and Erlang's exact value for 100 erlangs. */
const PUBLISHED = [
  [0.5, 0.5045, 0.5157],
  [1, 0.2234, 0.237],
  [2, 0.0269, 0.0332],
] as const;

describe('square-root staffing', () => {
  it.each(PUBLISHED)(
    'with β = %d makes the share %d wait, for 100 erlangs %d',
    (beta, limit, exact) => {
      const servers = squareRootStaffing({ load: 100, beta });
      expect(servers).toBe(100 + 10 * beta);
      expect(halfinWhittWaitProbability(beta)).toBeCloseTo(limit, 4);
      expect(erlangCProbability({ load: 100, servers })).toBeCloseTo(exact, 4);
    },
  );

  it.each(PUBLISHED)('with β = %d comes to its limit as the load grows', (beta) => {
    const load = 1e6;
    const exact = erlangCProbability({ load, servers: squareRootStaffing({ load, beta }) });
    expect(exact).toBeCloseTo(halfinWhittWaitProbability(beta), 3);
  });

  it('finds the β of a share, from all to none', () => {
    for (const share of [1e-300, 1e-6, 0.05, 0.5, 0.99]) {
      const found = halfinWhittWaitProbability(halfinWhittBeta(share));
      expect(Math.abs(found / share - 1), `${share}`).toBeLessThan(1e-12);
    }
    expect(halfinWhittBeta(1)).toBe(0);
    expect(halfinWhittWaitProbability(0)).toBe(1);
    expect(halfinWhittWaitProbability(100)).toBe(0);
  });

  it('rounds up, and refuses what means nothing', () => {
    expect(squareRootStaffing({ load: 7.3, beta: 0 })).toBe(8);
    expect(() => squareRootStaffing({ load: 0, beta: 1 })).toThrow(/load/);
    expect(() => squareRootStaffing({ load: 1, beta: -1 })).toThrow(/beta/);
    expect(() => halfinWhittWaitProbability(-1)).toThrow(/beta/);
    for (const share of [0, 1.1, NaN]) expect(() => halfinWhittBeta(share)).toThrow(/may wait/);
  });
});
