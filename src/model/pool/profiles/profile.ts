/**
 * A real pool as data: its settings in its own names and units with its own defaults, what each of them
 * sets in the simulated pool, and its policy. Texts are for people who know the product.
 */
import type { PoolPolicy } from '../policy.ts';
import type { PoolNumbers } from '../settings.ts';

/**
 * The unit of a bare number, as the product reads it. `duration`: the product takes a text with units such
 * as `30s` (defaults are written like that), and bare numbers only where they are special; rules and
 * `derive` see it as whole ns.
 */
export type ProfileUnit =
  | 'ms'
  | 's'
  | 'min'
  | 'duration'
  | 'connections'
  | 'requests'
  | 'count'
  | 'share'
  | 'flag'
  | 'word';

/** What a setting may set: a number or a switch of the simulated pool. */
export type ProfileTarget = keyof PoolNumbers | keyof PoolPolicy;

/** A number, a word, or a switch, as a user writes it. */
export type NativeValue = number | string | boolean;

export interface ProfileSetting {
  /** As the product writes it. */
  readonly name: string;
  /** Other spellings that the product's users know: kebab case, older names. */
  readonly aliases?: readonly string[];
  readonly unit: ProfileUnit;
  /** What holds when nobody sets it; `same`: the value of another setting. */
  readonly default: NativeValue | { readonly same: string } | null;
  /** Least and most that the product takes, in its unit. */
  readonly min?: number;
  readonly max?: number;
  /** Words that the product takes, of unit `word`. */
  readonly words?: readonly string[];
  /**
   * Values that mean something else than their number: `0` is for ever, `-1` is unlimited … `means` is in
   * the terms of what is set: ns for times.
   */
  readonly special?: readonly {
    readonly value: NativeValue;
    readonly means: number | string;
    readonly words: string;
  }[];
  /** What it sets; null: the product knows it and the simulation has no use for it (`note` says why). */
  readonly sets: ProfileTarget | null;
  /** What it does, in plain words, one sentence. */
  readonly note: string;
}

/** What the product does at start-up with settings that it does not like, without refusing them. */
export interface StartUpRule {
  /** What is looked at, in the product's names. */
  readonly settings: readonly string[];
  /** Whether it applies to these values (native, in the product's units, defaults filled in). */
  readonly applies: (values: NativeValues) => boolean;
  /** What the product then takes instead; empty: it only warns. */
  readonly takes: (values: NativeValues) => NativeValues;
  /** What a user should know, in one sentence, with the values in it. */
  readonly says: (values: NativeValues) => string;
}

export type NativeValues = Readonly<Record<string, NativeValue | null>>;

export interface Profile {
  /** The name in scenario files. */
  readonly id: string;
  readonly aliases?: readonly string[];
  /** As its makers write it. */
  readonly product: string;
  /** Language or place: `Java; the default of Spring Boot`. */
  readonly home: string;
  /**
   * It can stand between the pools of services and the database: its settings for when a client gives its
   * server connection back, and for how many clients it admits; null: it has none.
   */
  readonly asPooler?: { readonly mode: string | null; readonly clients: string | null };
  /** The version that was read, and where. */
  readonly version: string;
  readonly source: string;
  readonly settings: readonly ProfileSetting[];
  /** Where it differs from the generic pool; what a setting sets comes on top of this. */
  readonly policy: Partial<PoolPolicy>;
  /** Numbers that no setting of the product sets. */
  readonly fixed?: Partial<PoolNumbers>;
  /** What one setting alone does not set, of the values that hold after start-up; times in ns. */
  readonly derive?: (values: NativeValues) => Partial<Record<ProfileTarget, number | string>>;
  readonly startUp: readonly StartUpRule[];
  /** Texts that its users see in their logs; `{…}` stands for a value. Missing: it has no such error. */
  readonly errors: Partial<Record<ProfileError, string>>;
  /** How `{timeout}` stands in them; missing: in seconds, with what decimal places it takes. */
  readonly errorTimes?: ErrorTimes;
  /** Its own names of what is measured, beside the neutral name; missing: it does not have it. */
  readonly metrics: Partial<Record<NeutralMetric, string>>;
  /** How it behaves, in plain words: acquire, release, opening, failure; a sentence each. */
  readonly semantics: readonly string[];
  /** What surprises people. */
  readonly traps: readonly string[];
  /** Axes of `PoolPolicy` that its documentation or source leaves open, and what is assumed instead. */
  readonly undocumented: readonly { readonly axis: keyof PoolPolicy; readonly assumed: string }[];
  /** Behaviour that the simulation leaves out, one sentence each. */
  readonly leftOut: readonly string[];
}

/**
 * How a product writes a time in its errors: in seconds with so many decimal places, in whole seconds of
 * which the rest is dropped, or as `java.time.Duration` writes itself, `PT1M30S`.
 */
export type ErrorTimes = { readonly places: number } | 'whole-seconds' | 'java-duration';

/**
 * Errors of which users look for the exact text. `nobody-waits`: the pool is full and has no line at all;
 * missing: as `pool-full`.
 */
export type ProfileError =
  | 'acquire-timeout'
  | 'pool-full'
  | 'nobody-waits'
  | 'connect-failed'
  | 'connect-timeout'
  | 'opening-timeout';

/** Names of OpenTelemetry's semantic conventions, without `db.client.connection.`. */
export type NeutralMetric =
  | 'count.used'
  | 'count.idle'
  | 'max'
  | 'pending_requests'
  | 'timeouts'
  | 'create_time'
  | 'wait_time'
  | 'use_time';
