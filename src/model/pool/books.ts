/**
 * The books that every pool keeps, of each instance: what its connections do, and how many wait. All are
 * counted up from the start of the run; whoever wants the figures of a stretch subtracts two readings.
 *
 *     open = idle + used (owned, and not being opened) + between + opening
 */
import { LevelMeter } from '../../stats/level-meter.ts';
import type { Backend } from '../database/backend.ts';
import { TurnWatch } from '../watch/turn-watch.ts';
import { OnsetWatch } from './onset.ts';
import { FAILS, Openings, OPENS } from './openings.ts';
import type { PoolSettings } from './settings.ts';

export class PoolBooks {
  settings: PoolSettings;
  /** Connections owned by a request, of each instance: used, handed over, or being established by it. */
  readonly owned: LevelMeter;
  /** Connections being established by a request. */
  readonly ownedOpening: LevelMeter;
  /** Connections that have a request which does not have them yet: in hand-over, or checked for it. */
  readonly handing: LevelMeter;
  /** Connections that no request owns and that cannot be given out: being reset, or checked for the line. */
  readonly between: LevelMeter;
  /** Connections in use that no request will give back. */
  readonly leaked: LevelMeter;
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
  protected readonly backend: Backend;
  /** 1: the instance is out of the fleet, and nobody is on it. */
  protected readonly retired: Uint8Array;

  constructor(settings: PoolSettings, instances: number, backend: Backend) {
    this.settings = settings;
    this.owned = new LevelMeter(instances);
    this.ownedOpening = new LevelMeter(instances);
    this.handing = new LevelMeter(instances);
    this.between = new LevelMeter(instances);
    this.leaked = new LevelMeter(instances);
    this.opening = new LevelMeter(instances);
    this.open = new LevelMeter(instances);
    this.pending = new LevelMeter(instances);
    this.onset = new OnsetWatch(instances);
    this.turns = new TurnWatch(instances);
    this.retired = new Uint8Array(instances).fill(1);
    this.backend = backend;
  }

  /** A connection is replaced inside a hold. */
  countReconnect(): void {
    this.opened++;
    this.closed++;
  }

  idleAt(i: number): number {
    const inUse = (this.owned.level[i] as number) - (this.ownedOpening.level[i] as number);
    const busy = inUse + (this.between.level[i] as number) + (this.opening.level[i] as number);
    return (this.open.level[i] as number) - busy;
  }

  pendingAt(i: number): number {
    return this.pending.level[i] as number;
  }

  /** Connections that the instance may have now. */
  limitAt(i: number): number {
    return this.retired[i] === 1 ? 0 : this.settings.max;
  }

  /** The waiter that was just given a connection has to wait for its hand-over. */
  beginHandover(i: number, now: number): void {
    this.handing.add(i, 1, now);
  }

  /** The hand-over ends: its request has the connection, or is about to release it. */
  endHandover(i: number, now: number): void {
    this.handing.add(i, -1, now);
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

  /** An instance ends, and with it what it had leaked: so many connections are to be closed. */
  protected takeLeaked(i: number, now: number): number {
    const leaked = this.leaked.level[i] as number;
    // Less 0 would be −0, which is no small integer: all compiled code that adds it up would be thrown away.
    if (leaked === 0) return 0;
    this.leaked.add(i, -leaked, now);
    this.own(i, -leaked, now);
    return leaked;
  }

  /** What an instance was opening will not open. */
  protected loseOpenings(i: number): void {
    const { openings, backend } = this;
    for (let id = 0; id < openings.fresh; id++) {
      if (openings.instance[id] !== i || openings.outcome[id] !== OPENS) continue;
      openings.outcome[id] = FAILS;
      backend.slots.giveBack();
    }
  }

  /** Requests own more connections, or fewer. */
  own(i: number, change: number, now: number): void {
    this.owned.add(i, change, now);
    this.backend.addHeld(change);
  }
}
