import { describe, expect, it } from 'vitest';
import { intervalWords } from '../../src/report/interval-words.ts';

const around = (mean: number, halfWidth: number) => ({
  mean,
  low: mean - halfWidth,
  high: mean + halfWidth,
});

describe('an interval in words', () => {
  it.each([
    [around(31.0824, 0.512), 'time', '31.08 ms', '30.57 to 31.59 ms', '31.08 ± 0.51 ms'],
    [around(121.6, 12.34), 'time', '122 ms', '109 to 134 ms', '122 ± 12 ms'],
    [around(0.25, 0.05), 'time', '250 µs', '200 to 300 µs', '250 ± 50 µs'],
    [around(5020, 1500), 'time', '5.0 s', '3.5 to 6.5 s', '5.0 ± 1.5 s'],
    [around(0.3, 0.021), 'share', '30.0 %', '27.9 to 32.1 %', '30.0 ± 2.1 %'],
    [around(967.4, 3.2), 'rate', '967.4/s', '964.2 to 970.6/s', '967.4 ± 3.2/s'],
    [around(12_345, 678), 'count', '12,345', '11,667 to 13,023', '12,345 ± 678'],
    [around(0, 0), 'time', '0.0 ms', '0.0 to 0.0 ms', '0.0 ± 0.0 ms'],
  ] as const)('of %j, a %s, has the digits that it is worth', (interval, kind, ...words) => {
    const { mean, interval: ends, brief } = intervalWords(interval, kind);
    expect([mean, ends, brief]).toEqual(words);
  });

  it('that was cut at zero shows its longer side', () => {
    expect(intervalWords({ mean: 0.001, low: 0, high: 0.004 }, 'share').brief).toBe(
      '0.10 ± 0.30 %',
    );
  });
});
