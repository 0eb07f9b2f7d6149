/** What the plain flow needs to know of its system. */
import type { Simulation } from '../../engine/simulation.ts';
import type { Database } from '../database/database.ts';
import type { Pool } from '../pool/pool.ts';
import type { RequestTable } from '../request/request-table.ts';
import type { Service } from '../service/service.ts';

export interface PlainParts {
  readonly simulation: Simulation;
  readonly service: Service;
  /** That of the service. */
  readonly pool: Pool;
  readonly database: Database;
  readonly table: RequestTable;
  readonly mostInFlight: number;
  /** Called when more would be in flight: throws. */
  readonly tableFull: () => never;
}
