/** What every section of a report is made from. */
import type { Advice } from '../experiment/advice.ts';
import type { RunResult } from '../experiment/result.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { RunClock } from './run-clock.ts';
import type { Style } from './style.ts';
import { type Column, layOutTable } from './table.ts';

export interface Report {
  readonly result: RunResult;
  readonly advice: Advice | null;
  readonly scenario: Scenario;
  /** Everything, with titles in full. */
  readonly full: boolean;
  readonly style: Style;
  readonly clock: RunClock;
}

/** A table whose head is its title. Colour is added to whole lines, after they have been laid out. */
export function section(
  { style }: Pick<Report, 'style'>,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  colour: (rowIndex: number) => ((text: string) => string) | undefined = () => undefined,
): string[] {
  if (rows.length === 0) return [];
  const table = layOutTable(columns, rows);
  const lines = table.rows.flatMap((row, i) => {
    const paint = colour(i);
    return paint === undefined ? row : row.map(paint);
  });
  return [...table.head.map((line) => style.bold(line)), ...lines];
}
