import { describe, expect, it } from 'vitest';
import { firstThatFits, oneLine, shorten, widthOf, wrap } from '../../src/report/text.ts';

describe('widths', () => {
  it('count wide scripts and pictures twice, combining marks not at all', () => {
    expect(['abc', '漢字', '✅', 'e\u0301', '→ µs'].map(widthOf)).toEqual([3, 4, 2, 1, 4]);
  });
});

describe('foreign text', () => {
  it('loses line feeds, escape codes and marks that turn the direction of writing', () => {
    expect(oneLine('a\r\nb\u001B[31mc\u202Ed  e ')).toBe('a b [31mc d e');
  });
});

describe('shortening', () => {
  it('leaves what fits, cuts at a space, and cuts words when it must', () => {
    expect(shorten('as it is', 8)).toBe('as it is');
    expect(shorten('Automated alert: abnormal behaviour', 30)).toBe('Automated alert: abnormal…');
    expect(shorten('abcdefghij', 5)).toBe('abcd…');
    expect(widthOf(shorten('漢字漢字漢字', 7))).toBeLessThanOrEqual(7);
  });

  it('takes the first wording that fits', () => {
    expect(firstThatFits(['too long', 'fits', 'x'], 4)).toBe('fits');
    expect(firstThatFits(['too long', 'longer'], 4)).toBe('lon…');
  });
});

describe('wrapping', () => {
  it('keeps a figure and its unit together', () => {
    expect(wrap('it took 2 h 45 min', 10)).toEqual(['it took', '2 h 45 min']);
  });

  it('breaks long words at a dot, or anywhere', () => {
    expect(wrap('service.pool.maximum', 12)).toEqual(['service.', 'pool.maximum']);
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  });

  it('indents from the second line on', () => {
    expect(wrap('a: bb cc dd', 6, '   ')).toEqual(['a: bb', '   cc', '   dd']);
  });
});
