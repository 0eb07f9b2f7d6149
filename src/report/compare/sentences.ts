/** What differs between the two sides, in sentences: the verdict, then what differs, then what does not. */
import type { Comparison } from '../../experiment/compare/compare.ts';
import type { PairedMetric } from '../../experiment/compare/paired.ts';
import { RELATIVE_ERROR } from '../../stats/histogram.ts';
import { counted, listed, percent } from '../words.ts';
import { differenceWords } from './figure-words.ts';
import type { MetricWords } from './metric-words.ts';

/** A metric that could be tested. */
interface Tested {
  readonly name: string;
  readonly words: MetricWords;
  readonly significant: boolean;
  /** In the unit of the words' kind. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly smallestVisible: number;
}

export interface Described {
  readonly metric: PairedMetric;
  readonly words: MetricWords;
}

/** These are always spoken of; the others stand in the table. */
const SPOKEN_OF: readonly string[] = ['errors', 'response.p99Ms', 'response.p50Ms'];
/** Of the others, so many of those that differ are spoken of where none of these does. */
const MOST_OTHERS = 3;

/** In one sentence, whether B is better. */
export function verdictSentence(comparison: Comparison, described: readonly Described[]): string {
  const tested = described.flatMap(testedOf);
  const runs = counted(comparison.replications, 'run');
  if (tested.every(isExactlyZero)) {
    return `A and B are the same in every figure of each of ${runs}.`;
  }
  const found = tested.filter(({ significant }) => significant);
  if (found.length === 0) return `${runs} of each show no difference between A and B.`;
  const isJudged = ({ words }: Tested) => words.better !== null;
  if (!tested.some(isJudged)) {
    return 'Failures and times were not observed in every run: nobody can say which is better.';
  }
  const judged = found.filter(isJudged);
  const better = judged.filter(isBetter).length;
  if (judged.length === 0) return 'B serves requests as well as A, as far as one can see.';
  if (better === judged.length) return 'B is better than A.';
  return better === 0
    ? 'B is worse than A.'
    : 'B is better than A in some figures and worse in others.';
}

/** The sentences after it; none where nothing differs at all. */
export function differenceSentences(
  { replications }: Comparison,
  described: readonly Described[],
): string[] {
  const tested = described.flatMap(testedOf);
  if (tested.every(isExactlyZero)) return [];
  const spoken = tested.filter(({ name }) => SPOKEN_OF.includes(name));
  const found = foundOf(tested, spoken);
  const same = spoken.filter((each) => !each.significant && holdsZero(each));
  const unseen = same.filter((each) => !isExactlyZero(each));
  return [
    ...foundSentence(found),
    ...sameSentence(same.filter(isExactlyZero)),
    ...unseenSentence(unseen, replications),
    ...undecidedSentence(spoken.filter((each) => !each.significant && !holdsZero(each))),
  ];
}

/** Of the figures that differ those to speak of; what bears out the verdict is among them. */
function foundOf(tested: readonly Tested[], spoken: readonly Tested[]): Tested[] {
  const all = tested.filter(({ significant }) => significant);
  const main = all.filter((each) => spoken.includes(each));
  if (main.length === 0) return all.slice(0, MOST_OTHERS);
  const judged = all.filter(({ words }) => words.better !== null);
  const missing = [true, false].flatMap((way) =>
    main.some((each) => isBetter(each) === way)
      ? []
      : judged.filter((each) => isBetter(each) === way).slice(0, 1),
  );
  return [...main, ...missing];
}

/** `B's error rate is 7.1 points lower (6.9 to 7.3), its p99 38 ms lower (31 to 45).` */
function foundSentence(found: readonly Tested[]): string[] {
  if (found.length === 0) return [];
  const parts = found.map((each, i) => {
    const { size, sizes } = differenceWords(each, each.words.kind);
    const way = each.difference < 0 ? 'lower' : 'higher';
    const subject = i === 0 ? `B's ${each.words.subject} is` : `its ${each.words.subject}`;
    return `${subject} ${size} ${way} (${sizes})`;
  });
  return [`${listed(parts)}.`];
}

function sameSentence(same: readonly Tested[]): string[] {
  if (same.length === 0) return [];
  const isRough = same.some(({ words }) => words.isPercentile === true);
  const rough = isRough ? ` (percentiles are known to ${percent(RELATIVE_ERROR)})` : '';
  return [`${subjectsOf(same)} the same in every run${rough}.`];
}

/** `Its median is the same (differences below 0.4 ms could not have been seen with 10 runs).` */
function unseenSentence(same: readonly Tested[], replications: number): string[] {
  if (same.length === 0) return [];
  const sizes = same.map((each) => differenceWords(each, each.words.kind).visibleSize);
  const below = `differences below ${listed(sizes)} could not have been seen`;
  return [`${subjectsOf(same)} the same (${below} with ${counted(replications, 'run')}).`];
}

/** Alone it would be a difference; among so many it may be chance. */
function undecidedSentence(undecided: readonly Tested[]): string[] {
  if (undecided.length === 0) return [];
  const subjects = listed(undecided.map(({ words }) => words.subject));
  return [`More runs would tell whether its ${subjects} ${plural(undecided, 'differ')}.`];
}

function subjectsOf(metrics: readonly Tested[]): string {
  return `Its ${listed(metrics.map(({ words }) => words.subject))} ${metrics.length === 1 ? 'is' : 'are'}`;
}

function plural({ length }: readonly unknown[], verb: string): string {
  return length === 1 ? `${verb}s` : verb;
}

/** Nothing for what could not be tested. */
export function testedOf({ metric, words }: Described): Tested[] {
  const { difference, low, high, smallestVisible, significant } = metric;
  if (difference === null || low === null || high === null) return [];
  if (smallestVisible === null || significant === null) return [];
  const { scale } = words;
  return [
    {
      name: metric.name,
      words,
      significant,
      difference: difference * scale,
      low: low * scale,
      high: high * scale,
      smallestVisible: smallestVisible * scale,
    },
  ];
}

export function isExactlyZero({ low, high }: Pick<Tested, 'low' | 'high'>): boolean {
  return low === 0 && high === 0;
}

export function isBetter({ words, difference }: Pick<Tested, 'words' | 'difference'>): boolean {
  return words.better === (difference < 0 ? 'lower' : 'higher');
}

function holdsZero({ low, high }: Tested): boolean {
  return low <= 0 && high >= 0;
}
