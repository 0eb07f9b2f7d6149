/**
 * All that is in flight: one slot for each attempt that a client waits for, or that a server still works
 * on. Slots are used again, so memory follows what is in flight and not what has arrived. A request's
 * random numbers are drawn at its arrival and kept here until the step that needs them.
 *
 * What belongs to a slot lies side by side, 16 numbers of each kind: a step touches three cache lines
 * wherever its slot is, and one array serves all fields. The price is `times[slot * STRIDE + SINCE]`
 * where an object would say `since`.
 */
import { SlotLinks } from '../../engine/slot-queues.ts';
import { Tickets } from '../../engine/tickets.ts';
import { widenFloats, widenInts } from '../../engine/typed-arrays.ts';
import { STAGES } from './stage.ts';

/** Numbers a slot has in `times`, and in `marks`. */
export const STRIDE = 16;

/** Entries of a slot in `times`. The first ones are its ledger: ns spent in each stage, by its index. */
export const LEDGER_ENTRIES = STAGES.length;
/** Scheduled arrival of the request: latency is measured from here, over all its attempts. */
export const ARRIVAL_AT = 9;
/** When the current stage began. */
export const SINCE = 10;
/** When this attempt asked for a connection, then when it got one. */
export const ACQUIRE_AT = 11;
/** Standard variate behind the service demand; the hold itself, ns, of a request of no class. */
export const DEMAND = 12;
/** Uniform number that decides whether the connection must be established anew. */
export const RECONNECT_DRAW = 13;
/** A draw that never does, whatever the share: a recorded hold has it inside. */
export const NO_RECONNECT = 1;
/** Uncontended work of the running query, ns. */
export const WORK = 14;
/** Reading of the database's virtual clock when the work began. */
export const WORK_START = 15;

/** Entries of a slot in `marks`. */
export const STATE_OF = 0;
export const SERVICE = 1;
/** −1: none, because its hold was recorded. */
export const REQUEST_CLASS = 2;
export const INSTANCE = 3;
/** 1 for the first attempt. */
export const ATTEMPT = 4;
/** The connection that the slot is opening, while it is `opening`. */
export const OPENING_ID = 5;
/** Share of the work that is CPU, in millionths: whole, so that sums of it stay exact. */
export const CPU_SHARE = 6;
/** 1: the client has left, the server goes on. */
export const CLIENT_GONE = 7;
/** 1: its instance is gone, only the database still works on it. */
export const ORPHAN = 8;

/** The user who waits for the outcome before sending the next request; −1: open traffic. */
export const USER = 9;

/** 1: the request will end without giving its connection back. */
export const LEAKS = 10;

/** Of a request that consists of steps: the next one, and how many connections it has. */
export const STEP = 11;
export const HELD = 12;

/** The number of its request in two parts, see `numberOf`. */
const NUMBER = 13;
const NUMBER_HIGH = 14;
/** What an entry of `marks` can hold, and one more. */
const NUMBER_BASE = 2 ** 31;

/** The instance of an attempt that no instance has. */
export const NO_INSTANCE = -1;

/** Where a slot is. */
export const STATE = {
  free: 0,
  queued: 1,
  pending: 2,
  opening: 3,
  reconnecting: 4,
  roundTrip: 5,
  disk: 6,
  /** Its work slows others down and is slowed down by them. */
  working: 7,
  /** Its work or measured hold takes as long as it takes. */
  alone: 8,
  /** In the client, before the next attempt. */
  backoff: 9,
  /** Nobody waits for it any more and its step was cut off; freed when the step's event comes due. */
  void: 10,
  /** A connection was given to it and has not reached it yet. */
  handover: 11,
  /** In the service itself, without a connection and with one. */
  app: 12,
  appHolding: 13,
  /** It has a connection to the pooler in front of the database, and waits for one from there. */
  pooled: 14,
} as const;

const INITIAL_SLOTS = 1024;

export class RequestTable {
  times = new Float64Array(INITIAL_SLOTS * STRIDE);
  marks = new Int32Array(INITIAL_SLOTS * STRIDE);
  readonly links = new SlotLinks(INITIAL_SLOTS);
  readonly acquireDeadlines = new Tickets(INITIAL_SLOTS);
  readonly clientDeadlines = new Tickets(INITIAL_SLOTS);
  readonly patienceDeadlines = new Tickets(INITIAL_SLOTS);
  /** Slots that are taken. */
  inUse = 0;
  /** One beyond the highest slot ever used. */
  highWater = 0;
  private slots = INITIAL_SLOTS;
  private freeSlots = new Int32Array(INITIAL_SLOTS);
  private freeCount = 0;
  private readonly limit: number;
  /** Numbers drawn for the steps of each slot's request, and since when it has its connections. */
  private steps: Float64Array;
  private readonly draws: number;
  private readonly stepEntries: number;
  /** Whether any request consists of steps: of a system without them none of that is looked at. */
  readonly hasSteps: boolean;

  /**
   * @param limit most slots that may be taken at once
   * @param draws most numbers that the steps of a request need
   * @param depth most connections that a request has at once
   */
  constructor(limit: number, { draws, depth } = { draws: 0, depth: 0 }) {
    this.limit = limit;
    this.draws = draws;
    this.stepEntries = draws + depth;
    this.hasSteps = this.stepEntries > 0;
    this.steps = new Float64Array(INITIAL_SLOTS * this.stepEntries);
  }

  /** The numbers drawn for a slot's steps: the first of them, and where all are. */
  drawsOf(slot: number): number {
    return slot * this.stepEntries;
  }

  get stepDraws(): Float64Array {
    return this.steps;
  }

  drawOf(slot: number, n: number): number {
    return this.steps[slot * this.stepEntries + n] as number;
  }

  /** A request that has connections asks for one more: notes since when it has had the last. */
  noteHold(slot: number): void {
    const held = this.marks[slot * STRIDE + HELD] as number;
    if (held > 0)
      this.steps[this.holdAt(slot, held)] = this.times[slot * STRIDE + ACQUIRE_AT] as number;
  }

  /** It has one connection less: `ACQUIRE_AT` is that of the one before. */
  endHold(slot: number): void {
    const held = (this.marks[slot * STRIDE + HELD] as number) - 1;
    this.marks[slot * STRIDE + HELD] = held;
    if (held > 0) this.times[slot * STRIDE + ACQUIRE_AT] = this.holdStart(slot, held);
  }

  /** Since when a request has its n-th connection, from 1, of those that it got before the last. */
  holdStart(slot: number, n: number): number {
    return this.steps[this.holdAt(slot, n)] as number;
  }

  private holdAt(slot: number, n: number): number {
    return slot * this.stepEntries + this.draws + n - 1;
  }

  /** A slot with an empty ledger, or −1 when the limit or the machine's memory is reached. O(1) amortised. */
  take(): number {
    const slot = this.takeNext();
    if (slot < 0) return slot;
    const at = slot * STRIDE;
    const { times, marks } = this;
    for (let i = at; i < at + LEDGER_ENTRIES; i++) times[i] = 0;
    marks[at + CLIENT_GONE] = 0;
    marks[at + ORPHAN] = 0;
    marks[at + HELD] = 0;
    return slot;
  }

  /** The same, with whatever its last owner has left in it. */
  private takeNext(): number {
    if (this.inUse === this.limit) return -1;
    let slot = this.highWater;
    if (this.freeCount > 0) slot = this.freeSlots[--this.freeCount] as number;
    else if (slot === this.slots && !this.growTo(2 * this.slots)) return -1;
    else this.highWater++;
    this.inUse++;
    return slot;
  }

  free(slot: number): void {
    this.marks[slot * STRIDE + STATE_OF] = STATE.free;
    this.freeSlots[this.freeCount++] = slot;
    this.inUse--;
  }

  /** Gives slot `to` everything that belongs to the request in slot `from`, its ledger included. */
  copyRequest(from: number, to: number): void {
    const { times, marks } = this;
    times.copyWithin(to * STRIDE, from * STRIDE, (from + 1) * STRIDE);
    marks.copyWithin(to * STRIDE, from * STRIDE, (from + 1) * STRIDE);
    const { steps, stepEntries } = this;
    steps.copyWithin(to * stepEntries, from * stepEntries, (from + 1) * stepEntries);
  }

  /** Requests of a service are numbered by arrival, from 1. */
  numberOf(slot: number): number {
    const { marks } = this;
    const high = marks[slot * STRIDE + NUMBER_HIGH] as number;
    return high * NUMBER_BASE + (marks[slot * STRIDE + NUMBER] as number);
  }

  setNumber(slot: number, number: number): void {
    const high = number < NUMBER_BASE ? 0 : Math.floor(number / NUMBER_BASE);
    this.marks[slot * STRIDE + NUMBER] = number - high * NUMBER_BASE;
    this.marks[slot * STRIDE + NUMBER_HIGH] = high;
  }

  addToLedger(slot: number, stage: number, duration: number): void {
    const entry = slot * STRIDE + stage;
    this.times[entry] = (this.times[entry] as number) + duration;
  }

  /** Ends the current stage: its time since it began goes into ledger entry `stage`. */
  book(slot: number, stage: number, now: number): void {
    const { times } = this;
    const at = slot * STRIDE;
    times[at + stage] = (times[at + stage] as number) + (now - (times[at + SINCE] as number));
    times[at + SINCE] = now;
  }

  /** Makes room for so many slots at once, rather than in steps that leave their arrays behind. */
  reserve(slots: number): void {
    let room = this.slots;
    while (room < slots) room *= 2;
    if (room > this.slots) this.growTo(room);
  }

  /** Lengthens all arrays; false when the machine has no memory for it. */
  private growTo(room: number): boolean {
    const slots = Math.min(room, Math.max(this.limit, INITIAL_SLOTS));
    try {
      this.times = widenFloats(this.times, slots * STRIDE);
      this.marks = widenInts(this.marks, slots * STRIDE);
      this.freeSlots = widenInts(this.freeSlots, slots);
      this.steps = widenFloats(this.steps, slots * this.stepEntries);
      this.links.resize(slots);
      this.acquireDeadlines.resize(slots);
      this.clientDeadlines.resize(slots);
      this.patienceDeadlines.resize(slots);
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
    this.slots = slots;
    return true;
  }
}
