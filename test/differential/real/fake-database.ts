import type { Workload } from '../workload.ts';

/** One end of an open connection; the packages treat it as an opaque resource. */
export interface Connection {
  readonly openedAt: number;
}

/** The server behind a real pool: takes time, fails and dies as the workload says, and keeps the record. */
export class FakeDatabase {
  readonly opens: number[] = [];
  readonly closes: number[] = [];
  private readonly workload: Workload;

  constructor(workload: Workload) {
    this.workload = workload;
  }

  /**
   * Hands over a connection, or none when the attempt fails.
   *
   * @returns what breaks the attempt off: `done` is not called any more
   */
  attempt(done: (connection: Connection | undefined) => void): () => void {
    const failed = this.workload.fails(this.opens.length);
    this.opens.push(Date.now());
    const timer = setTimeout(() => {
      done(failed ? undefined : { openedAt: Date.now() });
    }, this.workload.connect);
    return () => {
      clearTimeout(timer);
    };
  }

  connect(): Promise<Connection> {
    return new Promise((resolve, reject) => {
      this.attempt((connection) => {
        if (connection === undefined) reject(new Error('connection refused'));
        else resolve(connection);
      });
    });
  }

  /** `closed` is called at the same tick if closing takes no time, but later, as by a socket. */
  close(closed: () => void = () => undefined): void {
    this.closes.push(Date.now());
    if (this.workload.closeTakes === 0) process.nextTick(closed);
    else setTimeout(closed, this.workload.closeTakes);
  }

  /** Whether a connection is alive now. */
  isAlive({ openedAt }: Connection): boolean {
    const diesAt = this.workload.validation?.diesAt ?? Infinity;
    return openedAt >= diesAt || Date.now() < diesAt;
  }

  /** Finds out whether it is alive at the beginning of the test, and says so at the end of it. */
  test(connection: Connection): Promise<boolean> {
    const alive = this.isAlive(connection);
    const takes = this.workload.validation?.takes ?? 0;
    if (takes === 0) return Promise.resolve(alive);
    return new Promise((resolve) => {
      setTimeout(() => {
        resolve(alive);
      }, takes);
    });
  }
}
