import { describe, expect, it } from 'vitest';
import {
  amount,
  count,
  counted,
  fromTo,
  listed,
  milliseconds,
  orNothing,
  percent,
  rate,
  roughPercent,
  span,
  wholePercent,
} from '../../src/report/words.ts';

describe('a count', () => {
  it.each([
    [0, '0'],
    [967, '967'],
    [1234, '1,234'],
    [999_949, '999,949'],
    [999_950, '1.0 million'],
    [21_704_113, '21.7 million'],
    [999_960_000, '1.0 billion'],
    [3.2e12, '3.2 trillion'],
    [1e15, '1.0e+15'],
    [Number.MAX_VALUE, '1.8e+308'],
  ])('of %d is %s', (n, words) => {
    expect(count(n)).toBe(words);
  });

  it('is singular for one only', () => {
    expect([0, 1, 2].map((n) => counted(n, 'request'))).toEqual([
      '0 requests',
      '1 request',
      '2 requests',
    ]);
    expect(counted(2, 'retry', 'retries')).toBe('2 retries');
  });

  it('may be a fraction below ten', () => {
    expect([0.25, 7.1, 8, 9.96, 59.8].map(amount)).toEqual(['0.3', '7.1', '8', '10', '60']);
  });
});

describe('a rate', () => {
  it('is whole from ten on', () => {
    expect([966.58, 3.46, 1].map(rate)).toEqual([
      '967 requests/s',
      '3.5 requests/s',
      '1 request/s',
    ]);
  });
});

describe('a share', () => {
  it.each([
    [0, '0 %', '0 %', '0 %'],
    [0.0002, '<0.1 %', '<0.1 %', '<1 %'],
    [0.0231, '2.3 %', '2.3 %', '2 %'],
    [0.3003, '30.0 %', '30 %', '30 %'],
    [0.9997, '>99.9 %', '>99.9 %', '>99 %'],
    [1, '100 %', '100 %', '100 %'],
    [1.43, '143.0 %', '143 %', '143 %'],
  ])('of %d is %s, roughly %s, in whole percent %s', (share, exact, rough, whole) => {
    expect([percent(share), roughPercent(share), wholePercent(share)]).toEqual([
      exact,
      rough,
      whole,
    ]);
  });
});

describe('a latency', () => {
  it.each([
    [0, '0 ms'],
    [0.004, '4.0 µs'],
    [0.85, '850 µs'],
    [0.9996, '1.0 ms'],
    [2, '2.0 ms'],
    [9.96, '10 ms'],
    [17.7, '18 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [5020, '5.0 s'],
    [99_960, '100 s'],
    [119_600, '2.0 min'],
    [9_000_000, '2.5 h'],
    [1e9, '12 days'],
  ])('of %d ms is %s', (ms, words) => {
    expect(milliseconds(ms)).toBe(words);
  });
});

describe('a span', () => {
  it.each([
    [0.25, '250 ms'],
    [17.6, '17.6 s'],
    [45, '45 s'],
    [120, '2 min'],
    [9930, '2 h 45 min'],
    [16_200, '4 h 30 min'],
    [86_401, '1 d'],
    [1e7, '115 d 17 h'],
  ])('of %d s is %s', (seconds, words) => {
    expect(span(seconds)).toBe(words);
  });
});

describe('before and after', () => {
  it('name the unit once when it is the same', () => {
    expect(fromTo(5020, 4980, milliseconds)).toBe('5.0 → 5.0 s');
    expect(fromTo(17.7, 5020, milliseconds)).toBe('18 ms → 5.0 s');
    expect(fromTo(0.005, 0.288, percent)).toBe('0.5 → 28.8 %');
  });

  it('are a dash where nothing was observed', () => {
    expect(fromTo(null, 0.1, percent)).toBe('– → 10.0 %');
    expect(fromTo(null, undefined, percent)).toBe('–');
    expect(orNothing(null, percent)).toBe('–');
  });
});

describe('a list', () => {
  it('ends in and, or in the word given', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((items) => listed(items))).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
    expect(listed(['a', 'b'], 'or')).toBe('a or b');
  });
});
