import { describe, expect, it } from 'vitest';
import { faultsOf, minimal, scenarioOf } from './reading.ts';

describe('warmup', () => {
  it('is a duration, auto, or nothing', () => {
    expect(scenarioOf(minimal).warmupNs).toBe(0);
    expect(scenarioOf(`${minimal}warmup: 10s`).warmupNs).toBe(10e9);
    expect(scenarioOf(`${minimal}warmup: auto`).warmupNs).toBe('auto');
  });

  it('belongs to what is simulated, but none leaves the hash as it always was', () => {
    const { hash } = scenarioOf(minimal);
    expect(scenarioOf(`${minimal}warmup: 0s`).hash).toBe(hash);
    expect(scenarioOf(`${minimal}warmup: 10s`).hash).not.toBe(hash);
  });

  it.each([
    ['1m', 'is as long as the run (1m) or longer: nothing would be measured'],
    ['2h', 'is as long as the run (1m) or longer: nothing would be measured'],
    ['30', 'needs a unit'],
    ['-5s', 'is negative'],
    ['automatic', 'or auto'],
  ])('of %s is refused', (text, message) => {
    expect(faultsOf(`${minimal}warmup: ${text}`)).toEqual([
      expect.stringMatching(/^5:9: warmup: /),
    ]);
    expect(faultsOf(`${minimal}warmup: ${text}`)[0]).toContain(message);
  });
});
