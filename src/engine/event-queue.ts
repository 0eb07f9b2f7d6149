/**
 * An event list for what is mostly short, like the connections of a pool that are in use: while there are
 * few entries they lie sorted, the next one last, so that taking it out moves nothing and putting one in
 * moves its neighbours only. When they become too many all move to a heap, until half as many are left. The
 * order is that of `EventList`: by key, and at equal keys first in first out. Keys are finite.
 *
 *     few:  [ ∞  90  70  70'  40 ]     40 is next, then 70' (the older one), 70, 90
 */
import { EventList } from './event-list.ts';

/** Up to so many entries moving half of them is no dearer than the unpredictable way through a heap. */
const FEW = 64;
/** So many come back from the heap. */
const FEW_AGAIN = 32;

export class EventQueue {
  /** The smallest key; Infinity when the queue is empty. A field, as a result would be boxed. */
  firstKey = Infinity;
  /** Key of the entry that `put` puts in. */
  key = -0;
  /** Before them all lies one that is never passed and never taken. */
  private readonly keys = new Float64Array(FEW + 1).fill(Infinity);
  private readonly payloads = new Int32Array(FEW + 1);
  /** Entries that lie sorted; FEW while all are in the heap, so that what is rare is asked for once. */
  private few = 0;
  private isMany = false;
  private readonly many = new EventList();

  get size(): number {
    return this.isMany ? this.many.size : this.few;
  }

  push(key: number, payload: number): void {
    this.key = key;
    this.put(payload);
  }

  /** `push` with the key in the field: as an argument it might be boxed. O(few), O(log n) when there are many. */
  put(payload: number): void {
    const { few, key, keys, payloads } = this;
    if (few === FEW) {
      this.putAmongMany(payload);
      return;
    }
    // Four steps a round: what a round begins with costs as much as a step.
    let last = few;
    for (;;) {
      const first = keys[last] as number;
      if (first > key) break;
      keys[last + 1] = first;
      payloads[last + 1] = payloads[last] as number;
      const second = keys[last - 1] as number;
      if (second > key) {
        last -= 1;
        break;
      }
      keys[last] = second;
      payloads[last] = payloads[last - 1] as number;
      const third = keys[last - 2] as number;
      if (third > key) {
        last -= 2;
        break;
      }
      keys[last - 1] = third;
      payloads[last - 1] = payloads[last - 2] as number;
      last -= 3;
    }
    keys[last + 1] = key;
    payloads[last + 1] = payload;
    this.few = few + 1;
    this.firstKey = keys[few + 1] as number;
  }

  /** Removes the first entry and returns its payload. The queue must not be empty. */
  pop(): number {
    const { few } = this;
    if (few === FEW) return this.popFromFull();
    this.few = few - 1;
    this.firstKey = this.keys[few - 1] as number;
    return this.payloads[few] as number;
  }

  private popFromFull(): number {
    if (this.isMany) return this.popFromMany();
    this.few = FEW - 1;
    this.firstKey = this.keys[FEW - 1] as number;
    return this.payloads[FEW] as number;
  }

  private putAmongMany(payload: number): void {
    const { key, many } = this;
    if (!this.isMany) {
      for (let i = FEW; i > 0; i--) many.push(this.keys[i] as number, this.payloads[i] as number);
      this.isMany = true;
    }
    many.push(key, payload);
    this.firstKey = many.firstKey;
  }

  private popFromMany(): number {
    const { many } = this;
    const payload = many.pop();
    if (many.size > FEW_AGAIN) this.firstKey = many.firstKey;
    else this.comeBack();
    return payload;
  }

  /** All that are left in the heap lie sorted again. */
  private comeBack(): void {
    const { many, keys, payloads } = this;
    const count = many.size;
    for (let i = count; i > 0; i--) {
      keys[i] = many.firstKey;
      payloads[i] = many.pop();
    }
    this.few = count;
    this.isMany = false;
    this.firstKey = keys[count] as number;
  }
}
