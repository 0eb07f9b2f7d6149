/**
 * All that the plain flow knows, in a few flat arrays and fields, and what is done with it now and then:
 * taking it over from the meters and telling them, and making room.
 */
import { widenFloats, widenInts } from '../../engine/typed-arrays.ts';
import { AREA, LOW, SINCE, type LevelMeter } from '../../stats/level-meter.ts';
import type { Simulation } from '../../engine/simulation.ts';
import type { Database } from '../database/database.ts';
import type { RequestTable } from '../request/request-table.ts';
import type { Service } from '../service/service.ts';
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
/** Decides whether its connection is established anew. */
const DRAWN = 7;
/** … and of `marks`, << MARK. The instance is GONE when nobody has the slot. */
const MARK = 2;
const INSTANCE = 0;
const CLASS = 1;
const CPU_SHARE = 2;

/** A request that waits has a place in `line`, << PLACE … */
const PLACE = 2;
const W_ARRIVED = 0;
const W_DEADLINE = 1;
const W_DEMAND = 2;
const W_DRAW = 3;
/** … and in `lineMarks`, << PLACE_MARK. The instance is GONE when it waits no longer. */
const PLACE_MARK = 2;
const W_INSTANCE = 0;
const W_CLASS = 1;
const W_NEXT = 2;

/**
 * An instance has two levels in `fleet`, << BERTH, each with the instant since when it stands and its
 * integral until then in the next two entries; and how many connections are open.
 */
const BERTH = 3;
const PENDING = 0;
const OPEN = 3;
const OWNED = 4;
/** … and when the one had arrived who was served last. */
const LAST_SERVED = 7;
/** The first and the last of its chain through the line, in `chains`, << CHAIN. */
const CHAIN = 1;
const HEAD = 0;
const TAIL = 1;

const GONE = -1;
/** Integrals are carried from here on, as in `stats/level-meter`. */
const CARRY = 2 ** 52;
const INITIAL_PLACES = 256;
const INITIAL_ROWS = 64;

/**
 * The layout for those who copy. The flows write the numbers down themselves: a constant of another
 * module, or one that is exported, is read from memory wherever it is used.
 */
export const LAYOUT = {
  ...{ ROW, ARRIVED, ACQUIRED, READY, STARTED, WORK, DEMAND, WORK_START, DRAWN },
  ...{ MARK, INSTANCE, CLASS, CPU_SHARE },
  ...{ PLACE, W_ARRIVED, W_DEADLINE, W_DEMAND, W_DRAW },
  ...{ PLACE_MARK, W_INSTANCE, W_CLASS, W_NEXT },
  ...{ BERTH, PENDING, OPEN, OWNED, LAST_SERVED, CHAIN, HEAD, TAIL, GONE },
} as const;

export interface PlainParts {
  readonly simulation: Simulation;
  readonly service: Service;
  readonly database: Database;
  readonly table: RequestTable;
  readonly mostInFlight: number;
  /** Called when more would be in flight: throws. */
  readonly tableFull: () => never;
}

/** Fields for doubles begin as −0: beginning as 0 they would be small integers, and change their form. */
export class PlainState {
  rows = new Float64Array(INITIAL_ROWS << ROW);
  marks = new Int32Array(INITIAL_ROWS << MARK);
  line = new Float64Array(INITIAL_PLACES << PLACE);
  lineMarks = new Int32Array(INITIAL_PLACES << PLACE_MARK);
  readonly fleet: Float64Array;
  readonly chains: Int32Array;
  /** Those who wait. */
  waiting = 0;
  /** Place of the one who has waited longest; places in use from there on; and all places less one. */
  oldest = 0;
  used = 0;
  mask = INITIAL_PLACES - 1;
  /** The current instant. */
  now = -0;
  /** When the plain flow took over: what began before may follow earlier settings. */
  since = -0;
  /** When the one who has waited longest gives up; Infinity: nobody waits, or for ever. */
  giveUpAt = -0;
  /** Requests in the system, since when they are so many, and the integral until then. */
  inSystem = 0;
  inSystemSince = -0;
  inSystemArea = -0;
  readonly sums = new PlainSums();
  protected readonly parts: PlainParts;

  constructor(parts: PlainParts) {
    const { capacity } = parts.service;
    this.parts = parts;
    this.fleet = new Float64Array(capacity << BERTH);
    this.chains = new Int32Array(capacity << CHAIN);
    this.clear();
  }

  /** Nobody waits any more, and nobody has a connection. */
  clear(): void {
    this.waiting = 0;
    this.used = 0;
    this.giveUpAt = Infinity;
    this.marks.fill(GONE);
    this.fleet.fill(0);
  }

  /** Takes over the levels from the meters. O(instances). */
  load(): void {
    const { pool, meters, capacity } = this.parts.service;
    const { fleet } = this;
    for (let i = 0; i < capacity; i++) {
      const berth = i << BERTH;
      fleet[berth | OPEN] = pool.open.level[i] as number;
      loadLevel(pool.pending, i, fleet, berth | PENDING);
      loadLevel(pool.owned, i, fleet, berth | OWNED);
    }
    this.inSystem = meters.inSystem.level[0] as number;
    this.inSystemSince = meters.inSystem.areas[SINCE] as number;
    this.inSystemArea = meters.inSystem.areas[LOW] as number;
  }

  /** Tells the meters all that they have missed. O(instances). */
  settle(): void {
    const { simulation, service, database } = this.parts;
    const { pool, meters, capacity } = service;
    const { fleet } = this;
    for (let i = 0; i < capacity; i++) {
      storeLevel(fleet, (i << BERTH) | PENDING, pool.pending, i);
      storeLevel(fleet, (i << BERTH) | OWNED, pool.owned, i);
    }
    meters.inSystem.level[0] = this.inSystem;
    meters.inSystem.areas[SINCE] = this.inSystemSince;
    meters.inSystem.areas[LOW] = this.inSystemArea;
    pool.totalPending = this.waiting;
    this.sums.settle(service, database);
    simulation.clock[0] = this.now;
  }

  /** Who is served arrived after all who were served before, and has not waited too long. */
  protected watchServed(i: number, arrivedAt: number, deadline: number): void {
    const { fleet, sums } = this;
    const berth = i << BERTH;
    if (arrivedAt < (fleet[berth | LAST_SERVED] as number)) sums.outOfTurn++;
    if (deadline < this.now) sums.oddWaits++;
    fleet[berth | LAST_SERVED] = arrivedAt;
  }

  /** More requests are in the system, or less. */
  protected changeInSystem(change: number): void {
    const { now } = this;
    const area = this.inSystemArea + this.inSystem * (now - this.inSystemSince);
    if (area < CARRY) this.inSystemArea = area;
    else this.carryInSystem();
    this.inSystemSince = now;
    this.inSystem += change;
  }

  /** Changes a level of an instance, which a meter keeps between runs. */
  protected shift(at: number, change: number, meter: LevelMeter, i: number): void {
    const { fleet, now } = this;
    const level = fleet[at] as number;
    const area = (fleet[at | 2] as number) + level * (now - (fleet[at | 1] as number));
    if (area < CARRY) fleet[at | 2] = area;
    else this.carry(meter, i, at);
    fleet[at | 1] = now;
    fleet[at] = level + change;
  }

  /** The integral of a level of the fleet, which has stood so high until now, no longer fits into its low part. */
  private carry(meter: LevelMeter, i: number, level: number): void {
    storeLevel(this.fleet, level, meter, i);
    meter.carry(i, this.fleet[level] as number, this.now);
    this.fleet[level + 2] = meter.areas[i * AREA + LOW] as number;
  }

  /** … of the requests in the system. */
  private carryInSystem(): void {
    const { inSystem } = this.parts.service.meters;
    inSystem.areas[SINCE] = this.inSystemSince;
    inSystem.areas[LOW] = this.inSystemArea;
    inSystem.carry(0, this.inSystem, this.now);
    this.inSystemArea = inSystem.areas[LOW];
  }

  /** Places of all who wait, in order of arrival. O(places). */
  places(): number[] {
    const places: number[] = [];
    for (let k = 0; k < this.used; k++) {
      const place = (this.oldest + k) & this.mask;
      if (this.lineMarks[(place << PLACE_MARK) | W_INSTANCE] !== GONE) places.push(place);
    }
    return places;
  }

  /** Slots of all who have a connection. O(slots). */
  holders(): number[] {
    const holders: number[] = [];
    for (let slot = 0; slot << MARK < this.marks.length; slot++) {
      if (this.marks[(slot << MARK) | INSTANCE] !== GONE) holders.push(slot);
    }
    return holders;
  }

  /**
   * A place at the end of the line for a request of this class at an instance where nobody waits yet, or
   * somebody does; its numbers are to be written. O(1) amortised.
   */
  enqueue(i: number, requestClass: number, isFirst: boolean): number {
    if (this.used > this.mask) this.makeRoom();
    const { lineMarks, chains } = this;
    const place = (this.oldest + this.used++) & this.mask;
    const at = place << PLACE_MARK;
    lineMarks[at | W_INSTANCE] = i;
    lineMarks[at | W_CLASS] = requestClass;
    const chain = i << CHAIN;
    if (isFirst) chains[chain | HEAD] = place;
    else lineMarks[((chains[chain | TAIL] as number) << PLACE_MARK) | W_NEXT] = place;
    chains[chain | TAIL] = place;
    this.waiting++;
    return place;
  }

  /** Leaves out who is gone; doubles the line only when at least half of the places are still meant. */
  private makeRoom(): void {
    const { line, lineMarks } = this;
    const places = this.places();
    const all = this.mask + 1;
    const capacity = places.length * 2 > all ? all * 2 : all;
    this.allocate(capacity);
    this.mask = capacity - 1;
    this.oldest = 0;
    this.used = 0;
    this.waiting = 0;
    const isThere = new Uint8Array(this.chains.length);
    for (const from of places) {
      const i = lineMarks[(from << PLACE_MARK) | W_INSTANCE] as number;
      const requestClass = lineMarks[(from << PLACE_MARK) | W_CLASS] as number;
      const to = this.enqueue(i, requestClass, isThere[i] === 0);
      isThere[i] = 1;
      this.line.set(line.subarray(from << PLACE, (from + 1) << PLACE), to << PLACE);
    }
  }

  /** An empty line of so many places. Where the machine has no memory for it, too many are in flight. */
  private allocate(places: number): void {
    try {
      const line = new Float64Array(places << PLACE);
      this.lineMarks = new Int32Array(places << PLACE_MARK);
      this.line = line;
    } catch (error) {
      if (error instanceof RangeError) this.parts.tableFull();
      throw error;
    }
  }

  /** Makes room for the rows of slots up to this one. */
  widenRows(slot: number): void {
    const { length } = this.marks;
    let slots = length >> MARK;
    while (slots <= slot) slots *= 2;
    this.rows = widenFloats(this.rows, slots << ROW);
    this.marks = widenInts(this.marks, slots << MARK).fill(GONE, length);
  }
}

/** A level, since when it stands, and the low part of its integral until then, side by side. */
function loadLevel(meter: LevelMeter, i: number, fleet: Float64Array, to: number): void {
  fleet[to] = meter.level[i] as number;
  fleet[to + 1] = meter.areas[i * AREA + SINCE] as number;
  fleet[to + 2] = meter.areas[i * AREA + LOW] as number;
}

function storeLevel(fleet: Float64Array, from: number, meter: LevelMeter, i: number): void {
  meter.level[i] = fleet[from] as number;
  meter.areas[i * AREA + SINCE] = fleet[from + 1] as number;
  meter.areas[i * AREA + LOW] = fleet[from + 2] as number;
}
