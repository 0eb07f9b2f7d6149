/** What configuration files say of a system: pools, how many instances share them, what is not modelled. */
import type { Fault } from '../fault.ts';
import type { NativeValue, Profile, ProfileSetting } from '../profiles.ts';
import type { Place } from './configuration.ts';

/** A value and where it was found. */
export interface Found<T> {
  readonly value: T;
  /** The key as the file writes it: `spring.datasource.hikari.maximum-pool-size`. */
  readonly key: string;
  readonly place: Place;
  /** Nobody wrote it: what holds then; `place` is where it would stand. */
  readonly isDefault?: true;
}

/** A setting of a pool, in the product's own unit. */
export interface FoundSetting extends Found<NativeValue> {
  readonly setting: ProfileSetting;
}

export interface FoundPool {
  readonly profile: Profile;
  /** What the file calls it, when it may hold several: `primary`, `default`. */
  readonly name: string | null;
  readonly settings: readonly FoundSetting[];
  /** Where its settings begin. */
  readonly place: Place;
}

/** A number of pods, or a share of the replicas. */
export type Pods = { readonly pods: number } | { readonly share: number };

/** How many copies of a service run, and when how many more. */
export interface Fleet {
  /** What the copies are copies of: the name of a Deployment. */
  readonly workload?: Found<string>;
  readonly replicas?: Found<number>;
  /** What a rolling deployment runs beyond the replicas; a share is rounded up. */
  readonly maxSurge?: Found<Pods>;
  /** How many of the replicas it takes down before others are there; a share is rounded down. */
  readonly maxUnavailable?: Found<Pods>;
  /** The autoscaler's floor and its ceiling. */
  readonly minReplicas?: Found<number>;
  readonly maxReplicas?: Found<number>;
  /** Seconds for which a pod that is taken down may still hold its connections. */
  readonly terminationGraceSeconds?: Found<number>;
  /** Processors and bytes that the service may use in one pod. */
  readonly cpuLimit?: Found<number>;
  readonly memoryLimitBytes?: Found<number>;
}

/** Something in a file that the simulation has no use for. Never with its value: it may be a secret. */
export interface LeftOut {
  readonly key: string;
  readonly place: Place;
  /** Why, as a clause: `says where the database is`. */
  readonly why: string;
}

/** What was decided in reading a file, for who wonders: `production is taken`. Never with a secret. */
export interface ImportNotice {
  readonly place: Place;
  readonly message: string;
}

/** All that one file says. */
export interface Findings {
  /** What the file is, as users call it: `Spring Boot configuration`. */
  readonly kind: string;
  readonly pools: readonly FoundPool[];
  readonly fleet: Fleet;
  /** Request threads of one instance, if the file limits them. */
  readonly threads?: Found<number>;
  /** Processes of one instance, each with a pool of its own (Puma or Gunicorn workers). */
  readonly processes?: Found<number>;
  /** Seconds after which a proxy in front of the service gives up waiting for its answer. */
  readonly callerTimeoutSeconds?: Found<number>;
  /** Environment variables that the file gives to the service. */
  readonly environment: ReadonlyMap<string, Found<string>>;
  readonly leftOut: readonly LeftOut[];
  readonly notices: readonly ImportNotice[];
  readonly faults: readonly Fault[];
}

/** A file that says nothing, to be spread under what it does say. */
export const NOTHING_FOUND = {
  pools: [],
  fleet: {},
  environment: new Map<string, Found<string>>(),
  leftOut: [],
  notices: [],
  faults: [],
} as const satisfies Omit<Findings, 'kind'>;
