// The answers that options give, checked; and what is wrong with them.

import type { AnsweredHold, AnsweredSurge, Answers } from '../../scenario/draft/answers.ts';
import { parseCondition } from '../../scenario/condition.ts';
import { formatDuration, parseDuration } from '../../scenario/duration.ts';
import { parseRate } from '../../scenario/rate.ts';
import type { Reading } from '../../scenario/reading.ts';
import { checkCount } from '../count.ts';
import type { RawConfigurationOptions } from '../import/options.ts';

/** As commander hands them over. */
export interface RawInitOptions extends RawConfigurationOptions {
  readonly pods?: string;
  readonly rate?: string;
  readonly surge?: readonly string[];
  readonly holdMean?: string;
  readonly holdP50?: string;
  readonly holdP99?: string;
  readonly measuredAt?: string;
  readonly dbCores?: string;
  readonly dbMax?: string;
  readonly objective?: readonly string[];
  readonly name?: string;
  readonly out?: string;
}

const mostPods = 100_000;
const mostConnections = 1_000_000;

/** What is wrong is added to the faults. */
export function checkAnswers(raw: RawInitOptions, faults: string[]): Answers {
  const judge = (
    name: string,
    text: string | undefined,
    read: (text: string) => Reading<unknown>,
  ) => judged(name, text, read, faults);
  return {
    pods: checkCount('--pods', raw.pods, mostPods, faults) ?? null,
    rate: judge('--rate', rateText(raw.rate), parseRate),
    surges: surgesOf(raw.surge ?? [], faults),
    hold: holdOf(raw, faults),
    measuredAt: measuredAtOf(raw, faults),
    cores: checkCount('--db-cores', raw.dbCores, mostPods, faults) ?? null,
    maxConnections: checkCount('--db-max', raw.dbMax, mostConnections, faults) ?? null,
    objectives: (raw.objective ?? []).flatMap(
      (text) => judge('--objective', text, parseCondition) ?? [],
    ),
  };
}

/** The text if it can be read; null when there is none. */
function judged(
  name: string,
  text: string | undefined,
  read: (text: string) => Reading<unknown>,
  faults: string[],
): string | null {
  if (text === undefined) return null;
  const reading = read(text);
  if (!reading.ok) faults.push(`${name}: ${reading.message}`);
  return text;
}

/** One line for each name that two surges have. */
function surgesOf(texts: readonly string[], faults: string[]): AnsweredSurge[] {
  const surges = texts.flatMap((text, i) => surgeOf(text, i, faults));
  const names = surges.map(({ name }) => name);
  for (const name of new Set(names.filter((one, i) => names.indexOf(one) !== i))) {
    faults.push(`--surge ${name}: two surges have that name`);
  }
  return surges;
}

/** A name, if there is one, and the last word. */
const SURGE = /^(?:(.*?)\s*[:= ]\s*)?([^:= ]+)$/;

/** `lunch=800/s`, or a rate alone. */
function surgeOf(text: string, i: number, faults: string[]): AnsweredSurge[] {
  const [, name, peak = ''] = SURGE.exec(text.trim()) ?? [];
  const word = name === undefined || name === '' ? `surge-${i + 1}` : name.replace(/[^\w-]+/g, '-');
  const reading = parseRate(rateText(peak));
  if (!reading.ok) faults.push(`--surge ${text}: ${reading.message}`);
  return [{ name: word, peak: rateText(peak) }];
}

/** A bare number is requests per second. */
export function rateText<T extends string | undefined>(text: T): T | string {
  if (text === undefined) return text;
  const rate = text.trim();
  return /^\d+(?:\.\d+)?(?:e\+?\d+)?$/i.test(rate) ? `${Number(rate)}/s` : rate;
}

function measuredAtOf(raw: RawInitOptions, faults: string[]): string | null {
  const { measuredAt, holdMean, holdP50, holdP99 } = raw;
  const isHeld = [holdMean, holdP50, holdP99].some((one) => one !== undefined);
  if (measuredAt !== undefined && !isHeld) {
    faults.push('--measured-at stands beside --hold-mean, or --hold-p50 and --hold-p99');
  }
  return judged('--measured-at', rateText(measuredAt), parseRate, faults);
}

function holdOf(
  { holdMean, holdP50, holdP99 }: RawInitOptions,
  faults: string[],
): AnsweredHold | null {
  const given = { mean: holdMean, p50: holdP50, p99: holdP99 };
  const times = Object.entries(given).filter(([, text]) => text !== undefined);
  if (times.length === 0) return null;
  for (const [key, text] of times) judged(`--hold-${key}`, text, parseDuration, faults);
  if ((holdP50 === undefined) !== (holdP99 === undefined)) {
    faults.push('--hold-p50 and --hold-p99 stand together; or give --hold-mean alone');
  }
  const [p50, p99] = [holdP50, holdP99].map((text) => parseDuration(text));
  if (p50?.ok === true && p99?.ok === true && p99.value < p50.value) {
    const [median, slow] = [p50.value, p99.value].map(formatDuration);
    faults.push(`--hold-p99: ${slow} is shorter than p50, ${median}; are they swapped?`);
  }
  return Object.fromEntries(times);
}
