import { createPool } from 'mysql2';
import type { Workload } from '../workload.ts';
import { FakeMysqlStream } from './fake-mysql-stream.ts';
import { type RealTrace, replay } from './replay.ts';

export function runMysql2(workload: Workload): Promise<RealTrace> {
  return replay(workload, (database) => {
    const pool = createPool({
      ...optionsOf(workload),
      stream: () => new FakeMysqlStream(database),
    });
    return (request) => {
      pool.getConnection((error, connection) => {
        if (error === null) {
          request.served(() => {
            connection.release();
          });
        } else {
          request.failed(error.message === 'Queue limit reached.' ? 'full' : 'connect-failed');
        }
      });
    };
  });
}

/** `connectTimeout` 0 is none; `queueLimit` 0 is unlimited. */
function optionsOf({ max, idle, maxWaiting }: Workload) {
  return {
    connectionLimit: max,
    connectTimeout: 0,
    queueLimit: maxWaiting ?? 0,
    ...(idle !== null && { idleTimeout: idle.timeout, maxIdle: idle.maxIdle }),
  };
}
