/** What the requests of a service pass through, and what they leave behind. */
import type { Simulation } from '../../engine/simulation.ts';
import type { Backend } from '../database/backend.ts';
import type { Database } from '../database/database.ts';
import type { Journal } from '../event-log.ts';
import type { ServiceMeters } from '../meters/service-meters.ts';
import type { ConnectionPool } from '../pool/connection-pool.ts';
import type { RequestTable } from '../request/request-table.ts';
import type { Balancer } from './balancer.ts';
import type { Gate } from './gate.ts';
import type { PoolerWay } from './pooler-way.ts';
import type { RequestFlow } from './request-flow.ts';
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
  /** What the pool's connections lead to. */
  readonly backend: Backend;
  readonly meters: ServiceMeters;
  readonly journal: Journal;
  /** The way through a pooler in front of the database, if there is one. */
  readonly poolerWay: (flow: RequestFlow) => PoolerWay | null;
  /** Called when nobody is any more on an instance that takes no new requests. */
  readonly instanceLeft: (i: number) => void;
  /** Called when the request table is full: throws. */
  readonly tableFull: () => never;
}
