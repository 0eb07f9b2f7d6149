/** How the connections of one instance are closed: at once, or with the server a while later. */
import type { PoolParts } from './parts.ts';
import type { Connection } from './connection.ts';
import { STEP, stepCode } from './steps.ts';

export class Closings {
  /** Connections closed in this step, of which the pool has not been told. */
  private untold = 0;
  private readonly i: number;
  private readonly parts: PoolParts;

  constructor(i: number, parts: PoolParts) {
    this.i = i;
    this.parts = parts;
  }

  close(connection: Connection, now: number): void {
    const { events, backend } = this.parts;
    events.closing(this.i);
    this.drop(connection, now);
    const { closingNs } = backend;
    if (closingNs > 0) {
      events.stepSet(stepCode(STEP.closed, this.i), now + closingNs);
      return;
    }
    backend.slots.giveBack();
    this.untold++;
  }

  /** The connection is none of the pool's any more. */
  drop(connection: Connection, now: number): void {
    const { books, roster, events } = this.parts;
    events.gone(connection.number);
    books.open.add(this.i, -1, now);
    books.closed++;
    roster.drop(connection);
  }

  /** One connection less that has been closed and nobody told; false: there is none. */
  takeUntold(): boolean {
    if (this.untold === 0) return false;
    this.untold--;
    return true;
  }
}
