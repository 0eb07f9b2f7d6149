/** A check in one sentence, and what it would have seen. */
import type { CheckAnswer, CheckedFile } from '../../experiment/check/answer.ts';
import { counted, listed, percent } from '../words.ts';

/** `1 of 3 scenarios fails, 1 is undecided.`, `3 scenarios pass: 7 objectives met, …` */
export function summaryLine({ files, verdict, against }: CheckAnswer): string {
  if (verdict === 'pass') return passLine(files, against);
  const failed = files.filter((file) => file.verdict === 'fail').length;
  const open = files.filter((file) => file.verdict === 'undecided').length;
  const parts = [
    ...(failed === 0 ? [] : [`${failed} ${failed === 1 ? 'fails' : 'fail'}`]),
    ...(open === 0 ? [] : [`${open} ${open === 1 ? 'is' : 'are'} undecided`]),
  ];
  return `Of ${counted(files.length, 'scenario')} ${listed(parts)}.`;
}

function passLine(files: readonly CheckedFile[], against: string | null): string {
  const objectives = files.flatMap(({ checked }) => checked.objectives);
  const met = objectives.filter(({ state }) => state === 'met').length;
  const compared = files.filter(({ before }) => before !== null).length;
  const parts = [
    objectives.length === 0
      ? 'no objective is stated'
      : `${met} of ${counted(objectives.length, 'objective')} met`,
    ...(against === null || compared === 0 ? [] : [`nothing is worse than ${against}`]),
  ];
  const pass = files.length === 1 ? 'passes' : 'pass';
  return `${counted(files.length, 'scenario')} ${pass}: ${parts.join(', ')}.`;
}

/** `A p99 that is 5.0 % worse would be found.`; null: nothing is compared. */
export function detectableLine({ files }: CheckAnswer): string | null {
  const shares = files.flatMap((file) => detectableOf(file) ?? []);
  if (shares.length === 0) return null;
  const [least, most] = [Math.min(...shares), Math.max(...shares)];
  if (least === most) return `A p99 that is ${percent(most)} worse would be found.`;
  return `A p99 that is ${percent(least)} to ${percent(most)} worse, by scenario, would be found.`;
}

/**
 * The smallest share by which the 99th percentile could be worse and be found; null: it is not compared, or
 * it is so different that nobody asks.
 */
export function detectableOf({ checked }: Pick<CheckedFile, 'checked'>): number | null {
  const metric = checked.comparison?.metrics.find(({ name }) => name === 'response.p99Ms');
  if (metric === undefined || metric.isRegression || metric.isBetter) return null;
  return metric.detectable;
}
