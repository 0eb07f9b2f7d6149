/**
 * What a reviewer must know of one scenario, in three lines at most: what was changed, what that does to the
 * next surge, and what else it breaks.
 */
import { newBreaks, type CheckedFile, type CheckedFinding } from '../../experiment/check/answer.ts';
import { formatIso } from '../../scenario/clock.ts';
import { metricWords } from '../compare/metric-words.ts';
import { sideWords } from '../compare/figure-words.ts';
import { runClock } from '../run-clock.ts';
import { valueWords } from '../sections/objectives.ts';
import { oneLine, shorten, wrap } from '../text.ts';
import { STATION_WORDS } from '../verdict/names.ts';
import { counted, listed, rate, wholePercent } from '../words.ts';
import { writtenChanges } from './change-words.ts';

const MOST_LINES = 3;
/** Room for an indent. */
const COLUMNS = 78;

/** The longest wording that fits into three lines. */
export function reviewerSentence(file: CheckedFile): string {
  const wordings = [true, false].flatMap((hasCause) =>
    [2, 1, 0].map((changes) => wording(file, { changes, hasCause })),
  );
  const fits = (text: string) => wrap(text, COLUMNS).length <= MOST_LINES;
  return wordings.find(fits) ?? shorten(wordings.at(-1) ?? '', COLUMNS * MOST_LINES - 8);
}

interface Length {
  /** How many changes are named. */
  readonly changes: number;
  /** Whether it says where requests wait. */
  readonly hasCause: boolean;
}

function wording(file: CheckedFile, { changes, hasCause }: Length): string {
  const changed = changedWords(file, changes);
  const { text, isGood } = effectOf(file);
  const cause = hasCause ? causeWords(file) : '';
  const breaks = newBreaks(file).map(breakWords).slice(0, 1);
  const rest = breaks.map((words) => (isGood ? `, but ${words}` : `; and ${words}`));
  return `${changed}${text}${cause}${rest.join('')}.`;
}

function changedWords(file: CheckedFile, most: number): string {
  const all = writtenChanges(file).map(({ words }) => words);
  if (all.length === 0) return '';
  if (most === 0) return `${counted(all.length, 'change')}: `;
  const more = all.length > most ? [`${all.length - most} more`] : [];
  return `${listed([...all.slice(0, most), ...more])}: `;
}

interface Effect {
  readonly text: string;
  readonly isGood: boolean;
}

function effectOf(file: CheckedFile): Effect {
  const name = shorten(oneLine(file.now.scenario.name), 30);
  const states = statesOf(file);
  const of = (...wanted: readonly State[]) => states.filter(({ state }) => wanted.includes(state));
  const missed = [...of('now missed'), ...of('still missed'), ...of('missed')];
  const mended = of('now met');
  if (missed.length > 0) return { text: missedWords(name, missed, mended), isGood: false };
  const open = of('undecided');
  if (file.regressions.length > 0) {
    const also = open.length === 0 ? '' : `, and may or may not meet ${open[0]?.text ?? ''}`;
    return { text: `${worseWords(name, file)}${also}`, isGood: false };
  }
  if (open.length > 0) return { text: openWords(name, open), isGood: false };
  const finite = mended.filter(({ isFinite }) => isFinite);
  const shifts = (finite.length > 0 ? finite : mended).map(({ shift }) => shift).slice(0, 2);
  if (shifts.length > 0) return { text: `${name} now passes (${shifts.join(', ')})`, isGood: true };
  return { text: `${name} passes${headline(file)}`, isGood: true };
}

function missedWords(
  name: string,
  missed: readonly ObjectiveState[],
  mended: readonly ObjectiveState[],
): string {
  const [first] = missed;
  if (first === undefined) throw new Error('bug: no objective is missed');
  const verb = { 'now missed': 'now misses', 'still missed': 'still misses' }[
    first.state as 'now missed' | 'still missed'
  ] as string | undefined;
  const more = missed.length > 1 ? ` and ${counted(missed.length - 1, 'objective')} more` : '';
  const better = mended.length > 0 ? `, though it now meets ${mended[0]?.text ?? ''}` : '';
  return `${name} ${verb ?? 'misses'} ${first.text} (${first.shift})${more}${better}`;
}

function openWords(name: string, open: readonly ObjectiveState[]): string {
  const texts = open.map(({ text, shift }) => `${text} (${shift})`).slice(0, 2);
  return `${name} may or may not meet ${listed(texts, 'or')}: more runs would tell`;
}

function worseWords(name: string, { regressions, now }: CheckedFile): string {
  const worst = regressions.map((metric) => {
    const { subject, kind, scale } = metricWords(metric.name, now.scenario.objectives);
    const { a, b, worseBy } = metric;
    if (typeof a !== 'number' || typeof b !== 'number' || worseBy === null) return subject;
    const [from, to] = sideWords({ a: a * scale, b: b * scale }, kind);
    const by = a === 0 || worseBy > 10 ? '' : ` (${wholePercent(worseBy)} worse)`;
    return `${subject} ${withoutUnit(from, to)} → ${to}${by}`;
  });
  const more = worst.length > 2 ? [`${worst.length - 2} more figures`] : [];
  return `${name} is worse: ${listed([...worst.slice(0, 2), ...more])}`;
}

/** Of what is no worse the slowest hundredth, or what else is compared first. */
function headline({ checked: { comparison }, now }: CheckedFile): string {
  const metric = comparison?.metrics.find(({ name }) => name === 'response.p99Ms');
  if (metric === undefined || typeof metric.a !== 'number' || typeof metric.b !== 'number')
    return '';
  if (metric.a === metric.b) return ' as before';
  const { subject, kind } = metricWords(metric.name, now.scenario.objectives);
  const [from, to] = sideWords({ a: metric.a, b: metric.b }, kind);
  const how = metric.isBetter ? 'better' : 'no worse';
  return ` and is ${how} (${subject} ${withoutUnit(from, to)} → ${to})`;
}

type State = 'now missed' | 'still missed' | 'missed' | 'now met' | 'undecided' | 'met';

interface ObjectiveState {
  readonly text: string;
  readonly state: State;
  /** `p99 2.1 s → 310 ms`, or the value alone. */
  readonly shift: string;
  /** Both values are numbers. */
  readonly isFinite: boolean;
}

function statesOf({ checked: { objectives, comparison }, now }: CheckedFile): ObjectiveState[] {
  return objectives.map(({ text, state, value }, i) => {
    const metric = now.scenario.objectives[i]?.condition.metric;
    const before = comparison?.isUnchanged === true ? undefined : comparison?.objectives?.[i];
    const to = valueWords(value, metric);
    const figure = oneLine(text)
      .replace(/^response /, '')
      .replace(/ *[<>].*$/, '');
    const from = before === undefined ? to : valueWords(before.value, metric);
    const shift = from === to ? to : `${figure} ${withoutUnit(from, to)} → ${to}`;
    const isFinite = value !== 'infinite' && before?.value !== 'infinite';
    return { text: oneLine(text), state: changeOf(before?.state, state), shift, isFinite };
  });
}

function changeOf(before: ObjectiveStateNow | undefined, now: ObjectiveStateNow): State {
  if (now === 'undecided') return now;
  if (now === 'met') return before === 'missed' ? 'now met' : 'met';
  if (before === undefined) return 'missed';
  return before === 'missed' ? 'still missed' : 'now missed';
}

type ObjectiveStateNow = CheckedFile['checked']['objectives'][number]['state'];

/** The unit stands once where both have the same. */
function withoutUnit(from: string, to: string): string {
  const unit = /(?<=^[\d.,]+) \S+$/.exec(to)?.[0] ?? '';
  return unit !== '' && from.endsWith(unit) ? from.slice(0, -unit.length) : from;
}

/** Where requests wait in what misses its objectives. */
function causeWords({
  checked: { bottleneck, objectives },
  now: { scenario },
}: CheckedFile): string {
  const { station, onset } = bottleneck;
  const isMissed = objectives.some(({ state }) => state === 'missed');
  if (!isMissed || station === 'none') return '';
  if (station !== 'pool' || onset === null) return `; the bottleneck is ${STATION_WORDS[station]}`;
  const run = { start: formatIso(scenario, 0), end: formatIso(scenario, scenario.durationNs) };
  const at = runClock(run, scenario.utcOffsetMinutes).time(onset.at);
  return `; the pool is full since ${at}, at ${rate(onset.rps)}`;
}

/** `8 pods × 20 = 160 > 97 connections: pods will fail to start`, or what the review says. */
function breakWords({ figures, says }: CheckedFinding): string {
  const { pods, perPod, needed, free, emptyPods = 0 } = figures;
  if (pods === undefined || perPod === undefined || needed === undefined || free === undefined) {
    return says.replace(/\.(?: .*)?$/, '');
  }
  const product = pods * perPod;
  const sum = product === needed ? '' : ` + ${needed - product} of others`;
  const what = emptyPods > 0 ? 'pods will fail to start' : 'pods cannot fill their pools';
  return `${counted(pods, 'pod')} × ${perPod}${sum} = ${needed} > ${free} connections: ${what}`;
}
