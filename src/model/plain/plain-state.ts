/**
 * All that the plain flow knows, in a few flat arrays and fields, and what is done with it now and then:
 * taking it over from the meters and telling them, and making room.
 *
 * Between `load` and `settle` a level keeps no instant at which it last changed. It keeps the sum of all
 * instants, counted from `base`, at which it fell, less those at which it rose; with the level times the
 * whole stretch that is the area under it:  ∫ n dt = n·(now − base) − Σ change·(instant − base).
 */
import { widenFloats, widenInts } from '../../engine/typed-arrays.ts';
import type { Simulation } from '../../engine/simulation.ts';
import type { Database } from '../database/database.ts';
import type { Pool } from '../pool/pool.ts';
import type { RequestTable } from '../request/request-table.ts';
import type { Service } from '../service/service.ts';
import { LINE_LAYOUT, PlainLine } from './plain-line.ts';
import { PlainSums } from './plain-sums.ts';

/** A request that has a connection has a row of `rows`, at its slot of the request table << ROW … */
const ROW = 3;
const ARRIVED = 0;
const ACQUIRED = 1;
/** When its connection had been established anew, or ACQUIRED. */
const READY = 2;
/** When it began to use it: its query had reached the database, or READY. */
const STARTED = 3;
const WORK = 4;
const DEMAND = 5;
const WORK_START = 6;
/** … and of `marks`, << MARK. The instance is GONE when nobody has the slot. */
const MARK = 2;
const INSTANCE = 0;
const CLASS = 1;
const CPU_SHARE = 2;

/**
 * An instance has two levels in `levels`, << BERTH, with their sums of instants in `areas`. At OPEN stands
 * in `levels` how many connections are open, and in `areas` when the one had come who was served last.
 */
const BERTH = 2;
const PENDING = 0;
const OWNED = 1;
const OPEN = 2;

const GONE = -1;
const INITIAL_ROWS = 64;
/** What sums may reach in a stretch of several events: what one event adds cannot make them lose a digit. */
const EXACT = 2 ** 51;
/** Most events between two times that the meters are told. */
const OFTEN = 2 ** 16;

/**
 * The layout for those who copy. The flows write the numbers down themselves: a constant of another
 * module, or one that is exported, is read from memory wherever it is used.
 */
export const LAYOUT = {
  ...{ ROW, ARRIVED, ACQUIRED, READY, STARTED, WORK, DEMAND, WORK_START },
  ...{ MARK, INSTANCE, CLASS, CPU_SHARE },
  ...LINE_LAYOUT,
} as const;

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
  rows = new Float64Array(INITIAL_ROWS << ROW);
  marks = new Int32Array(INITIAL_ROWS << MARK);
  readonly levels: Int32Array;
  readonly areas: Float64Array;
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
    this.levels = new Int32Array(capacity << BERTH);
    this.areas = new Float64Array(capacity << BERTH);
    this.clear();
  }

  /** Nobody waits any more, and nobody has a connection. */
  clear(): void {
    this.empty();
    this.marks.fill(GONE);
    this.areas.fill(-0);
    this.eventsSince = OFTEN;
  }

  /** Takes over the levels from the meters. O(instances). */
  load(): void {
    const { service, simulation, database } = this.parts;
    const { pool, meters, capacity } = service;
    const { levels } = this;
    const { now } = simulation;
    this.held = database.held;
    this.now = now;
    this.base = now;
    for (let i = 0; i < capacity; i++) {
      const berth = i << BERTH;
      pool.pending.add(i, 0, now);
      pool.owned.add(i, 0, now);
      levels[berth | PENDING] = pool.pending.level[i] as number;
      levels[berth | OWNED] = pool.owned.level[i] as number;
      levels[berth | OPEN] = pool.open.level[i] as number;
      this.areas[berth | PENDING] = -0;
      this.areas[berth | OWNED] = -0;
    }
    meters.inSystem.add(0, 0, now);
    this.inSystem = meters.inSystem.level[0] as number;
    this.inSystemArea = -0;
  }

  /** Tells the meters all that they have missed. O(instances). */
  settle(): void {
    const { simulation, service, database } = this.parts;
    const { pool, meters, balancer, capacity } = service;
    const { levels, areas, sums, now } = this;
    const stretch = now - this.base;
    database.held = this.held;
    for (let i = 0; i < capacity; i++) {
      const berth = i << BERTH;
      const pending = levels[berth | PENDING] as number;
      const owned = levels[berth | OWNED] as number;
      // More may wait than may begin to, after a change of the limit.
      const isBeyond = pending > pool.settings.maxPending;
      if (isBeyond && pending > (pool.pending.level[i] as number)) pool.turns.beyondLimit++;
      pool.pending.cover(i, pending, pending * stretch + (areas[berth | PENDING] as number), now);
      pool.owned.cover(i, owned, owned * stretch + (areas[berth | OWNED] as number), now);
      const missed = pending + owned - (balancer.outstanding[i] as number);
      if (missed === 0) continue;
      if (this.instances > 1) balancer.watch.faults++;
      balancer.count(i, missed);
    }
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
    const { now, rows } = this;
    const first = this.waiting === 0 ? now : this.longestSince;
    return this.holders().reduce((a, slot) => {
      return Math.min(a, rows[(slot << ROW) | ARRIVED] as number);
    }, first);
  }

  /** Slots of all who have a connection. O(slots). */
  holders(): number[] {
    const holders: number[] = [];
    for (let slot = 0; slot << MARK < this.marks.length; slot++) {
      if (this.marks[(slot << MARK) | INSTANCE] !== GONE) holders.push(slot);
    }
    return holders;
  }

  /** Makes room for the rows of slots up to this one. */
  widenRows(slot: number): void {
    const { length } = this.marks;
    let slots = length >> MARK;
    if (slot < slots) return;
    while (slots <= slot) slots *= 2;
    this.ifThereIsMemory(() => {
      this.rows = widenFloats(this.rows, slots << ROW);
      this.marks = widenInts(this.marks, slots << MARK).fill(GONE, length);
    });
  }

  protected override tooMany(): never {
    this.parts.simulation.clock[0] = this.now;
    this.parts.tableFull();
  }
}
