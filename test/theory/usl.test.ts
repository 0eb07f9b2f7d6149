import { describe, expect, it } from 'vitest';
import { uslPeak, uslThroughput } from '../../src/theory/usl.ts';

describe('uslThroughput', () => {
  it('is γ alone, and nothing with nobody', () => {
    const usl = { sigma: 0.1, kappa: 0.01, gammaPerSecond: 100 };
    expect(uslThroughput(usl, 1)).toBe(100);
    expect(uslThroughput(usl, 0)).toBe(0);
    // 500 / (1 + 0.4 + 0.2)
    expect(uslThroughput(usl, 5)).toBeCloseTo(312.5, 10);
  });

  it('refuses parameters outside their range', () => {
    const usl = { sigma: 0.1, kappa: 0.01, gammaPerSecond: 100 };
    expect(() => uslThroughput({ ...usl, sigma: 1.1 }, 1)).toThrow(
      'sigma is within 0 … 1, not 1.1',
    );
    expect(() => uslThroughput({ ...usl, kappa: -1e-9 }, 1)).toThrow(RangeError);
    expect(() => uslThroughput(usl, NaN)).toThrow(RangeError);
  });
});

describe('uslPeak', () => {
  it('has the highest throughput of all', () => {
    const usl = { sigma: 0.02, kappa: 5e-5, gammaPerSecond: 1 };
    const { clients, perSecond } = uslPeak(usl);
    expect(clients).toBeCloseTo(140, 10);
    expect(uslThroughput(usl, clients)).toBe(perSecond);
    expect(uslThroughput(usl, clients - 1)).toBeLessThan(perSecond);
    expect(uslThroughput(usl, clients + 1)).toBeLessThan(perSecond);
  });

  it('is out of reach without a cost of coherence', () => {
    const usl = { sigma: 0.05, kappa: 0, gammaPerSecond: 10 };
    expect(uslPeak(usl)).toEqual({ clients: Infinity, perSecond: 200 });
    expect(uslPeak({ ...usl, sigma: 0 })).toEqual({ clients: Infinity, perSecond: Infinity });
  });

  it('is at one client when a second one only harms', () => {
    expect(uslPeak({ sigma: 0.5, kappa: 0.9, gammaPerSecond: 10 })).toEqual({
      clients: 1,
      perSecond: 10,
    });
  });
});
