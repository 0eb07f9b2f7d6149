/** What a check found out about each scenario, and what follows from it. */
import { documentChanges, type DocumentChange } from '../../scenario/document-changes.ts';
import type { PlaceOf } from '../../scenario/parse-scenario.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { Finding } from '../review/finding.ts';
import { factsOf } from '../review/given.ts';
import { review } from '../review/review.ts';
import type { CheckedScenario } from './check.ts';
import type { JudgedMetric, Tolerances } from './regressions.ts';

/** A scenario as it is or was, and where what it says stands. */
export interface ScenarioSide {
  readonly scenario: Scenario;
  readonly placeOf: PlaceOf;
}

export interface CheckSubject {
  /** How reports call its file. */
  readonly file: string;
  readonly now: ScenarioSide;
  /** null: there is nothing to compare it with. */
  readonly before: ScenarioSide | null;
}

/** All of it, as reports are made from it. */
export interface CheckAnswer {
  readonly files: readonly CheckedFile[];
  /** What the scenarios are compared with: a file, or a version in git; null: nothing. */
  readonly against: string | null;
  readonly tolerances: Tolerances;
  /** What an objective counts as that the budget did not decide. */
  readonly undecided: UndecidedPolicy;
  /** What people should know besides: sentences. */
  readonly notices: readonly string[];
  readonly verdict: CheckVerdict;
}

export type CheckVerdict = 'pass' | 'fail' | 'undecided';

export interface CheckedFile extends CheckSubject {
  readonly checked: CheckedScenario;
  /** What differs between the two sides. */
  readonly changes: readonly DocumentChange[];
  /** Of the review of its settings, the heaviest first. */
  readonly findings: readonly CheckedFinding[];
  readonly regressions: readonly JudgedMetric[];
  readonly verdict: CheckVerdict;
}

export interface CheckedFinding extends Finding {
  readonly rule: string;
  /** What it was compared with has no such finding. */
  readonly isNew: boolean;
}

/** What an objective that nobody can decide counts as. */
export type UndecidedPolicy = 'undecided' | 'pass' | 'fail';

/** @param checked of each subject, in their order */
export function checkAnswer(
  subjects: readonly CheckSubject[],
  checked: readonly CheckedScenario[],
  more: Omit<CheckAnswer, 'files' | 'verdict'>,
): CheckAnswer {
  const files = subjects.map((subject, i) => {
    const one = checked[i];
    if (one === undefined) throw new Error('bug: a scenario was not checked');
    return checkedFile(subject, one, more.undecided);
  });
  return { files, ...more, verdict: overallVerdict(files) };
}

export function checkedFile(
  subject: CheckSubject,
  checked: CheckedScenario,
  policy: UndecidedPolicy,
): CheckedFile {
  const { now, before } = subject;
  const metrics = checked.comparison?.metrics ?? [];
  const file = {
    ...subject,
    checked,
    changes:
      before === null ? [] : documentChanges(before.scenario.document, now.scenario.document),
    findings: findingsOf(subject),
    regressions: metrics.filter(({ isRegression }) => isRegression),
  };
  return { ...file, verdict: verdictOf(file, policy) };
}

/** That of all together: what fails counts more than what is undecided. */
export function overallVerdict(files: readonly Pick<CheckedFile, 'verdict'>[]): CheckVerdict {
  const verdicts = files.map(({ verdict }) => verdict);
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.includes('undecided') ? 'undecided' : 'pass';
}

/** New ones whose connections are refused, or where nothing goes on. */
export function newBreaks({ findings }: Pick<CheckedFile, 'findings'>): CheckedFinding[] {
  return findings.filter(({ isNew, weight }) => isNew && weight === 'breaks');
}

function verdictOf(file: Omit<CheckedFile, 'verdict'>, policy: UndecidedPolicy): CheckVerdict {
  const states = file.checked.objectives.map(({ state }) => state);
  const isWorse = file.regressions.length > 0 || newBreaks(file).length > 0;
  if (states.includes('missed') || isWorse) return 'fail';
  return states.includes('undecided') ? policy : 'pass';
}

/** Of each rule as many as there are more than before: the same thing may be said with other figures. */
function findingsOf({ file, now, before }: CheckSubject): CheckedFinding[] {
  const known = before === null ? [] : reviewed(file, before).map(({ rule }) => rule);
  return reviewed(file, now).map((finding) => {
    const at = known.indexOf(finding.rule);
    if (at >= 0) known.splice(at, 1);
    return { ...finding, isNew: before !== null && at < 0 };
  });
}

function reviewed(file: string, side: ScenarioSide) {
  return review(factsOf([], { file, ...side }, {}).facts).findings;
}
