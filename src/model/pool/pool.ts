/**
 * The `generic` pool, one per instance of a service: connections that are idle, in use, or being
 * established, and requests that wait for one. It decides who gets what and keeps the books; what a
 * request does next is the flow's business, so `acquire` and `release` answer with an outcome or a slot.
 *
 *     acquire ──► idle connection? ──► granted
 *             └─► fewer than max?  ──► opening (takes `connect.latency`; a wait, under the timeout)
 *             ├─► `maxPending` wait? ► full
 *             └─► otherwise        ──► waiting ──► next released or opened connection [hand-over]
 *
 * Invariants: used + idle + opening = open ≤ max (after `max` shrinks, open only falls until it fits);
 * nobody waits while a connection is idle or could be opened. A connection in hand-over counts as used.
 */
import type { SlotLinks } from '../../engine/slot-queues.ts';
import { SlotQueues } from '../../engine/slot-queues.ts';
import type { Backend } from '../database/backend.ts';
import { PoolBooks } from './books.ts';
import {
  type Acquisition,
  type ConnectionPool,
  NOBODY,
  type PoolEvents,
} from './connection-pool.ts';
import { IdleAgeing } from './idle-ageing.ts';
import { NO_OWNER } from './openings.ts';
import type { PoolSettings } from './settings.ts';

/** What this pool asks for. */
type PlainPoolEvents = Pick<PoolEvents, 'openingStarted' | 'closing' | 'idleTimerSet'>;

export class Pool extends PoolBooks implements ConnectionPool {
  readonly waiters: SlotQueues;
  private readonly ageing: IdleAgeing;
  /** Whether all connections have died, and those in use are coming back. */
  private isLosing = false;
  private readonly events: PlainPoolEvents;

  constructor(
    settings: PoolSettings,
    instances: number,
    links: SlotLinks,
    backend: Backend,
    events: PlainPoolEvents,
  ) {
    super(settings, instances, backend);
    this.waiters = new SlotQueues(instances, links);
    this.events = events;
    this.ageing = new IdleAgeing(settings.idleTimeoutNs, instances, (i, at) => {
      events.idleTimerSet(i, at);
    });
  }

  /** The instance starts: `initial` connections are open, as many as the server admits. */
  start(i: number, now: number): void {
    this.retired[i] = 0;
    const missing = Math.max(0, this.settings.initial - (this.open.level[i] as number));
    const granted = this.backend.slots.takeUpTo(missing);
    this.open.add(i, granted, now);
    this.opened += granted;
    for (let n = 0; n < granted; n++) this.becomeIdle(i, now);
  }

  /** A request asks for a connection. With `opening`, `openingStarted` has been called for it. */
  acquire(i: number, slot: number, now: number): Acquisition {
    if (this.idleAt(i) > 0) {
      this.ageing.take(i);
      this.own(i, 1, now);
      return 'granted';
    }
    if (this.hasRoom(i)) {
      this.startOpening(i, slot, now);
      return 'opening';
    }
    if (this.pendingAt(i) >= this.settings.maxPending) return 'full';
    this.enqueue(i, slot, now);
    return 'waiting';
  }

  /** When a request that begins to wait now gives up; Infinity: never. */
  deadlineFrom(now: number): number {
    return now + this.settings.acquireTimeoutNs;
  }

  /** A request gives its connection back: the slot that gets it at once, or NOBODY. */
  release(i: number, now: number): number {
    if (this.isLosing || this.mustClose(i)) {
      this.own(i, -1, now);
      this.close(i, now);
      return NOBODY;
    }
    if (this.pendingAt(i) > 0) return this.dequeue(i, now);
    this.own(i, -1, now);
    this.becomeIdle(i, now);
    return NOBODY;
  }

  /** Room that there was would have been used. */
  opensLate(): boolean {
    return false;
  }

  /** Connections are given out as they are. */
  isChecked(): boolean {
    return false;
  }

  /** A request that waits gives up. */
  leave(i: number, slot: number, now: number): void {
    this.waiters.remove(i, slot);
    this.turns.leave(i, slot);
    this.countPending(i, -1, now);
  }

  /** A request that waits for a connection being established for it gives up; the establishment goes on. */
  disown(id: number, now: number): void {
    const i = this.openings.instance[id] as number;
    this.openings.owner[id] = NO_OWNER;
    this.ownedOpening.add(i, -1, now);
    this.own(i, -1, now);
  }

  /** A connection is established: the slot that gets it, or NOBODY when it is idle or closed. */
  openingDone(id: number, now: number): number {
    const { openings } = this;
    const i = openings.instance[id] as number;
    const owner = openings.owner[id] as number;
    const lost = openings.lost[id] === 1;
    openings.giveBack(id);
    if (lost) {
      this.backend.slots.giveBack();
      return NOBODY;
    }
    this.opening.add(i, -1, now);
    this.opened++;
    if (owner !== NO_OWNER) {
      this.ownedOpening.add(i, -1, now);
      return owner;
    }
    if (this.mustClose(i)) {
      this.close(i, now);
      return NOBODY;
    }
    if (this.pendingAt(i) === 0) {
      this.becomeIdle(i, now);
      return NOBODY;
    }
    this.own(i, 1, now);
    return this.dequeue(i, now);
  }

  /** The server has refused a connection, or it failed: the slot whose request fails by it, or NOBODY. */
  openingFailed(id: number, now: number): number {
    const { openings } = this;
    const i = openings.instance[id] as number;
    const owner = openings.owner[id] as number;
    const lost = openings.lost[id] === 1;
    openings.giveBack(id);
    if (lost) return NOBODY;
    this.opening.add(i, -1, now);
    this.open.add(i, -1, now);
    if (owner === NO_OWNER) return NOBODY;
    this.ownedOpening.add(i, -1, now);
    this.own(i, -1, now);
    return owner;
  }

  /** Lets those who wait open connections while there is room: the next slot that does, or NOBODY. */
  openForWaiter(i: number, now: number): number {
    if (this.pendingAt(i) === 0 || !this.hasRoom(i)) return NOBODY;
    const slot = this.dequeue(i, now);
    this.startOpening(i, slot, now);
    return slot;
  }

  /** Of the general pool: nothing here takes such steps. */
  stepDone(): void {}

  /** After a change of settings: closes idle connections that are too many, or have been idle too long. */
  trim(i: number, now: number): void {
    this.ageing.apply(this.settings.idleTimeoutNs, (instance) => this.idleAt(instance), now);
    while (this.idleAt(i) > 0 && this.mustClose(i)) this.closeIdle(i, now);
    this.closeAged(i, now);
  }

  /** The timer of an instance's idle connections has come due; it may be one that no longer counts. */
  idleTimerRings(i: number, now: number): void {
    if (this.ageing.rings(i, now)) this.closeAged(i, now);
  }

  /** The instance leaves the fleet; nobody is on it any more. */
  retire(i: number, now: number): void {
    this.retired[i] = 1;
    this.trim(i, now);
  }

  /** The instance's process ends: idle and opening connections are gone. Requests must have left. */
  stop(i: number, now: number): void {
    const { openings } = this;
    for (let n = this.takeLeaked(i, now); n > 0; n--) this.close(i, now);
    while (this.idleAt(i) > 0) this.closeIdle(i, now);
    for (let id = 0; id < openings.fresh; id++) {
      if (openings.instance[id] !== i || openings.lost[id] === 1) continue;
      openings.lost[id] = 1;
      this.opening.add(i, -1, now);
      this.open.add(i, -1, now);
    }
  }

  /** A connection that nobody works on ends with its instance. */
  dropHeld(i: number, now: number): void {
    this.own(i, -1, now);
    this.close(i, now);
  }

  /** A connection in use stays with the database alone: its instance is gone. */
  abandonUsed(i: number, now: number): void {
    this.owned.add(i, -1, now);
    this.open.add(i, -1, now);
    this.closed++;
  }

  /** This pool notices at once, whatever it does: it does not know its connections apart. */
  lose(i: number, isSilent: boolean, now: number): void {
    this.loseOpenings(i);
    while (this.idleAt(i) > 0) this.closeIdle(i, now);
    this.isLosing = !isSilent;
  }

  lossDone(): void {
    this.isLosing = false;
  }

  findsDead(): boolean {
    return false;
  }

  leak(i: number, now: number): void {
    this.leaked.add(i, 1, now);
  }

  /** Looks whether anybody waits in vain, and any connection is idle that must not be. O(instances). */
  audit(now: number): void {
    for (let i = 0; i < this.retired.length; i++) {
      const idle = this.idleAt(i);
      if (this.pendingAt(i) > 0 && (idle > 0 || this.hasRoom(i))) this.idleWhileWaiting++;
      if (idle > 0 && this.mustClose(i)) this.violations++;
      if (this.isAboveMin(i) && this.ageing.longestIdle(i, now) > this.settings.idleTimeoutNs)
        this.idleFaults++;
    }
  }

  private hasRoom(i: number): boolean {
    return (this.open.level[i] as number) < this.limitAt(i);
  }

  private mustClose(i: number): boolean {
    return (this.open.level[i] as number) > this.limitAt(i);
  }

  private startOpening(i: number, slot: number, now: number): void {
    const id = this.openings.take(i, slot, now);
    this.open.add(i, 1, now);
    this.opening.add(i, 1, now);
    this.ownedOpening.add(i, 1, now);
    this.own(i, 1, now);
    if ((this.open.level[i] as number) > this.limitAt(i)) this.violations++;
    const delay = this.backend.connect(this.settings.connectTimeoutNs);
    this.openings.outcome[id] = this.backend.connectOutcome;
    this.events.openingStarted(id, delay);
  }

  private enqueue(i: number, slot: number, now: number): void {
    this.waiters.push(i, slot);
    this.turns.begin(i, slot, this.settings.maxPending);
    this.countPending(i, 1, now);
  }

  private dequeue(i: number, now: number): number {
    this.countPending(i, -1, now);
    const order = this.settings.policy.order === 'lifo' ? 'lifo' : 'fifo';
    const slot = order === 'fifo' ? this.waiters.shift(i) : this.waiters.pop(i);
    this.turns.serve(i, slot, order);
    if (this.mustClose(i)) this.violations++;
    return slot;
  }

  private becomeIdle(i: number, now: number): void {
    if (this.pendingAt(i) > 0) this.idleWhileWaiting++;
    this.ageing.becomeIdle(i, now);
    this.setIdleTimer(i, now);
  }

  private closeAged(i: number, now: number): void {
    while (this.isAboveMin(i) && this.ageing.hasAged(i, now)) {
      if (this.ageing.longestIdle(i, now) < this.settings.idleTimeoutNs) this.idleFaults++;
      this.closeIdle(i, now);
      if ((this.open.level[i] as number) < this.settings.min) this.idleFaults++;
    }
    this.setIdleTimer(i, now);
  }

  /** At or below `min` no timer is needed: more are opened only when none is idle. */
  private setIdleTimer(i: number, now: number): void {
    if (this.isAboveMin(i)) this.ageing.setTimer(i, now);
  }

  private isAboveMin(i: number): boolean {
    return (this.open.level[i] as number) > this.settings.min;
  }

  private closeIdle(i: number, now: number): void {
    this.ageing.close(i);
    this.close(i, now);
  }

  private close(i: number, now: number): void {
    this.events.closing(i);
    this.open.add(i, -1, now);
    this.closed++;
    this.backend.slots.giveBack();
  }
}
