/** A diagnosis as text: verdict, levers, where the time went, what would have been, causes. */
import type { Diagnosis } from '../../experiment/diagnose/diagnosis.ts';
import { formatIso } from '../../scenario/clock.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { runClock, type RunClock } from '../run-clock.ts';
import type { Style } from '../style.ts';
import { wrap } from '../text.ts';
import { hypothesisTable } from '../triage/hypothesis-table.ts';
import { counterfactualLines } from './counterfactual-lines.ts';
import { ledgerTable } from './ledger-table.ts';
import { leverLines } from './lever-lines.ts';
import { diagnosisVerdict } from './verdict.ts';

export interface DiagnosisReport {
  readonly diagnosis: Diagnosis;
  readonly scenario: Scenario;
  /** Everything. */
  readonly full: boolean;
  readonly style: Style;
}

/** What the sections are made from. */
export interface DiagnosisParts extends DiagnosisReport {
  readonly clock: RunClock;
}

export function renderDiagnosis(report: DiagnosisReport): string {
  const { diagnosis, scenario, full, style } = report;
  const parts = { ...report, clock: clockOf(scenario) };
  const verdict = diagnosisVerdict(parts).flatMap((sentence, i) => {
    const lines = wrap(sentence, undefined, '  ');
    return i === 0 ? lines.map(style.bold) : lines;
  });
  const sections = [
    verdict,
    leverLines(parts),
    ledgerTable(parts),
    counterfactualLines(parts),
    hypothesisTable(diagnosis, style, full),
  ].filter((lines) => lines.length > 0);
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function clockOf({ startMs, durationNs, utcOffsetMinutes }: Scenario): RunClock {
  const iso = (ns: number) => formatIso({ startMs, utcOffsetMinutes }, ns);
  return runClock({ start: iso(0), end: iso(durationNs) }, utcOffsetMinutes);
}
