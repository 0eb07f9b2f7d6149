/** A service: a fleet of equal instances behind a balancer, its traffic and its requests. */
import type { ClientSettings } from '../client/settings.ts';
import type { WorkSettings } from '../database/settings.ts';
import type { PoolSettings } from '../pool/settings.ts';
import type { TrafficSettings } from '../traffic/settings.ts';

/** How the balancer chooses an instance. */
export type BalancerPolicy = 'round-robin' | 'random' | 'least-connections';

/** One class of the request mix. */
export interface RequestClassSettings {
  readonly name: string;
  /** Share of this class is weight ÷ sum of weights. */
  readonly weight: number;
  /** What the request does with its connection. */
  readonly work: WorkSettings;
  /** Share of requests that never give their connection back; left out: none. */
  readonly leak?: number;
}

export interface ServiceSettings {
  readonly name: string;
  readonly traffic: TrafficSettings;
  readonly client: ClientSettings;
  readonly requests: readonly RequestClassSettings[];
  readonly instances: number;
  readonly balancer: BalancerPolicy;
  /** Requests that one instance works on at once; Infinity: unlimited. */
  readonly concurrency: number;
  /** Requests that wait for that, per instance; beyond it `queue-full`. Infinity: unlimited. */
  readonly queue: number;
  readonly pool: PoolSettings;
}
