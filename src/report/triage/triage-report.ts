/** A triage as text: verdict, the causes one by one, and what to measure next. */
import type { Triage } from '../../experiment/diagnose/triage.ts';
import type { Style } from '../style.ts';
import { tableLines } from '../table.ts';
import { wrap } from '../text.ts';
import { causeWords } from './cause-words.ts';
import { figureWords } from './figure-words.ts';
import { hypothesisTable } from './hypothesis-table.ts';
import { triageVerdict } from './verdict.ts';

/** At most so many figures are suggested. */
const MOST_SUGGESTED = 4;

export function renderTriage(answer: Triage, style: Style): string {
  const verdict = triageVerdict(answer).flatMap((sentence, i) => {
    const lines = wrap(sentence, undefined, '  ');
    return i === 0 ? lines.map(style.bold) : lines;
  });
  const lines = [
    ...verdict,
    '',
    ...hypothesisTable(answer, style, true),
    ...suggestions(answer, style),
  ];
  return `${lines.join('\n')}\n`;
}

function suggestions({ next }: Triage, style: Style): string[] {
  if (next.length === 0) return [];
  const rows = next.slice(0, MOST_SUGGESTED).map(({ figure, tells }) => {
    const { option, metric } = figureWords[figure];
    return [option, metric, tells.map((cause) => causeWords[cause].label).join(', ')];
  });
  const [head = '', ...lines] = tableLines(
    [{ head: 'Measure next' }, { head: 'found in' }, { head: 'tells of', whenLong: 'wrap' }],
    rows,
  );
  return ['', style.bold(head), ...lines];
}
