/** What a review looks at: pools, how many copies of a service have one, what the database admits. */
import type { PoolSettings } from '../../model/pool/settings.ts';
import type { Place } from '../../scenario/import/configuration.ts';
import type { Pods } from '../../scenario/import/findings.ts';
import type { NativeValues, Profile } from '../../scenario/profiles.ts';

/** Where a fact comes from: a line of a file, an option, or what holds when nobody says anything. */
export type Source =
  | { readonly kind: 'file'; readonly place: Place }
  | { readonly kind: 'option'; readonly name: string }
  | { readonly kind: 'default'; readonly of: string };

export interface Known<T> {
  readonly value: T;
  readonly source: Source;
}

export interface ReviewPool {
  /** What the file calls it, when it may hold several. */
  readonly name: string | null;
  readonly profile: Profile;
  /** What the product makes of its settings. */
  readonly settings: PoolSettings;
  /** What is written of them, by the product's own names and in its units. */
  readonly values: NativeValues;
  /** Where each of them stands. */
  readonly written: ReadonlyMap<string, Place>;
  /** Where the pool begins. */
  readonly place: Place;
}

export interface ReviewService {
  /** What it is called, when there are several. */
  readonly name: string | null;
  /** Every copy, or every process of one, has all of them. */
  readonly pools: readonly ReviewPool[];
  /** Copies on an ordinary day. */
  readonly replicas?: Known<number>;
  /** Pods that a rolling deployment runs beyond the replicas, and takes down before others are there. */
  readonly maxSurge?: Known<Pods>;
  readonly maxUnavailable?: Known<Pods>;
  /** Seconds for which a pod that is taken down may go on. */
  readonly graceSeconds?: Known<number>;
  /** Most copies that the autoscaler makes. */
  readonly ceiling?: Known<number>;
  /** Processes of one copy. */
  readonly processes?: Known<number>;
  /** Requests that one process works on at once. */
  readonly threads?: Known<number>;
  /** Connections that one request has at once. */
  readonly connectionsPerRequest?: Known<number>;
  readonly callerTimeoutNs?: Known<number>;
  /** Requests per second of all copies at the height of a surge. */
  readonly surgePerSecond?: Known<number>;
}

export interface ReviewFacts {
  readonly services: readonly ReviewService[];
  /** Pools between those of the services and the database. */
  readonly poolers: readonly ReviewPool[];
  readonly maxConnections?: Known<number>;
  /** Of those, kept back for the superuser. */
  readonly reserved: Known<number>;
  /** Of those, taken by others. */
  readonly others: Known<number>;
  /** Mean time to open a connection. */
  readonly connectNs?: Known<number>;
  /** After so long without traffic something on the way drops a connection. */
  readonly idleLimitNs?: Known<number>;
}

/** PostgreSQL keeps so many connections for superusers (`superuser_reserved_connections`). */
export const USUAL_RESERVED: Known<number> = {
  value: 3,
  source: { kind: 'default', of: 'PostgreSQL' },
};

export const NO_OTHERS: Known<number> = {
  value: 0,
  source: { kind: 'default', of: 'tidemark' },
};

/** The line of a fact, if it stands in a file. */
export function placeOf({ source }: Known<unknown>): Place | null {
  return source.kind === 'file' ? source.place : null;
}
