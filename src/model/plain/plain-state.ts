/**
 * All that the plain flow knows, in a few flat arrays and fields, and what is done with it now and then:
 * taking it over from the meters and telling them, and making room.
 *
 * Between `load` and `settle` a level keeps no instant at which it last changed. It keeps the sum of all
 * instants, counted from `base`, at which it fell, less those at which it rose; with the level times the
 * whole stretch that is the area under it:  ∫ n dt = n·(now − base) − Σ change·(instant − base).
 */
import type { Simulation } from '../../engine/simulation.ts';
import type { Database } from '../database/database.ts';
import type { Pool } from '../pool/pool.ts';
import type { RequestTable } from '../request/request-table.ts';
import type { Service } from '../service/service.ts';
import { type Berth, Holder, NOWHERE } from './holder.ts';
import { PlainLine } from './plain-line.ts';
import { PlainSums } from './plain-sums.ts';

/** What sums may reach in a stretch of several events: what one event adds cannot make them lose a digit. */
const EXACT = 2 ** 51;
/** Most events between two times that the meters are told. */
const OFTEN = 2 ** 16;

export interface PlainParts {
  readonly simulation: Simulation;
  readonly service: Service;
  /** That of the service. */
  readonly pool: Pool;
  readonly database: Database;
  readonly table: RequestTable;
  readonly mostInFlight: number;
  /** Called when more would be in flight: throws. */
  readonly tableFull: () => never;
}

/** Fields for doubles begin as −0: beginning as 0 they would be small integers, and change their form. */
export abstract class PlainState extends PlainLine {
  /** One for each slot of the request table so far. */
  protected readonly slots: Holder[] = [];
  /** The current instant, and the one from which those of the levels are counted. */
  now = -0;
  base = -0;
  /** When the plain flow took over: what began before may follow earlier settings. */
  since = -0;
  /** Connections of the database that requests own. */
  protected held = 0;
  /** Requests in the system, and their sum of instants. */
  inSystem = 0;
  inSystemArea = -0;
  readonly sums = new PlainSums();
  protected readonly parts: PlainParts;
  /** Nobody in the system arrived before; looked for anew after so many events. */
  private firstArrival = -0;
  private eventsSince = OFTEN;

  constructor(parts: PlainParts) {
    const { capacity, mix } = parts.service;
    super(capacity, mix.classes.length);
    this.parts = parts;
    this.clear();
  }

  /** Nobody waits any more, and nobody has a connection. */
  clear(): void {
    this.empty();
    for (const holder of this.slots) holder.berth = NOWHERE;
    for (const berth of this.berths) berth.lastServed = -0;
    this.eventsSince = OFTEN;
  }

  /** Takes over the levels from the meters. O(instances). */
  load(): void {
    const { service, simulation, database } = this.parts;
    const { pool, meters } = service;
    const { now } = simulation;
    this.held = database.held;
    this.now = now;
    this.base = now;
    this.berths.forEach((berth, i) => {
      pool.pending.add(i, 0, now);
      pool.owned.add(i, 0, now);
      berth.pending = pool.pending.level[i] as number;
      berth.owned = pool.owned.level[i] as number;
      berth.open = pool.open.level[i] as number;
      berth.pendingArea = -0;
      berth.ownedArea = -0;
    });
    meters.inSystem.add(0, 0, now);
    this.inSystem = meters.inSystem.level[0] as number;
    this.inSystemArea = -0;
  }

  /** Tells the meters all that they have missed. O(instances). */
  settle(): void {
    const { simulation, service, database } = this.parts;
    const { pool, meters, balancer } = service;
    const { sums, now } = this;
    const stretch = now - this.base;
    database.held = this.held;
    this.berths.forEach(({ pending, owned, pendingArea, ownedArea }, i) => {
      // More may wait than may begin to, after a change of the limit.
      const isBeyond = pending > pool.settings.maxPending;
      if (isBeyond && pending > (pool.pending.level[i] as number)) pool.turns.beyondLimit++;
      pool.pending.cover(i, pending, pending * stretch + pendingArea, now);
      pool.owned.cover(i, owned, owned * stretch + ownedArea, now);
      const missed = pending + owned - (balancer.outstanding[i] as number);
      if (missed === 0) return;
      if (this.instances > 1) balancer.watch.faults++;
      balancer.count(i, missed);
    });
    const { inSystem } = this;
    meters.inSystem.cover(0, inSystem, inSystem * stretch + this.inSystemArea, now);
    if (this.instances === 1) {
      meters.completed[0] = (meters.completed[0] as number) + sums.completed;
      meters.failed[0] = (meters.failed[0] as number) + sums.timeouts + sums.turnedAway;
    }
    pool.totalPending = this.waiting;
    pool.peakPending = Math.max(pool.peakPending, this.mostWaiting);
    this.sums.settle(service, database);
    simulation.clock[0] = now;
  }

  /**
   * How far a stretch may go, which begins now with so many events before it has to settle.
   * @returns not beyond `until`
   */
  protected exactUntil(until: number, events: number): number {
    return Math.min(until, this.now + Math.floor(EXACT / (this.inSystem + events)));
  }

  /** … and how many events it may have until then: at least one. */
  protected exactEvents(stop: number): number {
    if (this.eventsSince >= OFTEN) {
      this.firstArrival = this.findFirstArrival();
      this.eventsSince = 0;
    }
    const events = Math.floor(EXACT / (stop - this.firstArrival + 1));
    return Math.min(OFTEN, Math.max(1, events));
  }

  protected countExact(events: number): void {
    this.eventsSince += events;
  }

  /** When the oldest request in the system arrived. O(slots). */
  private findFirstArrival(): number {
    const first = this.waiting === 0 ? this.now : this.longestSince;
    return this.holders().reduce((least, { arrived }) => Math.min(least, arrived), first);
  }

  /** All who have a connection, by their slots. O(slots). */
  holders(): Holder[] {
    return this.slots.filter(({ berth }) => berth !== NOWHERE);
  }

  /** The one who has this slot from now on, at this instance. O(1) amortised. */
  holderAt(slot: number, berth: Berth): Holder {
    const { slots } = this;
    while (slots.length <= slot) slots.push(new Holder(slots.length));
    const holder = slots[slot] as Holder;
    holder.berth = berth;
    return holder;
  }

  berthOf(instance: number): Berth {
    return this.berths[instance] as Berth;
  }

  protected override tooMany(): never {
    this.parts.simulation.clock[0] = this.now;
    this.parts.tableFull();
  }
}
