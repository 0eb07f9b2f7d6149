/** The axis of a chart over rates: round figures, and below them marks for the rates that matter. */
import type { Axis } from '../chart.ts';
import { count } from '../words.ts';

export interface Mark {
  readonly rps: number;
  readonly label: string;
}

/** Distances between figures that read well, times a power of ten. */
const STEPS = [1, 2, 2.5, 5];

/** @param most the rate at the right end; the left one is 0 */
export function rateAxis(most: number, marks: readonly Mark[]): Axis {
  return (labelWidth, columns) => {
    const line = Array<string>(columns + 1).fill('─');
    const figures = Array<string>(labelWidth + columns + 1).fill(' ');
    line[0] = '└';
    const step = stepFor(most, columns);
    for (let rate = step; rate <= most; rate += step) {
      const x = Math.round((rate / most) * columns);
      line[x] = '┬';
      write(figures, count(rate), labelWidth + x, 'centre');
    }
    const marked = marks.map(({ rps, label }) =>
      markLine(labelWidth + Math.round((rps / most) * columns), label, labelWidth + columns + 1),
    );
    return [' '.repeat(labelWidth) + line.join(''), figures.join('').trimEnd(), ...marked];
  };
}

/** Figures stand at least a dozen columns apart. */
function stepFor(most: number, columns: number): number {
  const least = (most * 12) / columns;
  let size = 1e-6;
  while (size * 10 <= least) size *= 10;
  return (STEPS.find((step) => step * size >= least) ?? 10) * size;
}

/** `▲ label` under its place, or `label ▲` where there is no room to the right. */
function markLine(x: number, label: string, width: number): string {
  const cells = Array<string>(width).fill(' ');
  const isRoom = x + 2 + label.length <= width;
  cells[x] = '▲';
  write(cells, label, isRoom ? x + 2 : x - 1 - label.length, 'left');
  return cells.join('').trimEnd();
}

function write(cells: string[], text: string, x: number, align: 'left' | 'centre'): void {
  const from = align === 'left' ? x : x - Math.floor(text.length / 2);
  const start = Math.max(0, Math.min(from, cells.length - text.length));
  cells.splice(start, text.length, ...Array.from(text));
}
