/**
 * The `generic` pool, one per instance of a service: connections that are idle, in use, or being
 * established, and requests that wait for one, first come first served. It decides who gets what and
 * keeps the books; what a request does next is the flow's business, so `acquire` and `release` answer
 * with an outcome or a slot.
 *
 *     acquire ──► idle connection? ──► granted
 *             └─► fewer than max?  ──► opening (takes `connect.latency`; a wait, under the timeout)
 *             └─► otherwise        ──► waiting ──► next released or opened connection
 *
 * Invariants: used + idle + opening = open ≤ max (after `max` shrinks, open only falls until it fits);
 * nobody waits while a connection is idle or could be opened.
 */
import type { SlotLinks } from '../../engine/slot-queues.ts';
import { SlotQueues } from '../../engine/slot-queues.ts';
import { LevelMeter } from '../../stats/level-meter.ts';
import type { Database } from '../database/database.ts';
import { OnsetWatch } from './onset.ts';
import { NO_OWNER, Openings } from './openings.ts';
import type { PoolSettings } from './settings.ts';

type Acquisition = 'granted' | 'opening' | 'waiting';

/** No request gets the connection. */
export const NOBODY = -1;

/** An establishment has begun: `openingDone` (or `openingRefused`) is to be called after `delay` ns. */
type OpeningStarted = (id: number, delay: number) => void;

export class Pool {
  settings: PoolSettings;
  /** Connections owned by a request, of each instance: used, or being established by it. */
  readonly owned: LevelMeter;
  /** Connections being established by a request. */
  readonly ownedOpening: LevelMeter;
  /** Connections being established, whether somebody waits for them or not. */
  readonly opening: LevelMeter;
  /** All connections. */
  readonly open: LevelMeter;
  readonly pending: LevelMeter;
  readonly onset: OnsetWatch;
  readonly openings = new Openings();
  /** Connections opened and closed so far. */
  opened = 0;
  closed = 0;
  /** Requests whose wait for a connection ended by the acquire timeout. */
  timeouts = 0;
  /** Most requests that were pending at once, whole fleet. */
  peakPending = 0;
  /** Connections opened beyond `max`: a fault of this program. */
  violations = 0;
  /** Times that `audit` found somebody waiting though a connection was free or could be opened. */
  idleWhileWaiting = 0;
  private totalPending = 0;
  private readonly waiters: SlotQueues;
  /** 1: the instance is out of the fleet, and nobody is on it. */
  private readonly retired: Uint8Array;
  private readonly database: Database;
  private readonly openingStarted: OpeningStarted;

  constructor(
    settings: PoolSettings,
    instances: number,
    links: SlotLinks,
    database: Database,
    openingStarted: OpeningStarted,
  ) {
    this.settings = settings;
    this.owned = new LevelMeter(instances);
    this.ownedOpening = new LevelMeter(instances);
    this.opening = new LevelMeter(instances);
    this.open = new LevelMeter(instances);
    this.pending = new LevelMeter(instances);
    this.onset = new OnsetWatch(instances);
    this.waiters = new SlotQueues(instances, links);
    this.retired = new Uint8Array(instances);
    this.database = database;
    this.openingStarted = openingStarted;
  }

  /** The instance starts: `initial` connections are open, as many as the server admits. */
  start(i: number, now: number): void {
    this.retired[i] = 0;
    const missing = Math.max(0, this.settings.initial - (this.open.level[i] as number));
    const granted = this.database.slots.takeUpTo(missing);
    this.open.add(i, granted, now);
    this.opened += granted;
  }

  /** A request asks for a connection. With `opening`, `openingStarted` has been called for it. */
  acquire(i: number, slot: number, now: number): Acquisition {
    if (this.idleAt(i) > 0) {
      this.own(i, 1, now);
      return 'granted';
    }
    if (this.hasRoom(i)) {
      this.startOpening(i, slot, now);
      return 'opening';
    }
    this.enqueue(i, slot, now);
    return 'waiting';
  }

  /** A request gives its connection back: the slot that gets it at once, or NOBODY. */
  release(i: number, now: number): number {
    if (this.mustClose(i)) {
      this.own(i, -1, now);
      this.close(i, now);
      return NOBODY;
    }
    if (this.pendingAt(i) > 0) return this.dequeue(i, now);
    this.own(i, -1, now);
    return NOBODY;
  }

  /** A request that waits gives up. */
  leave(i: number, slot: number, now: number): void {
    this.waiters.remove(i, slot);
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
      this.database.slots.giveBack();
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
    if (this.pendingAt(i) === 0) return NOBODY;
    this.own(i, 1, now);
    return this.dequeue(i, now);
  }

  /** The server has refused a connection: the slot whose request fails by it, or NOBODY. */
  openingRefused(id: number, now: number): number {
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

  /** After a change of settings: closes idle connections that are too many. */
  trim(i: number, now: number): void {
    while (this.idleAt(i) > 0 && this.mustClose(i)) this.close(i, now);
  }

  /** The instance leaves the fleet; nobody is on it any more. */
  retire(i: number, now: number): void {
    this.retired[i] = 1;
    this.trim(i, now);
  }

  /** The instance's process ends: idle and opening connections are gone. Requests must have left. */
  stop(i: number, now: number): void {
    const { openings } = this;
    while (this.idleAt(i) > 0) this.close(i, now);
    for (let id = 0; id < openings.fresh; id++) {
      if (openings.instance[id] !== i || openings.lost[id] === 1) continue;
      openings.lost[id] = 1;
      this.opening.add(i, -1, now);
      this.open.add(i, -1, now);
    }
  }

  /** A connection in use stays with the database alone: its instance is gone. */
  abandonUsed(i: number, now: number): void {
    this.owned.add(i, -1, now);
    this.open.add(i, -1, now);
    this.closed++;
  }

  /** Looks whether anybody waits in vain. O(instances). */
  audit(): void {
    for (let i = 0; i < this.retired.length; i++) {
      if (this.pendingAt(i) > 0 && (this.idleAt(i) > 0 || this.hasRoom(i))) this.idleWhileWaiting++;
    }
  }

  /** A connection is replaced inside a hold. */
  countReconnect(): void {
    this.opened++;
    this.closed++;
  }

  idleAt(i: number): number {
    const inUse = (this.owned.level[i] as number) - (this.ownedOpening.level[i] as number);
    return (this.open.level[i] as number) - inUse - (this.opening.level[i] as number);
  }

  pendingAt(i: number): number {
    return this.pending.level[i] as number;
  }

  /** Connections that the instance may have now. */
  limitAt(i: number): number {
    return this.retired[i] === 1 ? 0 : this.settings.max;
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
    if (this.database.slots.take()) {
      this.openingStarted(id, this.database.drawConnectLatency());
      return;
    }
    this.openings.refused[id] = 1;
    this.openingStarted(id, this.database.roundTripNs);
  }

  private enqueue(i: number, slot: number, now: number): void {
    this.waiters.push(i, slot);
    this.countPending(i, 1, now);
  }

  private dequeue(i: number, now: number): number {
    this.countPending(i, -1, now);
    return this.waiters.shift(i);
  }

  private countPending(i: number, change: number, now: number): void {
    this.pending.add(i, change, now);
    this.totalPending += change;
    const pending = this.pendingAt(i);
    if (change > 0) {
      if (pending === 1) this.onset.begin(i, now);
      if (this.totalPending > this.peakPending) this.peakPending = this.totalPending;
    } else if (pending === 0) this.onset.end(i, now);
  }

  private own(i: number, change: number, now: number): void {
    this.owned.add(i, change, now);
    this.database.addHeld(change);
  }

  private close(i: number, now: number): void {
    this.open.add(i, -1, now);
    this.closed++;
    this.database.slots.giveBack();
  }
}
