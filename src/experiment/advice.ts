/** What to do and what not to, as found by trying it. */

/**
 * One change of settings and what it did to the failed share. Of several services, shares and times are
 * those of the one that fares worst.
 */
export interface Trial {
  /** Paths and values that were changed at the height of the backlog. */
  readonly set: Readonly<Record<string, unknown>>;
  /** Where the change came from: a pool size, the timeout, one path or some of the timeline's fix, all of it. */
  readonly kind: 'pool-size' | 'timeout' | 'timeline-part' | 'timeline-whole';
  /** Connections that the pool which was short first then may have per instance; left out if as before. */
  readonly connections?: number;
  /** Failed share in the measured stretch after the change; null when no request ended there. */
  readonly errors: number | null;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  /** Share of the time that connections were held in which queries slowed each other down. */
  readonly contentionShare: number;
}

export interface Advice {
  /** When the changes were made. */
  readonly changedAt: string;
  /** From when to when each trial was measured. */
  readonly from: string;
  readonly to: string;
  readonly measuredSeconds: number;
  /** The same stretch with nothing changed. */
  readonly unchanged: {
    readonly errors: number | null;
    readonly p50Ms: number | null;
    readonly p99Ms: number | null;
  };
  readonly trials: readonly Trial[];
  /** The input that moved the failed share most, for its own change, when it was made larger. */
  readonly leansOn: {
    readonly path: string;
    readonly grade: string;
    /** By how much it was made larger: 0.1, or more where the next whole number is further. */
    readonly larger: number;
    /** Failed share with it, in the same stretch. */
    readonly errors: number;
  } | null;
}
