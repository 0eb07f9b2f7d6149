// How many replications `tidemark run` was asked for.

import type { Replications } from '../../experiment/replicate.ts';
import { checkCount } from '../count.ts';

/** As commander hands them over. */
interface RawReplications {
  readonly replications?: string;
  readonly precision?: string;
  readonly maxReplications?: string;
}

const mostReplications = 10_000;
/** A round; fewer say nothing about a precision. */
const leastForPrecision = 10;
const mostUnlessSaid = 200;
const leastPercent = 0.1;
const mostPercent = 50;

/** One run unless said otherwise. What is wrong is added to the faults. */
export function checkReplications(raw: RawReplications, faults: string[]): Replications {
  const { replications, precision: text, maxReplications } = raw;
  const count = checkCount('--replications', replications, mostReplications, faults) ?? 1;
  const precision = checkPrecision(text, faults);
  const most =
    checkCount(
      '--max-replications',
      maxReplications,
      mostReplications,
      faults,
      leastForPrecision,
    ) ?? mostUnlessSaid;
  if (text === undefined && maxReplications !== undefined) {
    faults.push('--max-replications: bounds the runs of --precision; without it, --replications');
  }
  if (text !== undefined && replications !== undefined) {
    faults.push(
      '--replications: --precision decides how many; --max-replications says how many at most',
    );
  }
  return precision === undefined ? { kind: 'fixed', count } : { kind: 'precise', precision, most };
}

/** `2%` is 0.02. */
function checkPrecision(text: string | undefined, faults: string[]): number | undefined {
  if (text === undefined) return undefined;
  const percent = /^(\d+(?:\.\d+)?)(%?)$/.exec(text);
  const value = Number(percent?.[1] ?? NaN);
  const isInRange = value >= leastPercent && value <= mostPercent;
  if (isInRange && percent?.[2] === '%') return value / 100;
  const near = isInRange ? `; did you mean ${text}%?` : '';
  faults.push(`--precision ${text}: must be a percentage from 0.1% to 50%${near}`);
  return undefined;
}
