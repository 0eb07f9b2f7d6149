import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';

const january = readFileSync(new URL('../../scenarios/january-2024.yaml', import.meta.url), 'utf8');
const lines = january.split('\n');
const runs = process.env['TIDEMARK_NIGHTLY'] === '1' ? 5000 : 150;

/** Reads a text, whatever it is: a scenario, or at least one fault with a place inside the text. */
function readAnything(text: string): void {
  const reading = parseScenario({ file: 'x.yaml', text, sets: [] });
  if (reading.ok) {
    expect(reading.scenario.system.services.length).toBeGreaterThan(0);
    return;
  }
  expect(reading.faults.length).toBeGreaterThan(0);
  const count = text.split('\n').length;
  for (const { line, message } of reading.faults) {
    expect(line ?? 1).toBeLessThanOrEqual(count);
    expect(message).not.toMatch(/undefined|\[object/);
  }
}

describe('any text', () => {
  it('is read or refused, never more, when lines of a scenario go missing or change places', () => {
    const line = fc.nat(lines.length - 1);
    fc.assert(
      fc.property(fc.array(fc.tuple(line, line), { minLength: 1, maxLength: 6 }), (moves) => {
        const changed = [...lines];
        for (const [from, to] of moves) changed.splice(to, from % 2, ...changed.splice(from, 1));
        readAnything(changed.join('\n'));
      }),
      { numRuns: runs },
    );
  });

  it('is read or refused, never more, when a word of a scenario is replaced', () => {
    const words = [...january.matchAll(/[^\s{}[\],:]+/g)];
    const value = fc.oneof(
      fc.constantFrom(
        '',
        '~',
        '[]',
        '{}',
        '[1]',
        '{ a: 1 }',
        '-1',
        '0',
        '1e400',
        '"',
        '*x',
        '&x',
        '5s',
      ),
      fc.constantFrom(
        '__proto__',
        'constructor',
        'toString',
        '0x10',
        'none',
        'max',
        '.nan',
        'true',
      ),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.nat(words.length - 1), value, (i, replacement) => {
        const start = words[i]?.index ?? 0;
        const end = start + (words[i]?.[0].length ?? 0);
        readAnything(january.slice(0, start) + replacement + january.slice(end));
      }),
      { numRuns: runs },
    );
  });

  it('is read or refused as the value of --set', () => {
    const path = fc.oneof(
      fc.constantFrom('service.pool.max', 'requests', 'timeline', 'traffic.rate[0]', 'provenance'),
      fc.string({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(path, fc.string({ maxLength: 20 }), (where, text) => {
        const sets = [{ path: where, text }];
        expect(parseScenario({ file: 'x.yaml', text: january, sets }).ok).toBeTypeOf('boolean');
      }),
      { numRuns: runs },
    );
  });
});
