/**
 * Queues threaded through slots: many queues share two arrays of links, because a slot stands in at most
 * one of them. Slots come in at the tail and go out at either end; all operations are O(1), also
 * leaving from the middle.
 *
 *     queue 2:  head → 17 ⇄ 4 ⇄ 9 ← tail
 */
import { widenInts } from './typed-arrays.ts';

const NONE = -1;

export class SlotQueues {
  /** Number of slots that stand in each queue. */
  readonly length: Int32Array;
  private readonly heads: Int32Array;
  private readonly tails: Int32Array;
  private readonly links: SlotLinks;

  constructor(queues: number, links: SlotLinks) {
    this.length = new Int32Array(queues);
    this.heads = new Int32Array(queues).fill(NONE);
    this.tails = new Int32Array(queues).fill(NONE);
    this.links = links;
  }

  push(queue: number, slot: number): void {
    const { previous, next } = this.links;
    const tail = this.tails[queue] as number;
    previous[slot] = tail;
    next[slot] = NONE;
    if (tail === NONE) this.heads[queue] = slot;
    else next[tail] = slot;
    this.tails[queue] = slot;
    this.length[queue] = (this.length[queue] as number) + 1;
  }

  /** Removes the slot that has waited longest and returns it. The queue must not be empty. */
  shift(queue: number): number {
    const slot = this.heads[queue] as number;
    this.remove(queue, slot);
    return slot;
  }

  /** Removes the slot that came last and returns it. The queue must not be empty. */
  pop(queue: number): number {
    const slot = this.tails[queue] as number;
    this.remove(queue, slot);
    return slot;
  }

  /** Removes a slot that stands in this queue. */
  remove(queue: number, slot: number): void {
    const { previous, next } = this.links;
    const before = previous[slot] as number;
    const after = next[slot] as number;
    if (before === NONE) this.heads[queue] = after;
    else next[before] = after;
    if (after === NONE) this.tails[queue] = before;
    else previous[after] = before;
    this.length[queue] = (this.length[queue] as number) - 1;
  }
}

/** The links of all slots. */
export class SlotLinks {
  previous: Int32Array;
  next: Int32Array;

  constructor(slots: number) {
    this.previous = new Int32Array(slots);
    this.next = new Int32Array(slots);
  }

  /** Makes room for more slots. */
  resize(slots: number): void {
    this.previous = widenInts(this.previous, slots);
    this.next = widenInts(this.next, slots);
  }
}
