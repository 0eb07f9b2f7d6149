/**
 * The gate of each instance: how many requests it works on at once, and the queue of those that wait for
 * that. A request keeps its place while it waits for a connection, as a thread of a thread pool does.
 */
import { SlotQueues, type SlotLinks } from '../../engine/slot-queues.ts';

type Admission = 'work' | 'wait' | 'full';

export class Gate {
  concurrency: number;
  queueLimit: number;
  /** Requests that each instance works on. */
  readonly active: Int32Array;
  private readonly waiting: SlotQueues;

  constructor(concurrency: number, queueLimit: number, instances: number, links: SlotLinks) {
    this.concurrency = concurrency;
    this.queueLimit = queueLimit;
    this.active = new Int32Array(instances);
    this.waiting = new SlotQueues(instances, links);
  }

  /** Lets a request in, or queues it, or neither. */
  admit(instance: number, slot: number): Admission {
    if (this.canWork(instance)) {
      this.active[instance] = (this.active[instance] as number) + 1;
      return 'work';
    }
    if (this.waitingAt(instance) >= this.queueLimit) return 'full';
    this.waiting.push(instance, slot);
    return 'wait';
  }

  /** A request is done here. */
  leave(instance: number): void {
    this.active[instance] = (this.active[instance] as number) - 1;
  }

  /** Lets in the one that has waited longest if there is room: its slot, or −1. */
  admitNext(instance: number): number {
    if (this.waitingAt(instance) === 0 || !this.canWork(instance)) return -1;
    this.active[instance] = (this.active[instance] as number) + 1;
    return this.waiting.shift(instance);
  }

  waitingAt(instance: number): number {
    return this.waiting.length[instance] as number;
  }

  /** A waiting request gives up its place in the queue. */
  removeWaiting(instance: number, slot: number): void {
    this.waiting.remove(instance, slot);
  }

  private canWork(instance: number): boolean {
    return (this.active[instance] as number) < this.concurrency;
  }
}
