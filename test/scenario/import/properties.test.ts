import { describe, expect, it } from 'vitest';
import { readProperties } from '../../../src/scenario/import/syntax/properties.ts';

/** Keys, values and the places of the values: `3:5 key=value`. */
function items(text: string): string[][] {
  const reading = readProperties(text);
  if ('faults' in reading) throw new Error(reading.faults[0]?.message);
  return reading.documents.map((source) =>
    Object.entries(source.value as Record<string, string>).map(([key, one]) => {
      const { line, column } = source.position([key], 'value');
      return `${line}:${column} ${key}=${one}`;
    }),
  );
}

function faults(text: string): string[] {
  const reading = readProperties(text);
  if (!('faults' in reading)) return [];
  return reading.faults.map((f) => `${f.line}:${f.column} ${f.code}: ${f.message}`);
}

describe('readProperties', () => {
  it('takes =, : and blanks between key and value, and blanks around them', () => {
    const text = 'a=1\n b : 2\nc 3\nd\t=\t4 \ne\n';
    expect(items(text)).toEqual([['1:3 a=1', '2:6 b=2', '3:3 c=3', '4:5 d=4 ', '5:1 e=']]);
  });

  it('keeps separators inside the value and those that are escaped in the key', () => {
    expect(items('url=jdbc:x?a=b\nk\\:e\\ y=v')).toEqual([['1:5 url=jdbc:x?a=b', '2:9 k:e y=v']]);
  });

  it('leaves out comments and blank lines, and takes a # that goes on a line as text', () => {
    expect(items('# a=1\n  ! b=2\n\nc=3\\\n  #4\n')).toEqual([['4:3 c=3#4']]);
  });

  it('goes on after an odd number of backslashes, without the blanks that begin the next line', () => {
    expect(items('a=1\\\n   2\nb=3\\\\\nc=\\\n  4')).toEqual([
      ['1:3 a=12', '3:3 b=3\\', '5:3 c=4'],
    ]);
  });

  it('reads escapes as Java does', () => {
    expect(items('a=\\u0041\\tb\\q\\\\')).toEqual([['1:3 a=A\tbq\\']]);
  });

  it('reads all ends of lines and a byte order mark', () => {
    expect(items('\ufeffa=1\r\nb=2\rc=3\n')).toEqual([['1:3 a=1', '2:3 b=2', '3:3 c=3']]);
  });

  it('begins another document at #--- and !---, and nowhere else', () => {
    const text = 'a=1\n#---\na=2\n!---\na=3\n #---\n#----\nb=4';
    expect(items(text)).toEqual([['1:3 a=1'], ['3:3 a=2'], ['5:3 a=3', '8:3 b=4']]);
  });

  it('refuses a broken escape and a key that stands twice, without their words', () => {
    expect(faults('password=x\\u12\nb=1\nb=2')).toEqual([
      '1:11 not-properties: is no \\u escape with four hexadecimal digits',
      '3:1 duplicate-key: is the same key as in line 2; Java takes the last; keep one',
    ]);
  });

  it('reads a long file of continued lines and many keys in no time', () => {
    expect(items('a=\\\n'.repeat(60_000))[0]).toHaveLength(1);
    const keys = Array.from({ length: 5000 }, (_, i) => `k${i}=1`).join('\n');
    expect(items(keys)[0]).toHaveLength(5000);
  });
});
