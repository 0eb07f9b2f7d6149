/**
 * The holds that are to be expected of some query work: those of a trial, less what is due to the requests
 * that happened to be drawn.
 */
import { lawMean } from '../../engine/law.ts';
import type { SystemSettings } from '../../model/settings.ts';
import type { StreamSettings } from './as-measured.ts';
import { causedBy } from './mean-slowdown.ts';
import type { MeasuredHold } from './measured-hold.ts';
import { knownStreams, reconnects, workStreams } from './mean-streams.ts';
import { figuresIn, type TrialHolds, type Trials, type Works } from './trials.ts';
import { type Figures, lawOfFigures } from './work-figures.ts';

/** Figures of holds, and their mean, ns. */
export interface Seen {
  readonly figures: Figures;
  readonly meanNs: number;
}

/** The system of the scenario, and its requests when it was measured. */
export interface Measured {
  readonly system: SystemSettings;
  readonly streams: readonly StreamSettings[];
}

/** Theory knows no pools: it is exact where less than this share of a hold is waited for a connection. */
const WAITED = 0.01;

export class Expectation {
  private readonly system: SystemSettings;
  private readonly streams: readonly StreamSettings[];
  private readonly trials: Trials;
  /** What the law means ÷ what was drawn: of each figure, and of the mean. */
  private readonly draws: ReadonlyMap<MeasuredHold, Seen>;

  /** @param guess work for which the scatter of what is drawn is found */
  constructor(measured: Measured, trials: Trials, guess: Works) {
    this.system = measured.system;
    this.streams = measured.streams;
    this.trials = trials;
    this.draws = new Map(
      [...trials.aloneOf(guess)].map(([hold, seen]) => {
        const alone = this.alone(guess, hold);
        const figures = alone.figures.map((ns, i) => ns / (seen.figures[i] as number));
        return [hold, { figures, meanNs: alone.meanNs / seen.meanNs }];
      }),
    );
  }

  /** The figures of the holds that come of this work; null: a trial of it does not come to an end. */
  of(works: Works): ReadonlyMap<MeasuredHold, Seen> | null {
    const trial = this.trials.holdsOf(works);
    if (trial === null) return null;
    const drawn = new Map([...trial].map(([hold, seen]) => [hold, this.lessDraw(hold, seen)]));
    const ratio = this.isExact(trial) ? this.exactShare(works, drawn) : 1;
    return new Map(
      [...drawn].map(([hold, seen]) => {
        const alone = this.alone(works, hold);
        const stretched = (ns: number, own: number) => own + (ns - own) * ratio;
        const figures = seen.figures.map((ns, i) => stretched(ns, alone.figures[i] as number));
        return [hold, { figures, meanNs: stretched(seen.meanNs, alone.meanNs) }];
      }),
    );
  }

  /** Holds of this work if nobody slows it down. */
  private alone(works: Works, hold: MeasuredHold): Seen {
    const { roundTripNs } = this.system.database;
    const work = figuresIn(works, hold);
    return {
      figures: work.map((ns) => ns + roundTripNs),
      meanNs: lawMean(lawOfFigures(hold.shape, work)) + roundTripNs,
    };
  }

  private lessDraw(hold: MeasuredHold, seen: TrialHolds): Seen {
    const draw = this.draws.get(hold);
    if (draw === undefined) throw new Error('bug: holds that were not drawn');
    return {
      figures: seen.figures.map((ns, i) => ns * (draw.figures[i] as number)),
      meanNs: seen.meanNs * draw.meanNs,
    };
  }

  /** Whether theory knows the mean slowdown exactly. Cores forget slowly, so that a short trial does not. */
  private isExact(trial: ReadonlyMap<MeasuredHold, TrialHolds>): boolean {
    const { contention, pooler } = this.system.database;
    return (
      contention.kind === 'cores' &&
      pooler === undefined &&
      !this.streams.some(reconnects) &&
      [...trial.values()].every(({ meanNs, meanWaitNs }) => meanWaitNs < WAITED * meanNs)
    );
  }

  /** The time that is lost by contention according to theory ÷ according to the trial. */
  private exactShare(works: Works, drawn: ReadonlyMap<MeasuredHold, Seen>): number {
    const { system, streams } = this;
    const own = workStreams(streams, system, works);
    const slowdown = causedBy(system.database, [...knownStreams(streams, system), ...own]);
    const exact = own.reduce((sum, s) => sum + s.perSecond * s.cpuNs * (slowdown - 1), 0);
    const simulated = streams.reduce((sum, { hold, perSecond }) => {
      const seen = hold === null ? undefined : drawn.get(hold);
      if (hold === null || seen === undefined) return sum;
      return sum + perSecond * (seen.meanNs - this.alone(works, hold).meanNs);
    }, 0);
    const share = exact / simulated;
    return simulated > 0 && exact < Infinity ? share : 1;
  }
}
