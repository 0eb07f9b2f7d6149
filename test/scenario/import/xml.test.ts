import { describe, expect, it } from 'vitest';
import { readXml } from '../../../src/scenario/import/syntax/xml.ts';
import type { Source } from '../../../src/scenario/yaml/yaml-source.ts';

function read(text: string): Source {
  const reading = readXml(text);
  if ('faults' in reading) throw new Error(reading.faults[0]?.message);
  return reading.documents[0] as Source;
}

function faults(text: string): string[] {
  const reading = readXml(text);
  if (!('faults' in reading)) return [];
  return reading.faults.map((f) => `${f.line}:${f.column} ${f.code}: ${f.message}`);
}

describe('readXml', () => {
  it('gives attributes and elements, with the place of each', () => {
    const source = read(
      '<?xml version="1.0"?>\n<A x="1">\n  <B y = \'2\'\n     z="a &lt; b"/>\n  <B/>\n</A>',
    );
    expect(source.value).toEqual({
      '<A>': [{ x: '1', '<B>': [{ y: '2', z: 'a < b' }, {}] }],
    });
    const at = (...path: (string | number)[]) => source.position(path, 'value');
    expect(at('<A>', 0, 'x')).toEqual({ line: 2, column: 6 });
    expect(at('<A>', 0, '<B>', 0, 'y')).toEqual({ line: 3, column: 10 });
    expect(at('<A>', 0, '<B>', 0, 'z')).toEqual({ line: 4, column: 8 });
    expect(at('<A>', 0, '<B>', 1)).toEqual({ line: 5, column: 3 });
    expect(at('<A>', 0, '<B>', 1, 'y')).toEqual({ line: 5, column: 3 });
  });

  it.each([
    ['<A x="a&b"/>', '1:8'],
    ['<A x="1" x="2"/>', '1:16'],
    ['<A>\n  <B password="s3cret></A>', '2:23'],
    ['<A></B>', '1:7'],
    ['<!-- a & b -->\n<A x="&lt;" y="1&2"/>\n<!-- ; -->', '2:17'],
    ['<A', '1:2'],
  ])('says where %j is broken, without its words', (text, place) => {
    const [fault] = faults(text);
    expect(fault).toBe(
      `${place} not-xml: is not well-formed XML here; in a value & is written &amp;`,
    );
  });

  it('multiplies no entities', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><A v="&y;"/>';
    expect(faults(bomb)[0]).toMatch(/^1:\d+ not-xml/);
  });

  it('refuses elements that stand in each other more than 40 deep', () => {
    expect(faults('<A>'.repeat(60) + '</A>'.repeat(60))).toEqual([
      '1:121 too-deep: is nested more than 40 deep',
    ]);
    expect(faults('<A>'.repeat(40) + '</A>'.repeat(40))).toEqual([]);
  });
});
