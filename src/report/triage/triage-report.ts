/** A triage as text: verdict, the causes one by one, and what to measure next. */
import type { Evidence } from '../../experiment/diagnose/evidence.ts';
import type { Hypothesis } from '../../experiment/diagnose/hypotheses.ts';
import type { Triage } from '../../experiment/diagnose/triage.ts';
import type { Style } from '../style.ts';
import { layOutTable, tableLines } from '../table.ts';
import { wrap } from '../text.ts';
import { causeWords } from './cause-words.ts';
import { figureWords } from './figure-words.ts';
import { judgementWords, signWords } from './sign-words.ts';
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
    ...hypothesisTable(answer.hypotheses, answer.evidence, style),
    ...suggestions(answer, style),
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * One line a sign, the causes in their order; of a cause that is out only what rules it out. What fits is
 * green, what does not is dim.
 */
export function hypothesisTable(
  hypotheses: readonly Hypothesis[],
  evidence: Evidence,
  style: Style,
): string[] {
  const rows = hypotheses.flatMap(({ cause, state, signs }) =>
    signs
      .filter(({ judgement }) => state !== 'excluded' || judgement === 'does-not-fit')
      .map(({ name, judgement }, i) => ({
        judgement,
        cells: [
          i === 0 ? causeWords[cause].label : '',
          signWords[name].expected,
          signWords[name].seen(evidence),
          judgementWords[judgement],
        ],
      })),
  );
  const table = layOutTable(
    [{ head: 'If it is' }, { head: 'one would see' }, { head: 'and sees' }, { head: '' }],
    rows.map(({ cells }) => cells),
  );
  const paint = { fits: style.green, 'does-not-fit': style.dim } as Partial<
    Record<string, (text: string) => string>
  >;
  const lines = table.rows.flatMap((row, i) => {
    const colour = paint[rows[i]?.judgement ?? ''];
    return colour === undefined ? row : row.map(colour);
  });
  return [...table.head.map((line) => style.bold(line)), ...lines];
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
