/** Which request has which connection of an instance, and what those who waited are told. */
import { NOBODY } from '../connection-pool.ts';
import type { Connection } from './connection.ts';
import type { IdleChecks } from './idle-checks.ts';
import type { PoolParts } from './parts.ts';

/** What becomes of one who waited and whose turn it is. */
export type Turn = 'granted' | 'checking' | 'opening' | 'waiting';

export class Grants {
  private readonly i: number;
  private readonly parts: PoolParts;
  private readonly idleChecks: IdleChecks;
  /** Requests that fail in this step: told when the books are right. */
  private readonly failing: number[] = [];
  /** Connections that requests own more in this step, not booked yet: a hand-over is no change. */
  private owing = 0;

  constructor(i: number, parts: PoolParts, idleChecks: IdleChecks) {
    this.i = i;
    this.parts = parts;
    this.idleChecks = idleChecks;
  }

  /** The connection is this request's from now on, for use or for a check. */
  lend(connection: Connection, slot: number): void {
    this.owing++;
    this.parts.roster.lend(connection, slot);
  }

  /** The request can use it. */
  use(connection: Connection, now: number): void {
    connection.state = 'used';
    this.idleChecks.granted(this.parts.books.settings, now);
  }

  /** The connection that the request got last is nobody's. */
  takeBack(slot: number): Connection {
    const connection = this.parts.roster.takeBack(slot);
    connection.owner = NOBODY;
    this.owing--;
    return connection;
  }

  /** Tells what has become of one who waited; a connection for him was being opened since `openedSince`. */
  tell(slot: number, turn: Turn, openedSince: number, now: number): void {
    const { events } = this.parts;
    this.book(now);
    if (turn === 'granted') events.served(slot, openedSince);
    else if (turn === 'checking') events.checked(slot);
    else if (turn === 'opening') events.opensItself(slot);
    else events.waitsAgain(slot);
  }

  book(now: number): void {
    if (this.owing !== 0) this.parts.books.own(this.i, this.owing, now);
    this.owing = 0;
  }

  /** The request fails when this step ends. */
  fail(slot: number): void {
    this.failing.push(slot);
  }

  tellFailed(): void {
    const { failing, parts } = this;
    for (let slot = failing.shift(); slot !== undefined; slot = failing.shift())
      parts.events.failed(slot);
  }
}
