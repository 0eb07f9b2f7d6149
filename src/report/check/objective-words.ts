/** What an objective came to. */
import type { CheckedFile } from '../../experiment/check/answer.ts';
import { valueWords } from '../sections/objectives.ts';
import { oneLine } from '../text.ts';

/** `response p99 < 1s: 1.2 s (1.1 s to 1.3 s)` */
export function objectiveWords({ checked, now }: CheckedFile, i: number): string {
  const objective = checked.objectives[i];
  if (objective === undefined) throw new Error('bug: there is no such objective');
  const { text, value, low, high } = objective;
  const words = (x: number) => valueWords(x, now.scenario.objectives[i]?.condition.metric);
  const interval =
    low === null || high === null || words(low) === words(high)
      ? ''
      : ` (${words(low)} to ${words(high)})`;
  const own = valueWords(value, now.scenario.objectives[i]?.condition.metric);
  return `${oneLine(text)}: ${own}${interval}`;
}
