/** The verdict of `size`: what to set, how safe it is, what is worse and why, what it leans on. */
import type { Alternative, Size } from '../../experiment/size/answer.ts';
import { wrap } from '../text.ts';
import { amount, count, limitWords, percent, rate, wholePercent } from '../words.ts';
import { missedWords } from './missed-words.ts';
import type { SizeText } from './size-report.ts';

export function verdictLines(text: SizeText): string[] {
  const { size } = text;
  const sentences =
    size.recommended === null
      ? [noneLine(text), ...headroomLine(size)]
      : [
          setLine(size),
          surenessLine(size),
          bandLine(text),
          ...contentionLine(size),
          ...backlogLine(size),
        ];
  return [...sentences, ...leansLine(size)].flatMap((line) => wrap(line));
}

function setLine(size: Size): string {
  const { recommended, instances, now, services, service } = size;
  if (recommended === null) return '';
  const whose = services > 1 ? ` for ${service}` : '';
  const fleet =
    instances === 1
      ? ''
      : `, ${count(recommended.fleet.connections)} in ${count(instances)} instances`;
  const each = instances === 1 ? '' : ' per instance';
  const before = recommended.size === now ? ', as it is' : `; now ${limitWords(now)}`;
  return `Set ${connections(recommended.size)}${each}${whose}${fleet}${before}.`;
}

function surenessLine({ recommended, confidence, judgedOn }: Size): string {
  if (recommended === null) return '';
  const { runs, met } = recommended.verified;
  const where = judgedOn === 'long-run' ? 'in the long run' : 'through the surge and its drain';
  const sure = confidence.isDecided
    ? `the smallest that does, with ${wholePercent(confidence.correct)} confidence`
    : 'whether a smaller one does is not decided within the effort';
  const left = recommended.isSizeOnly ? ' (the size alone: with the other settings it missed)' : '';
  return (
    `It meets the objectives ${where}, in ${count(met)} of ${count(runs)} fresh runs` +
    `${left}; it is ${sure}.`.replace('it is whether', 'whether')
  );
}

function bandLine(text: SizeText): string {
  const { safe, upperBound, alternatives } = text.size;
  if (safe === null) return '';
  const { low, high } = safe;
  const band =
    high === null
      ? `Safe: ${count(low)} and more; no upper end was found.`
      : low === high
        ? `Safe: ${count(low)} only, ${boundWords(upperBound?.by)}.`
        : `Safe: ${count(low)} to ${count(high)}, ${boundWords(upperBound?.by)}.`;
  const below = alternatives.find(({ is }) => is === 'below');
  const missed = below === undefined ? null : missedWords(below, text);
  if (below === undefined || missed === null) return band;
  return `${band} With ${count(below.size)}, ${missed}.`;
}

function boundWords(by: NonNullable<Size['upperBound']>['by'] | undefined): string {
  if (by === 'contention') return 'beyond which the database contends';
  if (by === 'max-connections') return 'beyond which it admits no more connections';
  return 'beyond which an objective is missed';
}

/** Why more is worse, and that it depends on where one starts. */
function contentionLine({ alternatives, peakRps, upperBound }: Size): string[] {
  const beyond = alternatives.find(({ is }) => is === 'beyond');
  if (upperBound?.by !== 'contention' || beyond?.servesPerSecond === undefined) return [];
  if (beyond.servesPerSecond === null) return [];
  const serves = `${count(beyond.connections)} busy connections serve ${rate(beyond.servesPerSecond)}`;
  return [
    `${count(beyond.size)} is worse: so many slow each other down; ${serves} of the ` +
      `${count(peakRps)} that arrive. It depends on the backlog it starts from: an empty pool ` +
      `${emptyWords(beyond)}, a full one never drains.`,
  ];
}

/** A surge that no pool serves as it comes: it waits, and that is what the objectives allow. */
function backlogLine({ headroom, peakRps }: Size): string[] {
  if (headroom === null || headroom.mostPerSecond >= peakRps) return [];
  return [
    `No pool serves the peak as it comes: at most ${rate(headroom.mostPerSecond)} of the ` +
      `${amount(peakRps)} that arrive. The rest waits, and is served when the surge is over.`,
  ];
}

function emptyWords({ met, errors }: Alternative): string {
  if (met) return 'may get through';
  return errors !== null && errors > 0 ? `fails ${percent(errors)} already` : 'misses already';
}

function noneLine({ size, scenario }: SizeText): string {
  const { noneEnough, peakRps } = size;
  if (noneEnough === null) return '';
  const { best, missed, reason } = noneEnough;
  if (reason === 'database') {
    const hasPooler = scenario.system.database.pooler !== undefined;
    const behind = hasPooler ? 'The pooler, or the database behind it,' : 'The database';
    const most = size.headroom?.mostPerSecond ?? best.servesPerSecond;
    const serves =
      most === null ? '' : `: at most ${rate(most)} of the ${amount(peakRps)} that arrive`;
    return `No pool size is enough. ${behind} is saturated, whatever the pool${serves}. Less work per request, or less traffic, is what helps.`;
  }
  return `No pool size is enough: with ${connections(best.size)}, the best that was tried, "${missed}" is missed for another reason than the pool. Ask \`tidemark diagnose\` what it is.`;
}

function headroomLine({ headroom, noneEnough }: Size): string[] {
  if (headroom === null || noneEnough === null) return [];
  return [
    `A full pool serves most with ${connections(headroom.size)}: ${rate(headroom.mostPerSecond)}.`,
  ];
}

/** Input uncertainty: told apart from what simulations leave open. */
function leansLine({ inputs, recommended }: Size): string[] {
  const [first] = inputs?.effects ?? [];
  if (first === undefined || recommended === null) return [];
  const assumed = inputs?.areMarked === true ? 'assumed' : 'not known to be measured';
  const beyond =
    first.reach === null
      ? ''
      : `: from about ${wholePercent(first.reach)} more on no size is enough`;
  return [`It leans most on ${first.path}, which is ${assumed}${beyond}. Measure it.`];
}

function connections(n: number): string {
  return n === 1 ? '1 connection' : `${count(n)} connections`;
}
