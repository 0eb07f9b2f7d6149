/**
 * Who gets which connection of an instance, and what becomes of one that comes back.
 *
 *     acquire ─► idle one ─► [check] ─► granted
 *            ├─► opens its own (dedicated)
 *            └─► the line ─────────────► served by a return, an opening, or a wake-up
 *     release ─► [reset] ─► closed, given to who waits, or idle
 */
import type { Backend } from '../../database/backend.ts';
import type { PoolBooks } from '../books.ts';
import type { Acquisition } from '../connection-pool.ts';
import type { PoolPolicy } from '../policy.ts';
import type { PoolSettings } from '../settings.ts';
import { Checks } from './checks.ts';
import { Closings } from './closings.ts';
import { type Connection, LEAKED } from './connection.ts';
import { FreeList } from './free-list.ts';
import { Grants, type Turn } from './grants.ts';
import { IdleChecks, type Stock } from './idle-checks.ts';
import type { PoolParts } from './parts.ts';
import { STEP, stepCode } from './steps.ts';
import { Supply } from './supply.ts';
import { WaitingLine } from './waiting-line.ts';
import { WakeUps } from './wake-ups.ts';

export class Lending {
  readonly line: WaitingLine;
  readonly free = new FreeList();
  readonly supply: Supply;
  readonly checks: Checks;
  readonly grants: Grants;
  readonly closings: Closings;
  readonly wakeUps: WakeUps;
  private readonly i: number;
  private readonly parts: PoolParts;
  private readonly books: PoolBooks;
  private readonly backend: Backend;
  private readonly idleChecks: IdleChecks;

  constructor(i: number, parts: PoolParts) {
    this.i = i;
    this.parts = parts;
    this.books = parts.books;
    this.backend = parts.backend;
    this.line = new WaitingLine(parts.draws);
    this.idleChecks = new IdleChecks(i, parts.events);
    this.grants = new Grants(i, parts, this.idleChecks);
    this.closings = new Closings(i, parts);
    this.checks = new Checks(i, parts, this);
    this.wakeUps = new WakeUps(i, parts, this);
    this.supply = new Supply(i, parts, this);
  }

  /** Requests that wait without having, opening or checking a connection. */
  get waiting(): number {
    return this.line.size + this.wakeUps.size;
  }

  start(now: number): void {
    this.supply.startWith(this.settings.initial, now);
    this.idleChecks.start(this.settings, now);
  }

  acquire(slot: number, now: number): Acquisition {
    const { policy, supply } = this;
    if (supply.rejects(now)) return 'rejected';
    if (policy.pendingLimit === 'everybody' && this.isFull(now)) return 'full';
    if (this.lendsIdle && this.free.size > 0 && this.mayTake('idle')) {
      const overtakes = this.waiting > 0;
      const turn = this.serve(this.free.take(policy.idleOrder), slot, now);
      // Who has been overtaken may need one more connection now.
      if (overtakes) supply.look(now);
      return turn;
    }
    if (this.mayTake('slot') && supply.mayOpen(now)) {
      supply.openFor(slot, now);
      return 'opening';
    }
    if (this.isFull(now)) return 'full';
    this.joinLine(slot, now);
    return 'waiting';
  }

  /** A request gives back the connection that it got last. */
  release(slot: number, now: number): void {
    const connection = this.grants.takeBack(slot);
    connection.uses++;
    const resetNs = this.policy.resetRoundTrips * this.backend.roundTripNs;
    if (resetNs === 0) {
      this.returned(connection, now);
      return;
    }
    connection.state = 'resetting';
    connection.busyUntil = now + resetNs;
    this.books.between.add(this.i, 1, now);
    this.setStep(STEP.busyDone, connection.number, now + resetNs);
  }

  /** A request that waits, or for which a connection is checked, gives up. */
  leave(slot: number, now: number): void {
    if (this.line.has(slot)) {
      this.line.remove(slot);
      this.books.countPending(this.i, -1, now);
    } else if (!this.wakeUps.leave(slot, now)) this.checks.leave(slot, now);
    if (this.policy.block === 'ban') this.supply.failures.note(this.policy, now);
  }

  /** A request has opened a connection for itself. */
  giveTo(slot: number, connection: Connection, now: number): void {
    this.beOpen(connection, now);
    this.parts.roster.lend(connection, slot);
    this.grants.use(connection, now);
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
    if (whom === 'head' && this.line.size > 0) this.grants.fail(this.nextInLine(now));
    while (whom === 'everybody' && this.line.size > 0) this.grants.fail(this.nextInLine(now));
  }

  /** Idle connections are looked at, if this timer is the one that counts. */
  checkIdle(now: number): void {
    if (this.idleChecks.rings(now)) this.lookAtIdle(now);
  }

  /** Idle connections have died, and the pool hears of it if it listens. */
  notice(now: number): void {
    if (this.policy.noticesLoss !== 'at-once') return;
    for (const dead of this.free.all()) this.closeIdle(dead, now);
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
    } else if (connection.state === 'checking') this.checks.done(connection, now);
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
    const all = this.parts.roster.ofInstance(this.i);
    const opening = all.filter(({ state }) => state === 'opening');
    for (const connection of all) {
      if (connection.state === 'opening' || connection.owner >= 0) continue;
      if (connection.state === 'idle') this.free.remove(connection);
      else if (connection.owner !== LEAKED) this.books.between.add(this.i, -1, now);
      this.closings.drop(connection, now);
      this.backend.slots.giveBack();
    }
    this.supply.stop(opening, now);
    this.wakeUps.clear();
    this.checks.forLine = 0;
  }

  /** A connection that a request holds is gone with its instance; the server has it still. */
  loseHeld(slot: number, now: number): void {
    this.closings.drop(this.parts.roster.takeBack(slot), now);
  }

  /** A connection that took a while to close is closed. */
  closingDone(now: number): void {
    this.backend.slots.giveBack();
    this.supply.closed(now);
  }

  /** At the end of each step: what closing connections makes possible, and who fails. */
  settle(now: number): void {
    this.grants.book(now);
    while (this.closings.takeUntold()) this.supply.closed(now);
    this.grants.tellFailed();
  }

  /** One who waited gets an idle connection, of which there must be one. */
  serveNext(slot: number, openedSince: number, now: number): void {
    const turn = this.serve(this.free.take(this.policy.idleOrder), slot, now);
    this.grants.tell(slot, turn, openedSince, now);
  }

  /** The connection was of no use to one whose turn it is, the `tries`th in a row. */
  tryAgain(slot: number, now: number, tries = 1): Turn {
    const { uselessThen, uselessTries, idleOrder } = this.policy;
    if (this.free.size > 0 && uselessThen === 'next' && tries < uselessTries)
      return this.serve(this.free.take(idleOrder), slot, now, tries);
    if (this.supply.mayOpen(now)) {
      this.supply.openFor(slot, now);
      return 'opening';
    }
    this.line.unshift(slot, now);
    this.books.countPending(this.i, 1, now);
    this.supply.look(now);
    return 'waiting';
  }

  /** Nobody waits: the connection is idle, unless enough are. */
  keep(connection: Connection, now: number): void {
    const { maxIdle, maxIdleAt } = this.policy;
    if (maxIdleAt === 'return' && this.free.size >= maxIdle) this.closings.close(connection, now);
    else this.becomeIdle(connection, now);
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

  /** Whether an idle connection goes to a request directly, and not by way of a check for the line. */
  private get lendsIdle(): boolean {
    return this.policy.checkedFor === 'waiter' || this.policy.checkAfterIdleNs === Infinity;
  }

  /** Whether one who comes now may take this: nobody waits, or it may overtake. */
  private mayTake(what: 'idle' | 'slot'): boolean {
    const { barging } = this.policy;
    return this.waiting === 0 || barging === what || barging === 'both';
  }

  private isFull(now: number): boolean {
    const { maxPending, policy } = this.settings;
    const { pendingLimit } = policy;
    const others = pendingLimit === 'everybody' ? (this.books.owned.level[this.i] as number) : 0;
    if (this.waiting + others < maxPending) return false;
    if (pendingLimit !== 'without-room') return true;
    return this.supply.roomAt(now) <= 0 && this.free.size === 0;
  }

  private isAboveLimit(): boolean {
    const limit = this.books.limitAt(this.i);
    return this.stock.open > (limit === 0 ? 0 : limit + this.policy.reserve);
  }

  private joinLine(slot: number, now: number): void {
    const { reserve, reserveAfterNs } = this.policy;
    this.line.push(slot, now);
    this.books.countPending(this.i, 1, now);
    if (reserve > 0) this.setStep(STEP.look, this.i, now + reserveAfterNs);
    if (this.lendsIdle) this.supply.look(now);
    else this.checks.beginForLine(now);
  }

  private lookAtIdle(now: number): void {
    const { idleChecks, free, settings } = this;
    for (const old of idleChecks.tooOld(free, settings, this.stock, now)) this.closeIdle(old, now);
    idleChecks.goOn(free, settings, this.stock, now);
  }

  /** A request gets this connection, unless it turns out to be of no use. */
  private serve(connection: Connection, slot: number, now: number, useless = 0): Turn {
    const checkNs = this.checks.durationOf(connection, now);
    if (this.isUseless(connection, checkNs, now)) {
      this.closings.close(connection, now);
      return this.tryAgain(slot, now, useless + 1);
    }
    this.grants.lend(connection, slot);
    if (checkNs <= 0) {
      this.grants.use(connection, now);
      return 'granted';
    }
    this.checks.beginFor(connection, checkNs, now);
    return 'checking';
  }

  /** Whether it is too old, or is found dead at once. */
  private isUseless({ endsAt, openedAt }: Connection, checkNs: number, now: number): boolean {
    if (this.policy.lifetimeEnds === 'borrow' && endsAt <= now) return true;
    if (checkNs !== 0) return false;
    const { losses } = this.backend;
    const asksServer = this.policy.checkRoundTrips > 0;
    return asksServer ? losses.hasDropped(openedAt) : losses.isHeard(openedAt);
  }

  /** Whether a connection that comes back is of no use any more. */
  private isOver({ endsAt, openedAt, isBroken }: Connection, now: number): boolean {
    if (isBroken || this.backend.losses.hasCut(openedAt)) return true;
    return this.policy.lifetimeEnds !== 'borrow' && endsAt <= now;
  }

  /** A connection has come back. */
  private returned(connection: Connection, now: number): void {
    const { policy } = this;
    if (!this.isOver(connection, now) && connection.uses < policy.maxUses) {
      this.idleChecks.cameIn(this.settings, now);
      this.offer(connection, now, now);
      return;
    }
    this.closings.close(connection, now);
    if (policy.newConnection === 'pooled') this.supply.look(now);
  }

  /** A connection that nobody has goes to who waits, or is idle, or is closed. */
  private offer(connection: Connection, openedSince: number, now: number): void {
    const { policy } = this;
    if (this.isAboveLimit()) {
      this.closings.close(connection, now);
      return;
    }
    connection.idleSince = now;
    if (this.line.size === 0) this.keep(connection, now);
    else if (policy.release !== 'handoff') {
      this.becomeIdle(connection, now);
      this.wakeUps.wake(now);
    } else if (policy.checkedFor === 'line' && this.checks.durationOf(connection, now) >= 0) {
      this.free.put(connection, now);
      this.checks.beginForLine(now);
    } else {
      const slot = this.nextInLine(now);
      this.grants.tell(slot, this.serve(connection, slot, now), openedSince, now);
    }
  }

  private becomeIdle(connection: Connection, now: number): void {
    if (this.line.size > 0 && this.policy.release === 'handoff') this.books.idleWhileWaiting++;
    this.free.put(connection, now);
    this.idleChecks.becameIdle(connection, this.settings, this.stock, now);
  }

  private beOpen(connection: Connection, now: number): void {
    const { lifetimeNs, lifetimeJitter, lifetimeEnds } = this.policy;
    connection.openedAt = now;
    if (lifetimeNs === Infinity) return;
    const shorter = lifetimeJitter === 0 ? 0 : lifetimeJitter * this.parts.draws.next();
    connection.endsAt = now + Math.round(lifetimeNs * (1 - shorter));
    if (lifetimeEnds === 'timer')
      this.parts.events.idleTimerSet(stepCode(STEP.lifeOver, connection.number), connection.endsAt);
  }

  private closeIdle(connection: Connection, now: number): void {
    this.free.remove(connection);
    this.closings.close(connection, now);
  }

  private setStep(step: number, whose: number, at: number): void {
    this.parts.events.stepSet(stepCode(step, whose), at);
  }
}
