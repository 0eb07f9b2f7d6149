// A pool of one or more instances on a real database, moved by hand: what is being established waits in
// a list until the test says that it is done.

import { RandomStreams } from '../../../src/engine/random-streams.ts';
import { Simulation } from '../../../src/engine/simulation.ts';
import { Database } from '../../../src/model/database/database.ts';
import { Pool } from '../../../src/model/pool/pool.ts';
import type { PoolSettings } from '../../../src/model/pool/settings.ts';
import { RequestTable } from '../../../src/model/request/request-table.ts';
import {
  databaseSettings,
  serviceSettings,
  type ServiceWishes,
} from '../../support/small-system.ts';

export interface PoolBench {
  readonly pool: Pool;
  readonly database: Database;
  /** Establishments begun: entry and delay. */
  readonly begun: { readonly id: number; readonly delay: number }[];
  /** Timers of idle connections that were set. */
  readonly timers: { readonly instance: number; readonly at: number }[];
}

export function poolBench(
  settings: NonNullable<ServiceWishes['pool']>,
  { instances = 1, database = {} } = {},
): PoolBench {
  const table = new RequestTable(1000);
  const server = new Database(
    databaseSettings(database),
    new Simulation(),
    table,
    new RandomStreams('pool'),
    () => undefined,
  );
  const begun: { id: number; delay: number }[] = [];
  const timers: { instance: number; at: number }[] = [];
  const pool = new Pool(poolSettings(settings), instances, table.links, server, {
    openingStarted: (id, delay) => {
      begun.push({ id, delay });
    },
    closing: () => undefined,
    idleTimerSet: (instance, at) => {
      timers.push({ instance, at });
    },
  });
  for (let i = 0; i < instances; i++) pool.start(i, 0);
  return { pool, database: server, begun, timers };
}

export function poolSettings(settings: NonNullable<ServiceWishes['pool']>): PoolSettings {
  return serviceSettings({ pool: settings }).pool;
}
