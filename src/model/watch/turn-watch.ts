/**
 * A second record of who waits at each instance, in the order in which they began, kept apart from the
 * queue that is served: a ring whose entries are crossed out when somebody goes. Both ends always stand
 * for somebody who waits, so that whoever is served can be held against the one whose turn it is.
 *
 *     ring of instance 2:   [first] 17  –  4  –  –  9 [last]
 */
import { widenInts } from '../../engine/typed-arrays.ts';

const INITIAL = 64;
/** Somebody waited here who is gone. */
const GONE = -1;

export class TurnWatch {
  /** Times that somebody was served, or left, whose turn it was not or who did not wait at all. */
  outOfTurn = 0;
  /** Times that somebody began to wait though as many as may wait did already. */
  beyondLimit = 0;
  /** Rings whose lengths are powers of two; empty until somebody waits. */
  private readonly rings: Int32Array[];
  private readonly head: Int32Array;
  /** Entries from the first who waits to the last, those who are gone between them included. */
  private readonly span: Int32Array;
  private readonly waiting: Int32Array;
  /** Where each slot stands in its ring. */
  private place = new Int32Array(INITIAL);

  constructor(instances: number) {
    this.rings = Array.from({ length: instances }, () => new Int32Array(0));
    this.head = new Int32Array(instances);
    this.span = new Int32Array(instances);
    this.waiting = new Int32Array(instances);
  }

  /** A slot begins to wait, where at most `limit` may. O(1) amortised. */
  begin(i: number, slot: number, limit: number): void {
    if (this.span[i] === (this.rings[i] as Int32Array).length) this.makeRoom(i);
    if (slot >= this.place.length) this.place = widenInts(this.place, 2 * slot);
    const ring = this.rings[i] as Int32Array;
    const at = ((this.head[i] as number) + (this.span[i] as number)) & (ring.length - 1);
    ring[at] = slot;
    this.place[slot] = at;
    this.span[i] = (this.span[i] as number) + 1;
    this.waiting[i] = (this.waiting[i] as number) + 1;
    if (this.waiting[i] > limit) this.beyondLimit++;
  }

  /** A slot is served: it must be the one that has waited longest, or shortest with `lifo`. */
  serve(i: number, slot: number, order: 'fifo' | 'lifo'): void {
    const ring = this.rings[i] as Int32Array;
    const ahead = order === 'fifo' ? 0 : (this.span[i] as number) - 1;
    if (ring[((this.head[i] as number) + ahead) & (ring.length - 1)] !== slot) this.outOfTurn++;
    this.leave(i, slot);
  }

  /** A slot waits no longer, from wherever it stands. O(1) amortised. */
  leave(i: number, slot: number): void {
    const ring = this.rings[i] as Int32Array;
    const at = this.place[slot] as number;
    if (ring[at] !== slot) {
      this.outOfTurn++;
      return;
    }
    ring[at] = GONE;
    this.waiting[i] = (this.waiting[i] as number) - 1;
    this.trim(i);
  }

  /** Leaves those who are gone out at both ends. */
  private trim(i: number): void {
    const ring = this.rings[i] as Int32Array;
    const mask = ring.length - 1;
    let head = this.head[i] as number;
    let span = this.span[i] as number;
    while (span > 0 && ring[head] === GONE) {
      head = (head + 1) & mask;
      span--;
    }
    while (span > 0 && ring[(head + span - 1) & mask] === GONE) span--;
    this.head[i] = head;
    this.span[i] = span;
  }

  /** Closes the gaps, and doubles the ring when it is at least half full without them. */
  private makeRoom(i: number): void {
    const ring = this.rings[i] as Int32Array;
    const waiting = this.waiting[i] as number;
    const capacity = Math.max(INITIAL, waiting * 2 >= ring.length ? ring.length * 2 : ring.length);
    const wider = new Int32Array(capacity).fill(GONE);
    let kept = 0;
    for (let k = 0; k < (this.span[i] as number); k++) {
      const slot = ring[((this.head[i] as number) + k) & (ring.length - 1)] as number;
      if (slot === GONE) continue;
      this.place[slot] = kept;
      wider[kept++] = slot;
    }
    this.rings[i] = wider;
    this.head[i] = 0;
    this.span[i] = kept;
  }
}
