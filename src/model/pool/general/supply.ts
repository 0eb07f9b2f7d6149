/**
 * Where the connections of an instance come from: those that a request opens for itself, those that the
 * pool opens in the background, and what follows when that fails.
 */
import { MILLISECOND } from '../../../engine/time.ts';
import type { Backend } from '../../database/backend.ts';
import type { PoolBooks } from '../books.ts';
import { NOBODY } from '../connection-pool.ts';
import { NO_OWNER } from '../openings.ts';
import type { PoolPolicy } from '../policy.ts';
import type { Connection } from './connection.ts';
import { Failures } from './failures.ts';
import { openingsWanted } from './growth.ts';
import type { Lending } from './lending.ts';
import { Opener } from './opener.ts';
import type { PoolParts } from './parts.ts';
import type { Roster } from './roster.ts';
import { STEP, stepCode } from './steps.ts';

export class Supply {
  readonly failures: Failures;
  private opener = new Opener();
  /** When the pool is filled up next; earlier timers are void. */
  private fillsAt = Infinity;
  /** When it looks after a failure; the same instant is not noted twice. */
  private looksAt = -1;
  private readonly i: number;
  private readonly parts: PoolParts;
  private readonly books: PoolBooks;
  private readonly roster: Roster;
  private readonly backend: Backend;
  private readonly lending: Lending;

  constructor(i: number, parts: PoolParts, lending: Lending) {
    this.i = i;
    this.parts = parts;
    this.books = parts.books;
    this.roster = parts.roster;
    this.backend = parts.backend;
    this.failures = new Failures(parts.draws);
    this.lending = lending;
  }

  /** Connections that are open, being opened, or ordered. */
  get total(): number {
    return this.open + this.opener.ordered + this.opener.retrying;
  }

  /** Connections that may still be opened. */
  roomAt(now: number): number {
    const { reserve, reserveAfterNs } = this.policy;
    const isLate = reserve > 0 && now - this.lending.line.firstSince >= reserveAfterNs;
    return this.books.limitAt(this.i) + (isLate ? reserve : 0) - this.total;
  }

  /** Whether a request may open one for itself now. */
  mayOpen(now: number): boolean {
    if (this.policy.newConnection !== 'dedicated' || this.roomAt(now) <= 0) return false;
    return this.opener.hasPlace(this.policy) && !this.holdsBack(now);
  }

  /** Whether who comes now fails at once, as others did before. */
  rejects(now: number): boolean {
    const { block } = this.policy;
    if (block === 'blocking' || block === 'ban') return this.failures.isBlocked(now);
    return block === 'quiet' && this.failures.inARow > 0 && this.established === 0;
  }

  /** The instance starts with so many connections, as far as the server admits them. */
  startWith(initial: number, now: number): void {
    const { books, backend, i } = this;
    const missing = Math.max(0, initial - this.open);
    const granted = backend.slots.takeUpTo(missing);
    for (let n = 0; n < granted; n++) {
      const connection = this.roster.add(i);
      books.open.add(i, 1, now);
      books.opened++;
      this.lending.comeIn(connection, now, now);
    }
    const { fillFirstNs } = this.policy;
    if (fillFirstNs === 0) this.fill(now);
    else this.setFill(now + fillFirstNs);
  }

  /** A request begins to open a connection for itself. */
  openFor(slot: number, now: number, attempt = 1): void {
    this.books.ownedOpening.add(this.i, 1, now);
    this.books.own(this.i, 1, now);
    this.begin(slot, attempt, now);
  }

  /** Its request has given up. */
  disown(connection: Connection, now: number): void {
    const { books, i } = this;
    books.openings.owner[connection.opening] = NO_OWNER;
    connection.owner = NOBODY;
    books.ownedOpening.add(i, -1, now);
    books.own(i, -1, now);
    if (this.policy.openingAfterTimeout === 'continues') return;
    books.openings.lost[connection.opening] = 1;
    this.endOpening(connection, now);
    this.gone(connection, now);
    this.roomRegained(now);
  }

  /** A connection is open: the slot of the request that has opened it for itself, or NOBODY. */
  opened(connection: Connection, startedAt: number, now: number): number {
    const { books, i, policy } = this;
    const { owner } = connection;
    books.opening.add(i, -1, now);
    books.opened++;
    this.failures.forget();
    this.endOpening(connection, now);
    if (owner !== NOBODY) {
      books.ownedOpening.add(i, -1, now);
      this.lending.giveTo(owner, connection, now);
    } else if (connection.isOrdered) this.lending.comeIn(connection, startedAt, now);
    else this.lending.comeBackUnused(connection, now);
    if (policy.growth === 'chain' || policy.growth === 'fill-deficit') this.look(now);
    else this.pump(now);
    this.usePlaces(now);
    return owner;
  }

  /** A connection could not be opened: the slot of the request that fails by it, or NOBODY. */
  failed(connection: Connection, startedAt: number, now: number): number {
    const { books, i, policy } = this;
    const { owner } = connection;
    if (owner !== NOBODY) {
      books.ownedOpening.add(i, -1, now);
      books.own(i, -1, now);
    }
    this.gone(connection, now);
    this.failures.note(policy, policy.block === 'quiet' ? startedAt : now);
    const isOver = connection.attempt >= policy.failureAfter;
    if (owner !== NOBODY && policy.retry === 'again' && !isOver) {
      this.opener.end(connection);
      this.openFor(owner, now, connection.attempt + 1);
      return NOBODY;
    }
    if (isOver) this.lending.fail(policy.failureTo, now);
    if (connection.isOrdered && policy.capacityRegained === 'opener')
      this.lending.fail('head', now);
    this.goOn(connection, isOver, this.pauseAfter(connection, startedAt, now), now);
    return owner;
  }

  /** The pool looks whether it needs more connections. */
  look(now: number): void {
    if (this.policy.newConnection === 'pooled')
      this.opener.ordered += openingsWanted(this.policy, {
        waiting: this.lending.waiting,
        idle: this.lending.free.size,
        opening: this.opener.pending,
        checking: this.lending.checks.forLine,
        testing: this.parts.books.between.level[this.i] as number,
        room: this.roomAt(now),
      });
    this.pump(now);
  }

  /** There is room for one more: one who waits opens a connection, or the pool does. */
  roomRegained(now: number): void {
    const { newConnection, capacityRegained } = this.policy;
    if (newConnection === 'pooled') this.look(now);
    else if (capacityRegained === 'opener') this.orderForLine(now);
    else if (this.lending.line.size > 0 && this.mayOpen(now)) {
      const slot = this.lending.nextInLine(now);
      this.openFor(slot, now);
      this.parts.events.opensItself(slot);
    }
  }

  /** The timeout of one who waits has come; true: he finds room, and opens a connection instead. */
  opensLate(slot: number, now: number): boolean {
    const { line } = this.lending;
    if (this.policy.atTimeout === 'fails' || !line.has(slot) || !this.mayOpen(now)) return false;
    line.remove(slot);
    this.books.countPending(this.i, -1, now);
    this.openFor(slot, now);
    return true;
  }

  /** A connection has been closed. */
  closed(now: number): void {
    if (this.policy.fillOnClose) this.fill(now);
    if (this.policy.capacityRegained === 'lost') this.pump(now);
    else this.roomRegained(now);
  }

  /** Opens what is missing to the least that should be there. */
  fill(now: number): void {
    const { opener, lending } = this;
    const isThere =
      this.policy.fillCounts === 'open' ? this.total : lending.free.size + opener.pending;
    const missing = Math.min(this.books.settings.min - isThere, this.roomAt(now));
    if (missing > 0) this.opener.ordered += missing;
    this.pump(now);
  }

  fillAgain(now: number): void {
    if (now !== this.fillsAt) return;
    this.fill(now);
    this.setFill(now + this.policy.fillEveryNs);
  }

  /** The pause after an opening is over. */
  placeFree(now: number): void {
    this.opener.resume(now);
    if (this.policy.growth === 'chain') this.look(now);
    this.pump(now);
    this.usePlaces(now);
  }

  /** A failed opening is tried again, if it is still needed. */
  retry(now: number): void {
    this.opener.retry(now);
    this.pump(now);
  }

  /** What was being opened is lost with its instance, and nothing is ordered any more. */
  stop(connections: readonly Connection[], now: number): void {
    for (const connection of connections) {
      this.books.openings.lost[connection.opening] = 1;
      this.gone(connection, now);
    }
    this.opener = new Opener();
    this.failures.forget();
  }

  private get policy(): PoolPolicy {
    return this.books.settings.policy;
  }

  /** Connections that there may be; what is ordered may be too many when the limit has become less. */
  private get most(): number {
    return this.books.limitAt(this.i) + this.policy.reserve;
  }

  private get open(): number {
    return this.books.open.level[this.i] as number;
  }

  private get established(): number {
    return this.open - (this.books.opening.level[this.i] as number);
  }

  /** A failure a while ago keeps everybody from opening. */
  private holdsBack(now: number): boolean {
    return this.policy.block === 'quiet' && this.failures.isBlocked(now);
  }

  /** Begins the openings that are ordered, as far as there are places. */
  private pump(now: number): void {
    while (this.opener.mayBeginOrdered(this.policy) && !this.holdsBack(now)) {
      const attempt = this.opener.takeOrdered();
      if (this.isNeeded && this.open < this.most) this.begin(NO_OWNER, attempt, now);
    }
  }

  /** As many as wait, whatever has been ordered for them before, as far as there is room. */
  private orderForLine(now: number): void {
    const room = Math.max(0, this.roomAt(now));
    this.opener.ordered += Math.min(this.lending.line.size, room);
    this.pump(now);
  }

  /** Whether a connection that is opened in the background now is of use. */
  private get isNeeded(): boolean {
    const { policy, min } = this.books.settings;
    const { free, waiting } = this.lending;
    if (!policy.opensIfNeeded || waiting > free.size) return true;
    return (policy.fillCounts === 'open' ? this.open : free.size) < min;
  }

  /** Of openings that may only be so many at once: the next who waits begins one. */
  private usePlaces(now: number): void {
    const { newConnection, openingsAtOnce } = this.policy;
    if (newConnection === 'dedicated' && openingsAtOnce < Infinity) this.roomRegained(now);
  }

  /** @param owner the request that opens it for itself, or NO_OWNER: it is ordered */
  private begin(owner: number, attempt: number, now: number): void {
    const { books, backend, i } = this;
    const connection = this.roster.add(i);
    connection.attempt = attempt;
    if (owner !== NO_OWNER) connection.owner = owner;
    const { openings } = books;
    connection.isOrdered = owner === NO_OWNER;
    this.opener.begin(connection);
    books.open.add(i, 1, now);
    books.opening.add(i, 1, now);
    if (this.open > this.most) books.violations++;
    const id = openings.take(i, owner, now);
    this.roster.setOpening(id, connection);
    const delay = backend.connect(books.settings.connectTimeoutNs);
    openings.outcome[id] = backend.connectOutcome;
    this.parts.events.openingStarted(id, delay);
  }

  /** A connection that was being opened is not there. */
  private gone(connection: Connection, now: number): void {
    this.books.opening.add(this.i, -1, now);
    this.books.open.add(this.i, -1, now);
    this.roster.drop(connection);
  }

  private endOpening(connection: Connection, now: number): void {
    const { openingPauseNs } = this.policy;
    this.opener.end(connection);
    if (openingPauseNs === 0) return;
    this.opener.pause(now + openingPauseNs);
    this.setStep(STEP.placeFree, now + openingPauseNs);
  }

  /** After a failure: the same opening once more, or its place is free, now or after a pause. */
  private goOn(connection: Connection, isOver: boolean, pause: number, now: number): void {
    const { policy, failures } = this;
    if (policy.block === 'quiet' && failures.until > now) this.setLook(failures.until);
    const triesAgain = policy.retry === 'again' && connection.isOrdered;
    const givesUp = isOver && policy.failureTo !== 'nobody';
    if (triesAgain && !givesUp) {
      this.opener.fail(connection, now + pause);
      this.setStep(STEP.retry, now + pause);
      return;
    }
    this.opener.end(connection);
    if (pause > 0) this.setLook(now + pause);
    else if (policy.newConnection === 'pooled' || policy.capacityRegained !== 'lost')
      this.roomRegained(now);
    this.usePlaces(now);
  }

  /** An attempt that was refused in no time is not repeated at the same instant, lest it never end. */
  private pauseAfter({ attempt }: Connection, startedAt: number, now: number): number {
    const pause = this.failures.pauseAfter(this.policy, attempt);
    const isEndless = this.policy.failureTo === 'nobody' && startedAt === now;
    return pause === 0 && isEndless ? MILLISECOND : pause;
  }

  /** Looks then whether it needs connections; who opens all that are missing looks once, however many have failed. */
  private setLook(at: number): void {
    if (at === this.looksAt && this.policy.growth === 'fill-deficit') return;
    this.looksAt = at;
    this.setStep(STEP.look, at);
  }

  /** Fills up then, and not at the instants of before. */
  private setFill(at: number): void {
    this.fillsAt = at;
    if (at < Infinity) this.setStep(STEP.fill, at);
  }

  private setStep(step: number, at: number): void {
    this.parts.events.stepSet(stepCode(step, this.i), at);
  }
}
