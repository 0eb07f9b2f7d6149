/** What `capacity` answers. Rates are of the fleet, requests a second. */

import type { Station } from '../result.ts';

/** A rate and its 95 % interval. */
export interface RateInterval {
  readonly rps: number;
  readonly lowRps: number;
  readonly highRps: number;
}

export interface ObjectiveKnee extends RateInterval {
  /** The objective that is missed first beyond it, as the user wrote it. */
  readonly objective: string;
  /** Times the scenario's own traffic. */
  readonly factor: number;
  /** So many users, where users send the traffic. */
  readonly users: number | null;
}

/** Why there is no highest rate within the objectives. */
export type NoKnee = 'no-objectives' | 'met-at-all-rates' | 'met-at-no-rate';

export interface CurvePoint {
  readonly rps: number;
  /** Mean wait for a connection, of those who got one; null: nobody did. */
  readonly waitMs: number | null;
  /** The same by queueing theory; null where it has no formula. */
  readonly theoryWaitMs: number | null;
}

/** What becomes of a backlog. */
export interface Drain {
  /** From when on no more arrives than can be served; null: more does until the end. */
  readonly from: string | null;
  /** How long it then takes until nobody waits; null: they still wait at the end. */
  readonly seconds: number | null;
}

/** Of a scenario whose traffic changes. Both null where more than can be served is never scheduled. */
export interface Drains {
  /** Of the scenario's own traffic. */
  readonly own: Drain | null;
  /** Of the highest surge that is survived, in the first replication. */
  readonly survived: Drain | null;
}

export interface Saturated extends RateInterval {
  readonly replications: number;
  /** Where requests wait when more arrives. */
  readonly station: Station;
}

export interface Capacity {
  readonly saturation: Saturated | null;
  /** Beyond what can be served the system breaks down and serves far less, as in a deadlock. */
  readonly collapses: boolean;
  readonly objectiveKnee: (ObjectiveKnee & { readonly replications: number }) | null;
  readonly noKnee: NoKnee | null;
  /** The objective that decided, where all rates or none meet it. */
  readonly decidedBy: string | null;
  /** Objectives that a higher rate cannot miss: lower bounds. */
  readonly notJudged: readonly string[];
  /** How objectives are judged: in the long run of a rate that stays, or on runs of the scenario. */
  readonly judgedOn: 'long-run' | 'scenario';
  /** The highest rate that the scenario's own traffic reaches; of users, if nobody waited. */
  readonly peakRps: number;
  /** The users of that moment; null: nobody waits for an answer before the next request. */
  readonly peakUsers: number | null;
  /** null where the traffic stays. */
  readonly drain: Drains | null;
  readonly theory: { readonly saturationRps: number | null; readonly kneeRps: number | null };
  readonly curve: readonly CurvePoint[];
}
