// The answers that options give, checked; and what is wrong with them.

import type { AnsweredHold, AnsweredSurge, Answers } from '../../scenario/draft/answers.ts';
import { parseCondition } from '../../scenario/condition.ts';
import { parseDuration } from '../../scenario/duration.ts';
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
    surges: (raw.surge ?? []).flatMap((text, i) => surgeOf(text, i, faults)),
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

/** `lunch=800/s`, or a rate alone. */
function surgeOf(text: string, i: number, faults: string[]): AnsweredSurge[] {
  const [, name, peak = ''] = /^(?:(.*?)\s*[= ]\s*)?([^= ]+)$/.exec(text.trim()) ?? [];
  const word = name === undefined || name === '' ? `surge-${i + 1}` : name.replace(/[^\w-]+/g, '-');
  const reading = parseRate(rateText(peak));
  if (!reading.ok) faults.push(`--surge ${text}: ${reading.message}`);
  return [{ name: word, peak: rateText(peak) }];
}

/** A bare number is requests per second. */
export function rateText<T extends string | undefined>(text: T): T | string {
  if (text === undefined) return text;
  return /^\d+(\.\d+)?$/.test(text.trim()) ? `${text.trim()}/s` : text.trim();
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
  return Object.fromEntries(times);
}
