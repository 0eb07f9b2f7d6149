/**
 * Those who wait for a connection, in the order in which they came: a ring of places, from the one who has
 * waited longest on. In a fleet the places of each instance are chained, because who is served next there
 * may stand anywhere in the line; a place that was left so is passed over later.
 *
 *     line:   a7  .  b3  a9  b4  .  .  .        a7 has waited longest; a's chain: a7, a9; b's: b3, b4
 */

import { Berth } from './holder.ts';

/** A place has four numbers in `line`, << PLACE … */
const PLACE = 2;
const W_ARRIVED = 0;
const W_DEADLINE = 1;
const W_DEMAND = 2;
/** Decides whether the connection is established anew. */
const W_DRAW = 3;
/**
 * … and some in `lineMarks`, << PLACE_MARK, which stay 0 where there are one instance and one class. In a
 * fleet the instance is GONE when nobody waits at the place any longer.
 */
const PLACE_MARK = 2;
const W_INSTANCE = 0;
const W_CLASS = 1;
const W_NEXT = 2;
const GONE = -1;
const INITIAL_PLACES = 256;

/**
 * The layout for those who copy. The flows write the numbers down themselves: a constant of another
 * module, or one that is exported, is read from memory wherever it is used.
 */
export const LINE_LAYOUT = {
  ...{ PLACE, W_ARRIVED, W_DEADLINE, W_DEMAND, W_DRAW, PLACE_MARK, W_INSTANCE, W_CLASS },
} as const;

export abstract class PlainLine {
  line = new Float64Array(INITIAL_PLACES << PLACE);
  lineMarks = new Int32Array(INITIAL_PLACES << PLACE_MARK);
  /** Those who wait, and the most that ever did. */
  waiting = 0;
  mostWaiting = 0;
  /** When the one who has waited longest gives up; Infinity: nobody waits, or for ever. */
  giveUpAt = -0;
  /** Numbers, to be compared with 1: a flag in a field is tested for all that could be falsy. */
  protected readonly instances: number;
  protected readonly classes: number;
  /** Place of the one who has waited longest; places in use from there on; and all places less one. */
  protected oldest = 0;
  private used = 0;
  private mask = INITIAL_PLACES - 1;
  /** One for each instance. */
  protected readonly berths: readonly Berth[];

  constructor(instances: number, classes: number) {
    this.instances = instances;
    this.classes = classes;
    this.berths = Array.from({ length: instances }, (_, i) => new Berth(i));
  }

  /** Nobody waits any more. */
  protected empty(): void {
    this.waiting = 0;
    this.used = 0;
    this.giveUpAt = Infinity;
    for (const berth of this.berths) berth.head = GONE;
  }

  /** When the one who has waited longest gives up, looked up anew. */
  protected findGiveUp(): void {
    this.giveUpAt = this.waiting === 0 ? Infinity : this.at(this.oldest, W_DEADLINE);
  }

  /** When the one came who has waited longest; somebody must be waiting. */
  protected get longestSince(): number {
    return this.at(this.oldest, W_ARRIVED);
  }

  private at(place: number, entry: number): number {
    return this.line[(place << PLACE) | entry] as number;
  }

  /** Places of all who wait, in order of arrival. O(places). */
  places(): number[] {
    const places: number[] = [];
    for (let k = 0; k < this.used; k++) {
      const place = (this.oldest + k) & this.mask;
      if (!this.isGone(place)) places.push(place);
    }
    return places;
  }

  /**
   * A place at the end of the line for a request of this class at an instance; its numbers are to be
   * written. O(1) amortised.
   */
  enqueue(berth: Berth, requestClass: number): number {
    if (this.used > this.mask) this.makeRoom();
    const place = (this.oldest + this.used++) & this.mask;
    if (this.instances > 1 || this.classes > 1) this.mark(place, berth, requestClass);
    this.waiting++;
    return place;
  }

  /**
   * Takes out of the line who has waited longest at an instance, where somebody does.
   * @returns the place, valid until somebody joins
   */
  protected dequeue(berth: Berth): number {
    this.waiting--;
    const { oldest } = this;
    const place = this.instances > 1 ? this.leaveChain(berth) : oldest;
    if (place === oldest) this.passOver(place);
    return place;
  }

  /** Finds who has waited longest now that the one at this place has left. */
  private passOver(place: number): void {
    const { mask } = this;
    let next = place;
    let left = this.used;
    do {
      next = (next + 1) & mask;
      left--;
    } while (this.instances > 1 && left > 0 && this.isGone(next));
    this.oldest = next;
    this.used = left;
    this.giveUpAt = left === 0 ? Infinity : (this.line[(next << PLACE) | W_DEADLINE] as number);
  }

  private isGone(place: number): boolean {
    return this.lineMarks[(place << PLACE_MARK) | W_INSTANCE] === GONE;
  }

  private mark(place: number, berth: Berth, requestClass: number): void {
    const { lineMarks } = this;
    const at = place << PLACE_MARK;
    lineMarks[at | W_INSTANCE] = berth.index;
    lineMarks[at | W_CLASS] = requestClass;
    lineMarks[at | W_NEXT] = GONE;
    if (berth.head === GONE) berth.head = place;
    else lineMarks[(berth.tail << PLACE_MARK) | W_NEXT] = place;
    berth.tail = place;
  }

  /** Takes the first of an instance's chain out of it. */
  private leaveChain(berth: Berth): number {
    const { lineMarks } = this;
    const place = berth.head;
    berth.head = lineMarks[(place << PLACE_MARK) | W_NEXT] as number;
    lineMarks[(place << PLACE_MARK) | W_INSTANCE] = GONE;
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
    for (const berth of this.berths) berth.head = GONE;
    for (const from of places) {
      const i = lineMarks[(from << PLACE_MARK) | W_INSTANCE] as number;
      const requestClass = lineMarks[(from << PLACE_MARK) | W_CLASS] as number;
      const to = this.enqueue(this.berths[i] as Berth, requestClass);
      this.line.set(line.subarray(from << PLACE, (from + 1) << PLACE), to << PLACE);
    }
  }

  /** An empty line of so many places. */
  private allocate(places: number): void {
    this.ifThereIsMemory(() => {
      const line = new Float64Array(places * (1 << PLACE));
      this.lineMarks = new Int32Array(places * (1 << PLACE_MARK));
      this.line = line;
    });
  }

  /** Makes longer arrays. Where the machine has no memory for them, too many are in flight. */
  protected ifThereIsMemory(allocate: () => void): void {
    try {
      allocate();
    } catch (error) {
      if (error instanceof RangeError) this.tooMany();
      throw error;
    }
  }

  /** More requests are in flight than may be, or than the machine has memory for: throws. */
  protected abstract tooMany(): never;
}
