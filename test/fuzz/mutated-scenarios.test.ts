import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { formatFault } from '../../src/scenario/fault.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { fuzzed } from '../support/fuzz.ts';
import { type Ending, runToTheEnd } from './cut-short.ts';
import { mutatedOf } from './mutations.ts';
import { SMALL_SCENARIOS } from './small-scenarios.ts';

const endings = new Map<Ending | 'refused', number>();

function noted(ending: Ending | 'refused'): void {
  endings.set(ending, (endings.get(ending) ?? 0) + 1);
}

/** A text ends in faults that say something, or in a run. */
function endingOf(text: string): Ending | 'refused' {
  const parsed = parseScenario({ file: 'x.yaml', text, sets: [] });
  if (parsed.ok) return runToTheEnd(parsed.scenario);
  expect(parsed.faults.length).toBeGreaterThan(0);
  for (const fault of parsed.faults) {
    expect(formatFault(fault)).not.toMatch(/undefined|\[object|NaN(?!,)| at .*\.[jt]s:/);
    expect(fault.message.trim()).not.toBe('');
  }
  return 'refused';
}

describe('a mutated scenario', () => {
  it('is refused in words, or runs with sound books and no number that is none', () => {
    fc.assert(
      fc.property(mutatedOf(SMALL_SCENARIOS), ({ text }) => {
        noted(endingOf(text));
      }),
      fuzzed(250),
    );
  });

  afterAll(() => {
    const all = [...endings.values()].reduce((a, b) => a + b, 0);
    // Most are neither nonsense nor endless, or the test would test little.
    expect(endings.get('sound') ?? 0).toBeGreaterThan(all / 4);
    expect(endings.get('refused') ?? 0).toBeGreaterThan(all / 10);
    expect(endings.get('cut short') ?? 0).toBeLessThan(all / 5);
  });
});
