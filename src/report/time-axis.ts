/** The time axis under a chart: clock times at round moments. */
import { dayOf, type RunClock, timeOf } from './run-clock.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distances between labels that read well, in ms. */
const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100].map((n) => n * DAY),
];

/** Two lines: marks, and the times under them. */
export function axisLines(clock: RunClock, labelWidth: number, columns: number): string[] {
  const { startMs, endMs } = clock;
  const length = Math.max(1, endMs - startMs);
  const step = STEPS.find((ms) => fits(ms, length, columns)) ?? length;
  const marks = Array<string>(columns + 1).fill('─');
  const labels = Array<string>(labelWidth + columns + 1).fill(' ');
  marks[0] = '└';
  let free = 0;
  for (let at = Math.ceil(startMs / step) * step; at <= endMs; at += step) {
    const x = Math.round(((at - startMs) / length) * columns);
    const label = labelOf(at, step);
    const middle = Math.max(0, labelWidth + x - Math.floor(label.length / 2));
    const from = Math.min(middle, labels.length - label.length);
    marks[x] = x === 0 ? '├' : '┬';
    // The last label is moved to the left, where there may be no room for it.
    if (from < free) continue;
    labels.splice(from, label.length, ...Array.from(label));
    free = from + label.length + 1;
  }
  return [' '.repeat(labelWidth) + marks.join(''), labels.join('').trimEnd()];
}

/** Whether labels at this distance stay apart. */
function fits(stepMs: number, lengthMs: number, columns: number): boolean {
  return (stepMs / lengthMs) * columns >= labelOf(0, stepMs).length + 2;
}

function labelOf(ms: number, stepMs: number): string {
  if (stepMs >= DAY) return dayOf(ms).padStart(6);
  if (stepMs >= MINUTE) return timeOf(ms, { withMilliseconds: false });
  const text = timeOf(ms, { withMilliseconds: stepMs < SECOND });
  return text.length === 5 ? `${text}:00` : text;
}
