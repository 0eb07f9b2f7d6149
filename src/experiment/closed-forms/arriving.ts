/** Who arrives at a service in a stretch, as queueing theory describes it: read from the settings. */
import { lawMean } from '../../engine/law.ts';
import { SECOND } from '../../engine/time.ts';
import type { Arrivals, BatchSize, TrafficSettings } from '../../model/traffic/settings.ts';
import type { ArrivalPhase } from '../../theory/modulated-arrivals.ts';
import type { Stretch } from './stretches.ts';

export interface Arriving {
  readonly source: Source;
  /** Variance ÷ mean of the number that arrives in a long time: 1 if they are Poisson. */
  readonly dispersion: number;
  /** Time in which arrivals forget what they were up to; 0 if they are independent. */
  readonly memorySeconds: number;
}

export type Source =
  | { readonly kind: 'poisson' }
  | { readonly kind: 'deterministic' }
  /** The weights of batches of 1, 2, … requests. */
  | { readonly kind: 'batch'; readonly sizeWeights: readonly number[] }
  | { readonly kind: 'mmpp'; readonly phases: readonly [ArrivalPhase, ArrivalPhase] }
  /** So many people who wait for an answer, think exponentially long, and ask again. */
  | { readonly kind: 'users'; readonly users: number; readonly thinkSeconds: number }
  /** Nothing else is known of them than rate and dispersion. */
  | { readonly kind: 'any' };

/** A batch of which theory knows the queue without much work. */
const LARGEST_BATCH = 100;

/** null where several kinds add up, something else arrives besides, or came before and may still be there. */
export function arrivingOf(
  { arrivals, bursts, users, trace }: TrafficSettings,
  stretch: Stretch,
): Arriving | null {
  const { before } = stretch;
  if (bursts.length > 0 || trace !== null) return null;
  if (stretch.users === 0 || users === null)
    return before.peakUsers === 0 && stretch.users === 0
      ? openArriving(arrivals, stretch.ratePerSecond)
      : null;
  const isOpenToo = stretch.ratePerSecond > 0 || before.peakPerSecond > 0;
  if (isOpenToo || users.think.family !== 'exponential') return null;
  const thinkSeconds = lawMean(users.think) / SECOND;
  const source = { kind: 'users', users: stretch.users, thinkSeconds } as const;
  return { source, dispersion: 1, memorySeconds: thinkSeconds };
}

function openArriving(arrivals: Arrivals, ratePerSecond: number): Arriving {
  switch (arrivals.kind) {
    case 'poisson':
      return { source: { kind: 'poisson' }, dispersion: 1, memorySeconds: 0 };
    case 'deterministic':
      return { source: { kind: 'deterministic' }, dispersion: 0, memorySeconds: 0 };
    case 'erlang':
      return { source: { kind: 'any' }, dispersion: 1 / arrivals.stages, memorySeconds: 0 };
    case 'batch':
      return batches(arrivals.sizes);
    case 'mmpp':
      return modulated(arrivals, ratePerSecond);
  }
}

/** Batches are Poisson, so that the dispersion is E[X²] ÷ E[X]. */
function batches(sizes: readonly BatchSize[]): Arriving {
  const sum = (of: (size: number) => number) =>
    sizes.reduce((total, { size, weight }) => total + weight * of(size), 0);
  const dispersion = sum((size) => size * size) / sum((size) => size);
  const largest = Math.max(...sizes.map(({ size }) => size));
  if (largest > LARGEST_BATCH) return { source: { kind: 'any' }, dispersion, memorySeconds: 0 };
  const sizeWeights = Array.from({ length: largest }, (_, i) =>
    sizes.reduce((total, { size, weight }) => total + (size === i + 1 ? weight : 0), 0),
  );
  return { source: { kind: 'batch', sizeWeights }, dispersion, memorySeconds: 0 };
}

/**
 * Of two phases with the rates a, b that last s and t in the mean, the dispersion is
 * 1 + 2·(a − b)²·(st)² ÷ ((s + t)²·(as + bt)). Fischer and Meier-Hellstern, The Markov-modulated Poisson
 * process cookbook, 1993.
 */
function modulated(
  { ratio, calmNs, busyNs }: Extract<Arrivals, { readonly kind: 'mmpp' }>,
  ratePerSecond: number,
): Arriving {
  const [calm, busy] = [calmNs / SECOND, busyNs / SECOND];
  const calmRate = (ratePerSecond * (calm + busy)) / (calm + ratio * busy);
  const phases = [
    { ratePerSecond: calmRate, meanSojournSeconds: calm },
    { ratePerSecond: ratio * calmRate, meanSojournSeconds: busy },
  ] as const;
  const swing = ((ratio - 1) * calmRate * calm * busy) / (calm + busy);
  const dispersion = 1 + (2 * swing * swing) / (calmRate * (calm + ratio * busy));
  const memorySeconds = (calm * busy) / (calm + busy);
  return { source: { kind: 'mmpp', phases }, dispersion, memorySeconds };
}
