/** What a sceptic wants to see: readings, grades of what is known, and the certificate. */
import { type Report, section } from '../report.ts';
import { count } from '../words.ts';

/** From what was said to what was fitted afterwards; others come last. */
const GRADES = ['stated', 'derived', 'assumed', 'fitted', 'predicted'];

/** What a stated fact can mean. */
export function readingLines(report: Report): string[] {
  const rows = report.scenario.readings.map(({ reading, implies, inReplay }) => [
    reading,
    implies,
    inReplay,
  ]);
  const columns = ['What it can mean', 'would imply', 'in this replay'].map((head) => ({
    head,
    whenLong: 'wrap' as const,
  }));
  return section(report, columns, rows);
}

/** How one knows what the scenario says. */
export function gradeLines(report: Report): string[] {
  const { provenance } = report.result;
  const rank = (grade: string) => {
    const i = GRADES.indexOf(grade);
    return i < 0 ? GRADES.length : i;
  };
  const rows = [...provenance]
    .sort((a, b) => rank(a.grade) - rank(b.grade))
    .map(({ grade, path, note }) => [grade, path, note]);
  const columns = [
    { head: 'How one knows' },
    { head: 'what', whenLong: 'wrap' as const },
    { head: 'note', whenLong: 'wrap' as const },
  ];
  return section(report, columns, rows);
}

/** The identities that this run was checked by. */
export function certificateLines(report: Report): string[] {
  const { style, result } = report;
  const { checks } = result.certificate;
  const rows = checks.map(({ name, expected, observed, holds, z }) => [
    name,
    figure(expected),
    figure(observed),
    holds ? (z === undefined ? 'holds' : `z ${z.toFixed(1)}`) : 'BROKEN',
  ]);
  const columns = [
    { head: 'Certificate', whenLong: 'wrap' as const },
    { head: 'expected', align: 'right' as const },
    { head: 'observed', align: 'right' as const },
    { head: '' },
  ];
  const colour = (i: number) => (checks[i]?.holds === true ? undefined : style.red);
  return section(report, columns, rows, colour);
}

/** Whole numbers in full: an identity is exact. */
function figure(value: number | string): string {
  if (typeof value === 'string') return value;
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? String(value) : count(value);
}
