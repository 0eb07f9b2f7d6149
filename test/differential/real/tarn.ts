import { Pool, TimeoutError } from 'tarn';
import { NEVER } from '../virtual-clock.ts';
import type { Workload } from '../workload.ts';
import type { Connection, FakeDatabase } from './fake-database.ts';
import { type RealTrace, replay } from './replay.ts';

export function runTarn(workload: Workload): Promise<RealTrace> {
  return replay(workload, (database) => {
    const pool = createPool(workload, database);
    return (request) => {
      pool.acquire().promise.then(
        (connection) => {
          request.served(() => pool.release(connection));
        },
        (error: unknown) => {
          request.failed(error instanceof TimeoutError ? 'timeout' : 'connect-failed');
        },
      );
    };
  });
}

function createPool(workload: Workload, database: FakeDatabase): Pool<Connection> {
  const { idle, validation } = workload;
  return new Pool<Connection>({
    max: workload.max,
    min: workload.min,
    create: () => database.connect(),
    destroy: () => {
      database.close();
    },
    ...(validation !== null && { validate: validatorOf(database, validation.takes) }),
    acquireTimeoutMillis: workload.timeout ?? NEVER,
    createTimeoutMillis: NEVER,
    createRetryIntervalMillis: workload.retryAfter,
    idleTimeoutMillis: idle?.timeout ?? NEVER,
    reapIntervalMillis: idle?.check ?? NEVER,
    propagateCreateError: workload.product === 'knex',
  });
}

/** The declared type knows only plain verdicts, but promises of them are awaited, as knex relies on. */
function validatorOf(database: FakeDatabase, takes: number) {
  const validate = (connection: Connection) =>
    takes === 0 ? database.isAlive(connection) : database.test(connection);
  return validate as (connection: Connection) => boolean;
}
