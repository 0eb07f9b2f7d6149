/**
 * Tables of durations: text with a header line, its cells separated by commas, semicolons or tabs. Lines
 * that begin with # and empty lines are passed over. A column says its unit in its name: `hold_ms`.
 */
import { LAST_INSTANT, MICROSECOND, MILLISECOND, SECOND } from '../engine/time.ts';
import { widenFloats } from '../engine/typed-arrays.ts';
import { read, refuse, show, type Reading } from './reading.ts';

/** Most rows that are read. */
const mostRows = 20_000_000;

export interface Table {
  /** How messages call it. */
  readonly file: string;
  readonly text: string;
  readonly separator: string;
  /** Names of the columns. */
  readonly columns: readonly string[];
  /** Where the line after the header begins, and its number. */
  readonly from: number;
  readonly line: number;
}

/** Nanoseconds of the unit at the end of a column's name. */
const units: ReadonlyMap<string, number> = new Map([
  ['s', SECOND],
  ['ms', MILLISECOND],
  ['us', MICROSECOND],
  ['ns', 1],
]);

/** The unit of a column of times, or nothing: `hold_ms` → `ms`. */
export function unitOf(column: string): string | undefined {
  return /_(s|ms|us|ns)$/.exec(column)?.[1];
}

/** Finds the header of a table. */
export function readTable(file: string, text: string): Reading<Table> {
  const header = lineFrom(text, text.startsWith('\ufeff') ? 1 : 0, 1);
  if (header === null) {
    return refuse('empty', `${file} is empty; a header line and rows are needed`);
  }
  const { content, line, next } = header;
  const separator = ['\t', ';', ','].find((mark) => content.includes(mark)) ?? ',';
  const columns = cellsOf(content, separator) ?? [];
  if (!columns.every(isNumber)) {
    return read({ file, text, separator, columns, from: next, line: line + 1 });
  }
  const message = `${file} has no header line; one that names the columns is needed, such as hold_ms`;
  return refuse('no-header', message);
}

/**
 * The times of a column as whole nanoseconds, in the order of the rows. `empty`: whether a cell may be
 * empty; it is −1 then. The first row at fault is named, and how many more there are.
 */
export function readTimes(
  table: Table,
  column: string,
  empty: 'allowed' | 'refused',
): Reading<Float64Array> {
  const index = table.columns.indexOf(column);
  const unit = unitOf(column) ?? 's';
  const scale = units.get(unit) ?? SECOND;
  let times = new Float64Array(1024);
  let rows = 0;
  let fault = '';
  let faults = 0;
  eachRow(table, (content, line) => {
    const cells = cellsOf(content, table.separator);
    const cell = cells?.[index] ?? '';
    const ns = cell === '' && empty === 'allowed' ? -1 : Math.round(Number(cell) * scale);
    if (cells?.length !== table.columns.length || !isTime(cell, ns, empty)) {
      if (faults++ === 0) fault = `${table.file}:${line}: ${wrongRow(table, cells, cell, column)}`;
      return true;
    }
    if (rows === times.length) times = widenFloats(times, 2 * rows);
    times[rows++] = ns;
    return rows < mostRows + 1;
  });
  if (faults > 0) {
    const more = faults === 1 ? '' : ` (and ${faults - 1} more ${faults === 2 ? 'row' : 'rows'})`;
    return refuse('bad-row', fault + more);
  }
  if (rows === 0) return refuse('empty', `${table.file} has no rows`);
  if (rows > mostRows) return refuse('too-many', `${table.file} has more than ${mostRows} rows`);
  return read(times.slice(0, rows));
}

function isTime(cell: string, ns: number, empty: 'allowed' | 'refused'): boolean {
  if (cell === '') return empty === 'allowed';
  return isNumber(cell) && ns >= 0 && ns <= LAST_INSTANT;
}

function wrongRow(
  { columns, separator }: Table,
  cells: readonly string[] | null,
  cell: string,
  column: string,
): string {
  if (cells === null) return 'a quotation mark is not closed in its line';
  if (cells.length !== columns.length) {
    return `has ${cells.length} cells where the header has ${columns.length}`;
  }
  const wanted = `${column} holds numbers from 0 to 104 days, in ${unitOf(column) ?? 's'}`;
  if (cell === '') return `is empty; ${wanted}`;
  if (isNumber(cell)) return `${show(cell)} is out of range; ${wanted}`;
  const point = separator !== ',' && /^\d+,\d+$/.test(cell);
  return `${show(cell)} is no number; ${wanted}${point ? '; write a decimal point' : ''}`;
}

/** The line of a row, from 0. O(rows). */
export function lineOfRow(table: Table, row: number): number {
  let at = -1;
  let found = 0;
  eachRow(table, (_, line) => {
    found = line;
    return ++at < row;
  });
  return found;
}

function isNumber(cell: string): boolean {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(cell);
}

interface Line {
  readonly content: string;
  /** Its number. */
  readonly line: number;
  /** Where the line after it begins. */
  readonly next: number;
}

/** The first line from here on that is not empty and no comment. */
function lineFrom(text: string, from: number, firstLine: number): Line | null {
  let line = firstLine;
  for (let at = from; at < text.length; line++) {
    const feed = text.indexOf('\n', at);
    const next = feed < 0 ? text.length : feed + 1;
    const content = text.slice(at, next).trimEnd();
    at = next;
    if (content.trim() !== '' && !content.startsWith('#')) return { content, line, next };
  }
  return null;
}

/** Visits each line of the rows, until `visit` says no. */
function eachRow(table: Table, visit: (content: string, line: number) => boolean): void {
  let found = lineFrom(table.text, table.from, table.line);
  while (found !== null && visit(found.content, found.line)) {
    found = lineFrom(table.text, found.next, found.line + 1);
  }
}

/** The cells of a line; null when a quotation mark is not closed. */
function cellsOf(line: string, separator: string): string[] | null {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  for (let at = 0; at <= line.length; at++) {
    const rest = line.slice(at);
    const quoted = /^\s*"((?:[^"]|"")*)"\s*/.exec(rest);
    const plain = rest.split(separator, 1)[0] ?? '';
    if (quoted === null && plain.includes('"')) return null;
    cells.push(quoted === null ? plain.trim() : (quoted[1] ?? '').replaceAll('""', '"'));
    at += (quoted?.[0] ?? plain).length;
    if (at < line.length && line[at] !== separator) return null;
  }
  return cells;
}
