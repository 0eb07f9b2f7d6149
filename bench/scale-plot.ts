/** What a request costs against powers of ten of something, as a plot of characters. */
import { chartOver } from '../src/report/chart.ts';

export interface Curves {
  readonly title: string;
  /** CPU ns a request at each power, joined linearly; the second curve is drawn in dots. */
  readonly nsPerRequest: readonly (readonly number[])[];
  /** What stands under each power. */
  readonly powers: readonly number[];
}

const WIDTH = 64;
/** Columns between two powers. */
const BETWEEN = 20;

export function scalePlot({ title, nsPerRequest, powers }: Curves): string {
  const panel = {
    title,
    curves: nsPerRequest.map(joined),
    label: (ns: number) => `${String(ns)} ns`,
    merge: 'mean',
  } as const;
  return chartOver([panel], (labelWidth, columns) => axis(powers, labelWidth, columns), WIDTH).join(
    '\n',
  );
}

function joined(values: readonly number[]): number[] {
  const last = (values.length - 1) * BETWEEN;
  return Array.from({ length: last + 1 }, (_, i) => {
    const before = Math.min(Math.floor(i / BETWEEN), values.length - 2);
    const [low = NaN, high = NaN] = [values[before], values[before + 1]];
    return low + ((high - low) * (i - before * BETWEEN)) / BETWEEN;
  });
}

/** A tick under each power, and the number below it. */
function axis(powers: readonly number[], labelWidth: number, columns: number): string[] {
  const places = powers.map((_, k) => Math.round((k * (columns - 1)) / (powers.length - 1)));
  const line = Array.from({ length: columns }, (_, x) => (places.includes(x) ? '┴' : '─')).join('');
  const indent = ' '.repeat(labelWidth);
  let labels = '';
  powers.forEach((power, k) => {
    const text = power.toLocaleString('en');
    const at = Math.max(0, (places[k] ?? 0) + labelWidth + 1 - Math.floor(text.length / 2));
    labels = labels.padEnd(Math.min(at, labelWidth + columns + 1 - text.length)) + text;
  });
  return [`${indent}└${line}`, labels];
}
