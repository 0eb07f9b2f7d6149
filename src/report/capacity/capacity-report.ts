/** The answer of `capacity` as text. */
import type { Capacity, Drain, RateInterval } from '../../experiment/capacity/answer.ts';
import { plainStyle, type Style } from '../style.ts';
import { layOutTable } from '../table.ts';
import { oneLine, wrap } from '../text.ts';
import { STATION_SUBJECTS } from '../verdict/names.ts';
import { amount, count, counted, NOTHING, orNothing, percent, rate, span } from '../words.ts';
import { waitChart } from './wait-chart.ts';

interface CapacityText {
  readonly capacity: Capacity;
  readonly title: string;
  readonly style?: Style;
}

/** Verdict, table, plot. */
export function renderCapacity({ capacity, title, style = plainStyle }: CapacityText): string {
  const verdict = verdictLines(capacity).flatMap((line) => wrap(line));
  const { head, rows } = layOutTable(COLUMNS, tableRows(capacity));
  const lines = [
    style.bold(oneLine(title)),
    ...verdict,
    '',
    ...head.map((line) => style.bold(line)),
    ...rows.flat(),
    '',
    ...waitChart(capacity),
  ];
  return lines.map((line) => `${line}\n`.replace(/^\s+\n$/, '\n')).join('');
}

const COLUMNS = [
  { head: 'Requests/s' },
  { head: 'rate', align: 'right' as const },
  { head: '95 % interval' },
  { head: 'of its own', align: 'right' as const },
  { head: 'theory', align: 'right' as const },
  { head: 'runs', align: 'right' as const },
];

function tableRows({ saturation, objectiveKnee, theory, peakRps }: Capacity): string[][] {
  const rows: string[][] = [];
  const row = (
    name: string,
    figure: (RateInterval & { replications: number }) | null,
    inTheory: number | null,
  ) => {
    if (figure === null) return;
    rows.push([
      name,
      rpsWords(figure.rps, figure),
      `${rpsWords(figure.lowRps, figure)} to ${rpsWords(figure.highRps, figure)}`,
      peakRps > 0 ? percent(figure.rps / peakRps) : NOTHING,
      orNothing(inTheory, (rps) => rpsWords(rps, figure)),
      count(figure.replications),
    ]);
  };
  row('what can be served', saturation, theory.saturationRps);
  row('within the objectives', objectiveKnee, theory.kneeRps);
  rows.push(['own traffic, at its highest', amount(peakRps), '', '', '', '']);
  return rows;
}

/** As many digits as the interval is worth. */
function rpsWords(rps: number, { lowRps, highRps }: RateInterval): string {
  const width = highRps - lowRps;
  const places = width >= 4 ? 0 : width >= 0.4 ? 1 : 2;
  return rps >= 1000 ? count(rps) : rps.toFixed(places);
}

function verdictLines(capacity: Capacity): string[] {
  return [saturationLine(capacity), kneeLine(capacity), trafficLine(capacity), drainLine(capacity)]
    .concat(notJudgedLine(capacity))
    .filter((line) => line !== '');
}

function saturationLine({ saturation, collapses }: Capacity): string {
  if (saturation === null)
    return 'Nothing here holds requests up: however many arrive, all are served.';
  const { rps, lowRps, highRps, station } = saturation;
  const interval = `${rpsWords(lowRps, saturation)} to ${rpsWords(highRps, saturation)}`;
  const more = collapses ? 'beyond it the service breaks down' : 'more is not served';
  const what = STATION_SUBJECTS[station === 'none' ? 'pool' : station];
  return `${what} becomes the bottleneck at ${rpsWords(rps, saturation)} requests/s (${interval}): ${more}.`;
}

function kneeLine({ objectiveKnee, noKnee, decidedBy, judgedOn, peakRps }: Capacity): string {
  if (objectiveKnee !== null) {
    const { rps, lowRps, highRps, objective, users } = objectiveKnee;
    const interval = `${rpsWords(lowRps, objectiveKnee)} to ${rpsWords(highRps, objectiveKnee)}`;
    const who = users === null ? '' : `, from ${count(users)} users`;
    const rateWords = `${rpsWords(rps, objectiveKnee)} requests/s (${interval})${who}`;
    return judgedOn === 'long-run'
      ? `The highest rate within the objectives is ${rateWords}; beyond it "${objective}" is missed first.`
      : `The highest surge that is survived reaches ${rateWords}, ${percent(rps / peakRps)} of the scenario's; beyond it "${objective}" is missed first.`;
  }
  const one = decidedBy === null ? '' : ` (${decidedBy})`;
  switch (noKnee) {
    case 'met-at-all-rates':
      return 'The objectives hold at every rate that was tried.';
    case 'met-at-no-rate':
      return `No rate meets the objectives${one}: a request that never waits misses them too.`;
    case 'no-objectives':
    case null:
      return 'The scenario has no objectives: say what must hold, and the highest rate within it is found.';
  }
}

function trafficLine(capacity: Capacity): string {
  const { saturation, peakRps, peakUsers, objectiveKnee } = capacity;
  if (saturation === null || peakRps === 0) return '';
  if (peakUsers !== null) {
    const share = percent(peakRps / saturation.rps);
    return `The scenario's ${counted(peakUsers, 'user')} would send ${rate(peakRps)} if nobody waited, ${share} of what can be served.`;
  }
  const load = peakRps / saturation.lowRps;
  const own = `The scenario's traffic reaches ${rate(peakRps)}`;
  if (peakRps > saturation.highRps) return `${own}: ${percent(load)} of what can be served.`;
  if (objectiveKnee !== null && peakRps > objectiveKnee.highRps) {
    return `${own}: it can be served, but not within the objectives.`;
  }
  return `${own}, ${percent(peakRps / saturation.rps)} of what can be served.`;
}

function drainLine({ drain, objectiveKnee }: Capacity): string {
  const own = drain?.own ?? null;
  const survived = drain?.survived ?? null;
  const words = [
    own === null ? '' : `The scenario's own backlog ${drainWords(own)}.`,
    survived === null || objectiveKnee === null
      ? ''
      : `That of the highest surge survived ${drainWords(survived)}.`,
  ];
  return words.filter((each) => each !== '').join(' ');
}

function drainWords({ from, seconds }: Drain): string {
  if (from === null) return 'never drains: the surge goes on to the end';
  if (seconds === null) return 'still stands at the end';
  if (seconds === 0) return 'is gone as soon as the surge is over';
  return `has drained ${span(seconds)} after the surge`;
}

function notJudgedLine({ notJudged }: Capacity): string {
  if (notJudged.length === 0) return '';
  return `Left out, as more traffic does not miss it: ${notJudged.join('; ')}.`;
}
