/** Tables without lines, fitted into the width of a report. The one door to cli-table3. */
import Table from 'cli-table3';
import { oneLine, shorten, WIDTH, widthOf, wrap } from './text.ts';

export interface Column {
  readonly head: string;
  readonly align?: 'left' | 'right';
  /** What happens to cells when the table is too wide; columns that say nothing keep their width. */
  readonly whenLong?: 'shorten' | 'wrap';
}

interface TableText {
  /** No line when no column has a head. */
  readonly head: readonly string[];
  /** The lines of each row. */
  readonly rows: readonly (readonly string[])[];
}

const GAP = '  ';
/** A column that gives way keeps at least this. */
const LEAST = 8;

/** Lays out a table. Cells are plain text without escape codes; each row has a cell for each column. */
export function layOutTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width = WIDTH,
): TableText {
  const clean = rows.map((row) => row.map(oneLine));
  const widths = columnWidths(columns, clean, width);
  const cells = clean.map((row) => row.map((cell, i) => fitCell(cell, columns[i], widths[i] ?? 0)));
  const hasHead = columns.some(({ head }) => head !== '');
  const heads = columns.map(({ head }, i) => shorten(head, widths[i] ?? 0));
  const all = (hasHead ? [heads, ...cells] : cells).map((row) => row.map((cell) => cell || ' '));
  const lines = draw(columns, all);
  const head = lines.splice(0, hasHead ? 1 : 0);
  return { head, rows: cells.map((row) => lines.splice(0, heightOf(row))) };
}

/** All lines of a table. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width = WIDTH,
): string[] {
  const table = layOutTable(columns, rows, width);
  return [...table.head, ...table.rows.flat()];
}

function draw(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const table = new Table({
    chars: { ...NO_LINES, middle: GAP },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colAligns: columns.map(({ align }) => align ?? 'left'),
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

const NO_LINES = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid']
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .map((name) => [name, '']),
);

function heightOf(row: readonly string[]): number {
  return Math.max(...row.map((cell) => cell.split('\n').length));
}

function fitCell(cell: string, column: Column | undefined, width: number): string {
  if (widthOf(cell) <= width) return cell;
  return column?.whenLong === 'wrap' ? wrap(cell, width).join('\n') : shorten(cell, width);
}

/** The columns that may; all of them where the others alone are too wide. */
function yieldingColumns(
  columns: readonly Column[],
  natural: readonly number[],
  room: number,
): number[] {
  const willing = columns.flatMap(({ whenLong }, i) => (whenLong === undefined ? [] : [i]));
  const least = natural.reduce(
    (sum, width, i) => sum + (willing.includes(i) ? Math.min(LEAST, width) : width),
    0,
  );
  return least <= room ? willing : columns.map((_, i) => i);
}

/** Natural widths; the columns that give way share what the others leave, narrow ones first. */
function columnWidths(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): number[] {
  const natural = columns.map(({ head }, i) =>
    Math.max(widthOf(head), ...rows.map((row) => widthOf(row[i] ?? ''))),
  );
  const widths = [...natural];
  const room = width - GAP.length * (columns.length - 1);
  const yielding = yieldingColumns(columns, natural, room);
  const fixed = natural.filter((_, i) => !yielding.includes(i)).reduce((a, b) => a + b, 0);
  let left = room - fixed;
  const narrowFirst = [...yielding].sort((a, b) => (natural[a] ?? 0) - (natural[b] ?? 0));
  narrowFirst.forEach((i, done) => {
    const share = Math.max(1, Math.floor(left / (narrowFirst.length - done)));
    widths[i] = Math.min(natural[i] ?? 0, share);
    left -= widths[i] ?? 0;
  });
  return widths;
}
