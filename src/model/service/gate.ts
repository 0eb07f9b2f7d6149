/**
 * The gate of each instance: how many requests it works on at once, and the queue of those that wait for
 * that. A request keeps its place while it waits for a connection, as a thread of a thread pool does.
 */
import { SlotQueues, type SlotLinks } from '../../engine/slot-queues.ts';
import { TurnWatch } from '../watch/turn-watch.ts';

type Admission = 'work' | 'wait' | 'full';

export class Gate {
  concurrency: number;
  queueLimit: number;
  /** Requests that each instance works on. */
  readonly active: Int32Array;
  /** Holds those who are let in from the queue against those whose turn it is. */
  readonly turns: TurnWatch;
  /** Requests let in beyond the concurrency: a fault of this program. */
  violations = 0;
  /** Times that `audit` found somebody in the queue though there was room. */
  roomWhileQueued = 0;
  private readonly waiting: SlotQueues;

  constructor(concurrency: number, queueLimit: number, instances: number, links: SlotLinks) {
    this.concurrency = concurrency;
    this.queueLimit = queueLimit;
    this.active = new Int32Array(instances);
    this.waiting = new SlotQueues(instances, links);
    this.turns = new TurnWatch(instances);
  }

  /** Lets a request in, or queues it, or neither. */
  admit(instance: number, slot: number): Admission {
    if (this.canWork(instance)) {
      this.enter(instance);
      return 'work';
    }
    if (this.waitingAt(instance) >= this.queueLimit) return 'full';
    this.waiting.push(instance, slot);
    this.turns.begin(instance, slot, this.queueLimit);
    return 'wait';
  }

  /** A request is done here. */
  leave(instance: number): void {
    this.active[instance] = (this.active[instance] as number) - 1;
  }

  /** Lets in the one that has waited longest if there is room: its slot, or −1. */
  admitNext(instance: number): number {
    if (this.waitingAt(instance) === 0 || !this.canWork(instance)) return -1;
    this.enter(instance);
    const slot = this.waiting.shift(instance);
    this.turns.serve(instance, slot, 'fifo');
    return slot;
  }

  waitingAt(instance: number): number {
    return this.waiting.length[instance] as number;
  }

  /** A waiting request gives up its place in the queue. */
  removeWaiting(instance: number, slot: number): void {
    this.waiting.remove(instance, slot);
    this.turns.leave(instance, slot);
  }

  /** Looks whether anybody queues in vain. O(instances). */
  audit(): void {
    for (let i = 0; i < this.active.length; i++) {
      if (this.waitingAt(i) > 0 && this.canWork(i)) this.roomWhileQueued++;
    }
  }

  private enter(instance: number): void {
    this.active[instance] = (this.active[instance] as number) + 1;
    if (this.active[instance] > this.concurrency) this.violations++;
  }

  private canWork(instance: number): boolean {
    return (this.active[instance] as number) < this.concurrency;
  }
}
