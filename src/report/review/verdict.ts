/** The first line of a review. */
import { WEIGHTS } from '../../experiment/review/finding.ts';
import type { Review } from '../../experiment/review/review.ts';
import { listed } from '../words.ts';

const WORDS = {
  breaks: { one: 'breaks', many: 'break' },
  hurts: { one: 'hurts', many: 'hurt' },
  note: { one: 'is to note', many: 'are to note' },
} as const;

/** `1 thing breaks, 2 hurt and 1 is to note.` */
export function verdictOf({ findings, notJudged }: Review): string {
  if (findings.length === 0) {
    const asked = notJudged.length === 0 ? 'everything that was' : 'what could be';
    return `Nothing is wrong with ${asked} looked at.`;
  }
  const counts = WEIGHTS.flatMap((weight) => {
    const n = findings.filter((finding) => finding.weight === weight).length;
    return n === 0 ? [] : [{ n, verb: n === 1 ? WORDS[weight].one : WORDS[weight].many }];
  });
  const parts = counts.map(({ n, verb }, i) => {
    const things = n === 1 ? ' thing' : ' things';
    return `${n}${i === 0 ? things : ''} ${verb}`;
  });
  return `${listed(parts)}.`;
}
