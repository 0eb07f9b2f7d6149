// Arrivals at instants that a test knows. Random ones are drawn from the seed alone, whatever the settings:
// a test can look at them first and then choose delays that make events meet at the same instant.

import { RandomStreams } from '../../src/engine/random-streams.ts';
import { SECOND } from '../../src/engine/time.ts';
import { openArrivals } from '../../src/model/traffic/open-arrivals.ts';
import type { TrafficSettings } from '../../src/model/traffic/settings.ts';
import { steady, trafficOf } from './small-system.ts';

interface KnownArrivals {
  /** Instants, whole ns, of the first requests. */
  readonly at: readonly number[];
  /** Traffic that consists of just these. */
  readonly traffic: TrafficSettings;
}

/** The first `count` arrivals of a service under this seed when they are `meanGapNs` apart. */
export function firstArrivals(
  count: number,
  { seed = 'small', name = 'service', meanGapNs = 100 } = {},
): KnownArrivals {
  const perSecond = SECOND / meanGapNs;
  const arrivals = openArrivals(steady(perSecond), new RandomStreams(seed), name);
  const at: number[] = [];
  while (at.length < count) {
    at.push(arrivals.nextAt);
    arrivals.advance();
  }
  const end = at.at(-1) ?? 0;
  if (arrivals.nextAt === end) throw new Error('two arrivals at one instant: take another seed');
  return {
    at,
    traffic: trafficOf({
      rate: [
        { atNs: 0, perSecond },
        { atNs: end, perSecond },
        { atNs: end, perSecond: 0 },
      ],
    }),
  };
}

/** Requests at just these instants, whole ns. */
export function arrivalsAt(...atNs: readonly number[]): TrafficSettings {
  return trafficOf({ trace: { atNs: Float64Array.from(atNs), holdNs: null } });
}
