/** The steady state of a run in which nothing changes, or that there is none. */
import type { Steady, SteadyFigures } from '../../experiment/result.ts';
import { type Disturbance, disturbanceOf } from '../../experiment/stability.ts';
import { type FigureKind } from '../interval-words.ts';
import { type Report, section } from '../report.ts';
import { wrap } from '../text.ts';
import { count, span, times } from '../words.ts';
import { intervalCells } from './across.ts';

type Unstable = Extract<Steady, { unstable: true }>;

const FIGURES: readonly (readonly [
  figure: keyof SteadyFigures['figures'],
  name: string,
  kind: FigureKind,
])[] = [
  ['response.meanMs', 'response: mean', 'time'],
  ['response.p99Ms', 'response: 99 % within', 'time'],
  ['acquireWait.meanMs', 'waiting for a connection: mean', 'time'],
  ['pool.utilisation', 'connections in use', 'share'],
];

/** What changes in a run that has no steady state, in the full report. */
const CHANGES: Readonly<Record<Disturbance, string>> = {
  bursts: 'requests come in bursts',
  trace: 'traffic is a trace',
  rate: 'the rate changes',
  users: 'the number of users changes',
  timeline: 'the timeline changes something',
};

/** Several runs have intervals of their own; that there is no steady state is said of them too. */
export function steadyLines(report: Report): string[] {
  const { steady, across } = report.result;
  if (steady === null) return report.full ? changeLines(report) : [];
  if ('unstable' in steady) return wrap(unstableWords(steady));
  const retries = retryLines(steady);
  if (across !== undefined) return retries;
  if ('undecided' in steady)
    return [...(report.full ? wrap(undecidedWords(steady)) : []), ...retries];
  return [...figureLines(report, steady), ...retries];
}

function changeLines({ scenario }: Report): string[] {
  const change = disturbanceOf(scenario);
  return change === null ? [] : wrap(`No steady state is looked for: ${CHANGES[change]}.`);
}

function unstableWords({ offeredLoad, atEnd }: Unstable): string {
  const begin = atEnd === true ? 'At the end of the run the load' : 'The load';
  return (
    `${begin} is ${times(offeredLoad)} what can be served and nothing bounds the queue: ` +
    'the wait grows as long as this lasts; there is no steady state.'
  );
}

/** Nothing unless retries could be what overloads the pool. */
function retryLines({ loadWithRetries }: Steady): string[] {
  if (loadWithRetries === undefined) return [];
  const load = times(loadWithRetries);
  return wrap(
    `First attempts alone can be served. If clients leave and try again, it can be ${load} what can be ` +
      'served, and nothing bounds the queue: a surge may begin a queue that does not end.',
  );
}

function undecidedWords({ reason, timesLonger }: Extract<Steady, { undecided: true }>): string {
  if (reason === 'not-settled') {
    return 'The run has not settled: its figures are not those of a steady state. Make it longer.';
  }
  const longer =
    timesLonger === null || timesLonger <= 1 ? 'longer' : `${count(timesLonger)} times as long`;
  return `The run is too short for intervals of its steady state. Make it ${longer}.`;
}

function figureLines(report: Report, { figures, fromSeconds, batches }: SteadyFigures): string[] {
  const rows = FIGURES.filter(([figure]) => figures[figure] !== null).map(
    ([figure, name, kind]) => [name, ...intervalCells(figures[figure], kind)],
  );
  const columns = [
    { head: fromSeconds === 0 ? 'Steady state' : `Steady state, after ${span(fromSeconds)}` },
    { head: 'mean', align: 'right' as const },
    { head: '95 % interval', align: 'right' as const },
  ];
  const short = FIGURES.filter(([figure]) => figures[figure]?.dependent === true);
  const warning =
    short.length > 0
      ? wrap(
          `The run is short for these intervals (${short.map(([, name]) => name).join('; ')}): a busy ` +
            `time lasts so long that ${count(batches)} batches are worth little.`,
        )
      : [];
  return [...section(report, columns, rows), ...warning];
}
