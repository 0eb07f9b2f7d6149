/** What a change of settings did: before and after side by side. */
import type { RunResult } from '../experiment/result.ts';
import { runClock } from './run-clock.ts';
import { plainStyle, type Style } from './style.ts';
import { layOutTable } from './table.ts';
import { oneLine, wrap } from './text.ts';
import { STATION_WORDS } from './verdict/names.ts';
import { verdict } from './verdict.ts';
import { count, milliseconds, NOTHING, orNothing, percent, rate } from './words.ts';

type Figure = readonly [name: string, words: (result: RunResult) => string];

const FIGURES: readonly Figure[] = [
  ['failed', ({ requests }) => orNothing(failedShare(requests), percent)],
  ['failed in the outage', ({ outage }) => orNothing(outage?.errors, percent)],
  ['response: half within', ({ response }) => orNothing(response.p50Ms, milliseconds)],
  ['response: 99 % within', ({ response }) => orNothing(response.p99Ms, milliseconds)],
  ['waiting for a connection: 99 % within', (r) => orNothing(r.acquireWait.p99Ms, milliseconds)],
  ['connections configured', ({ pool }) => count(pool.max)],
  ['connections in use', ({ pool }) => percent(pool.utilisation)],
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
  const rows = FIGURES.map(([name, words]) => [name, words(before), words(after)]).filter(
    ([, a, b]) => a !== NOTHING || b !== NOTHING,
  );
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
    ...verdicts.flatMap(([when, result]) => {
      return wrap(when + (verdict(result, null)[0] ?? ''), 80, ' '.repeat(when.length));
    }),
  ]
    .map((line) => `${line}\n`)
    .join('');
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
