import { Pool, TimeoutError } from 'sequelize-pool';
import { NEVER } from '../virtual-clock.ts';
import type { Workload } from '../workload.ts';
import type { Connection, FakeDatabase } from './fake-database.ts';
import { type RealTrace, replay } from './replay.ts';

export function runSequelizePool(workload: Workload): Promise<RealTrace> {
  return replay(workload, (database) => {
    const pool = createPool(workload, database);
    return (request) => {
      pool.acquire().then(
        (connection) => {
          request.served(() => {
            pool.release(connection);
          });
        },
        (error: unknown) => {
          request.failed(error instanceof TimeoutError ? 'timeout' : 'connect-failed');
        },
      );
    };
  });
}

function createPool(workload: Workload, database: FakeDatabase): Pool<Connection> {
  const { max, min, timeout, idle, maxUses } = workload;
  return new Pool<Connection>({
    max,
    min,
    create: () => database.connect(),
    destroy: () => {
      database.close();
    },
    validate: (connection) => database.isAlive(connection),
    acquireTimeoutMillis: timeout ?? NEVER,
    idleTimeoutMillis: idle?.timeout ?? NEVER,
    reapIntervalMillis: idle?.check ?? NEVER,
    maxUses: maxUses ?? Infinity,
  });
}
