/** Open arrivals of any kind: the kind is chosen once, when the system is built. */
import type { RandomStreams } from '../../engine/random-streams.ts';
import { BatchArrivals } from './batch-arrivals.ts';
import { DeterministicArrivals } from './deterministic-arrivals.ts';
import { GapArrivals } from './gap-arrivals.ts';
import { erlangGaps, exponentialGaps } from './gaps.ts';
import { SwitchedArrivals } from './switched-arrivals.ts';
import type { TrafficSettings } from './settings.ts';

/** A point process with a next instant. */
export interface OpenArrivals {
  /** The next instant at which something happens, whole ns; Infinity: nothing ever. */
  readonly nextAt: number;
  /** Moves past `nextAt`: how many requests arrive there. 0: only a phase changes. */
  advance(): number;
  /** Changes rate and parameters, not the kind, from `now` on (not after `nextAt`). */
  apply(settings: TrafficSettings, now: number): void;
}

/** The open arrivals of a service; its streams are `name/arrivals` and `name/arrivals/…`. */
export function openArrivals(
  settings: TrafficSettings,
  streams: RandomStreams,
  name: string,
): OpenArrivals {
  const { arrivals } = settings;
  const gaps = `${name}/arrivals`;
  switch (arrivals.kind) {
    case 'poisson':
      return new GapArrivals(settings.rate, exponentialGaps(streams, gaps));
    case 'erlang':
      return new GapArrivals(settings.rate, erlangGaps(streams, gaps, arrivals.stages));
    case 'deterministic':
      return new DeterministicArrivals(settings.rate);
    case 'batch':
      return new BatchArrivals(settings.rate, arrivals.sizes, streams, gaps);
    case 'mmpp':
      return new SwitchedArrivals(settings.rate, arrivals, streams, gaps);
  }
}
