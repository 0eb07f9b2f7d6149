/**
 * Who gets which connection of an instance, and what becomes of one that comes back.
 *
 *     acquire ─► idle one ─► [check] ─► granted
 *            ├─► opens its own (dedicated)
 *            └─► the line ─────────────► served by a return, an opening, or a wake-up
 *     release ─► [reset] ─► closed, given to who waits, or idle
 */
import type { Database } from '../../database/database.ts';
import type { PoolBooks } from '../books.ts';
import { type Acquisition, NOBODY, type PoolEvents } from '../connection-pool.ts';
import type { PoolPolicy } from '../policy.ts';
import type { PoolSettings } from '../settings.ts';
import { type Connection, LEAKED } from './connection.ts';
import { FreeList } from './free-list.ts';
import { IdleChecks, type Stock } from './idle-checks.ts';
import type { PoolParts } from './parts.ts';
import type { Roster } from './roster.ts';
import { STEP, stepCode } from './steps.ts';
import { Supply } from './supply.ts';
import { WaitingLine } from './waiting-line.ts';

/** What becomes of one who waited and whose turn it is. */
type Turn = 'granted' | 'checking' | 'opening' | 'waiting';

export class Lending {
  readonly line: WaitingLine;
  readonly free = new FreeList();
  readonly supply: Supply;
  /** Connections that are checked for whoever is first in the line then. */
  checking = 0;
  private readonly i: number;
  private readonly parts: PoolParts;
  private readonly books: PoolBooks;
  private readonly roster: Roster;
  private readonly database: Database;
  private readonly events: PoolEvents;
  private readonly idleChecks: IdleChecks;
  /** Those who were told that a connection is free and are not there yet, and when they will be. */
  private readonly woken = new Map<number, number>();
  /** Connections closed in this step, and requests that fail by it: told when the books are right. */
  private closings = 0;
  private readonly failing: number[] = [];
  /** Connections that requests own more in this step, not booked yet: a hand-over is no change. */
  private owing = 0;

  constructor(i: number, parts: PoolParts) {
    this.i = i;
    this.parts = parts;
    this.books = parts.books;
    this.roster = parts.roster;
    this.database = parts.database;
    this.events = parts.events;
    this.line = new WaitingLine(parts.draws);
    this.idleChecks = new IdleChecks(i, parts.events);
    this.supply = new Supply(i, parts, this);
  }

  /** Requests that wait without having, opening or checking a connection. */
  get waiting(): number {
    return this.line.size + this.woken.size;
  }

  start(now: number): void {
    this.supply.startWith(this.settings.initial, now);
    this.idleChecks.start(this.settings, now);
  }

  acquire(slot: number, now: number): Acquisition {
    const { policy, line, supply } = this;
    if (supply.rejects(now)) return 'rejected';
    const isAlone = this.waiting === 0;
    const isLent = policy.checkedFor === 'waiter' || policy.checkAfterIdleNs === Infinity;
    if (isLent && this.free.size > 0 && (isAlone || allows(policy, 'idle')))
      return this.serve(this.free.take(policy.idleOrder), slot, now);
    if ((isAlone || allows(policy, 'slot')) && supply.mayOpen(now)) {
      supply.openFor(slot, now);
      return 'opening';
    }
    if (this.isFull(now)) return 'full';
    line.push(slot, now);
    this.books.countPending(this.i, 1, now);
    if (policy.reserve > 0) this.setStep(STEP.look, this.i, now + policy.reserveAfterNs);
    if (isLent) supply.look(now);
    else this.checkForLine(now);
    return 'waiting';
  }

  /** A request gives back the connection that it got last. */
  release(slot: number, now: number): void {
    const connection = this.roster.takeBack(slot);
    this.owing--;
    connection.owner = NOBODY;
    connection.uses++;
    const resetNs = this.policy.resetRoundTrips * this.database.roundTripNs;
    if (resetNs === 0) {
      this.returned(connection, now);
      return;
    }
    connection.state = 'resetting';
    this.books.between.add(this.i, 1, now);
    this.beBusy(connection, resetNs, now);
  }

  /** A request that waits, or for which a connection is checked, gives up. */
  leave(slot: number, now: number): void {
    if (this.line.has(slot)) {
      this.line.remove(slot);
      this.books.countPending(this.i, -1, now);
    } else if (this.woken.delete(slot)) {
      this.books.countPending(this.i, -1, now);
      this.wake(now);
    } else this.leaveCheck(slot, now);
    if (this.policy.block === 'ban') this.supply.failures.note(this.policy, now);
  }

  /** A request has opened a connection for itself. */
  giveTo(slot: number, connection: Connection, now: number): void {
    this.beOpen(connection, now);
    connection.state = 'used';
    this.roster.lend(connection, slot);
    this.idleChecks.granted(this.settings, now);
  }

  /** A connection that nobody has comes into the pool; it was being opened since `openedSince`. */
  comeIn(connection: Connection, openedSince: number, now: number): void {
    this.beOpen(connection, now);
    if (this.line.size === 0) this.idleChecks.cameIn(this.settings, now);
    this.offer(connection, openedSince, now);
  }

  /** A connection is open that its request waits for no longer: as if it had been returned. */
  comeBackUnused(connection: Connection, now: number): void {
    this.beOpen(connection, now);
    connection.uses++;
    this.returned(connection, now);
  }

  /** Who is first in the line, and waits there no longer. */
  nextInLine(now: number): number {
    const slot = this.line.next(this.policy.order);
    this.books.countPending(this.i, -1, now);
    return slot;
  }

  /** Requests that wait fail because no connection could be opened. */
  fail(whom: PoolPolicy['failureTo'], now: number): void {
    if (whom === 'head' && this.line.size > 0) this.failing.push(this.nextInLine(now));
    while (whom === 'everybody' && this.line.size > 0) this.failing.push(this.nextInLine(now));
  }

  /** Idle connections are looked at, if this timer is the one that counts. */
  checkIdle(now: number): void {
    if (this.idleChecks.rings(now)) this.lookAtIdle(now);
  }

  private lookAtIdle(now: number): void {
    const { idleChecks, free, settings } = this;
    for (const old of idleChecks.tooOld(free, settings, this.stock, now)) this.closeIdle(old, now);
    idleChecks.goOn(free, settings, this.stock, now);
  }

  /** A connection's lifetime is over. */
  lifeOver(connection: Connection | null, now: number): void {
    if (connection?.endsAt === now && connection.state === 'idle') this.closeIdle(connection, now);
  }

  /** A connection's check or reset is over. */
  busyDone(connection: Connection | null, now: number): void {
    if (connection?.busyUntil !== now) return;
    if (connection.state === 'resetting') {
      this.books.between.add(this.i, -1, now);
      this.returned(connection, now);
    } else if (connection.state === 'checking') this.checked(connection, now);
  }

  /** Those who were woken in time come for a connection; who finds none is last in the line again. */
  comeForIdle(now: number): void {
    for (const [slot, at] of this.woken) if (at <= now) this.comeFor(slot, now);
  }

  private comeFor(slot: number, now: number): void {
    this.woken.delete(slot);
    if (this.free.size === 0) {
      this.line.push(slot, now);
      return;
    }
    this.books.countPending(this.i, -1, now);
    this.tell(slot, this.serve(this.free.take(this.policy.idleOrder), slot, now), now, now);
  }

  /** After a change of settings: what is too many goes, and who waits uses new room. */
  trim(now: number): void {
    while (this.free.size > 0 && this.isAboveLimit())
      this.closeIdle(this.free.oldest as Connection, now);
    if (this.idleChecks.apply(this.free, this.settings, now)) this.lookAtIdle(now);
    for (let n = this.line.size; n > 0; n--) this.supply.roomRegained(now);
  }

  /** The instance's process ends. Requests must have left. */
  stop(now: number): void {
    const all = this.roster.ofInstance(this.i);
    const opening = all.filter(({ state }) => state === 'opening');
    for (const connection of all) {
      if (connection.state === 'opening' || connection.owner >= 0) continue;
      if (connection.state === 'idle') this.free.remove(connection);
      else if (connection.owner !== LEAKED) this.books.between.add(this.i, -1, now);
      this.drop(connection, now);
      this.database.slots.giveBack();
    }
    this.supply.stop(opening, now);
    this.woken.clear();
    this.checking = 0;
  }

  /** A connection that a request holds is gone with its instance; the server has it still. */
  loseHeld(slot: number, now: number): void {
    this.drop(this.roster.takeBack(slot), now);
  }

  /** A connection that took a while to close is closed. */
  closingDone(now: number): void {
    this.database.slots.giveBack();
    this.supply.closed(now);
  }

  /** At the end of each step: what closing connections makes possible, and who fails. */
  settle(now: number): void {
    this.bookOwned(now);
    for (; this.closings > 0; this.closings--) this.supply.closed(now);
    for (let slot = this.failing.shift(); slot !== undefined; slot = this.failing.shift())
      this.events.failed(slot);
  }

  private get settings(): PoolSettings {
    return this.books.settings;
  }

  private get policy(): PoolPolicy {
    return this.books.settings.policy;
  }

  private get stock(): Stock {
    const open = this.books.open.level[this.i] as number;
    const established = open - (this.books.opening.level[this.i] as number);
    return { open, established, waiting: this.waiting };
  }

  private isFull(now: number): boolean {
    const { maxPending, policy } = this.settings;
    if (this.waiting < maxPending) return false;
    return (
      policy.pendingLimit === 'always' || (this.supply.roomAt(now) <= 0 && this.free.size === 0)
    );
  }

  private isAboveLimit(): boolean {
    return this.stock.open > this.books.limitAt(this.i);
  }

  /** A request gets this connection, unless it turns out to be of no use. */
  private serve(connection: Connection, slot: number, now: number): Turn {
    const { policy, books, i } = this;
    if (policy.lifetimeEnds === 'borrow' && connection.endsAt <= now) {
      this.close(connection, now);
      return this.tryAgain(slot, now);
    }
    const checkNs = this.checkOf(connection, now);
    if (checkNs === 0 && this.database.hasDropped(connection.openedAt)) {
      this.close(connection, now);
      return this.tryAgain(slot, now);
    }
    this.owing++;
    this.roster.lend(connection, slot);
    if (checkNs <= 0) {
      connection.state = 'used';
      this.idleChecks.granted(this.settings, now);
      return 'granted';
    }
    books.handing.add(i, 1, now);
    this.beginCheck(connection, checkNs, now);
    return 'checking';
  }

  /** How long the check of a connection takes that is given out now; −1: it is not checked. */
  private checkOf(connection: Connection, now: number): number {
    const { checkAfterIdleNs, checkRoundTrips } = this.policy;
    if (now - connection.idleSince <= checkAfterIdleNs) return -1;
    return checkRoundTrips * this.database.roundTripNs;
  }

  /** The connection was of no use to one whose turn it is. */
  private tryAgain(slot: number, now: number): Turn {
    if (this.free.size > 0) return this.serve(this.free.take(this.policy.idleOrder), slot, now);
    if (this.supply.mayOpen(now)) {
      this.supply.openFor(slot, now);
      return 'opening';
    }
    this.line.unshift(slot, now);
    this.books.countPending(this.i, 1, now);
    this.supply.look(now);
    return 'waiting';
  }

  private bookOwned(now: number): void {
    if (this.owing !== 0) this.books.own(this.i, this.owing, now);
    this.owing = 0;
  }

  /** Tells what has become of one who waited; a connection for him was being opened since `openedSince`. */
  private tell(slot: number, turn: Turn, openedSince: number, now: number): void {
    this.bookOwned(now);
    if (turn === 'granted') this.events.served(slot, openedSince);
    else if (turn === 'checking') this.events.checked(slot);
    else if (turn === 'opening') this.events.opensItself(slot);
    else this.events.waitsAgain(slot);
  }

  /** Idle connections have died, and the pool hears of it if it listens. */
  notice(now: number): void {
    if (this.policy.noticesLoss !== 'at-once') return;
    for (const dead of this.free.all()) this.closeIdle(dead, now);
  }

  /** Whether a connection that comes back is of no use any more. */
  private isOver({ endsAt, openedAt, isBroken }: Connection, now: number): boolean {
    if (isBroken || this.database.hasCut(openedAt)) return true;
    return this.policy.lifetimeEnds !== 'borrow' && endsAt <= now;
  }

  /** A connection has come back. */
  private returned(connection: Connection, now: number): void {
    const { policy } = this;
    const isOver = this.isOver(connection, now);
    if (!isOver && connection.uses < policy.maxUses) {
      this.idleChecks.cameIn(this.settings, now);
      this.offer(connection, now, now);
      return;
    }
    this.close(connection, now);
    if (policy.newConnection === 'pooled') this.supply.look(now);
  }

  /** A connection that nobody has goes to who waits, or is idle, or is closed. */
  private offer(connection: Connection, openedSince: number, now: number): void {
    const { policy } = this;
    if (this.isAboveLimit()) {
      this.close(connection, now);
      return;
    }
    connection.idleSince = now;
    if (this.line.size === 0) this.keep(connection, now);
    else if (policy.release !== 'handoff') {
      this.becomeIdle(connection, now);
      this.wake(now);
    } else if (policy.checkedFor === 'line' && this.checkOf(connection, now) >= 0) {
      this.free.put(connection, now);
      this.checkForLine(now);
    } else {
      const slot = this.nextInLine(now);
      this.tell(slot, this.serve(connection, slot, now), openedSince, now);
    }
  }

  /** Nobody waits: the connection is idle, unless enough are. */
  private keep(connection: Connection, now: number): void {
    const { maxIdle, maxIdleAt } = this.policy;
    if (maxIdleAt === 'return' && this.free.size >= maxIdle) this.close(connection, now);
    else this.becomeIdle(connection, now);
  }

  private becomeIdle(connection: Connection, now: number): void {
    if (this.line.size > 0 && this.policy.release === 'handoff') this.books.idleWhileWaiting++;
    this.free.put(connection, now);
    this.idleChecks.becameIdle(connection, this.settings, this.stock, now);
  }

  /** Tells the next who waits that a connection is free. */
  private wake(now: number): void {
    if (this.line.size === 0 || this.free.size <= this.woken.size) return;
    const slot = this.line.next(this.policy.order);
    const { handoverNs } = this.settings;
    this.woken.set(slot, now + handoverNs);
    if (handoverNs === 0) this.comeFor(slot, now);
    else this.setStep(STEP.woken, this.i, now + handoverNs);
  }

  /** Begins to check as many idle connections as requests wait, for whoever is first then. */
  private checkForLine(now: number): void {
    this.supply.look(now);
    while (this.free.size > 0 && this.line.size > this.checking) {
      const connection = this.free.take(this.policy.idleOrder);
      this.checking++;
      this.books.between.add(this.i, 1, now);
      this.beginCheck(connection, Math.max(0, this.checkOf(connection, now)), now);
    }
  }

  private beginCheck(connection: Connection, checkNs: number, now: number): void {
    connection.state = 'checking';
    connection.isDead = this.database.hasDropped(connection.openedAt);
    this.beBusy(connection, checkNs, now);
  }

  private checked(connection: Connection, now: number): void {
    const { owner, isDead } = connection;
    const { books, i } = this;
    if (owner === NOBODY) {
      books.between.add(i, -1, now);
      this.checking--;
      if (isDead) this.close(connection, now);
      else this.passOn(connection, now);
      if (isDead) this.checkForLine(now);
      return;
    }
    books.handing.add(i, -1, now);
    if (!isDead) {
      connection.state = 'used';
      this.idleChecks.granted(this.settings, now);
      this.tell(owner, 'granted', now, now);
      return;
    }
    this.owing--;
    this.roster.takeBack(owner);
    connection.owner = NOBODY;
    this.close(connection, now);
    this.tell(owner, this.tryAgain(owner, now), now, now);
  }

  /** A connection that was found good goes to whoever is first in the line now. */
  private passOn(connection: Connection, now: number): void {
    if (this.line.size === 0) {
      this.keep(connection, now);
      return;
    }
    const slot = this.nextInLine(now);
    this.owing++;
    this.roster.lend(connection, slot);
    connection.state = 'used';
    this.idleChecks.granted(this.settings, now);
    this.tell(slot, 'granted', now, now);
  }

  /** The request gives up for which a connection is being checked. */
  private leaveCheck(slot: number, now: number): void {
    const { books, i } = this;
    const connection = this.roster.takeBack(slot);
    connection.owner = NOBODY;
    books.handing.add(i, -1, now);
    this.owing--;
    if (this.policy.checkAfterTimeout === 'closes') {
      this.close(connection, now);
      this.supply.look(now);
      return;
    }
    books.between.add(i, 1, now);
    this.checking++;
  }

  private beBusy(connection: Connection, durationNs: number, now: number): void {
    connection.busyUntil = now + durationNs;
    this.setStep(STEP.busyDone, connection.number, now + durationNs);
  }

  private beOpen(connection: Connection, now: number): void {
    const { lifetimeNs, lifetimeJitter, lifetimeEnds } = this.policy;
    connection.openedAt = now;
    if (lifetimeNs === Infinity) return;
    const shorter = lifetimeJitter === 0 ? 0 : lifetimeJitter * this.parts.draws.next();
    connection.endsAt = now + Math.round(lifetimeNs * (1 - shorter));
    if (lifetimeEnds === 'timer')
      this.events.idleTimerSet(stepCode(STEP.lifeOver, connection.number), connection.endsAt);
  }

  private closeIdle(connection: Connection, now: number): void {
    this.free.remove(connection);
    this.close(connection, now);
  }

  private close(connection: Connection, now: number): void {
    this.events.closing(this.i);
    this.drop(connection, now);
    const { closingNs } = this.database.settings;
    if (closingNs > 0) {
      this.setStep(STEP.closed, this.i, now + closingNs);
      return;
    }
    this.database.slots.giveBack();
    this.closings++;
  }

  /** The connection is none of the pool's any more. */
  private drop(connection: Connection, now: number): void {
    this.books.open.add(this.i, -1, now);
    this.books.closed++;
    this.roster.drop(connection);
  }

  private setStep(step: number, whose: number, at: number): void {
    this.events.stepSet(stepCode(step, whose), at);
  }
}

/** Whether one who comes now may take this although others wait. */
function allows({ barging }: PoolPolicy, what: 'idle' | 'slot'): boolean {
  return barging === what || barging === 'both';
}
