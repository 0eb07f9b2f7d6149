/** A review as text: a verdict, the findings by weight, what was looked at, what could not be judged. */
import type { Weight } from '../../experiment/review/finding.ts';
import type { Review } from '../../experiment/review/review.ts';
import { placeWords } from '../../scenario/import/configuration.ts';
import type { Style } from '../style.ts';
import { wrap } from '../text.ts';
import { count, listed } from '../words.ts';
import { listedFacts } from './fact-list.ts';
import { sourceWords } from './source-words.ts';
import { verdictOf } from './verdict.ts';

/** Lines of a screen that findings may take. */
const MOST_LINES = 48;

export function renderReview(answer: Review, style: Style): string {
  const lines = [
    ...wrap(verdictOf(answer)).map(style.bold),
    ...findingLines(answer, style),
    '',
    ...lookedAt(answer),
    ...sums(answer),
    ...notJudged(answer),
  ];
  return `${lines.join('\n')}\n`;
}

/** As many as a screen holds, the heaviest first; the rest is counted. */
function findingLines({ findings }: Review, style: Style): string[] {
  const lines: string[] = [];
  for (const [i, finding] of findings.entries()) {
    const block = blockOf(finding, style);
    if (i > 0 && lines.length + block.length > MOST_LINES) {
      const rest = findings.length - i;
      return [...lines, '', `… and ${rest} more; --json has all of them.`];
    }
    lines.push(...block);
  }
  return lines;
}

function blockOf({ rule, weight, place, says, mend }: Review['findings'][number], style: Style) {
  const at = place === null ? '' : `  ${placeWords(place)}`;
  const indented = (text: string) => wrap(text, 78).map((line) => `  ${line}`);
  return [
    '',
    `${colour[weight](style)(weight)}${at}  ${style.dim(rule)}`,
    ...indented(says),
    ...indented(`Do: ${mend}`),
  ];
}

const colour: Readonly<Record<Weight, (style: Style) => (text: string) => string>> = {
  breaks:
    ({ red, bold }) =>
    (text) =>
      bold(red(text)),
  hurts: ({ yellow }) => yellow,
  note: ({ dim }) => dim,
};

function lookedAt({ facts }: Review): string[] {
  const items = listedFacts(facts).map(
    ({ service, words, source }) =>
      `${service === null ? '' : `${service}: `}${words} (${sourceWords(source)})`,
  );
  return wrap(`Looked at: ${items.join(' · ')}.`, undefined, '  ');
}

/** What the pools add up to, for who must know what the database has to admit. */
function sums({ connections, facts }: Review): string[] {
  const { ordinary, rolling, ceiling, free } = connections;
  if (ordinary === null) return [];
  const parts = [
    `${count(ordinary)} when all are full`,
    ...(rolling === null || rolling === ordinary
      ? []
      : [`${count(rolling)} while a deployment rolls`]),
    ...(ceiling === null ? [] : [`${count(ceiling)} at the autoscaler's ceiling`]),
  ];
  const isDirect = facts.poolers.length === 0;
  const rest = free === null || !isDirect ? '' : `; the database has ${count(free)} for them`;
  return wrap(`Connections of the pools: ${listed(parts)}${rest}.`, undefined, '  ');
}

function notJudged(answer: Review): string[] {
  if (answer.notJudged.length === 0) return [];
  const items = answer.notJudged.map(({ asks, needs }) => `${asks} (${needs.join(', ')})`);
  return wrap(`Not judged without these options: ${items.join(' · ')}.`, undefined, '  ');
}
