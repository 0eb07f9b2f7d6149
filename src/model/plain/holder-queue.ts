/**
 * An event list of requests that have a connection, like `engine/event-queue`: while there are few they are
 * chained in order of their `key`, which a step along the chain compares without looking anything up; when
 * they become too many, all move to a heap, until half as many are left. At equal keys it is first in first
 * out.
 */
import { EventList } from '../../engine/event-list.ts';
import { type Holder, NOBODY } from './holder.ts';

/** Up to so many entries going through half of them is no dearer than the unpredictable way through a heap. */
const FEW = 64;
/** So many come back from the heap. */
const FEW_AGAIN = 32;

export class HolderQueue {
  /** The one whose key is the smallest; NOBODY, with the key Infinity, when the queue is empty. */
  first = NOBODY;
  /** Entries in the chain; FEW while all are in the heap, whose first one is `first` all the same. */
  private few = 0;
  private readonly many = new EventList();
  private readonly slots: readonly Holder[];

  /** @param slots the holder of each slot */
  constructor(slots: readonly Holder[]) {
    this.slots = slots;
  }

  /** Puts in a holder that is in no other chain, by its key. O(few), O(log n) when there are many. */
  put(holder: Holder): void {
    const { few, first } = this;
    if (few === FEW) {
      this.putAmongMany(holder);
      return;
    }
    this.few = few + 1;
    const { key } = holder;
    if (first.key > key) {
      holder.next = first;
      this.first = holder;
      return;
    }
    let before = first;
    let after = first.next;
    while (after.key <= key) {
      before = after;
      after = after.next;
    }
    holder.next = after;
    before.next = holder;
  }

  /** Removes the first one. The queue must not be empty. */
  pop(): Holder {
    const { first } = this;
    if (this.few === FEW && this.many.size > 0) {
      this.popFromMany();
      return first;
    }
    this.few--;
    this.first = first.next;
    return first;
  }

  /** Takes all out. */
  clear(): void {
    while (this.first !== NOBODY) this.pop();
  }

  private putAmongMany(holder: Holder): void {
    const { many } = this;
    if (many.size === 0) {
      for (let next = this.first; next !== NOBODY; next = next.next) many.push(next.key, next.slot);
    }
    many.push(holder.key, holder.slot);
    this.first = this.firstOfMany();
  }

  private popFromMany(): void {
    const { many } = this;
    many.pop();
    if (many.size > FEW_AGAIN) this.first = this.firstOfMany();
    else this.comeBack();
  }

  private firstOfMany(): Holder {
    return this.slots[this.many.first] as Holder;
  }

  /** All that are left in the heap are chained again. */
  private comeBack(): void {
    const { many, slots } = this;
    this.few = many.size;
    let last = NOBODY;
    while (many.size > 0) {
      const holder = slots[many.pop()] as Holder;
      if (last === NOBODY) this.first = holder;
      else last.next = holder;
      holder.next = NOBODY;
      last = holder;
    }
  }
}
