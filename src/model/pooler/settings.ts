/** A pooler between the pools of the services and the database: PgBouncer and its like. */
import type { Law } from '../../engine/law.ts';
import type { PoolSettings } from '../pool/settings.ts';

export interface PoolerSettings {
  /** Its connections to the database; it is one pool, whatever the services. */
  readonly pool: PoolSettings;
  /** Connections of clients that it admits; Infinity: any number. */
  readonly clientLimit: number;
  /** How long a client takes to connect to it. */
  readonly clientLatency: Law;
}
