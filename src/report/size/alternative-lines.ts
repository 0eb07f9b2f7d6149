/** What it costs to be wrong on either side. */
import type { Alternative } from '../../experiment/size/answer.ts';
import { tableLines } from '../table.ts';
import { count, milliseconds, orNothing, percent, rate } from '../words.ts';
import { missedWords } from './missed-words.ts';
import type { SizeText } from './size-report.ts';

const IS: Readonly<Record<Alternative['is'], string>> = {
  now: 'now',
  below: 'too few',
  recommended: 'recommended',
  'upper-end': 'upper end',
  beyond: 'too many',
};

export function alternativeLines(text: SizeText): string[] {
  const { alternatives, judgedOn } = text.size;
  if (alternatives.length === 0) return [];
  const some = alternatives.some(({ servesPerSecond }) => servesPerSecond !== null);
  const columns = [
    { head: 'Connections' },
    { head: 'each', align: 'right' as const },
    { head: 'fleet', align: 'right' as const },
    { head: 'failed', align: 'right' as const },
    { head: '99 % within', align: 'right' as const },
    ...(some ? [{ head: 'full pool serves', align: 'right' as const }] : []),
    { head: 'missed', whenLong: 'shorten' as const },
  ];
  const rows = alternatives.map((one) => [
    IS[one.is],
    count(one.size),
    count(one.connections),
    orNothing(one.errors, percent),
    orNothing(one.p99Ms, milliseconds),
    ...(some ? [orNothing(one.servesPerSecond, rate)] : []),
    missedWords(one, text) ?? (one.drains === false ? 'a backlog stays' : ''),
  ]);
  const note = judgedOn === 'scenario' ? ['(one run each, up to some minutes after the peak)'] : [];
  const [head = '', ...lines] = tableLines(columns, rows);
  return [text.style.bold(head), ...lines, ...note.map(text.style.dim)];
}
