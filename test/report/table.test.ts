import { describe, expect, it } from 'vitest';
import { layOutTable, tableLines } from '../../src/report/table.ts';

describe('a table', () => {
  it('aligns its columns without lines between them', () => {
    const columns = [{ head: 'stage' }, { head: 'share', align: 'right' as const }];
    expect(
      tableLines(columns, [
        ['waiting', '98.6 %'],
        ['', '0 %'],
      ]),
    ).toEqual(['stage     share', 'waiting  98.6 %', '            0 %']);
  });

  it('has no head line when no column has a head', () => {
    expect(tableLines([{ head: '' }], [['a'], ['b']])).toEqual(['a', 'b']);
  });

  it('shortens or wraps the columns that may be, and tells which line belongs to which row', () => {
    const rows = [
      ['1', 'one two three'],
      ['2', 'four'],
    ];
    const shortened = [{ head: '' }, { head: '', whenLong: 'shorten' as const }];
    expect(tableLines(shortened, rows, 12)).toEqual(['1  one two…', '2  four']);
    const wrapped = [{ head: '' }, { head: '', whenLong: 'wrap' as const }];
    expect(layOutTable(wrapped, rows, 12).rows).toEqual([['1  one two', '   three'], ['2  four']]);
  });

  it('shortens any column when it would not fit otherwise', () => {
    const columns = [{ head: 'a' }, { head: 'b' }, { head: 'c' }];
    const rows = [['x'.repeat(90), 'y'.repeat(90), 'z']];
    for (const line of tableLines(columns, rows)) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('keeps cells on one line, whatever control characters they hold', () => {
    expect(tableLines([{ head: '' }], [['a\n\u001B[31mb']])).toEqual(['a [31mb']);
  });
});
