/** A connection pool, one per instance. */
import type { PoolPolicy } from './policy.ts';

/** The numbers that every pool has, whatever it calls them. */
export interface PoolNumbers {
  /** Most connections of one instance; Infinity: any number. */
  readonly max: number;
  /** Connections that are open when the instance starts (at most `max`). */
  readonly initial: number;
  /** How long a request waits for a connection; Infinity: for ever. */
  readonly acquireTimeoutNs: number;
  /** Requests of one instance that wait without opening one themselves; beyond it `pool-full`. Infinity: unlimited. */
  readonly maxPending: number;
  /** A connection that has been idle for so long is closed; Infinity: never. */
  readonly idleTimeoutNs: number;
  /** Open connections of one instance below which none is closed for being idle (at most `max`). */
  readonly min: number;
  /** How long opening one connection may take; Infinity: as long as it takes. */
  readonly connectTimeoutNs: number;
  /** Time between a connection's coming free and a waiting request's having it. */
  readonly handoverNs: number;
  /** Probability that an acquisition must establish its connection anew, inside the hold. */
  readonly reconnectShare: number;
}

export interface PoolSettings extends PoolNumbers {
  /** Which product it behaves like; `generic`: none. */
  readonly profile: string;
  readonly policy: PoolPolicy;
}
