import { describe, expect, it } from 'vitest';
import { readValues } from '../../src/scenario/value-range.ts';

function values(text: string): unknown {
  const reading = readValues(text);
  return reading.ok ? reading.value.values : reading.message;
}

describe('readValues', () => {
  it.each([
    ['5..20:5', [5, 10, 15, 20]],
    ['5..22:5', [5, 10, 15, 20]],
    ['3..6', [3, 4, 5, 6]],
    ['7..7', [7]],
    ['0.1..0.5:0.1', [0.1, 0.2, 0.3, 0.4, 0.5]],
    ['0.05..0.2:0.05', [0.05, 0.1, 0.15, 0.2]],
    ['1s..3s:1s', ['1s', '2s', '3s']],
    ['500ms..2s:500ms', ['500ms', '1s', '1.5s', '2s']],
    ['0%..5%:2.5%', ['0%', '2.5%', '5%']],
    ['-2..2:2', [-2, 0, 2]],
    ['400/s..600/s:100/s', ['400/s', '500/s', '600/s']],
    ['0.5/min..1/min:0.5/min', ['0.5/min', '1/min']],
  ])('%s is a range with both ends', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it('reads lists as YAML has them', () => {
    expect(values('[random, round-robin]')).toEqual(['random', 'round-robin']);
    expect(values('[5, 1s, {a: 1}]')).toEqual([5, '1s', { a: 1 }]);
  });

  it('knows which values go up', () => {
    const ascending = (text: string) => {
      const reading = readValues(text);
      return reading.ok && reading.value.ascending;
    };
    expect(ascending('1..3')).toBe(true);
    expect(ascending('[1, 5, 20]')).toBe(true);
    expect(ascending('[500ms, 1s]')).toBe(true);
    expect(ascending('[400/s, 1000/s]')).toBe(true);
    expect(ascending('[5, 1]')).toBe(false);
    expect(ascending('[a, b]')).toBe(false);
    expect(ascending('[1, 2s]')).toBe(false);
  });

  it.each([
    ['', /^is empty; write a range such as/],
    ['5', /^5 is one value; write a range/],
    ['5,10', /a list is written \[5,10\]$/],
    ['5..50:0', 'the step must be above 0'],
    ['5..50:-5', 'the step must be above 0'],
    ['50..5', '5 is below 50; write the smaller end first'],
    ['1s..5s', 'a step is needed, as in 1s..5s:1s'],
    ['0.1..0.5', 'a step is needed, as in 0.1..0.5:0.1'],
    ['1..5s:1s', /^1, 5s and 1s are not of one kind/],
    ['1/s..5/s:1', /^1\/s, 5\/s and 1 are not of one kind/],
    ['1/s..5/min:1/s', /^1\/s, 5\/min and 1\/s are not of one kind/],
    ['400/s..600/s', 'a step is needed, as in 400/s..600/s:1/s'],
    ['0%..5%', 'a step is needed, as in 0%..5%:1%'],
    ['a..b', /^a is no number, percentage or duration/],
    ['5..', /^something is missing/],
    ['[]', 'the list is empty'],
    ['[1, 1]', '1 stands in the list twice'],
    ['[1, 2', /^the list /],
    ['1..20000', 'these are 20000 values; at most 10000 can be'],
  ])('%j is refused', (text, expected) => {
    expect(readValues(text).ok).toBe(false);
    expect(values(text)).toEqual(
      typeof expected === 'string' ? expected : expect.stringMatching(expected),
    );
  });
});
