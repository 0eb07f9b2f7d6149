import { describe, expect, it } from 'vitest';
import { didYouMean, nearMiss } from '../../src/scenario/near-miss.ts';

describe('nearMiss', () => {
  it('finds a word by a missing, doubled, wrong or swapped letter, in any case', () => {
    const words = ['max', 'initial', 'acquireTimeout', 'reconnectShare'];
    expect(nearMiss('acquireTimeot', words)).toBe('acquireTimeout');
    expect(nearMiss('maxx', words)).toBe('max');
    expect(nearMiss('inital', words)).toBe('initial');
    expect(nearMiss('reconectshare', words)).toBe('reconnectShare');
    expect(nearMiss('mxa', words)).toBe('max');
  });

  it('prefers the nearest, then the first', () => {
    expect(nearMiss('p9', ['p90', 'p95', 'p99'])).toBe('p90');
    expect(nearMiss('queri', ['queue', 'query'])).toBe('query');
  });

  it('does not guess when nothing is near', () => {
    expect(nearMiss('banana', ['max', 'initial'])).toBeUndefined();
    expect(nearMiss('x', ['max'])).toBeUndefined();
    expect(nearMiss('x'.repeat(101), ['x'.repeat(100)])).toBeUndefined();
    expect(didYouMean('banana', ['max'])).toBe('');
  });
});
