import { createPool, type Options } from 'generic-pool';
import { NEVER } from '../virtual-clock.ts';
import type { Workload } from '../workload.ts';
import type { Connection, FakeDatabase } from './fake-database.ts';
import { type RealTrace, replay } from './replay.ts';

export function runGenericPool(workload: Workload): Promise<RealTrace> {
  return replay(workload, (database) => {
    const pool = createPool<Connection>(factoryOf(database), optionsOf(workload));
    return (request) => {
      pool.acquire().then(
        (connection) => {
          request.served(() => void pool.release(connection));
        },
        (error: unknown) => {
          request.failed(isTimeout(error) ? 'timeout' : 'full');
        },
      );
    };
  });
}

/** The class of the error is not exported. A failed connect is told to nobody. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

function factoryOf(database: FakeDatabase) {
  return {
    create: () => database.connect(),
    destroy: () => {
      database.close();
      return Promise.resolve();
    },
    validate: (connection: Connection) => database.test(connection),
  };
}

function optionsOf({ max, min, timeout, idle, validation, maxWaiting }: Workload): Options {
  return {
    max,
    min,
    ...(timeout !== null && { acquireTimeoutMillis: timeout }),
    ...(maxWaiting !== null && { maxWaitingClients: maxWaiting }),
    testOnBorrow: validation !== null,
    idleTimeoutMillis: idle?.timeout ?? NEVER,
    evictionRunIntervalMillis: idle?.check ?? 0,
    numTestsPerEvictionRun: max,
  };
}
