/** What the two sides of a comparison are called. */
import type { Comparison } from '../../experiment/compare/compare.ts';
import { oneLine, wrap } from '../text.ts';
import { listed } from '../words.ts';

export interface Sides {
  /** One file: B is the same scenario with the changes. Two: the changes are made to both. */
  readonly files: readonly [string] | readonly [string, string];
  /** As the user wrote them: `service.pool.max=20`. */
  readonly changes: readonly string[];
}

/** Which scenario is A, and which is B. */
export function sideLines(
  { a, b }: Pick<Comparison, 'a' | 'b'>,
  { files, changes }: Sides,
): string[] {
  const [fileOfA, fileOfB] = files;
  const change = listed(changes.map(oneLine));
  const named = ({ name }: { name: string }, file: string) =>
    a.name === b.name && fileOfA !== fileOfB
      ? `${oneLine(name)} (${oneLine(file)})`
      : oneLine(name);
  const lines =
    fileOfB === undefined
      ? [`A: ${oneLine(a.name)}`, `B: the same with ${change}`]
      : [
          `A: ${named(a, fileOfA)}`,
          `B: ${named(b, fileOfB)}`,
          ...(changes.length === 0 ? [] : [`both with ${change}`]),
        ];
  return lines.flatMap((line) => wrap(line, undefined, '   '));
}
