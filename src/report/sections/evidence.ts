/** What a sceptic wants to see: readings, grades of what is known, and the certificate. */
import type { ClosedFormCheck } from '../../experiment/result.ts';
import { type Report, section } from '../report.ts';
import { count, milliseconds } from '../words.ts';

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

/** The identities that this run was checked by, and what queueing theory says of parts of it. */
export function certificateLines(report: Report): string[] {
  const identities = identityLines(report);
  const forms = closedFormLines(report);
  return forms.length === 0 ? identities : [...identities, '', ...forms];
}

function identityLines(report: Report): string[] {
  const { style, result } = report;
  const checks = result.certificate.checks.filter((check) => check.exact);
  const rows = checks.map(({ name, expected, observed, holds }) => [
    name,
    figure(expected),
    figure(observed),
    holds ? 'holds' : 'BROKEN',
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

function closedFormLines(report: Report): string[] {
  const { style, result, clock } = report;
  const checks = result.certificate.checks.filter((check) => !check.exact);
  const rows = checks.map((check) => [
    check.figure,
    `${clock.time(check.from)} to ${clock.time(check.to)}`,
    check.form,
    closedFigure(check.expected, check.unit),
    closedFigure(check.observed, check.unit),
    distance(check),
  ]);
  const columns = [
    { head: 'Closed forms', whenLong: 'wrap' as const },
    { head: '' },
    { head: 'formula', whenLong: 'wrap' as const },
    { head: 'theory', align: 'right' as const },
    { head: 'simulated', align: 'right' as const },
    { head: 'z' },
  ];
  const colour = (i: number) => (checks[i]?.holds === true ? undefined : style.red);
  return section(report, columns, rows, colour);
}

/** How far the simulated value is from theory, in standard errors. */
function distance({ z, holds }: ClosedFormCheck): string {
  const errors = z === undefined ? '' : z.toFixed(1);
  return holds ? errors || 'near' : `${errors} deviates`.trim();
}

/** One digit more than elsewhere, so that a difference of some standard errors shows. */
function closedFigure(value: number, unit: ClosedFormCheck['unit']): string {
  if (unit === 'per second') return `${value < 1e4 ? value.toPrecision(4) : count(value)}/s`;
  if (unit === 'share') return `${(value * 100).toPrecision(4)} %`;
  return value < 1e6 ? `${Number(value.toPrecision(4))} ms` : milliseconds(value);
}

/** Whole numbers in full: an identity is exact. */
function figure(value: number | string): string {
  if (typeof value === 'string') return value;
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? String(value) : count(value);
}
