/**
 * The balancer: which instance takes the next attempt. Instances that restart take none. Nothing here is
 * decided by chance but the policy `random`: equal instances take turns.
 */
import { LeastTree, NEVER } from '../../engine/least-tree.ts';
import type { VariateStream } from '../../engine/variates.ts';
import { BalancerWatch } from '../watch/balancer-watch.ts';
import type { BalancerPolicy } from './settings.ts';

/** One choice in so many is looked at twice … */
const LOOK_EVERY = [7, 11];
/** … and fewer in a large fleet, as each time all of its instances may have to be compared. */
const LARGE = 64;
const LOOK_EVERY_OF_LARGE = [127, 131, 137];

export class Balancer {
  policy: BalancerPolicy;
  /** 1: the instance takes new requests. To be read only. */
  readonly accepting: Uint8Array;
  /** Attempts that each instance has at the moment. To be read only. */
  readonly outstanding: Int32Array;
  readonly watch = new BalancerWatch();
  /** One choice in so many is held against the policy. */
  readonly lookEvery: number;
  /** Outstanding attempts of those that accept, while the policy asks for the least. */
  private readonly loads: LeastTree;
  private readonly draws: VariateStream;
  /** Where the next turn begins. */
  turn = 0;
  /** Choices until the next one that is looked at. */
  private unseen = 0;
  /** Instances that accept. */
  private acceptingCount = 0;

  /** @param capacity most instances that the fleet ever has */
  constructor(policy: BalancerPolicy, capacity: number, draws: VariateStream) {
    this.policy = policy;
    this.accepting = new Uint8Array(capacity);
    this.outstanding = new Int32Array(capacity);
    this.loads = new LeastTree(capacity);
    this.draws = draws;
    this.lookEvery = lookEveryOf(capacity);
  }

  /** Changes the policy from now on. O(instances). */
  apply(policy: BalancerPolicy): void {
    this.policy = policy;
    for (let i = 0; i < this.outstanding.length; i++) this.weigh(i);
  }

  /** The instance takes new requests from now on, or does not. */
  accept(i: number, accepts: boolean): void {
    this.acceptingCount += Number(accepts) - (this.accepting[i] as number);
    this.accepting[i] = accepts ? 1 : 0;
    this.weigh(i);
  }

  /** The instance has so many attempts more, or less. O(1), `least-connections` O(log instances). */
  count(i: number, change: number): void {
    this.outstanding[i] = (this.outstanding[i] as number) + change;
    this.weigh(i);
  }

  private weigh(i: number): void {
    if (this.policy !== 'least-connections') return;
    this.loads.set(i, this.accepting[i] === 1 ? (this.outstanding[i] as number) : NEVER);
  }

  /** An instance that accepts; −1 when none does. */
  choose(): number {
    const chosen = this.pick();
    if (--this.unseen >= 0) this.watch.pass(this.policy, chosen);
    else {
      this.unseen = this.lookEvery - 1;
      this.watch.choose(this.policy, chosen, this.accepting, this.outstanding);
    }
    return chosen;
  }

  /** The instance takes no new requests, and has none. */
  isLeft(i: number): boolean {
    return this.accepting[i] === 0 && this.outstanding[i] === 0;
  }

  private pick(): number {
    switch (this.policy) {
      case 'round-robin':
        return this.nextInTurn(this.turn);
      case 'random':
        return this.random();
      case 'least-connections':
        return this.least();
    }
  }

  private nextInTurn(from: number): number {
    const count = this.accepting.length;
    let i = from;
    for (let tried = 0; tried < count; tried++) {
      if (i >= count) i = 0;
      if (this.accepting[i] === 1) {
        this.turn = i + 1;
        return i;
      }
      i++;
    }
    return -1;
  }

  private random(): number {
    const pick = Math.floor(this.draws.next() * this.acceptingCount);
    if (this.acceptingCount === this.accepting.length) return pick;
    let passed = 0;
    for (let i = 0; i < this.accepting.length; i++) {
      if (this.accepting[i] === 1 && passed++ === pick) return i;
    }
    return -1;
  }

  /** Fewest outstanding attempts; among equals the one whose turn is next. O(log instances). */
  private least(): number {
    const best = this.loads.firstFrom(this.turn);
    if (best >= 0) this.turn = best + 1;
    return best;
  }
}

/** No divisor of the fleet, or some of its instances would always be passed by where they take turns. */
function lookEveryOf(instances: number): number {
  const primes = instances > LARGE ? LOOK_EVERY_OF_LARGE : LOOK_EVERY;
  return primes.find((prime) => instances % prime !== 0) ?? 1;
}
