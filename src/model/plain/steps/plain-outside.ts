/**
 * The parts of the system at work that the plain flow reaches for: those that belong to both flows, and
 * whose state is not in `plain-memory`. Set when a system takes the memory.
 */
import type { EventList } from '../../../engine/event-list.ts';
import type { OrderedLanes } from '../../../engine/ordered-lanes.ts';
import type { VariateStream } from '../../../engine/variates.ts';
import type { Database } from '../../database/database.ts';
import type { VirtualClock } from '../../database/virtual-clock.ts';
import type { ServiceMeters } from '../../meters/service-meters.ts';
import type { Pool } from '../../pool/pool.ts';
import type { Balancer } from '../../service/balancer.ts';
import type { RequestMix } from '../../service/request-mix.ts';
import type { OpenArrivals } from '../../traffic/open-arrivals.ts';

export interface Outside {
  arrivals: OpenArrivals;
  balancer: Balancer;
  mix: RequestMix;
  /** Of arrivals with independent gaps. */
  gaps: VariateStream | null;
  /** Of the class at hand. */
  demands: VariateStream;
  /** null: no connection is ever established anew. */
  draws: VariateStream | null;
  database: Database;
  clock: VirtualClock;
  pool: Pool;
  meters: ServiceMeters;
  /** Who has to be reconnected, by holder. */
  reconnects: OrderedLanes;
  /** Where holders are listed that are too many to lie sorted, see `holder-queues`. */
  heaps: readonly EventList[];
  /** More requests are in flight than may be: throws. */
  tooMany: () => never;
}

export const outside = {} as Outside;
