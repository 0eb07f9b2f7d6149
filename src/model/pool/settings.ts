/** A connection pool, one per instance. */
export interface PoolSettings {
  readonly profile: 'generic';
  /** Most connections of one instance. */
  readonly max: number;
  /** Connections that are open when the instance starts (at most `max`). */
  readonly initial: number;
  /** How long a request waits for a connection; Infinity: for ever. */
  readonly acquireTimeoutNs: number;
  /** Requests of one instance that wait without opening one themselves; beyond it `pool-full`. Infinity: unlimited. */
  readonly maxPending: number;
  /** Who gets the next connection: who has waited longest, or shortest. */
  readonly order: 'fifo' | 'lifo';
  /** A connection that has been idle for so long is closed; Infinity: never. */
  readonly idleTimeoutNs: number;
  /** Open connections of one instance below which none is closed for being idle (at most `max`). */
  readonly min: number;
  /** Time between a connection's coming free and a waiting request's having it. */
  readonly handoverNs: number;
  /** Probability that an acquisition must establish its connection anew, inside the hold. */
  readonly reconnectShare: number;
}
