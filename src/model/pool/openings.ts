/** Connections that are being established: whose they are, and for whom. */
import { widenFloats, widenInts } from '../../engine/typed-arrays.ts';

/** Nobody waits for this connection any more; the pool gets it when it is open. */
export const NO_OWNER = -1;

/** How an establishment will end. */
export const OPENS = 0;
/** The server refuses it: it has no slot left, or is down. */
export const REFUSED = 1;
/** It fails. */
export const FAILS = 2;
/** It takes longer than the pool allows. */
export const TIMES_OUT = 3;

const INITIAL = 64;

export class Openings {
  instance = new Int32Array(INITIAL);
  /** Slot of the request that waits for it. */
  owner = new Int32Array(INITIAL);
  startedAt = new Float64Array(INITIAL);
  outcome = new Int32Array(INITIAL);
  /** 1: the instance that opens it is gone, or the pool has broken it off. */
  lost = new Int32Array(INITIAL);
  /** One beyond the highest entry ever used. */
  fresh = 0;
  private free: number[] = [];

  take(instance: number, owner: number, now: number): number {
    const id = this.free.pop() ?? this.fresh++;
    if (id === this.owner.length) this.grow();
    this.instance[id] = instance;
    this.owner[id] = owner;
    this.startedAt[id] = now;
    this.outcome[id] = OPENS;
    this.lost[id] = 0;
    return id;
  }

  giveBack(id: number): void {
    this.instance[id] = NO_OWNER;
    this.free.push(id);
  }

  private grow(): void {
    const entries = this.owner.length * 2;
    this.instance = widenInts(this.instance, entries);
    this.owner = widenInts(this.owner, entries);
    this.startedAt = widenFloats(this.startedAt, entries);
    this.outcome = widenInts(this.outcome, entries);
    this.lost = widenInts(this.lost, entries);
  }
}
