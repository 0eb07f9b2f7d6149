import { describe, expect, it } from 'vitest';
import { inTime } from './in-time.ts';

describe('a computation that must be done in time', () => {
  it('gives its result', () => {
    expect(inTime(1, () => 6 * 7)).toBe(42);
  });

  it('is ended when it would go on for ever', () => {
    const hang = () => {
      for (let i = 0; i >= 0; i = (i + 1) % 1000);
    };
    expect(() => {
      inTime(0.05, hang);
    }).toThrow(/timed out/);
  });
});
