// A surge as a fluid: what a rate above the capacity piles up, and how long that takes to drain.
//
//   rate  ____/‾‾‾\____      backlog  ____,-‾‾-.____
//   ─ ─ ─ ─ capacity ─ ─              B' = λ(t) − C while there is any
//
// On each stretch where the rate is linear and on one side of the capacity, the backlog is a parabola.

import { requireNotNegative, requirePositive } from './require-number.ts';

export interface RatePoint {
  /** At least 0. */
  readonly atSeconds: number;
  readonly ratePerSecond: number;
}

export interface FluidSurge {
  /** Joined linearly; constant before the first and after the last; two at one time are a jump. */
  readonly rate: readonly RatePoint[];
  /** What is served a second while there is a backlog: cμ. */
  readonly capacityPerSecond: number;
  /** Whoever would wait longer than this leaves: the backlog stays within capacity × this. */
  readonly patienceSeconds?: number;
}

export interface FluidBacklog {
  /** The first instant of the highest backlog; Infinity when it grows for ever. */
  readonly peakAtSeconds: number;
  readonly peakBacklog: number;
  /** When the last backlog is gone; 0 if there never is one, Infinity if it stays. */
  readonly drainedAtSeconds: number;
  /** The requests waiting at an instant, at least 0. */
  backlogAt(seconds: number): number;
  /** How long an arrival of that instant waits, first come, first served. */
  waitSecondsAt(seconds: number): number;
  /** How many have left from 0 to an instant because they would have waited too long. */
  lostBy(seconds: number): number;
  /** The first instant at which an arrival waits as long as this; undefined when none does. */
  firstWaitOf(waitSeconds: number): number | undefined;
}

/**
 * The fluid from an empty start at 0 s (Newell 1982, chapter 2). A rate that exceeds the capacity by a·t
 * reaches the wait T after √(2TC/a); a backlog B below the capacity drains in B/(C − λ).
 *
 * @throws RangeError when there is no point, times go back, a rate is negative, or the capacity or the
 * patience is not above 0
 */
export function fluidSurge(surge: FluidSurge): FluidBacklog {
  requireSurge(surge);
  const { capacityPerSecond, patienceSeconds = Infinity } = surge;
  const most = capacityPerSecond * patienceSeconds;
  const stretches: Stretch[] = [];
  let before: State = { backlog: 0, lost: 0 };
  for (const piece of excessPieces(surge)) {
    for (const stretch of stretchesOf(piece, before, most)) {
      stretches.push(stretch);
      before = stateIn(stretch, stretch.lastsSeconds);
    }
  }
  const at = (seconds: number) => {
    requireNotNegative('seconds', seconds);
    const stretch = stretches.findLast(({ fromSeconds }) => fromSeconds <= seconds);
    if (stretch === undefined) throw new Error(`bug: no stretch holds ${seconds} s`);
    return stateIn(stretch, seconds - stretch.fromSeconds);
  };
  return {
    ...peakOf(stretches),
    drainedAtSeconds: drainedAt(stretches),
    backlogAt: (seconds) => at(seconds).backlog,
    waitSecondsAt: (seconds) => at(seconds).backlog / capacityPerSecond,
    lostBy: (seconds) => at(seconds).lost,
    firstWaitOf: (waitSeconds) => {
      requireNotNegative('waitSeconds', waitSeconds);
      return firstAt(stretches, waitSeconds * capacityPerSecond);
    },
  };
}

/**
 * The share of requests that fails while a rate above the capacity lasts: 1 − 1/ρ = 1 − C/λ, whatever
 * the timeout and however often they are tried again; 0 up to the capacity.
 *
 * @throws RangeError when a rate is not above 0
 */
export function overloadFailedShare(load: {
  readonly ratePerSecond: number;
  readonly capacityPerSecond: number;
}): number {
  requirePositive('ratePerSecond', load.ratePerSecond);
  requirePositive('capacityPerSecond', load.capacityPerSecond);
  return Math.max(0, 1 - load.capacityPerSecond / load.ratePerSecond);
}

function requireSurge({ rate, capacityPerSecond, patienceSeconds = Infinity }: FluidSurge): void {
  requirePositive('capacityPerSecond', capacityPerSecond);
  if (patienceSeconds !== Infinity) requirePositive('patienceSeconds', patienceSeconds);
  if (rate.length === 0) throw new RangeError('rate has at least one point, not none');
  let before = 0;
  rate.forEach(({ atSeconds, ratePerSecond }, i) => {
    requireNotNegative(`rate[${i}].atSeconds`, atSeconds);
    requireNotNegative(`rate[${i}].ratePerSecond`, ratePerSecond);
    if (atSeconds < before) {
      throw new RangeError(`rate[${i}].atSeconds is at least ${before}, not ${atSeconds}`);
    }
    before = atSeconds;
  });
}

/** A stretch of time with rate − capacity linear and of one sign. */
interface ExcessPiece {
  readonly fromSeconds: number;
  readonly lastsSeconds: number;
  readonly excess: number;
  /** How fast the excess grows. */
  readonly growth: number;
}

interface State {
  readonly backlog: number;
  readonly lost: number;
}

/** A stretch of time with one parabola each for the backlog and for those who are lost. */
interface Stretch extends ExcessPiece {
  readonly start: State;
  /** Held: the backlog stays where it is, at nothing, or at the limit and then what exceeds it is lost. */
  readonly held: boolean;
}

function excessPieces({ rate, capacityPerSecond }: FluidSurge): ExcessPiece[] {
  const pieces: ExcessPiece[] = [];
  let from = { atSeconds: 0, ratePerSecond: rate[0]?.ratePerSecond ?? 0 };
  for (const to of rate) {
    const lastsSeconds = to.atSeconds - from.atSeconds;
    if (lastsSeconds > 0) {
      const excess = from.ratePerSecond - capacityPerSecond;
      const end = to.ratePerSecond - capacityPerSecond;
      const growth = (end - excess) / lastsSeconds;
      const crossing = excess * end < 0 ? lastsSeconds * (excess / (excess - end)) : lastsSeconds;
      pieces.push({ fromSeconds: from.atSeconds, lastsSeconds: crossing, excess, growth });
      if (crossing < lastsSeconds) {
        const fromSeconds = from.atSeconds + crossing;
        pieces.push({ fromSeconds, lastsSeconds: lastsSeconds - crossing, excess: 0, growth });
      }
    }
    from = to;
  }
  const excess = from.ratePerSecond - capacityPerSecond;
  pieces.push({ fromSeconds: from.atSeconds, lastsSeconds: Infinity, excess, growth: 0 });
  return pieces;
}

/** The piece cut where the backlog reaches nothing or the limit. */
function stretchesOf(piece: ExcessPiece, start: State, most: number): Stretch[] {
  const { fromSeconds, lastsSeconds, excess, growth } = piece;
  const rising = excess > 0 || (excess === 0 && growth > 0);
  const room = rising ? most - start.backlog : start.backlog;
  const reached = timeTo(room, Math.abs(excess), rising ? growth : -growth);
  const moving = { ...piece, start, held: false };
  if (!(reached < lastsSeconds)) return [moving];
  const stretch: Stretch = {
    fromSeconds: fromSeconds + reached,
    lastsSeconds: lastsSeconds - reached,
    excess: excess + growth * reached,
    growth,
    start: { backlog: rising ? most : 0, lost: start.lost },
    held: true,
  };
  return reached > 0 ? [{ ...moving, lastsSeconds: reached }, stretch] : [stretch];
}

/** The least τ ≥ 0 with speed·τ + growth·τ²/2 = way, all as seen in the direction of the way. */
function timeTo(way: number, speed: number, growth: number): number {
  if (way === 0 || way === Infinity) return way;
  const square = speed * speed + 2 * growth * way;
  // The form that does not cancel; without a root the way is never made.
  return square >= 0 ? (2 * way) / (speed + Math.sqrt(square)) : Infinity;
}

function stateIn({ start, excess, growth, held }: Stretch, seconds: number): State {
  if (seconds === 0) return start;
  const { backlog, lost } = start;
  const change = wayIn(seconds, excess, growth);
  if (held) return { backlog, lost: lost + Math.max(0, change) };
  return { backlog: Math.max(0, backlog + change), lost };
}

/** excess·τ + growth·τ²/2, also for the infinite last stretch, where the growth is 0. */
function wayIn(seconds: number, excess: number, growth: number): number {
  if (growth !== 0) return (excess + (growth * seconds) / 2) * seconds;
  return excess === 0 ? 0 : excess * seconds;
}

function peakOf(
  stretches: readonly Stretch[],
): Pick<FluidBacklog, 'peakAtSeconds' | 'peakBacklog'> {
  let peak = { peakAtSeconds: 0, peakBacklog: 0 };
  // On each stretch the backlog only rises or only falls: its highest is at an end.
  for (const stretch of stretches) {
    const { backlog } = stateIn(stretch, stretch.lastsSeconds);
    if (backlog > peak.peakBacklog) {
      peak = {
        peakAtSeconds: stretch.fromSeconds + stretch.lastsSeconds,
        peakBacklog: backlog,
      };
    }
  }
  return peak;
}

function drainedAt(stretches: readonly Stretch[]): number {
  const last = stretches.findLast(({ start, held }) => !held || start.backlog > 0);
  return last === undefined ? 0 : last.fromSeconds + last.lastsSeconds;
}

function firstAt(stretches: readonly Stretch[], backlog: number): number | undefined {
  if (backlog === 0) return 0;
  for (const stretch of stretches) {
    const { fromSeconds, lastsSeconds, start, excess, growth, held } = stretch;
    if (start.backlog >= backlog) return fromSeconds;
    if (held || stateIn(stretch, lastsSeconds).backlog < backlog) continue;
    return fromSeconds + Math.min(lastsSeconds, timeTo(backlog - start.backlog, excess, growth));
  }
  return undefined;
}
