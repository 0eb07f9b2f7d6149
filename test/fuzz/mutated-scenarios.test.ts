import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { poolFileExpander } from '../../src/scenario/import/pools-from.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { fuzzed } from '../support/fuzz.ts';
import { type Ending, runToTheEnd } from './cut-short.ts';
import { inTime } from './in-time.ts';
import { mutatedOf } from './mutations.ts';
import { expectFaults, expectWords } from './plain-words.ts';
import { readSmallFile, SMALL_SCENARIOS } from './small-scenarios.ts';

/** Most of them take hundredths; a measured hold may need trials with hundreds of thousands of requests. */
const MOST_SECONDS = 60;

const endings = new Map<Ending | 'refused', number>();

function noted(ending: Ending | 'refused'): void {
  endings.set(ending, (endings.get(ending) ?? 0) + 1);
}

/** A text ends in faults that say something, or in a run. */
function endingOf(text: string): Ending | 'refused' {
  const named = { readFile: readSmallFile, poolFiles: poolFileExpander };
  const parsed = parseScenario({ file: 'x.yaml', text, sets: [], ...named });
  if (parsed.ok) {
    expectWords(parsed.warnings.join('\n'), [{ file: 'x.yaml', text }]);
    return runToTheEnd(parsed.scenario);
  }
  expectFaults(parsed.faults, [{ file: 'x.yaml', text }]);
  return 'refused';
}

describe('a mutated scenario', () => {
  it('was sound before', () => {
    for (const { text } of SMALL_SCENARIOS) expect([text, endingOf(text)]).toEqual([text, 'sound']);
  });

  it('is refused in words, or runs with sound books and no number that is none', () => {
    fc.assert(
      fc.property(mutatedOf(SMALL_SCENARIOS), ({ text }) => {
        noted(inTime(MOST_SECONDS, () => endingOf(text)));
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
