import { describe, expect, it } from 'vitest';
import { allenCunneenWaitSeconds } from '../../src/theory/allen-cunneen.ts';
import { deterministicService } from '../../src/theory/deterministic-service.ts';
import { relativeDifference } from './queues.ts';

const pool = { meanServiceSeconds: 0.06, servers: 10, arrivalScv: 1, serviceScv: 1 };

describe('the wait by Allen and Cunneen', () => {
  it('of a pool of ten held for 60 ms is 1.52 ms at 100/s and 12.3 ms at 133.3/s', () => {
    const at = (ratePerSecond: number) =>
      1000 * allenCunneenWaitSeconds({ ...pool, ratePerSecond });
    expect(at(100)).toBeCloseTo(1.52, 2);
    expect(at(400 / 3)).toBeCloseTo(12.3, 1);
  });

  it('is exact with one server, and within a twentieth of M/D/c with five nearly busy ones', () => {
    const constant = { ratePerSecond: 0.8, meanServiceSeconds: 1, servers: 1 };
    const approximate = { ...constant, arrivalScv: 1, serviceScv: 0 };
    const exact = deterministicService(constant).meanWaitSeconds;
    expect(relativeDifference(allenCunneenWaitSeconds(approximate), exact)).toBeLessThan(1e-12);
    const five = { ratePerSecond: 4.5, meanServiceSeconds: 1, servers: 5 };
    const wait = allenCunneenWaitSeconds({ ...five, arrivalScv: 1, serviceScv: 0 });
    expect(relativeDifference(wait, deterministicService(five).meanWaitSeconds)).toBeLessThan(0.05);
  });

  it('is nothing where nothing varies, and endless where the load is too high', () => {
    const even = { ...pool, arrivalScv: 0, serviceScv: 0 };
    expect(allenCunneenWaitSeconds({ ...even, ratePerSecond: 150 })).toBe(0);
    expect(allenCunneenWaitSeconds({ ...even, ratePerSecond: 170 })).toBe(Infinity);
  });

  it('refuses a negative variation', () => {
    const queue = { ...pool, ratePerSecond: 1, serviceScv: -1 };
    expect(() => allenCunneenWaitSeconds(queue)).toThrow(/serviceScv/);
  });
});
