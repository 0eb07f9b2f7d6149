/**
 * Holds that were measured under load → the query work that, under the same load, has these holds. Theory
 * says by how much the database was slower on average; trials then correct each figure, because percentiles
 * are slowed down otherwise than means.
 */
import { lawMean } from '../../engine/law.ts';
import { exp, log } from '../../engine/math.ts';
import type { SystemSettings } from '../../model/settings.ts';
import { type StreamSettings, streamsOf } from './as-measured.ts';
import { Expectation, type Measured, type Seen } from './expectation.ts';
import { causedBy, meanSlowdown, stretchOf } from './mean-slowdown.ts';
import type { MeasuredHold } from './measured-hold.ts';
import { heldAtOnce, heldStreams, knownStreams, reconnects, workStreams } from './mean-streams.ts';
import { canLast, steadinessOf } from './steadiness.ts';
import { figuresIn, Trials, type Works } from './trials.ts';
import { type Figures, lawOfFigures, possible } from './work-figures.ts';

export interface Unwound {
  readonly works: Works;
  /** By how much queries, in `cores` their CPU parts, were slowed down on average; theory. */
  readonly slowdown: number;
  /** The worst figure that the work misses, as a share of it. */
  readonly missed: Missed;
}

interface Missed {
  readonly hold: MeasuredHold;
  readonly share: number;
  /** null: no trial came to an end, because more and more connections were in use. */
  readonly seen: Figures | null;
}

/** Slower by less is not slower. */
const NOTHING = 1e-3;
const ROUNDS = 8;
/** So many rounds that come no closer end the search. */
const VAIN = 2;
/** A figure is met when it is off by less. */
const MET = 3e-3;

/** @param holds those that are to be unwound; at least one */
export function unwind(system: SystemSettings, holds: readonly MeasuredHold[]): Unwound {
  const streams = streamsOf(system, holds);
  const { database } = system;
  const slowdown = meanSlowdown(
    database,
    knownStreams(streams, system),
    heldStreams(streams, system),
  );
  const guess = new Map(holds.map((hold) => [hold, guessOf(hold, system, slowdown)]));
  const isAlone = holds.every(({ cpu = 1 }) => stretchOf(database, cpu, slowdown) < 1 + NOTHING);
  const [hold] = holds as [MeasuredHold];
  const exact = { hold, share: 0, seen: hold.figures };
  const trials = new Trials(system, streams, heldAtOnce(streams, system));
  const isUntried =
    !trials.areEnough ||
    (isAlone && !streams.some(reconnects)) ||
    !canLast(steadinessOf(system, streams, guess));
  if (isUntried) return { works: guess, slowdown, missed: exact };
  return { ...corrected({ system, streams }, trials, guess), slowdown };
}

function corrected(
  measured: Measured,
  trials: Trials,
  guess: Works,
): Pick<Unwound, 'works' | 'missed'> {
  const { system, streams } = measured;
  const expectation = new Expectation(measured, trials, guess);
  const gain = gainOf(system, streams, guess);
  let best: Pick<Unwound, 'works' | 'missed'> | null = null;
  for (let works = guess, round = 0, vain = 0; round < ROUNDS && vain < VAIN; round++) {
    const seen = expectation.of(works);
    if (seen === null) break;
    const missed = mostMissed(seen);
    const isBetter = best === null || missed.share < best.missed.share;
    vain = isBetter ? 0 : vain + 1;
    if (isBetter) best = { works, missed };
    if (missed.share < MET) break;
    works = closer(works, seen, system, gain);
  }
  const [hold] = guess.keys() as Iterable<MeasuredHold>;
  if (hold === undefined) throw new Error('bug: nothing was measured');
  return best ?? { works: guess, missed: { hold, share: Infinity, seen: null } };
}

/**
 * By how many per cent holds grow, on average, with a per cent more of the work: 1 where nobody slows
 * anybody down, several where more work slows down all. Theory.
 */
function gainOf(system: SystemSettings, streams: readonly StreamSettings[], works: Works): number {
  const { database } = system;
  const known = knownStreams(streams, system);
  const meanOf = (factor: number) => {
    const own = workStreams(streams, system, works).map((s) => {
      return { ...s, workNs: s.workNs * factor, cpuNs: s.cpuNs * factor };
    });
    const slowdown = causedBy(database, [...known, ...own]);
    return own.reduce((sum, { perSecond, workNs, cpuNs }) => {
      return sum + perSecond * workNs * stretchOf(database, cpuNs / workNs, slowdown);
    }, 0);
  };
  const gain = log(meanOf(1) / meanOf(1 / (1 + NUDGE))) / log(1 + NUDGE);
  return gain >= 1 ? Math.min(gain, MOST_GAIN) : 1;
}

const NUDGE = 0.01;
const MOST_GAIN = 20;

/** Each figure of the work changes as its figure of the hold is off; what all are off by, by its gain. */
function closer(
  works: Works,
  seen: ReadonlyMap<MeasuredHold, Seen>,
  { database: { roundTripNs } }: SystemSettings,
  gain: number,
): Works {
  const offOf = (hold: MeasuredHold) =>
    (seen.get(hold)?.figures ?? hold.figures).map((ns, i) =>
      log(((hold.figures[i] as number) - roundTripNs) / Math.max(1, ns - roundTripNs)),
    );
  const all = [...works.keys()].flatMap(offOf);
  const common = all.reduce((a, b) => a + b, 0) / all.length;
  const step = (off: number) => exp(Math.max(-STEP, Math.min(STEP, common / gain + off - common)));
  return new Map(
    [...works].map(([hold, work]) => {
      const offs = offOf(hold);
      return [
        hold,
        possible(
          hold.shape,
          work.map((ns, i) => ns * step(offs[i] as number)),
        ),
      ];
    }),
  );
}

/** The logarithm of a figure changes at most by this in one round. */
const STEP = 0.7;

function mostMissed(seen: ReadonlyMap<MeasuredHold, Seen>): Missed {
  const all = [...seen].map(([hold, { figures }]): Missed => {
    const off = figures.map((ns, i) => Math.abs(ns / (hold.figures[i] as number) - 1));
    return { hold, seen: figures, share: Math.max(...off) };
  });
  return all.reduce((most, each) => (each.share > most.share ? each : most));
}

function guessOf(hold: MeasuredHold, { database }: SystemSettings, slowdown: number): Figures {
  const stretch = stretchOf(database, hold.cpu ?? 1, slowdown);
  const figures = hold.figures.map((ns) => Math.max(0, ns - database.roundTripNs) / stretch);
  return possible(hold.shape, figures);
}

/** Mean of the work that was found for a hold, ns. */
export function meanWork(works: Works, hold: MeasuredHold): number {
  return lawMean(lawOfFigures(hold.shape, figuresIn(works, hold)));
}
