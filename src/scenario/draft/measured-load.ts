/** What the answers say was going on when a hold was measured. */
import { lawMean } from '../../engine/law.ts';
import { SECOND } from '../../engine/time.ts';
import { parseDuration } from '../duration.ts';
import { percentilesLaw } from '../percentiles.ts';
import { parseRate } from '../rate.ts';
import type { Reading } from '../reading.ts';
import type { AnsweredHold } from './answers.ts';

export interface MeasuredLoad {
  /** Connections in use on average, by Little's law. */
  readonly inUse: number;
  /** The shortest of the times, ns. */
  readonly shortestNs: number;
}

/** Of answers that have been checked. `rate`: at which it was measured, of all instances. */
export function measuredLoad({ mean, p50, p99 }: AnsweredHold, rate: string): MeasuredLoad {
  const [meanNs, p50Ns, p99Ns] = [mean, p50, p99].map((text) => number(text, parseDuration));
  const known = [meanNs, p50Ns, p99Ns].filter((ns) => ns !== null && ns !== undefined);
  const implied =
    typeof p50Ns === 'number' && typeof p99Ns === 'number'
      ? lawMean(percentilesLaw({ p50: p50Ns, p99: p99Ns }))
      : 0;
  const perSecond = number(rate, parseRate) ?? 0;
  return {
    inUse: (perSecond * (meanNs ?? implied)) / SECOND,
    shortestNs: Math.min(...known),
  };
}

function number(text: string | undefined, read: (text: string) => Reading<number>): number | null {
  if (text === undefined) return null;
  const reading = read(text);
  return reading.ok ? reading.value : null;
}
