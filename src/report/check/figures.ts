/** The row of a scenario in the table of a check, whatever it is drawn with. */
import type { CheckedFile } from '../../experiment/check/answer.ts';
import { sideWords, valueWords } from '../compare/figure-words.ts';
import { oneLine } from '../text.ts';
import { count, NOTHING, percent } from '../words.ts';
import { detectableOf } from './summary-line.ts';

export const HEADS = ['Scenario', '', 'objectives', 'p99', 'failed', 'detects', 'runs'] as const;

/** Cells for those heads. */
export function rowOf(file: CheckedFile): readonly string[] {
  const { objectives, replications } = file.checked;
  const met = objectives.filter(({ state }) => state === 'met').length;
  const detectable = detectableOf(file);
  return [
    oneLine(file.now.scenario.name),
    file.verdict,
    objectives.length === 0 ? 'none' : `${met} of ${objectives.length}`,
    sides(file, 'response.p99Ms', 'time'),
    sides(file, 'errors', 'share'),
    detectable === null ? NOTHING : percent(detectable),
    count(replications),
  ];
}

/** What it was and what it is; what it is where there is nothing to compare it with. */
function sides(file: CheckedFile, name: string, kind: 'time' | 'share'): string {
  const value = file.checked.figures[name] ?? null;
  const metric = file.checked.comparison?.metrics.find((one) => one.name === name);
  const now = value === null ? NOTHING : valueWords(value, kind);
  if (metric === undefined || typeof metric.a !== 'number' || metric.a === value) return now;
  if (value === null) return `${valueWords(metric.a, kind)} → ${now}`;
  return sideWords({ a: metric.a, b: value }, kind).join(' → ');
}
