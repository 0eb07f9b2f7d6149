/**
 * The general pool: behaves as the policy in its settings says, so that it can be any product's. It knows
 * its connections apart, and opens and closes them by its own rules. One `Lending` for each instance.
 */
import type { VariateStream } from '../../../engine/variates.ts';
import type { Backend } from '../../database/backend.ts';
import { PoolBooks } from '../books.ts';
import {
  type Acquisition,
  type ConnectionPool,
  NOBODY,
  type PoolEvents,
} from '../connection-pool.ts';
import { OPENS } from '../openings.ts';
import type { PoolSettings } from '../settings.ts';
import { type Connection, LEAKED } from './connection.ts';
import { Lending } from './lending.ts';
import { Roster } from './roster.ts';
import { STEP, stepOf, whoseOf } from './steps.ts';

export class GeneralPool extends PoolBooks implements ConnectionPool {
  private readonly roster = new Roster();
  private readonly lendings: readonly Lending[];
  /** Steps within steps; what they decide is told when the outermost ends. */
  private depth = 0;

  /** @param draws decides whatever is decided by chance */
  constructor(
    settings: PoolSettings,
    instances: number,
    backend: Backend,
    events: PoolEvents,
    draws: VariateStream,
  ) {
    super(settings, instances, backend);
    const parts = { books: this, roster: this.roster, backend, events, draws };
    this.lendings = Array.from({ length: instances }, (_, i) => new Lending(i, parts));
  }

  start(i: number, now: number): void {
    this.retired[i] = 0;
    this.at(i, now, (lending) => {
      lending.start(now);
    });
  }

  acquire(i: number, slot: number, now: number): Acquisition {
    return this.at(i, now, (lending) => lending.acquire(slot, now));
  }

  /** Without it, a request that opens its own connection waits as long as that takes. */
  deadlineFrom(now: number, outcome: Acquisition): number {
    const { acquireTimeoutNs, policy } = this.settings;
    if (outcome === 'opening' && policy.timeoutCovers === 'queue') return Infinity;
    const tick = policy.timeoutTickNs;
    const at = now + acquireTimeoutNs;
    return tick === 0 || at === Infinity ? at : Math.ceil(at / tick) * tick;
  }

  release(i: number, now: number, slot: number): number {
    return this.at(i, now, (lending) => {
      lending.release(slot, now);
      return NOBODY;
    });
  }

  isChecked(slot: number): boolean {
    return this.roster.of(slot)?.state === 'checking';
  }

  leave(i: number, slot: number, now: number): void {
    this.at(i, now, (lending) => {
      lending.leave(slot, now);
    });
  }

  opensLate(i: number, slot: number, now: number): boolean {
    return this.at(i, now, ({ supply }) => supply.opensLate(slot, now));
  }

  disown(id: number, now: number): void {
    const connection = this.roster.opened(id);
    if (connection === null) return;
    this.at(connection.instance, now, ({ supply }) => {
      supply.disown(connection, now);
    });
  }

  openingDone(id: number, now: number): number {
    return this.endOpening(id, now);
  }

  openingFailed(id: number, now: number): number {
    return this.endOpening(id, now);
  }

  /** Its own rules have decided already. */
  openForWaiter(): number {
    return NOBODY;
  }

  trim(i: number, now: number): void {
    this.at(i, now, (lending) => {
      lending.trim(now);
    });
  }

  idleTimerRings(code: number, now: number): void {
    this.step(code, now);
  }

  stepDone(code: number, now: number): void {
    this.step(code, now);
  }

  retire(i: number, now: number): void {
    this.retired[i] = 1;
    this.trim(i, now);
  }

  stop(i: number, now: number): void {
    this.takeLeaked(i, now);
    this.at(i, now, (lending) => {
      lending.stop(now);
    });
  }

  dropHeld(i: number, now: number, slot: number): void {
    this.own(i, -1, now);
    this.lend(i).loseHeld(slot, now);
    this.backend.slots.giveBack();
  }

  abandonUsed(i: number, now: number, slot: number): void {
    this.owned.add(i, -1, now);
    this.lend(i).loseHeld(slot, now);
  }

  lose(i: number, isSilent: boolean, now: number): void {
    this.loseOpenings(i);
    if (isSilent) return;
    this.at(i, now, (lending) => {
      lending.notice(now);
    });
  }

  lossDone(): void {}

  findsDead(slot: number): boolean {
    const connection = this.roster.of(slot);
    if (connection === null || !this.backend.losses.isFound(connection.openedAt)) return false;
    connection.isBroken = true;
    return true;
  }

  /** The number of the connection that a request got last. */
  numberOf(slot: number): number {
    return (this.roster.of(slot) as Connection).number;
  }

  /** The numbers of all connections that a request has. */
  numbersOf(slot: number): number[] {
    const numbers: number[] = [];
    for (let c = this.roster.of(slot); c !== null; c = c.outer) numbers.push(c.number);
    return numbers;
  }

  /** The connection that a request got last is of no use any more, and will be closed. */
  spoil(slot: number): void {
    const connection = this.roster.of(slot);
    if (connection !== null) connection.isBroken = true;
  }

  leak(i: number, now: number, slot: number): void {
    this.roster.takeBack(slot).owner = LEAKED;
    this.leaked.add(i, 1, now);
  }

  /**
   * Looks whether a connection lies idle while somebody waits for whom none is being checked, where the
   * policy gives it to them.
   */
  audit(): void {
    if (this.settings.policy.release !== 'handoff') return;
    for (const { free, line, checks } of this.lendings) {
      if (line.size > checks.forLine && free.size > 0) this.idleWhileWaiting++;
    }
  }

  private endOpening(id: number, now: number): number {
    const { openings, backend } = this;
    const connection = this.roster.endOpening(id);
    const startedAt = openings.startedAt[id] as number;
    const opens = openings.outcome[id] === OPENS;
    const isLost = openings.lost[id] === 1;
    openings.giveBack(id);
    if (isLost || connection === null) {
      if (opens) backend.slots.giveBack();
      return NOBODY;
    }
    return this.at(connection.instance, now, ({ supply }) =>
      opens ? supply.opened(connection, startedAt, now) : supply.failed(connection, startedAt, now),
    );
  }

  private step(code: number, now: number): void {
    const step = stepOf(code);
    const whose = whoseOf(code);
    if (step === STEP.busyDone || step === STEP.lifeOver) {
      const connection = this.roster.at(whose);
      if (connection === null) return;
      this.at(connection.instance, now, (lending) => {
        if (step === STEP.busyDone) lending.busyDone(connection, now);
        else lending.lifeOver(connection, now);
      });
      return;
    }
    this.at(whose, now, (lending) => {
      stepOn(lending, step, now);
    });
  }

  /** Moves the pool of an instance one step, and tells afterwards what follows from it. */
  private at<T>(i: number, now: number, move: (lending: Lending) => T): T {
    const lending = this.lend(i);
    this.depth++;
    const result = move(lending);
    this.depth--;
    if (this.depth === 0) lending.settle(now);
    return result;
  }

  private lend(i: number): Lending {
    return this.lendings[i] as Lending;
  }
}

/** A timer of an instance has come due. */
function stepOn(lending: Lending, step: number, now: number): void {
  const { supply } = lending;
  switch (step) {
    case STEP.closed:
      lending.closingDone(now);
      return;
    case STEP.woken:
      lending.wakeUps.come(now);
      return;
    case STEP.look:
      supply.roomRegained(now);
      return;
    case STEP.placeFree:
      supply.placeFree(now);
      return;
    case STEP.retry:
      supply.retry(now);
      return;
    case STEP.fill:
      supply.fillAgain(now);
      return;
    case STEP.idleCheck:
      lending.checkIdle(now);
  }
}
