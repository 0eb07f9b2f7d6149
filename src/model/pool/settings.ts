/** A connection pool, one per instance. */
export interface PoolSettings {
  readonly profile: 'generic';
  /** Most connections of one instance. */
  readonly max: number;
  /** Connections that are open when the instance starts (at most `max`). */
  readonly initial: number;
  /** How long a request waits for a connection; Infinity: for ever. */
  readonly acquireTimeoutNs: number;
  /** Probability that an acquisition must establish its connection anew, inside the hold. */
  readonly reconnectShare: number;
}
