/**
 * An event list for what is mostly short, like the connections of a pool that are in use: while there are
 * few entries they lie sorted, the next one last, so that taking it out moves nothing and putting one in
 * moves its neighbours only. When they become too many all move to a heap, until that is empty again. The
 * order is that of `EventList`: by key, and at equal keys first in first out.
 *
 *     few:  [ 90  70  70'  40 ]     40 is next, then 70' (the older one), 70, 90
 */
import { EventList } from './event-list.ts';

/** Up to so many entries moving half of them is cheaper than the unpredictable way through a heap. */
const FEW = 48;

export class EventQueue {
  /** The smallest key; Infinity when the queue is empty. A field, as a result would be boxed. */
  firstKey = Infinity;
  /** Key of the entry that `put` puts in. */
  key = -0;
  /** Key and payload of each entry side by side, so that one array is moved about. */
  private readonly entries = new Float64Array(2 * FEW);
  /** Entries that lie sorted; none while all are in the heap. */
  private few = 0;
  private isMany = false;
  private readonly many = new EventList();

  get size(): number {
    return this.few + this.many.size;
  }

  push(key: number, payload: number): void {
    this.key = key;
    this.put(payload);
  }

  /** `push` with the key in the field: as an argument it might be boxed. O(few), O(log n) when there are many. */
  put(payload: number): void {
    const { few, key, entries } = this;
    if (this.isMany || few === FEW) {
      this.putAmongMany(payload);
      return;
    }
    let hole = few << 1;
    while (hole > 0) {
      const before = entries[hole - 2] as number;
      if (before > key) break;
      entries[hole] = before;
      entries[hole | 1] = entries[hole - 1] as number;
      hole -= 2;
    }
    entries[hole] = key;
    entries[hole | 1] = payload;
    this.few = few + 1;
    this.firstKey = entries[few << 1] as number;
  }

  /** Removes the first entry and returns its payload. The queue must not be empty. */
  pop(): number {
    if (this.isMany) return this.popFromMany();
    const { entries } = this;
    const first = this.few - 1;
    this.few = first;
    this.firstKey = first === 0 ? Infinity : (entries[(first - 1) << 1] as number);
    return (entries[(first << 1) | 1] as number) | 0;
  }

  private putAmongMany(payload: number): void {
    const { key, many } = this;
    while (this.few > 0) {
      const first = this.firstKey;
      many.push(first, this.pop());
    }
    this.isMany = true;
    many.push(key, payload);
    this.firstKey = many.firstKey;
  }

  private popFromMany(): number {
    const payload = this.many.pop();
    this.firstKey = this.many.firstKey;
    this.isMany = this.many.size > 0;
    return payload;
  }
}
