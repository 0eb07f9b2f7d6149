/** What the requests of a service pass through, and what they leave behind. */
import type { Simulation } from '../../engine/simulation.ts';
import type { Database } from '../database/database.ts';
import type { Journal } from '../event-log.ts';
import type { ServiceMeters } from '../meters/service-meters.ts';
import type { ConnectionPool } from '../pool/connection-pool.ts';
import type { RequestTable } from '../request/request-table.ts';
import type { Balancer } from './balancer.ts';
import type { Gate } from './gate.ts';
import type { RequestMix } from './request-mix.ts';

export interface Stations {
  /** Number of the service in the system. */
  readonly index: number;
  readonly simulation: Simulation;
  readonly table: RequestTable;
  readonly balancer: Balancer;
  readonly gate: Gate;
  readonly pool: ConnectionPool;
  readonly mix: RequestMix;
  readonly database: Database;
  readonly meters: ServiceMeters;
  readonly journal: Journal;
  /** Called when nobody is any more on an instance that takes no new requests. */
  readonly instanceLeft: (i: number) => void;
  /** Called when the request table is full: throws. */
  readonly tableFull: () => never;
}
