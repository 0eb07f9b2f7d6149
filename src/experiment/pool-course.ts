/** The course of each service's pools, window by window: what connections did, and who waited meanwhile. */
import type { Database } from '../model/database/database.ts';
import type { Service } from '../model/service/service.ts';
import type { System } from '../model/system.ts';
import {
  type Levels,
  LevelReader,
  addLevels,
  isDrained,
  isEmpty,
  isGrowing,
  isLeaking,
  NO_LEVELS,
} from './pool-levels.ts';

/** One window of one service's pools. */
export interface PoolStretch {
  readonly fromNs: number;
  readonly toNs: number;
  /** Of all instances together. */
  readonly all: Levels;
  /** Of those instances that opened connections and had room for more. */
  readonly growing: Levels;
  /** Of those instances that had hardly any connection yet and opened some. */
  readonly empty: Levels;
  /** Of those instances that a reading found deadlocked: who holds their connections waits for one more. */
  readonly stuck: Levels;
  /** Of those instances that have lost connections, and of those that have lost all. */
  readonly leaking: Levels;
  readonly drained: Levels;
  /** Connections opened and closed. */
  readonly opened: number;
  readonly closed: number;
  readonly arrived: number;
  /** Attempts that got no connection, and requests whose client left. */
  readonly gaveUp: number;
  /** Attempts whose connection died; of those, whose connection was dead when they got it. */
  readonly cutOff: number;
  readonly deadMet: number;
  /** Connections that the database refused, to all services. */
  readonly refused: number;
  /** Waits that ended with a connection, and holds that ended; sums in ns. */
  readonly waits: Sum;
  readonly holds: Sum;
}

interface Sum {
  readonly count: number;
  readonly total: number;
}

/** Everything that only grows, of one service at one instant. */
type Counts = Pick<
  PoolStretch,
  'opened' | 'closed' | 'arrived' | 'gaveUp' | 'cutOff' | 'deadMet' | 'refused' | 'waits' | 'holds'
>;

/** Readings that found an instance deadlocked, by instance. */
type Deadlocks = Float64Array;

export class PoolCourse {
  /** By service. */
  readonly stretches: readonly PoolStretch[][];
  /** Connections that were open when the run began, by service. */
  readonly openedAtStart: readonly number[];
  private readonly levels: readonly LevelReader[];
  private counts: readonly Counts[];
  private deadlocks: readonly Deadlocks[];
  private atNs = 0;

  /** @param system before its first event */
  constructor({ services, database }: System) {
    this.stretches = services.map(() => []);
    this.openedAtStart = services.map(({ pool }) => pool.opened);
    this.levels = services.map((service) => new LevelReader(service));
    this.counts = services.map((service) => countsOf(service, database));
    this.deadlocks = services.map(deadlocksOf);
  }

  /** Reads the meters at the end of a window. O(instances). */
  record({ services, database, simulation: { now } }: System): void {
    const counts = services.map((service) => countsOf(service, database));
    const deadlocks = services.map(deadlocksOf);
    counts.forEach((to, i) => {
      const before = this.deadlocks[i] as Deadlocks;
      const stuck = (deadlocks[i] as Deadlocks).map((readings, k) => readings - (before[k] ?? 0));
      this.stretches[i]?.push({
        fromNs: this.atNs,
        toNs: now,
        ...levelsOf((this.levels[i] as LevelReader).read(now), stuck),
        ...difference(this.counts[i] as Counts, to),
      });
    });
    this.counts = counts;
    this.deadlocks = deadlocks;
    this.atNs = now;
  }
}

/**
 * @param instances means over the window of each instance
 * @param stuck readings in the window that found the instance deadlocked
 */
function levelsOf(
  instances: readonly Levels[],
  stuck: Deadlocks,
): Pick<PoolStretch, 'all' | 'growing' | 'empty' | 'stuck' | 'leaking' | 'drained'> {
  const sum = (some: readonly Levels[]) => some.reduce(addLevels, NO_LEVELS);
  return {
    all: sum(instances),
    growing: sum(instances.filter(isGrowing)),
    empty: sum(instances.filter(isEmpty)),
    leaking: sum(instances.filter(isLeaking)),
    drained: sum(instances.filter(isDrained)),
    stuck: sum(instances.filter((_, i) => (stuck[i] as number) > 0)),
  };
}

function deadlocksOf({ meters }: Service): Deadlocks {
  return meters.deadlocks.slice();
}

function countsOf({ pool, meters }: Service, { slots }: Database): Counts {
  const sum = ({ count, total }: typeof meters.use): Sum => ({ count, total: total.value });
  return {
    opened: pool.opened,
    closed: pool.closed,
    arrived: meters.arrived,
    gaveUp:
      meters.acquireFailures + meters.poolerDenials + meters.abandoned.reduce((a, b) => a + b, 0),
    cutOff: meters.connectionsLost,
    deadMet: meters.deadMet,
    refused: slots.refused,
    waits: sum(meters.acquireWait),
    holds: sum(meters.use),
  };
}

function difference(from: Counts, to: Counts): Counts {
  return {
    opened: to.opened - from.opened,
    closed: to.closed - from.closed,
    arrived: to.arrived - from.arrived,
    gaveUp: to.gaveUp - from.gaveUp,
    cutOff: to.cutOff - from.cutOff,
    deadMet: to.deadMet - from.deadMet,
    refused: to.refused - from.refused,
    waits: sumDifference(from.waits, to.waits),
    holds: sumDifference(from.holds, to.holds),
  };
}

function sumDifference(from: Sum, to: Sum): Sum {
  return { count: to.count - from.count, total: to.total - from.total };
}
