/** Which objectives a size misses, and by what. */
import type { Alternative } from '../../experiment/size/answer.ts';
import { valueWords } from '../sections/objectives.ts';
import type { SizeText } from './size-report.ts';

/** The first of them; null: none. */
export function missedWords(
  { values, missed }: Alternative,
  { scenario }: SizeText,
): string | null {
  const [i] = missed;
  const objective = i === undefined ? undefined : scenario.objectives[i];
  if (i === undefined || objective === undefined) return null;
  return `${objective.text}: ${valueWords(values[i] ?? null, objective.condition.metric)}`;
}
