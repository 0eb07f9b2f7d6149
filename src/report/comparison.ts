/** What a change of settings did: before and after side by side. */
import type { AcrossFigure, RunResult } from '../experiment/result.ts';
import { intervalWords } from './interval-words.ts';
import { runClock } from './run-clock.ts';
import { ACROSS_FIGURES, precisionLines } from './sections/across.ts';
import { plainStyle, type Style } from './style.ts';
import { layOutTable } from './table.ts';
import { oneLine, wrap } from './text.ts';
import { STATION_WORDS } from './verdict/names.ts';
import { verdict } from './verdict.ts';
import { count, limitWords, milliseconds, NOTHING, orNothing, percent, rate } from './words.ts';

/** Of the figures over several runs. */
const SHOWN: readonly AcrossFigure[] = [
  'errors',
  'response.meanMs',
  'response.p99Ms',
  'acquireWait.p99Ms',
];

/** Figures over all runs of each side, when there were several. */
const ACROSS: readonly Figure[] = ACROSS_FIGURES.filter(({ figure }) => SHOWN.includes(figure)).map(
  ({ figure, name, kind }) => [
    `all runs: ${name}`,
    ({ across }) => {
      const interval = across?.[figure] ?? null;
      return interval === null ? NOTHING : intervalWords(interval, kind).brief;
    },
  ],
);

type Figure = readonly [name: string, words: (result: RunResult) => string];

const FIGURES: readonly Figure[] = [
  ['failed', ({ requests }) => orNothing(failedShare(requests), percent)],
  ['failed in the outage', ({ outage }) => orNothing(outage?.errors, percent)],
  ['response: half within', ({ response }) => orNothing(response.p50Ms, milliseconds)],
  ['response: 99 % within', ({ response }) => orNothing(response.p99Ms, milliseconds)],
  ['waiting for a connection: 99 % within', (r) => orNothing(r.acquireWait.p99Ms, milliseconds)],
  ['waiting at the pooler: 99 % within', (r) => orNothing(r.pooler?.wait.p99Ms, milliseconds)],
  ['connections configured', ({ pool }) => limitWords(pool.max)],
  ['connections in use', ({ pool }) => orNothing(pool.utilisation, percent)],
  ['server connections in use', (r) => orNothing(r.pooler?.pool.utilisation, percent)],
  ['most requests waiting at once', ({ pool }) => count(pool.peakPending)],
  ['gave up waiting for a connection', ({ pool }) => count(pool.timeouts)],
  ['requests answered', ({ goodput }) => rate(goodput.perSecond)],
  ["database's CPU", ({ database }) => percent(database.utilisation)],
  ['requests wait at', ({ bottleneck }) => STATION_WORDS[bottleneck.station]],
  ['pool full since', onsetWords],
  ['objectives met', ({ objectives }) => metWords(objectives)],
];

/**
 * Two runs side by side, each with the first line of its verdict.
 * @param changes what was changed, as the user wrote it: `service.pool.max=20`
 */
export function renderComparison(comparison: {
  readonly before: RunResult;
  readonly after: RunResult;
  readonly changes: readonly string[];
  readonly style?: Style;
}): string {
  const { before, after, changes, style = plainStyle } = comparison;
  const rows = [...FIGURES, ...ACROSS]
    .map(([name, words]) => [name, words(before), words(after)])
    .filter(([, a, b]) => a !== NOTHING || b !== NOTHING);
  const columns = [
    { head: 'What changed' },
    { head: 'before', whenLong: 'wrap' as const },
    { head: 'after', whenLong: 'wrap' as const },
  ];
  const { head, rows: lines } = layOutTable(columns, rows);
  const verdicts = [
    ['before: ', before],
    ['after:  ', after],
  ] as const;
  return [
    ...wrap(`With ${oneLine(changes.join(', '))}:`, 80, '  ').map((line) => style.bold(line)),
    ...head.map((line) => style.bold(line)),
    ...lines.flat(),
    ...runsLines(before, after),
    ...verdicts.flatMap(([when, result]) => {
      return wrap(when + (verdict(result, null)[0] ?? ''), 80, ' '.repeat(when.length));
    }),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** How many runs there were, and a precision that was not reached. */
function runsLines(before: RunResult, after: RunResult): string[] {
  const most = Math.max(before.replications, after.replications);
  if (most === 1) return [];
  const [a, b] = [count(before.replications), count(after.replications)];
  const runs = `Over ${a === b ? `${a} runs` : `${a} runs before and ${b} after`}`;
  return [
    ...wrap(`${runs}; ± is the 95 % interval, rows without it are of the first run.`),
    ...precisionLines(before, 'before: '),
    ...precisionLines(after, 'after: '),
  ];
}

function failedShare({ completed, failed, abandoned }: RunResult['requests']): number | null {
  const all = completed + failed + abandoned;
  return all === 0 ? null : (failed + abandoned) / all;
}

function onsetWords(result: RunResult): string {
  const { onset } = result.bottleneck;
  if (onset === null) return 'never';
  return `${runClock(result).time(onset.at)}, at ${rate(onset.rps)}`;
}

function metWords(objectives: RunResult['objectives']): string {
  if (objectives.length === 0) return NOTHING;
  const met = objectives.filter((objective) => objective.met).length;
  return `${count(met)} of ${count(objectives.length)}`;
}
