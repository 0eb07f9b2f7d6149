/**
 * Those who wait for a connection of one instance; who is next is axis A1. One who was next and got nothing
 * for it may return to the head of the line.
 */
import type { VariateStream } from '../../../engine/variates.ts';
import type { PoolPolicy } from '../policy.ts';

/** Stands where somebody waited who has left. */
const GONE = -1;
/** So many places at the head are kept though nobody has them. */
const FEW = 64;

export class WaitingLine {
  /** Slots in the order of the line. */
  private slots: number[] = [];
  /** Where the line begins in `slots`. */
  private head = 0;
  private readonly place = new Map<number, number>();
  /** Since when the slot at each place has waited. */
  private sinces: number[] = [];
  private readonly draws: VariateStream;

  /** @param draws decides where the order is by chance */
  constructor(draws: VariateStream) {
    this.draws = draws;
  }

  get size(): number {
    return this.place.size;
  }

  push(slot: number, now: number): void {
    this.place.set(slot, this.slots.length);
    this.sinces[this.slots.length] = now;
    this.slots.push(slot);
  }

  /** The slot comes before all others. */
  unshift(slot: number, now: number): void {
    if (this.head === 0) this.renumber(FEW);
    this.head--;
    this.slots[this.head] = slot;
    this.sinces[this.head] = now;
    this.place.set(slot, this.head);
  }

  has(slot: number): boolean {
    return this.place.has(slot);
  }

  remove(slot: number): void {
    const at = this.place.get(slot) as number;
    this.place.delete(slot);
    this.slots[at] = GONE;
    this.trim();
  }

  /** Takes the one out whose turn it is; somebody must wait. */
  next(order: PoolPolicy['order']): number {
    // Choosing by chance may close the gaps of the list, and then it is another one.
    const at = this.placeOf(order);
    const slot = this.slots[at] as number;
    this.remove(slot);
    return slot;
  }

  /** Since when the first has waited; Infinity: nobody waits. */
  get firstSince(): number {
    return this.size === 0 ? Infinity : (this.sinces[this.head] as number);
  }

  private placeOf(order: PoolPolicy['order']): number {
    if (order === 'fifo') return this.head;
    if (order === 'lifo') return this.slots.length - 1;
    return this.anyPlace();
  }

  /** Each of those who wait is as likely as the others. */
  private anyPlace(): number {
    if (this.slots.length - this.head > 2 * this.size) this.renumber(0);
    for (;;) {
      const span = this.slots.length - this.head;
      const at = this.head + Math.floor(this.draws.next() * span);
      if (this.slots[at] !== GONE) return at;
    }
  }

  /** Both ends always stand for somebody who waits. */
  private trim(): void {
    while (this.head < this.slots.length && this.slots[this.head] === GONE) this.head++;
    while (this.slots.length > this.head && this.slots.at(-1) === GONE) this.slots.pop();
    if (this.head > FEW && this.head * 2 > this.slots.length) this.renumber(0);
  }

  /** Closes all gaps, and leaves `spare` places before the first. */
  private renumber(spare: number): void {
    const { slots, sinces, head } = this;
    this.slots = new Array<number>(spare).fill(GONE);
    this.sinces = new Array<number>(spare).fill(0);
    this.head = spare;
    for (let at = head; at < slots.length; at++) {
      if (slots[at] !== GONE) this.push(slots[at] as number, sinces[at] as number);
    }
  }
}
