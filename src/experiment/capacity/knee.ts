/** The highest traffic within the objectives. */

/** That of one replication. */
export type Knee =
  | {
      readonly kind: 'found';
      /** Times the scenario's traffic. */
      readonly factor: number;
      /** Index of the objective that is missed first beyond it. */
      readonly worst: number;
      /** Requests a second that arrive there, as observed. */
      readonly arrivedPerSecond: number;
      /** Of runs of a scenario: the highest traffic that was tried and survived, and its backlog. */
      readonly survived?: {
        readonly factor: number;
        readonly backlog: { readonly fromNs: number; readonly toNs: number } | null;
      };
    }
  /** Met at all rates that were tried, or at none. */
  | { readonly kind: 'always' | 'never'; readonly worst: number };
