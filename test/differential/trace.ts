/** What is compared: what became of each request, and when connections were opened and closed. */
export interface Trace {
  readonly requests: readonly RequestTrace[];
  /** Tick at which each attempt to connect began, in order. */
  readonly opens: readonly number[];
  /** Tick at which the pool began to close each open connection, in order; not attempts broken off. */
  readonly closes: readonly number[];
}

export interface RequestTrace {
  /** `waiting`: the run ended before. */
  readonly outcome: 'served' | Failure | 'waiting';
  /** Tick at which it was served or failed; the end of the run if it still waits. */
  readonly at: number;
}

export type Failure = 'timeout' | 'connect-failed' | 'full';
