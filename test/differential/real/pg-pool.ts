import { EventEmitter } from 'node:events';
import Pool from 'pg-pool';
import type { Workload } from '../workload.ts';
import type { FakeDatabase } from './fake-database.ts';
import { type RealTrace, replay } from './replay.ts';

export function runPgPool(workload: Workload): Promise<RealTrace> {
  return replay(workload, (database) => {
    const pool = new Pool(optionsOf(workload), clientFor(database));
    return (request) => {
      pool.connect((error, _client, release) => {
        if (error === undefined && release !== undefined) request.served(release);
        else request.failed(isTimeout(error) ? 'timeout' : 'connect-failed');
      });
    };
  });
}

/** 0 is never in all of these. */
function optionsOf({ max, min, timeout, idle, lifetime, maxUses }: Workload) {
  return {
    max,
    min,
    connectionTimeoutMillis: timeout ?? 0,
    idleTimeoutMillis: idle?.timeout ?? 0,
    // Half a tick more, which the timer drops: n / 1000 * 1000 is a little less than n for some n.
    maxLifetimeSeconds: lifetime === null ? 0 : (lifetime + 0.5) / 1000,
    maxUses: maxUses ?? Infinity,
  };
}

/** Why, pg-pool says in its messages only. */
function isTimeout(error: Error | undefined): boolean {
  return /timeout/.test(error?.message ?? '');
}

function clientFor(database: FakeDatabase) {
  const Client = class extends FakeClient {
    constructor() {
      super(database);
    }
  };
  return Client as unknown as NonNullable<ConstructorParameters<typeof Pool>[1]>;
}

/** What pg-pool uses of pg's client. */
class FakeClient extends EventEmitter {
  /** pg-pool asks for these two on each release: a client that works and is not being closed. */
  readonly _queryable = true;
  readonly _ending = false;
  readonly connection = {
    stream: {
      // pg learns of it by the stream's next event.
      destroy: () => {
        process.nextTick(this.breakOff);
      },
    },
  };
  private readonly database: FakeDatabase;
  private breakOff: () => void = () => undefined;

  constructor(database: FakeDatabase) {
    super();
    this.database = database;
  }

  connect(done: (error?: Error) => void): void {
    const cancel = this.database.attempt((connection) => {
      if (connection === undefined) done(new Error('connection refused'));
      else done();
    });
    this.breakOff = () => {
      cancel();
      done(new Error('connection ended'));
    };
  }

  end(done: () => void): void {
    this.database.close(() => {
      this.emit('end');
      done();
    });
  }
}
