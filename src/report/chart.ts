/** Line charts made of characters, as a rule over the simulated time. The one door to asciichart. */
import { plot } from 'asciichart';
import { axisLines } from './time-axis.ts';
import type { RunClock } from './run-clock.ts';
import { WIDTH } from './text.ts';

export interface Panel {
  readonly title: string;
  /** One or two curves; the second one is drawn in dots. null: nothing was observed. */
  readonly curves: readonly (readonly (number | null)[])[];
  /** The top of the scale; a round figure above all values when it is missing. */
  readonly max?: number;
  readonly label: (value: number) => string;
  /** Rows between the bottom and the top of the scale, 4 unless said. */
  readonly steps?: 3 | 4;
  /** How several windows become one column: by their mean, or by the largest. */
  readonly merge: 'mean' | 'max';
}

/**
 * Panels one above the other over one time axis. A panel without a single value above zero says so in
 * words; no panel at all when the series is empty.
 */
export function chartLines(panels: readonly Panel[], clock: RunClock, width = WIDTH): string[] {
  return chartOver(panels, (labelWidth, columns) => axisLines(clock, labelWidth, columns), width);
}

/** The lines under the panels: `labelWidth` for their scale, then so many columns. */
export type Axis = (labelWidth: number, columns: number) => string[];

/** The same over any axis, whose values are evenly spaced. */
export function chartOver(panels: readonly Panel[], axis: Axis, width = WIDTH): string[] {
  const scaled = panels.map((panel) => ({ panel, max: panel.max ?? niceMax(panel, width) }));
  const drawn = scaled.filter(({ panel, max }) => max > 0 && hasValue(panel));
  const labels = drawn.flatMap(({ panel, max }) => ticks(panel, max).map(panel.label));
  const labelWidth = Math.max(2, ...labels.map((label) => label.length)) + 1;
  const columns = width - labelWidth - 1;
  const lines = scaled.flatMap(({ panel, max }) => {
    if (max === 0 || !hasValue(panel)) return [`${panel.title}: none`];
    return [panel.title, ...panelLines(panel, max, labelWidth, columns)];
  });
  return drawn.length === 0 ? lines : [...lines, ...axis(labelWidth, columns)];
}

function hasValue({ curves }: Panel): boolean {
  return curves.some((curve) => curve.some((value) => value !== null));
}

function panelLines(panel: Panel, max: number, labelWidth: number, columns: number): string[] {
  const [line, dots] = panel.curves.map((curve, i) => {
    const points = resample(curve, columns + 1, panel.merge);
    return drawCurve(points, { panel, max, labelWidth, dotted: i > 0 });
  });
  const rows = line ?? [];
  return rows.map((row, y) => overlay(row, dots?.[y] ?? '').trimEnd());
}

/** One curve with its scale, in rows of equal length. Each point but the last has a column. */
function drawCurve(
  points: readonly (number | null)[],
  options: { panel: Panel; max: number; labelWidth: number; dotted: boolean },
): string[] {
  const { panel, max, labelWidth, dotted } = options;
  const text = plot(
    points.map((point) => Math.min(point ?? 0, max)),
    {
      min: 0,
      max,
      height: stepsOf(panel),
      offset: 2,
      format: (value: number) => `${panel.label(value)} `.padStart(labelWidth),
      ...(dotted ? { symbols: ['┼', '┤', '·', '·', '·', '·', '·', '·', '·', '·'] } : {}),
    },
  );
  return text.split('\n').map((row, y) => {
    const cells = Array.from(row.padEnd(labelWidth + points.length));
    // asciichart marks the top of the scale as if the curve began there.
    if (y === 0 && (points[0] ?? 0) < max) cells[labelWidth] = '┤';
    for (let x = 0; x + 1 < points.length; x++) {
      if (points[x] === null || points[x + 1] === null) cells[labelWidth + 1 + x] = ' ';
    }
    return cells.join('');
  });
}

/** The second curve shows where the first one leaves room. */
function overlay(row: string, under: string): string {
  return Array.from(row, (cell, x) => (cell === ' ' ? (under[x] ?? ' ') : cell)).join('');
}

function ticks(panel: Panel, max: number): number[] {
  const steps = stepsOf(panel);
  return Array.from({ length: steps + 1 }, (_, i) => (max * i) / steps);
}

function stepsOf({ steps }: Panel): 3 | 4 {
  return steps ?? 4;
}

/** As many points as wanted: windows merged where there are more, repeated where there are fewer. */
function resample(
  values: readonly (number | null)[],
  points: number,
  merge: Panel['merge'],
): (number | null)[] {
  return Array.from({ length: points }, (_, i) => {
    const from = Math.floor((i * values.length) / points);
    const to = Math.max(from + 1, Math.floor(((i + 1) * values.length) / points));
    const some = values.slice(from, to).filter((value) => value !== null);
    if (some.length === 0) return null;
    if (merge === 'max') return Math.max(...some);
    return some.reduce((a, b) => a + b, 0) / some.length;
  });
}

/** The smallest figure with round steps below it that no value exceeds; 0 when all are. */
function niceMax(panel: Panel, width: number): number {
  const drawn = panel.curves.flatMap((curve) => resample(curve, width, panel.merge));
  const most = drawn.reduce<number>((a, b) => Math.max(a, b ?? 0), 0);
  if (most === 0) return 0;
  let size = 1;
  while (size * 10 < most) size *= 10;
  while (size >= most) size /= 10;
  return size * (NICE[stepsOf(panel)].find((step) => step * size >= most) ?? 10);
}

const NICE = {
  3: [1.2, 1.5, 1.8, 2.4, 3, 4.5, 6, 7.5, 9, 12],
  4: [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10],
};
