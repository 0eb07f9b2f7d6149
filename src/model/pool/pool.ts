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
import { LevelMeter } from '../../stats/level-meter.ts';
import type { Database } from '../database/database.ts';
import { IdleAgeing } from './idle-ageing.ts';
import { OnsetWatch } from './onset.ts';
import { TurnWatch } from '../watch/turn-watch.ts';
import { NO_OWNER, Openings } from './openings.ts';
import type { PoolSettings } from './settings.ts';

type Acquisition = 'granted' | 'opening' | 'waiting' | 'full';

/** No request gets the connection. */
export const NOBODY = -1;

/** An establishment has begun: `openingDone` (or `openingRefused`) is to be called after `delay` ns. */
type OpeningStarted = (id: number, delay: number) => void;

/** What a pool asks of whoever has the clock. */
interface PoolEvents {
  readonly openingStarted: OpeningStarted;
  /** `idleTimerRings` is to be called for this instance at this instant. */
  readonly idleTimerSet: (instance: number, at: number) => void;
}

export class Pool {
  settings: PoolSettings;
  /** Connections owned by a request, of each instance: used, handed over, or being established by it. */
  readonly owned: LevelMeter;
  /** Connections being established by a request. */
  readonly ownedOpening: LevelMeter;
  /** Connections that came free and whose next request does not have them yet. */
  readonly handing: LevelMeter;
  /** Connections being established, whether somebody waits for them or not. */
  readonly opening: LevelMeter;
  /** All connections. */
  readonly open: LevelMeter;
  readonly pending: LevelMeter;
  readonly onset: OnsetWatch;
  readonly openings = new Openings();
  /** Holds those who are served against those whose turn it is. */
  readonly turns: TurnWatch;
  /** Connections opened and closed so far. */
  opened = 0;
  closed = 0;
  /** Requests whose wait for a connection ended by the acquire timeout. */
  timeouts = 0;
  /** Most requests that were pending at once, whole fleet. */
  peakPending = 0;
  /** Connections opened, handed on or kept idle beyond `max`: a fault of this program. */
  violations = 0;
  /** Connections idle for longer than the idle timeout, or closed for it though they were not. */
  idleFaults = 0;
  /**
   * Times that a connection became idle though somebody waited, or that `audit` found one free or room for
   * one: a fault of this program.
   */
  idleWhileWaiting = 0;
  /** Requests that are pending, whole fleet. */
  totalPending = 0;
  readonly waiters: SlotQueues;
  /** 1: the instance is out of the fleet, and nobody is on it. */
  private readonly retired: Uint8Array;
  private readonly ageing: IdleAgeing;
  private readonly database: Database;
  private readonly events: PoolEvents;

  constructor(
    settings: PoolSettings,
    instances: number,
    links: SlotLinks,
    database: Database,
    events: PoolEvents,
  ) {
    this.settings = settings;
    this.owned = new LevelMeter(instances);
    this.ownedOpening = new LevelMeter(instances);
    this.handing = new LevelMeter(instances);
    this.opening = new LevelMeter(instances);
    this.open = new LevelMeter(instances);
    this.pending = new LevelMeter(instances);
    this.onset = new OnsetWatch(instances);
    this.waiters = new SlotQueues(instances, links);
    this.turns = new TurnWatch(instances);
    this.retired = new Uint8Array(instances).fill(1);
    this.database = database;
    this.events = events;
    this.ageing = new IdleAgeing(settings.idleTimeoutNs, instances, events.idleTimerSet);
  }

  /** The instance starts: `initial` connections are open, as many as the server admits. */
  start(i: number, now: number): void {
    this.retired[i] = 0;
    const missing = Math.max(0, this.settings.initial - (this.open.level[i] as number));
    const granted = this.database.slots.takeUpTo(missing);
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

  /** A request gives its connection back: the slot that gets it at once, or NOBODY. */
  release(i: number, now: number): number {
    if (this.mustClose(i)) {
      this.own(i, -1, now);
      this.close(i, now);
      return NOBODY;
    }
    if (this.pendingAt(i) > 0) return this.dequeue(i, now);
    this.own(i, -1, now);
    this.becomeIdle(i, now);
    return NOBODY;
  }

  /** The waiter that was just given a connection has to wait for its hand-over. */
  beginHandover(i: number, now: number): void {
    this.handing.add(i, 1, now);
  }

  /** The hand-over ends: its request has the connection, or is about to release it. */
  endHandover(i: number, now: number): void {
    this.handing.add(i, -1, now);
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
    if (this.pendingAt(i) === 0) {
      this.becomeIdle(i, now);
      return NOBODY;
    }
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
    while (this.idleAt(i) > 0) this.closeIdle(i, now);
    for (let id = 0; id < openings.fresh; id++) {
      if (openings.instance[id] !== i || openings.lost[id] === 1) continue;
      openings.lost[id] = 1;
      this.opening.add(i, -1, now);
      this.open.add(i, -1, now);
    }
  }

  /** A connection in hand-over ends with its instance. */
  dropHanded(i: number, now: number): void {
    this.endHandover(i, now);
    this.own(i, -1, now);
    this.close(i, now);
  }

  /** A connection in use stays with the database alone: its instance is gone. */
  abandonUsed(i: number, now: number): void {
    this.owned.add(i, -1, now);
    this.open.add(i, -1, now);
    this.closed++;
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
      this.events.openingStarted(id, this.database.drawConnectLatency());
      return;
    }
    this.openings.refused[id] = 1;
    this.events.openingStarted(id, this.database.roundTripNs);
  }

  private enqueue(i: number, slot: number, now: number): void {
    this.waiters.push(i, slot);
    this.turns.begin(i, slot, this.settings.maxPending);
    this.countPending(i, 1, now);
  }

  private dequeue(i: number, now: number): number {
    this.countPending(i, -1, now);
    const slot = this.settings.order === 'fifo' ? this.waiters.shift(i) : this.waiters.pop(i);
    this.turns.serve(i, slot, this.settings.order);
    if (this.mustClose(i)) this.violations++;
    return slot;
  }

  countPending(i: number, change: number, now: number): void {
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
    this.open.add(i, -1, now);
    this.closed++;
    this.database.slots.giveBack();
  }
}
