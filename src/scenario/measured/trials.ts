/**
 * Short simulations of the system as it was measured: which holds come of some query work. All of them
 * meet the same requests, so that two kinds of work can be compared, and the scatter of the requests that
 * happen to be drawn is known from a run in which nobody slows anybody down.
 */
import { LAST_INSTANT, SECOND } from '../../engine/time.ts';
import { holdsInSteadyState, type SteadyHolds } from '../../model/holds-in-steady-state.ts';
import type { SystemSettings } from '../../model/settings.ts';
import { SimulationLimit } from '../../model/simulation-limit.ts';
import { type StreamSettings, systemOf } from './as-measured.ts';
import type { MeasuredHold } from './measured-hold.ts';
import { type Figures, lawOfFigures, observedFigures } from './work-figures.ts';

/** Requests of a trial: in all, and of each class that was measured, within reason. */
const REQUESTS = 60_000;
const OF_EACH = 20_000;
const MOST_REQUESTS = 300_000;
/** A class with fewer than this says nothing of its percentiles. */
const FEWEST = 500;
/** Of these, the share that is not measured, while the database fills; at least so many times what it holds. */
const START_UP = 0.1;
const FILLINGS = 8;
/** In a steady state never so many times as many requests are there as hold a connection, and some. */
const PILED_UP = 5;
const SOME = 5000;

/** The work of each hold that was measured. */
export type Works = ReadonlyMap<MeasuredHold, Figures>;

/** What a trial says of the holds of one class. */
export interface TrialHolds {
  readonly figures: Figures;
  readonly meanNs: number;
  readonly meanWaitNs: number;
}

export class Trials {
  private readonly system: SystemSettings;
  private readonly streams: readonly StreamSettings[];
  private readonly fromNs: number;
  private readonly toNs: number;
  private readonly mostInFlight: number;
  /** Whether all that was measured is there often enough, within the longest run, to be seen in a trial. */
  readonly areEnough: boolean;

  /** @param held connections in use on the whole database when it was measured */
  constructor(system: SystemSettings, streams: readonly StreamSettings[], held: number) {
    this.system = system;
    this.streams = streams.filter(({ perSecond }) => perSecond > 0);
    const perSecond = this.streams.reduce((sum, stream) => sum + stream.perSecond, 0);
    const rates = this.streams.flatMap((s) => (s.hold === null ? [] : [s.perSecond]));
    const rarest = Math.min(...rates) / perSecond;
    const within = ((LAST_INSTANT / SECOND) * perSecond) / 2;
    const requests = Math.min(MOST_REQUESTS, within, Math.max(REQUESTS, OF_EACH / rarest));
    this.areEnough = requests * rarest >= FEWEST;
    const startUp = Math.max(START_UP * requests, FILLINGS * held);
    this.fromNs = Math.round((startUp / perSecond) * SECOND);
    this.toNs = Math.round(((startUp + requests) / perSecond) * SECOND);
    this.mostInFlight = Math.ceil(PILED_UP * held) + SOME;
  }

  /** The holds of this work, by measured hold; null: requests pile up. */
  holdsOf(works: Works): ReadonlyMap<MeasuredHold, TrialHolds> | null {
    try {
      return this.run(works, this.system);
    } catch (error) {
      if (error instanceof SimulationLimit) return null;
      throw error;
    }
  }

  /** The same where nobody slows anybody down and no connection is opened anew. */
  aloneOf(works: Works): ReadonlyMap<MeasuredHold, TrialHolds> {
    const { database, services } = this.system;
    const alone = { ...database, contention: { kind: 'none' } as const };
    return this.run(works, { services, database: alone }, 0);
  }

  private run(works: Works, system: SystemSettings, reconnectShare?: number) {
    const streams = this.streams.map((stream): StreamSettings => {
      const { service } = stream;
      if (reconnectShare === undefined) return stream;
      return { ...stream, service: { ...service, pool: { ...service.pool, reconnectShare } } };
    });
    const settings = systemOf(system, streams, (hold) =>
      lawOfFigures(hold.shape, figuresIn(works, hold)),
    );
    const { fromNs, toNs, mostInFlight } = this;
    const seen = holdsInSteadyState(settings, { seed: SEED, fromNs, toNs, mostInFlight });
    return new Map(
      this.streams.flatMap(({ hold }, i) =>
        hold === null ? [] : [[hold, trialHolds(hold, seen[i] as SteadyHolds)] as const],
      ),
    );
  }
}

const SEED = 'measured';

export function figuresIn(works: Works, hold: MeasuredHold): Figures {
  const figures = works.get(hold);
  if (figures === undefined) throw new Error('bug: a measured hold without work');
  return figures;
}

function trialHolds(hold: MeasuredHold, seen: SteadyHolds): TrialHolds {
  const { meanNs, meanWaitNs } = seen;
  return { figures: observedFigures(hold.shape, seen), meanNs, meanWaitNs };
}
