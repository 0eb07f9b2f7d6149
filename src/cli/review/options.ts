// The figures of `tidemark review` that no file has to say.

import type { GivenFacts } from '../../experiment/review/given.ts';
import { parseDuration } from '../../scenario/duration.ts';
import { parseRate } from '../../scenario/rate.ts';
import type { Reading } from '../../scenario/reading.ts';
import { checkCount } from '../count.ts';
import type { RawConfigurationOptions } from '../import/options.ts';

/** As commander hands them over. */
export interface RawReviewOptions extends RawConfigurationOptions {
  readonly replicas?: string;
  readonly dbMax?: string;
  readonly callerTimeout?: string;
  readonly idleLimit?: string;
  readonly connect?: string;
  readonly surge?: string;
  readonly connectionsPerRequest?: string;
  readonly strict?: true;
  readonly json?: true;
  readonly color: boolean;
}

const most = 1_000_000;

/** What is wrong with them goes to `faults`. */
export function checkGivenFacts(raw: RawReviewOptions, faults: string[]): GivenFacts {
  const count = (name: string, text: string | undefined) => checkCount(name, text, most, faults);
  const time = (name: string, text: string | undefined) =>
    checked(name, text, parseDuration, faults);
  const all = {
    replicas: count('--replicas', raw.replicas),
    dbMax: count('--db-max', raw.dbMax),
    callerTimeoutNs: time('--caller-timeout', raw.callerTimeout),
    idleLimitNs: time('--idle-limit', raw.idleLimit),
    connectNs: time('--connect', raw.connect),
    surgePerSecond: checked('--surge', raw.surge, rateOf, faults),
    connectionsPerRequest: count('--connections-per-request', raw.connectionsPerRequest),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** A bare number on the command line is text, and requests per second. */
function rateOf(text: string): Reading<number> {
  const reading = parseRate(/^\d+(\.\d+)?$/.test(text) ? Number(text) : text);
  if (!reading.ok || reading.value > 0) return reading;
  return { ok: false, code: 'out-of-range', message: 'a surge has more than 0 requests' };
}

function checked(
  name: string,
  text: string | undefined,
  parse: (text: string) => Reading<number>,
  faults: string[],
): number | undefined {
  if (text === undefined) return undefined;
  const reading = parse(text);
  if (reading.ok) return reading.value;
  // The message begins with the text itself where only the unit is missing.
  const said = reading.message.startsWith(text) ? '' : `${text}: `;
  faults.push(`${name} ${said}${reading.message}`);
  return undefined;
}
