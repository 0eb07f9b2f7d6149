/**
 * All that is in flight, in flat arrays: one slot for each attempt that a client waits for, or that a
 * server still works on. Slots are used again, so memory follows what is in flight and not what has
 * arrived. A request's random numbers are drawn at its arrival and kept here until the step that needs
 * them.
 */
import { SlotLinks } from '../../engine/slot-queues.ts';
import { Tickets } from '../../engine/tickets.ts';
import { widenBytes, widenFloats, widenInts } from '../../engine/typed-arrays.ts';
import { STAGES } from './stage.ts';

/** Where a slot is. The first ones are places in which a server has it. */
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
} as const;

/** Ledger entries of a slot lie side by side: one cache line. */
export const LEDGER_STRIDE = STAGES.length;

const INITIAL_SLOTS = 1024;

export class RequestTable {
  /** Requests of a service are numbered by arrival, from 1. */
  id = new Float64Array(INITIAL_SLOTS);
  /** Scheduled arrival of the request: latency is measured from here, over all its attempts. */
  arrivalAt = new Float64Array(INITIAL_SLOTS);
  /** When the current stage began. */
  since = new Float64Array(INITIAL_SLOTS);
  /** When this attempt asked for a connection, then when it got one. */
  acquireAt = new Float64Array(INITIAL_SLOTS);
  /** Nanoseconds spent in each stage so far, `LEDGER_STRIDE` entries a slot. */
  ledger = new Float64Array(INITIAL_SLOTS * LEDGER_STRIDE);
  /** Standard variate behind the service demand. */
  demand = new Float64Array(INITIAL_SLOTS);
  /** Uniform number that decides whether the connection must be established anew. */
  reconnectDraw = new Float64Array(INITIAL_SLOTS);
  /** Uncontended work of the running query, ns. */
  work = new Float64Array(INITIAL_SLOTS);
  /** Reading of the database's virtual clock when the work began. */
  workStart = new Float64Array(INITIAL_SLOTS);
  /** Share of the work that is CPU, in millionths: whole, so that sums of it stay exact. */
  cpuShare = new Int32Array(INITIAL_SLOTS);
  service = new Int32Array(INITIAL_SLOTS);
  requestClass = new Int32Array(INITIAL_SLOTS);
  instance = new Int32Array(INITIAL_SLOTS);
  /** 1 for the first attempt. */
  attempt = new Int32Array(INITIAL_SLOTS);
  /** Entry of the connection that the slot is opening, while it is `opening`. */
  openingId = new Int32Array(INITIAL_SLOTS);
  state = new Uint8Array(INITIAL_SLOTS);
  /** 1: the client has left, the server goes on. */
  clientGone = new Uint8Array(INITIAL_SLOTS);
  /** 1: its instance is gone, only the database still works on it. */
  orphan = new Uint8Array(INITIAL_SLOTS);
  readonly links = new SlotLinks(INITIAL_SLOTS);
  readonly acquireDeadlines = new Tickets(INITIAL_SLOTS);
  readonly clientDeadlines = new Tickets(INITIAL_SLOTS);
  /** Slots that are taken. */
  inUse = 0;
  private freeSlots = new Int32Array(INITIAL_SLOTS);
  private freeCount = 0;
  /** Slots at and beyond this one were never used. */
  private fresh = 0;
  private readonly limit: number;

  /** @param limit most slots that may be taken at once */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** One beyond the highest slot ever used. */
  get highWater(): number {
    return this.fresh;
  }

  /** A slot with an empty ledger, or −1 when the limit is reached. O(1) amortised. */
  take(): number {
    if (this.inUse === this.limit) return -1;
    this.inUse++;
    let slot: number;
    if (this.freeCount > 0) {
      slot = this.freeSlots[--this.freeCount] as number;
    } else {
      if (this.fresh === this.state.length && !this.grow()) return -1;
      slot = this.fresh++;
    }
    const start = slot * LEDGER_STRIDE;
    for (let i = start; i < start + LEDGER_STRIDE; i++) this.ledger[i] = 0;
    this.clientGone[slot] = 0;
    this.orphan[slot] = 0;
    return slot;
  }

  free(slot: number): void {
    this.state[slot] = STATE.free;
    this.freeSlots[this.freeCount++] = slot;
    this.inUse--;
  }

  /** Gives slot `to` the attributes and the ledger of the request in slot `from`. */
  copyRequest(from: number, to: number): void {
    this.id[to] = this.id[from] as number;
    this.arrivalAt[to] = this.arrivalAt[from] as number;
    this.demand[to] = this.demand[from] as number;
    this.service[to] = this.service[from] as number;
    this.requestClass[to] = this.requestClass[from] as number;
    this.instance[to] = this.instance[from] as number;
    this.attempt[to] = this.attempt[from] as number;
    const start = from * LEDGER_STRIDE;
    this.ledger.copyWithin(to * LEDGER_STRIDE, start, start + LEDGER_STRIDE);
  }

  addToLedger(slot: number, stage: number, duration: number): void {
    const entry = slot * LEDGER_STRIDE + stage;
    this.ledger[entry] = (this.ledger[entry] as number) + duration;
  }

  /** Ends the current stage: its time since it began goes into ledger entry `stage`. */
  book(slot: number, stage: number, now: number): void {
    this.addToLedger(slot, stage, now - (this.since[slot] as number));
    this.since[slot] = now;
  }

  /** Doubles all arrays; false when the machine has no memory for it. */
  private grow(): boolean {
    const slots = Math.min(this.state.length * 2, Math.max(this.limit, INITIAL_SLOTS));
    try {
      this.widen(slots);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  private widen(slots: number): void {
    this.ledger = widenFloats(this.ledger, slots * LEDGER_STRIDE);
    this.id = widenFloats(this.id, slots);
    this.arrivalAt = widenFloats(this.arrivalAt, slots);
    this.since = widenFloats(this.since, slots);
    this.acquireAt = widenFloats(this.acquireAt, slots);
    this.demand = widenFloats(this.demand, slots);
    this.reconnectDraw = widenFloats(this.reconnectDraw, slots);
    this.work = widenFloats(this.work, slots);
    this.workStart = widenFloats(this.workStart, slots);
    this.cpuShare = widenInts(this.cpuShare, slots);
    this.service = widenInts(this.service, slots);
    this.requestClass = widenInts(this.requestClass, slots);
    this.instance = widenInts(this.instance, slots);
    this.attempt = widenInts(this.attempt, slots);
    this.openingId = widenInts(this.openingId, slots);
    this.freeSlots = widenInts(this.freeSlots, slots);
    this.clientGone = widenBytes(this.clientGone, slots);
    this.orphan = widenBytes(this.orphan, slots);
    this.links.resize(slots);
    this.acquireDeadlines.resize(slots);
    this.clientDeadlines.resize(slots);
    this.state = widenBytes(this.state, slots);
  }
}
