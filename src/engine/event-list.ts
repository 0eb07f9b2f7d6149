/**
 * The event list for what does not come in order: a binary heap on flat arrays, ordered by key (an
 * instant, or a reading of a virtual clock) and, at equal keys, first in first out. What does come in
 * order has a cheaper home in `ordered-lanes`.
 */
import { widenFloats, widenInts } from './typed-arrays.ts';

const INITIAL_CAPACITY = 64;

export class EventList {
  private keys = new Float64Array(INITIAL_CAPACITY);
  private sequences = new Float64Array(INITIAL_CAPACITY);
  private payloads = new Int32Array(INITIAL_CAPACITY);
  private count = 0;
  private nextSequence = 0;

  get size(): number {
    return this.count;
  }

  /** The smallest key; Infinity when the list is empty. O(1). */
  get firstKey(): number {
    return this.count === 0 ? Infinity : (this.keys[0] as number);
  }

  /** The payload of the first entry. The list must not be empty. */
  get first(): number {
    return this.payloads[0] as number;
  }

  /** What decides between the first entry and others of its key. The list must not be empty. */
  get firstSequence(): number {
    return this.sequences[0] as number;
  }

  /**
   * O(log n); doubles the arrays when they are full.
   * @param sequence larger than that of any entry before, if the caller has numbers of his own
   */
  push(key: number, payload: number, sequence = this.nextSequence++): void {
    if (this.count === this.keys.length) this.grow();
    const { keys, sequences, payloads } = this;
    let hole = this.count++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentKey = keys[parent] as number;
      // The new entry is the youngest, so at equal keys it stays below its parent.
      if (parentKey <= key) break;
      keys[hole] = parentKey;
      sequences[hole] = sequences[parent] as number;
      payloads[hole] = payloads[parent] as number;
      hole = parent;
    }
    keys[hole] = key;
    sequences[hole] = sequence;
    payloads[hole] = payload;
  }

  /** Removes the first entry and returns its payload. The list must not be empty. O(log n). */
  pop(): number {
    const { keys, sequences, payloads } = this;
    const first = payloads[0] as number;
    const last = --this.count;
    const key = keys[last] as number;
    const sequence = sequences[last] as number;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= last) break;
      if (child + 1 < last && this.precedes(child + 1, child)) child++;
      const childKey = keys[child] as number;
      if (key < childKey || (key === childKey && sequence < (sequences[child] as number))) break;
      keys[hole] = childKey;
      sequences[hole] = sequences[child] as number;
      payloads[hole] = payloads[child] as number;
      hole = child;
    }
    keys[hole] = key;
    sequences[hole] = sequence;
    payloads[hole] = payloads[last] as number;
    return first;
  }

  /** A list of the entries that `keep` says yes to. O(n log n). */
  filtered(keep: (payload: number, sequence: number) => boolean): EventList {
    const kept = new EventList();
    for (const i of this.inOrder()) {
      const payload = this.payloads[i] as number;
      const sequence = this.sequences[i] as number;
      if (keep(payload, sequence)) kept.push(this.keys[i] as number, payload, sequence);
    }
    kept.nextSequence = this.nextSequence;
    return kept;
  }

  /** Places of the entries, by sequence: as they must be pushed. */
  private inOrder(): number[] {
    const places = Array.from({ length: this.count }, (_, i) => i);
    return places.sort((a, b) => (this.sequences[a] as number) - (this.sequences[b] as number));
  }

  private precedes(a: number, b: number): boolean {
    const keyA = this.keys[a] as number;
    const keyB = this.keys[b] as number;
    if (keyA !== keyB) return keyA < keyB;
    return (this.sequences[a] as number) < (this.sequences[b] as number);
  }

  private grow(): void {
    const capacity = this.keys.length * 2;
    this.keys = widenFloats(this.keys, capacity);
    this.sequences = widenFloats(this.sequences, capacity);
    this.payloads = widenInts(this.payloads, capacity);
  }
}
