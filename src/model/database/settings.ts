/** The database: what work costs on it, alone and together, and what a connection to it costs. */
import type { Law } from '../../engine/law.ts';
import type { PoolerSettings } from '../pooler/settings.ts';

/**
 * What a request does with its connection. `query`: uncontended work, slowed down by contention, after
 * one round trip; `cpu` is the share of the work that is CPU. `hold`: the time that the connection is
 * out, as measured: nothing is added. `steps`: several of these, and work in the service between them.
 */
export type WorkSettings =
  | QueryStep
  | { readonly kind: 'hold'; readonly hold: Law }
  | { readonly kind: 'steps'; readonly steps: readonly Step[] };

interface QueryStep {
  readonly kind: 'query';
  readonly work: Law;
  readonly cpu: number;
}

/**
 * What a request does one thing after the other. `app`: time in the service itself. `query`: on a connection of
 * its own, or on that of the transaction around it. `transaction`: one connection for all that it holds.
 */
export type Step =
  | QueryStep
  | { readonly kind: 'app'; readonly time: Law }
  | { readonly kind: 'transaction'; readonly steps: readonly Step[] };

/**
 * How queries slow each other down. `usl`: every query runs at speed 1/V(n), V = 1 + sigma·(n−1) +
 * kappa·n·(n−1), n = held connections. `cores`: the CPU parts share the cores, speed min(1, c/running).
 */
export type ContentionSettings =
  | { readonly kind: 'usl'; readonly sigma: number; readonly kappa: number }
  | { readonly kind: 'cores' }
  | { readonly kind: 'none' };

export interface DatabaseSettings {
  readonly cores: number;
  readonly contention: ContentionSettings;
  /** Network time of one query, there and back. */
  readonly roundTripNs: number;
  /** Connections that the server admits, all pools together; Infinity: no limit. */
  readonly maxConnections: number;
  /** Of those, kept back for the superuser. */
  readonly reservedConnections: number;
  /** Of those, used by somebody outside the simulation. */
  readonly otherConnections: number;
  /** How long it takes to establish a connection. */
  readonly connectLatency: Law;
  /** Share of establishments that fail, after `connectLatency`. */
  readonly connectFailure: number;
  /** How long closing a connection takes; the server has its slot again after it. */
  readonly closingNs: number;
  /** Stands between the pools of the services and the database; left out: none. */
  readonly pooler?: PoolerSettings;
}
