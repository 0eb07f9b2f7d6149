/** A comparison on a terminal: which is which, the verdict in words, then the table it rests on. */
import type { Comparison, Unlike } from '../../experiment/compare/compare.ts';
import type { PairedMetric, SideCounts, Value } from '../../experiment/compare/paired.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { section } from '../report.ts';
import { plainStyle, type Style } from '../style.ts';
import { oneLine, shorten, wrap } from '../text.ts';
import { count, counted, listed, NOTHING } from '../words.ts';
import { differenceWords, sideWords, valueWords } from './figure-words.ts';
import { type MetricWords, metricWords } from './metric-words.ts';
import {
  type Described,
  differenceSentences,
  isBetter,
  isExactlyZero,
  testedOf,
  verdictSentence,
} from './sentences.ts';
import { sideLines, type Sides } from './sides.ts';

interface Given {
  readonly answer: Comparison;
  readonly sides: Sides;
  readonly objectives: Scenario['objectives'];
  readonly style: Style;
}

/** The comparison as text of at most 80 columns. */
export function renderCompared({
  style = plainStyle,
  ...rest
}: Omit<Given, 'style'> & { readonly style?: Style }): string {
  const given: Given = { ...rest, style };
  const described = given.answer.metrics.map((metric) => ({
    metric,
    words: metricWords(metric.name, given.objectives),
  }));
  const sections = [headLines, wordLines, tableLines, objectiveLines, noteLines];
  return sections
    .map((lines) => lines(given, described))
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(''))
    .join('\n');
}

function headLines({ answer, sides, style }: Given): string[] {
  const { replications, independent, seed } = answer;
  const numbers = independent
    ? 'each with random numbers of its own'
    : 'with the same random numbers';
  const facts = `${counted(replications, 'run')} of A and B, ${numbers}`;
  return [
    ...sideLines(answer, sides).map((line) => style.bold(line)),
    ...wrap(`${facts}, seed ${shorten(oneLine(seed), 20)}`),
  ];
}

function wordLines({ answer, style }: Given, described: readonly Described[]): string[] {
  const verdict = wrap(verdictSentence(answer, described)).map((line) => style.bold(line));
  return [...verdict, ...differenceSentences(answer, described).flatMap((text) => wrap(text))];
}

/** The figures that were ever observed; those that differ are marked. */
function tableLines({ answer, style }: Given, described: readonly Described[]): string[] {
  const judged = new Set(answer.objectives.map(({ text }) => text));
  const shown = described.filter(
    ({ metric }) => !isNeverObserved(metric) && !judged.has(metric.name),
  );
  const columns = [
    { head: '', whenLong: 'wrap' as const },
    { head: 'A', align: 'right' as const },
    { head: 'B', align: 'right' as const },
    { head: 'B - A', align: 'right' as const },
    { head: '' },
    { head: '95 % interval', align: 'right' as const },
    { head: 'visible', align: 'right' as const },
  ];
  return section({ style }, columns, shown.map(rowOf), (i) => colourOf(style, shown[i]));
}

function rowOf(described: Described): string[] {
  const { metric, words } = described;
  const [tested] = testedOf(described);
  if (tested === undefined) return [words.head, ...sideCells(metric, words), NOTHING, '', '', ''];
  if (isExactlyZero(tested)) return [words.head, ...sideCells(metric, words), 'none', '', '', ''];
  const sides = { a: Number(metric.a) * words.scale, b: Number(metric.b) * words.scale };
  const cells = sideWords(sides, words.kind);
  const { signed, interval, visible } = differenceWords(tested, words.kind);
  const mark = tested.significant ? '*' : '';
  return [words.head, ...cells, signed, mark, interval, visible];
}

function sideCells({ a, b }: PairedMetric, { kind, scale }: MetricWords): string[] {
  const cell = (value: Value) => {
    if (value === null) return NOTHING;
    return value === 'infinite' ? value : valueWords(value * scale, kind);
  };
  return [cell(a), cell(b)];
}

function colourOf(style: Style, described: Described | undefined) {
  const [tested] = described === undefined ? [] : testedOf(described);
  if (tested?.significant !== true || tested.words.better === null) return undefined;
  return isBetter(tested) ? style.green : style.red;
}

/** The objectives of both, with the value that decided, and in how many runs it was met. */
function objectiveLines({ answer, style }: Given, described: readonly Described[]): string[] {
  const rows = answer.objectives.flatMap(({ text, met }) => {
    const found = described.find(({ metric }) => metric.name === text);
    if (found === undefined) return [];
    const [head = '', a = '', b = '', difference = '', mark = ''] = rowOf(found);
    const counts = [met.a, met.b].map((n) => `${count(n)} of ${count(answer.replications)}`);
    return [[head, a, b, difference, mark, ...counts]];
  });
  const columns = [
    { head: 'Objectives', whenLong: 'shorten' as const },
    { head: 'A', align: 'right' as const },
    { head: 'B', align: 'right' as const },
    { head: 'B - A', align: 'right' as const },
    { head: '' },
    { head: 'met by A', align: 'right' as const },
    { head: 'met by B', align: 'right' as const },
  ];
  return section({ style }, columns, rows, (i) => {
    const text = answer.objectives[i]?.text;
    return colourOf(
      style,
      described.find(({ metric }) => metric.name === text),
    );
  });
}

const UNLIKE_WORDS: Readonly<Record<Unlike, string>> = {
  duration: 'A and B are not equally long: figures of whole runs differ for that reason alone.',
  streams:
    'Services or requests are called differently in A and B, and random numbers go by those ' +
    'names: what chance does to the two is not the same.',
};

function noteLines({ answer }: Given, described: readonly Described[]): string[] {
  const { family, replications, unlike } = answer;
  const tested = described.flatMap(testedOf);
  const notes = [
    ...unlike.map((each) => UNLIKE_WORDS[each]),
    ...untestedNotes(described, replications),
    ...(tested.some(({ significant }) => significant)
      ? [`* a difference, at 5 % after Holm's correction for ${counted(family, 'figure')}`]
      : []),
    ...(tested.every(isExactlyZero)
      ? []
      : [
          'visible: a difference of this size is found in 4 of 5 such comparisons, smaller ones less often',
        ]),
  ];
  return notes.flatMap((note) => wrap(note));
}

function isNeverObserved({ a, b, unobserved }: PairedMetric): boolean {
  return a === null && b === null && unobserved !== undefined && unobserved.a === unobserved.b;
}

/** Why metrics were not tested: in how many runs they had no number. */
function untestedNotes(described: readonly Described[], of: number): string[] {
  const heads = new Map<string, string[]>();
  for (const { metric, words } of described) {
    if (metric.significant !== null || isNeverObserved(metric)) continue;
    for (const reason of reasonsOf(metric, of)) {
      heads.set(reason, [...(heads.get(reason) ?? []), words.head]);
    }
  }
  return [...heads].map(([reason, names]) => `not tested: ${listed(names)}, ${reason}`);
}

function reasonsOf({ infinite, unobserved }: PairedMetric, of: number): string[] {
  const runs = ({ a, b }: SideCounts) =>
    `${count(a)} of ${count(of)} runs of A and ${count(b)} of B`;
  return [
    ...(infinite === undefined
      ? []
      : [`infinite, as too many requests failed, in ${runs(infinite)}`]),
    ...(unobserved === undefined ? [] : [`not observed in ${runs(unobserved)}`]),
  ];
}
