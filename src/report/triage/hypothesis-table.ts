/** The table of causes: what one would see of each, what one sees, and whether it fits. */
import type { Evidence } from '../../experiment/diagnose/evidence.ts';
import type { Hypothesis, JudgedSign } from '../../experiment/diagnose/hypotheses.ts';
import type { Style } from '../style.ts';
import { layOutTable } from '../table.ts';
import { causeWords } from './cause-words.ts';
import { judgementWords, signWords } from './sign-words.ts';

interface Judged {
  readonly hypotheses: readonly Hypothesis[];
  readonly evidence: Evidence;
}

/**
 * One line a sign, the causes in their order; of a cause that is out only what rules it out. What fits is
 * green, what does not is dim.
 * @param full all that rules a cause out and all signs of the others; otherwise the first, and the marks
 */
export function hypothesisTable(
  { hypotheses, evidence }: Judged,
  style: Style,
  full: boolean,
): string[] {
  const rows = hypotheses.flatMap((hypothesis) =>
    shownSigns(hypothesis, full).map(({ name, judgement }, i) => ({
      judgement,
      cells: [
        i === 0 ? causeWords[hypothesis.cause].label : '',
        signWords[name].expected,
        signWords[name].seen(evidence),
        judgementWords[judgement],
      ],
    })),
  );
  const table = layOutTable(
    [
      { head: 'If it is' },
      { head: 'one would see' },
      { head: 'and sees', whenLong: 'shorten' },
      { head: '' },
    ],
    rows.map(({ cells }) => cells),
  );
  const lines = table.rows.flatMap((row, i) => {
    const colour = colourOf(rows[i]?.judgement, style);
    return colour === null ? row : row.map(colour);
  });
  return [...table.head.map((line) => style.bold(line)), ...lines];
}

function shownSigns({ state, signs }: Hypothesis, full: boolean): JudgedSign[] {
  if (state === 'excluded') {
    const against = signs.filter(({ judgement }) => judgement === 'does-not-fit');
    return full ? against : against.slice(0, 1);
  }
  return full ? [...signs] : signs.filter(({ isMark }) => isMark);
}

function colourOf(judgement: JudgedSign['judgement'] | undefined, { green, dim }: Style) {
  if (judgement === 'fits') return green;
  return judgement === 'does-not-fit' ? dim : null;
}
