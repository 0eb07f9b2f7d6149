/** What is wrong with the files that a document names, and with what they hold. */
import { empiricalValues } from './empirical.ts';
import type { Files } from './files.ts';
import { entry, isList, isMap, type Path } from './path.ts';
import { problem, type Problem } from './problem.ts';

/** The parts of a document that hold distributions. */
const parts = ['traffic', 'requests', 'service', 'services', 'database'];

/** A problem for each empirical distribution whose durations cannot be had, wherever it stands. */
export function empiricalProblems(document: unknown, files: Files): Problem[] {
  return parts.flatMap((part) => problemsIn(entry(document, part), [part], files));
}

function problemsIn(value: unknown, path: Path, files: Files): Problem[] {
  if (isList(value)) return value.flatMap((item, i) => problemsIn(item, [...path, i], files));
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key === 'empirical' ? ofEmpirical(inner, [...path, key], files) : []),
    ...problemsIn(inner, [...path, key], files),
  ]);
}

function ofEmpirical(written: unknown, path: Path, files: Files): Problem[] {
  const [file, column] = [entry(written, 'file'), entry(written, 'column')];
  if (typeof file !== 'string' || file.trim() === '') return [];
  const name = typeof column === 'number' ? String(column) : column;
  if (name !== undefined && typeof name !== 'string') return [];
  const values = empiricalValues({ file, column: name }, files);
  if (values.ok) return [];
  const key = values.code === 'bad-column' && column !== undefined ? 'column' : 'file';
  return [problem([...path, key], values.code, values.message)];
}
