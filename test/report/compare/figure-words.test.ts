import { describe, expect, it } from 'vitest';
import { differenceWords, sideWords } from '../../../src/report/compare/figure-words.ts';

const between = (low: number, high: number, smallestVisible: number) => {
  return { difference: (low + high) / 2, low, high, smallestVisible };
};

describe('a difference in words', () => {
  it.each([
    [between(-45.2, -31.1, 9.44), 'time', '-38.2 ms', '-45.2 to -31.1', '31.1 to 45.2', '9.4'],
    [between(-145, -31, 94.4), 'time', '-88 ms', '-145 to -31', '31 to 145', '94'],
    [between(0.12, 0.38, 0.1), 'time', '+250 µs', '120 to 380', '120 to 380', '100'],
    [between(-65_000, -15_000, 20_000), 'time', '-40 s', '-65 to -15', '15 to 65', '20'],
    [
      between(-0.073, -0.069, 0.003),
      'share',
      '-7.10 pts',
      '-7.30 to -6.90',
      '6.90 to 7.30',
      '0.30',
    ],
    [between(2.9, 3.3, 0.25), 'rate', '+3.10/s', '2.90 to 3.30', '2.90 to 3.30', '0.25'],
    [between(-1400, 30, 674), 'count', '-685', '-1400 to 30', '30 to 1400', '674'],
    [
      between(-20_400, -18_400, 674),
      'count',
      '-19,400',
      '-20,400 to -18,400',
      '18,400 to 20,400',
      '674',
    ],
  ] as const)(
    'from %j, a %s, has one unit and the digits it is worth',
    (metric, kind, ...words) => {
      const { signed, interval, sizes, visible } = differenceWords(metric, kind);
      expect([signed, interval, sizes, visible]).toEqual(words);
    },
  );

  it('that does not scatter has three digits', () => {
    expect(differenceWords(between(-132, -132, 0), 'count').signed).toBe('-132');
    expect(differenceWords(between(2.5, 2.5, 0), 'time').signed).toBe('+2.50 ms');
  });

  it('has no sign where it rounds to nothing', () => {
    expect(differenceWords(between(-50.001, 50, 70), 'time').signed).toBe('0 ms');
  });

  it('of shares is in points', () => {
    const { size, visibleSize } = differenceWords(between(-0.073, -0.069, 0.003), 'share');
    expect([size, visibleSize]).toEqual(['7.10 points', '0.30 points']);
  });
});

describe('the two sides in words', () => {
  it('have as many digits as usual where these tell them apart', () => {
    expect(sideWords({ a: 5012, b: 974 }, 'time')).toEqual(['5.0 s', '974 ms']);
  });

  it('have those that the difference is worth where they would read the same', () => {
    expect(sideWords({ a: 5012, b: 4974 }, 'time')).toEqual(['5012 ms', '4974 ms']);
    expect(sideWords({ a: 0.3001, b: 0.3004 }, 'share')).toEqual(['30.010 %', '30.040 %']);
  });

  it('read the same where they are', () => {
    expect(sideWords({ a: 5012, b: 5012 }, 'time')).toEqual(['5.0 s', '5.0 s']);
  });
});
