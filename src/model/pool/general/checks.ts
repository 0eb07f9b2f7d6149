/**
 * Connections of one instance that are checked before they are given out: axis A18. A check is for one who
 * waits, and the connection is his meanwhile, or for the line, and nobody's.
 */
import { NOBODY } from '../connection-pool.ts';
import type { Connection } from './connection.ts';
import type { Lending } from './lending.ts';
import type { PoolParts } from './parts.ts';
import { STEP, stepCode } from './steps.ts';

export class Checks {
  /** Connections that are checked for whoever is first in the line then. */
  forLine = 0;
  private readonly i: number;
  private readonly parts: PoolParts;
  private readonly lending: Lending;

  constructor(i: number, parts: PoolParts, lending: Lending) {
    this.i = i;
    this.parts = parts;
    this.lending = lending;
  }

  /** How long the check of a connection takes that is given out now; −1: it is not checked. */
  durationOf({ idleSince }: Connection, now: number): number {
    const { books, backend } = this.parts;
    const { checkAfterIdleNs, checkRoundTrips } = books.settings.policy;
    return now - idleSince <= checkAfterIdleNs ? -1 : checkRoundTrips * backend.roundTripNs;
  }

  /** A connection is checked for the request that it has been lent to. */
  beginFor(connection: Connection, durationNs: number, now: number): void {
    this.parts.books.handing.add(this.i, 1, now);
    this.begin(connection, durationNs, now);
  }

  /** Begins to check as many idle connections as requests wait, for whoever is first then. */
  beginForLine(now: number): void {
    const { free, line, supply } = this.lending;
    const { books } = this.parts;
    supply.look(now);
    while (free.size > 0 && line.size > this.forLine) {
      const connection = free.take(books.settings.policy.idleOrder);
      this.forLine++;
      books.between.add(this.i, 1, now);
      this.begin(connection, Math.max(0, this.durationOf(connection, now)), now);
    }
  }

  /** A check is over. */
  done(connection: Connection, now: number): void {
    if (connection.owner === NOBODY) this.doneForLine(connection, now);
    else this.doneFor(connection.owner, connection, now);
  }

  /** The request gives up for which a connection is being checked. */
  leave(slot: number, now: number): void {
    const { lending, i } = this;
    const { books } = this.parts;
    const connection = lending.grants.takeBack(slot);
    books.handing.add(i, -1, now);
    if (books.settings.policy.checkAfterTimeout === 'closes') {
      lending.closings.close(connection, now);
      lending.supply.look(now);
      return;
    }
    books.between.add(i, 1, now);
    this.forLine++;
  }

  private begin(connection: Connection, durationNs: number, now: number): void {
    const { backend, events } = this.parts;
    connection.state = 'checking';
    connection.isDead = backend.losses.hasDropped(connection.openedAt);
    connection.busyUntil = now + durationNs;
    events.stepSet(stepCode(STEP.busyDone, connection.number), now + durationNs);
  }

  private doneFor(owner: number, connection: Connection, now: number): void {
    const { grants, closings } = this.lending;
    this.parts.books.handing.add(this.i, -1, now);
    if (!connection.isDead) {
      grants.use(connection, now);
      grants.tell(owner, 'granted', now, now);
      return;
    }
    grants.takeBack(owner);
    closings.close(connection, now);
    if (this.parts.books.settings.policy.deadThen === 'all-older') this.giveUpOlder(now);
    grants.tell(owner, this.lending.tryAgain(owner, now), now, now);
  }

  /** Every connection that there is now is too old when it is given out next. */
  private giveUpOlder(now: number): void {
    for (const connection of this.parts.roster.ofInstance(this.i))
      connection.endsAt = Math.min(connection.endsAt, now);
  }

  private doneForLine(connection: Connection, now: number): void {
    const { closings } = this.lending;
    this.parts.books.between.add(this.i, -1, now);
    this.forLine--;
    if (!connection.isDead) {
      this.passOn(connection, now);
      return;
    }
    closings.close(connection, now);
    this.beginForLine(now);
  }

  /** A connection that was found good goes to whoever is first in the line now. */
  private passOn(connection: Connection, now: number): void {
    const { line, grants } = this.lending;
    if (line.size === 0) {
      this.lending.keep(connection, now);
      return;
    }
    const slot = this.lending.nextInLine(now);
    grants.lend(connection, slot);
    grants.use(connection, now);
    grants.tell(slot, 'granted', now, now);
  }
}
