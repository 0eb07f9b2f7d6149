/** Durations recorded in a file, as an empirical distribution. */
import { contentsOf, type FileContents, type Files } from './files.ts';
import { didYouMean } from './near-miss.ts';
import { read, refuse, type Reading } from './reading.ts';
import { remembered } from './remembered.ts';
import { readTable, readTimes, unitOf, type Table } from './table.ts';

/** As a scenario file writes it. */
interface WrittenEmpirical {
  readonly file: string;
  readonly column?: string | undefined;
}

/** The durations of a column in nanoseconds, sorted; or what is wrong with the file or the column. */
export function empiricalValues(
  { file, column }: WrittenEmpirical,
  files: Files,
): Reading<Float64Array> {
  return valuesIn(contentsOf(files, file), JSON.stringify([file, column ?? null]));
}

const valuesIn = remembered((contents: FileContents, word: string): Reading<Float64Array> => {
  const [file, column] = JSON.parse(word) as [string, string | null];
  if (!contents.ok) return refuse('no-file', contents.message);
  const table = readTable(file, contents.text);
  if (!table.ok) return table;
  const chosen = chooseColumn(table.value, column);
  if (!chosen.ok) return chosen;
  const times = readTimes(table.value, chosen.value, 'refused');
  if (!times.ok) return times;
  const sorted = times.value.sort();
  if (sorted.at(-1) !== 0) return read(sorted);
  return refuse('out-of-range', `${file}: all durations of ${chosen.value} are 0`);
});

function chooseColumn({ file, columns }: Table, column: string | null): Reading<string> {
  const times = columns.filter((name) => unitOf(name) !== undefined);
  if (column !== null && times.includes(column)) return read(column);
  if (column !== null && columns.includes(column))
    return refuse('bad-column', noUnit(file, column));
  if (column !== null) {
    const hint = didYouMean(column, columns);
    const all = hint === '' ? `; there are: ${columns.join(', ')}` : hint;
    return refuse('bad-column', `${file} has no column ${column}${all}`);
  }
  const [first, ...others] = times;
  if (first === undefined) return refuse('bad-column', noUnit(file, columns.join(', ')));
  if (others.length === 0) return read(first);
  const message = `${file} has several columns of durations: ${times.join(', ')}; say which, column: ${first}`;
  return refuse('ambiguous', message);
}

function noUnit(file: string, columns: string): string {
  return `${file} has no column of durations among ${columns}: a name ends in the unit, _s, _ms, _us or _ns`;
}
