import { describe, expect, it } from 'vitest';
import { erlangC } from '../../src/theory/erlang-c.ts';
import { phaseServiceQueue, type TwoPhases } from '../../src/theory/phase-service.ts';
import { expectOracle, queueOf, type Figures } from './oracle-figures.ts';
import { relativeDifference } from './queues.ts';

function figuresOf(ratePerSecond: number, servers: number, service: TwoPhases): Figures {
  const queue = phaseServiceQueue({ ratePerSecond, servers, service });
  return {
    p_wait: queue.waitProbability,
    lq: queue.meanPending,
    wq_mean: queue.meanWaitSeconds,
    t_mean: queue.meanResponseSeconds,
  };
}

describe('M/PH/c', () => {
  it('agrees with the oracle: hyperexponential services', () => {
    expectOracle('mh2c-01', (one) => {
      const { p1 = NaN, mean1_ms: first = NaN, mean2_ms: second = NaN } = one.params.service;
      const { ratePerSecond, servers } = queueOf(one);
      const meanSeconds = [first / 1000, second / 1000] as const;
      return figuresOf(ratePerSecond, servers, { kind: 'either', firstShare: p1, meanSeconds });
    });
  });

  it('agrees with the oracle: two stages of 10 ms', () => {
    expectOracle('me2c-01', (one) => {
      const { ratePerSecond, servers } = queueOf(one);
      return figuresOf(ratePerSecond, servers, { kind: 'in-turn', meanSeconds: [0.01, 0.01] });
    });
  });

  it.each([
    ['two equal branches', { kind: 'either', firstShare: 0.3, meanSeconds: [1, 1] }],
    ['one branch', { kind: 'either', firstShare: 1, meanSeconds: [1, 7] }],
    ['a stage of hardly any time', { kind: 'in-turn', meanSeconds: [1e-9, 1] }],
  ] as const)('is M/M/c for %s', (_, service) => {
    for (const servers of [1, 4, 15]) {
      const ratePerSecond = 0.85 * servers;
      const queue = phaseServiceQueue({ ratePerSecond, servers, service });
      const exact = erlangC({ ratePerSecond, servers, meanServiceSeconds: 1 });
      expect(relativeDifference(queue.waitProbability, exact.waitProbability)).toBeLessThan(1e-7);
      expect(relativeDifference(queue.meanWaitSeconds, exact.meanWaitSeconds)).toBeLessThan(1e-7);
    }
  });

  it('with one server has the mean of Pollaczek and Khinchine', () => {
    const cases: [TwoPhases, mean: number, square: number][] = [
      [{ kind: 'in-turn', meanSeconds: [0.2, 0.6] }, 0.8, 0.04 + 0.36 + 0.64],
      [{ kind: 'either', firstShare: 0.9, meanSeconds: [0.5, 4] }, 0.85, 0.45 + 3.2],
    ];
    for (const [service, mean, square] of cases) {
      const queue = phaseServiceQueue({ ratePerSecond: 1, servers: 1, service });
      const expected = square / (2 * (1 - mean));
      expect(relativeDifference(queue.meanWaitSeconds, expected)).toBeLessThan(1e-10);
      expect(relativeDifference(queue.waitProbability, mean)).toBeLessThan(1e-10);
    }
  });

  it('has no steady state from the load of its servers on, and takes no share above 1', () => {
    const queue = { ratePerSecond: 2, servers: 2 };
    const service = { kind: 'in-turn', meanSeconds: [0.5, 0.5] } as const;
    expect(phaseServiceQueue({ ...queue, service }).meanResponseSeconds).toBe(Infinity);
    const wrong = { kind: 'either', firstShare: 1.1, meanSeconds: [1, 1] } as const;
    expect(() => phaseServiceQueue({ ...queue, service: wrong })).toThrow(/firstShare/);
  });
});
