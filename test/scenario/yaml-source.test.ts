import { describe, expect, it } from 'vitest';
import { maxTextLength, readYaml, type Source } from '../../src/scenario/yaml/yaml-source.ts';

function read(text: string): Source {
  const reading = readYaml(text);
  if (!reading.ok) throw new Error(reading.faults[0]?.message);
  return reading.source;
}

function faults(text: string): string[] {
  const reading = readYaml(text);
  if (reading.ok) return [];
  return reading.faults.map((f) => `${f.line}:${f.column} ${f.code}: ${f.message}`);
}

describe('readYaml', () => {
  it('gives plain values and the place of every key and value', () => {
    const source = read('a: 1\nb:\n  - x\n  - { c: [true, null] }\n');
    expect(source.value).toEqual({ a: 1, b: ['x', { c: [true, null] }] });
    expect(source.position(['a'], 'key')).toEqual({ line: 1, column: 1 });
    expect(source.position(['a'], 'value')).toEqual({ line: 1, column: 4 });
    expect(source.position(['b', 1, 'c', 0], 'value')).toEqual({ line: 4, column: 11 });
  });

  it('gives the place of the key around a value that is not there', () => {
    const source = read('a: 1\nb:\n  c: 2\n');
    expect(source.position(['b', 'd'], 'value')).toEqual({ line: 2, column: 1 });
    expect(source.position(['d'], 'value')).toEqual({ line: 1, column: 1 });
  });

  it('follows aliases, and keeps the place where they stand', () => {
    const source = read('a: &x { k: 1 }\nb: *x\n');
    expect(source.value).toEqual({ a: { k: 1 }, b: { k: 1 } });
    expect(source.position(['b'], 'value')).toEqual({ line: 2, column: 4 });
  });

  it('reads JSON', () => {
    expect(read('{"a": {"b": [1, "14:30"]}}').value).toEqual({ a: { b: [1, '14:30'] } });
  });

  it('takes __proto__ for an ordinary key', () => {
    const { value } = read('__proto__: { polluted: true }\n');
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect((value as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('takes keys as they are written, whatever they would be as values', () => {
    const { value } = read('.nan: 1\n0x10: 2\n1e400: 3\nTrue: 4\n5: 5\n');
    expect(Object.keys(value as object).sort()).toEqual(['.nan', '0x10', '1e400', '5', 'True']);
  });

  it('refuses a key that stands twice', () => {
    expect(faults('a: 1\nb: 2\na: 3\n')).toEqual([
      '3:1 duplicate-key: the key a stands here twice',
    ]);
  });

  it('refuses keys that are no words, tags and second documents', () => {
    expect(faults('? [a, b]\n: 1\n')).toEqual(['1:3 not-yaml: a key must be a plain word']);
    expect(faults('a: !secret 1\n')[0]).toMatch(/^1:4 not-yaml: is not valid YAML: Unresolved tag/);
    expect(faults('a: 1\n---\nb: 2\n')[0]).toMatch(/not-yaml: a second document begins/);
    expect(faults('a: *b\n')).toEqual(['1:4 not-yaml: *b refers to no anchor &b above']);
  });

  it('says where the text stops being YAML', () => {
    expect(faults('a: [1,\nb: }\n')[0]).toMatch(/^2:1 not-yaml: is not valid YAML: /);
    expect(faults('a: "open\n')[0]).toMatch(
      /^\d+:\d+ not-yaml: is not valid YAML: Missing closing "quote/,
    );
  });

  it('says so once, and in the right line, where a map ends too early', () => {
    expect(faults('  a: 1\nb: 2\n')).toEqual([
      '2:1 not-yaml: is not valid YAML: Unexpected scalar at node end',
    ]);
    const text = '  queue: 50\nduration: 20s\nseed  3\ntraffic: { rate: 1 }\n---\nf: [1\ng: 2\n';
    expect(faults(text).map((fault) => fault.split(' ')[0])).toEqual(['2:1', '7:1']);
  });

  it('says that a binary file is no text, and where', () => {
    expect(faults('ab\nc\u0000d')).toEqual([
      '2:2 not-text: is not a text file: it contains the character U+0000',
    ]);
    expect(faults('a: \ufffd')[0]).toMatch(/U\+FFFD$/);
  });

  it('refuses a text that is too long without reading it', () => {
    const text = 'x: 1\n'.repeat(2_000_000);
    expect(faults(text)).toEqual([
      `1:1 too-long: is 10000000 characters long; a scenario has at most ${maxTextLength}`,
    ]);
  });

  it('refuses deep nesting in well under the time and the stack that it would take', () => {
    for (const text of ['['.repeat(maxTextLength), '{"a":'.repeat(50_000), '- '.repeat(100_000)]) {
      expect(faults(text)).toEqual(['1:1 too-deep: is nested more than 40 deep']);
    }
  });

  it('refuses aliases that multiply', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 10; i++) {
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    }
    expect(faults(lines.join('\n'))).toHaveLength(1);
    expect(faults(lines.join('\n'))[0]).toMatch(
      /too-many-values: holds more than 50000 values, or aliases/,
    );
    expect(faults('a: &a [*a]\n')[0]).toMatch(/too-many-values/);
  });

  it('answers garbage of any kind within seconds', () => {
    const units = [
      '"',
      '&a ',
      '*a ',
      '? ',
      'a: ',
      '---\n',
      'a:\n b: {\n',
      '%',
      '\n',
      '- &a x\n',
      '|\n',
    ];
    for (const unit of units) {
      const text = unit.repeat(Math.floor(maxTextLength / 8 / unit.length));
      const reading = readYaml(text);
      expect(reading.ok ? [] : reading.faults.slice(0, 1), unit).toEqual(
        reading.ok ? [] : [expect.objectContaining({ line: expect.any(Number) as number })],
      );
    }
  });
});
