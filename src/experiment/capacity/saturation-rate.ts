/** The rate at which the pool becomes the bottleneck, with its interval. */
import type { SystemSettings } from '../../model/settings.ts';
import { studentInterval } from '../../stats/confidence-interval.ts';
import { ask, type Question } from '../question.ts';
import type { Station } from '../result.ts';
import { scaledSystem } from '../scaled-traffic.ts';
import { boundsQueue } from '../stability.ts';
import { ratePerSecond } from '../steady/steady-run.ts';
import type { SaturationInput } from './saturation.ts';
import { stationBeyond } from './station-beyond.ts';
import { saturationInTheory } from './theory.ts';

/** Requests of a replication. */
const REQUESTS = 150_000;
/** Replications of a round; whether to go on is decided between rounds. */
const ROUND = 10;
const MOST_ROUNDS = 10;
/** Half the interval, as a share of the rate, at which it is narrow enough. */
const PRECISION = 0.002;

/** Times the traffic of what can be served: enough to keep the pool full. */
const BEYOND = 1.15;
/** Where only so many may wait, chance leaves connections free now and then, the less the more arrive. */
const FAR_BEYOND = 4;

export interface Saturation {
  /** Of each replication, requests a second. */
  readonly rates: readonly number[];
  /** Beyond it far less is served than before. */
  readonly collapses: boolean;
  /** Where requests wait beyond it. */
  readonly station: Station;
}

/** null: however much arrives, it is served. */
export function* saturationRate(system: SystemSettings, seed: string): Question<Saturation | null> {
  const guess = saturationInTheory(system);
  const beyond = system.services.some(boundsQueue) ? FAR_BEYOND : BEYOND;
  const factor = guess === null ? beyond : (beyond * guess) / ratePerSecond(system);
  const input = { system, seed, requests: REQUESTS, factor };
  const requests = REQUESTS * ROUND;
  const [overload] = yield* ask('overload', [{ ...input, beyond, replication: 0 }], {
    part: 'what can be served',
    requests: 3 * REQUESTS,
    later: requests * 10,
  });
  if (overload === null || overload === undefined) return null;
  if (overload.collapses) {
    const edges = yield* collapseRates({ ...input, requests: REQUESTS / 5 });
    return { rates: edges, collapses: true, station: 'pool' };
  }
  const rates: number[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const inputs = Array.from({ length: ROUND }, (_, i) => {
      return { ...input, factor: overload.factor, replication: rates.length + i + 1 };
    });
    const part = 'what can be served';
    rates.push(...(yield* ask('saturation', inputs, { part, requests, later: requests * 8 })));
    const interval = studentInterval(rates);
    if (interval !== null && interval.halfWidth <= PRECISION * interval.mean) break;
  }
  const station = yield* stationBeyond(scaledSystem(system, overload.factor), seed);
  return { rates, collapses: false, station };
}

/** Of a system that serves hardly anything once too much has come: where that begins. */
function* collapseRates(input: Omit<SaturationInput, 'replication'>): Question<number[]> {
  const inputs = Array.from({ length: ROUND }, (_, i) => ({
    ...input,
    factor: 1,
    replication: i + 1,
  }));
  const cost = { part: 'where it collapses', requests: input.requests * 8 * ROUND, later: 0 };
  return yield* ask('collapse', inputs, cost);
}
