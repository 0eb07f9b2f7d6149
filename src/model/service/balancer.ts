/**
 * The balancer: which instance takes the next attempt. Instances that restart take none. Nothing here is
 * decided by chance but the policy `random`: equal instances take turns.
 */
import type { VariateStream } from '../../engine/variates.ts';
import { BalancerWatch } from '../watch/balancer-watch.ts';
import type { BalancerPolicy } from './settings.ts';

/** More attempts than an instance can have. */
const MOST = 0x7fffffff;
/** Of the choices that take a look at the whole fleet, one in so many and one is looked at twice. */
const UNSEEN = 7;

export class Balancer {
  policy: BalancerPolicy;
  /** 1: the instance takes new requests. */
  readonly accepting: Uint8Array;
  /** Attempts that each instance has at the moment. */
  readonly outstanding: Int32Array;
  readonly watch = new BalancerWatch();
  private readonly draws: VariateStream;
  /** Where the next turn begins. */
  private turn = 0;
  /** Choices of the least loaded. */
  private choices = 0;

  /** @param capacity most instances that the fleet ever has */
  constructor(policy: BalancerPolicy, capacity: number, draws: VariateStream) {
    this.policy = policy;
    this.accepting = new Uint8Array(capacity);
    this.outstanding = new Int32Array(capacity);
    this.draws = draws;
  }

  /** An instance that accepts; −1 when none does. */
  choose(): number {
    const chosen = this.pick();
    const isLeast = this.policy === 'least-connections';
    if (isLeast && (this.choices++ & UNSEEN) !== 0) this.watch.pass(chosen);
    else this.watch.choose(this.policy, chosen, this.accepting, this.outstanding);
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
    let accepting = 0;
    for (const flag of this.accepting) accepting += flag;
    const pick = Math.floor(this.draws.next() * accepting);
    let passed = 0;
    for (let i = 0; i < this.accepting.length; i++) {
      if (this.accepting[i] === 1 && passed++ === pick) return i;
    }
    return -1;
  }

  /** Fewest outstanding attempts; among equals the one whose turn is next. */
  private least(): number {
    const { turn } = this;
    const later = this.leastOf(turn, this.outstanding.length);
    const sooner = this.leastOf(0, turn);
    let best = later;
    if (sooner >= 0 && (later < 0 || this.isLess(sooner, later))) best = sooner;
    if (best >= 0) this.turn = best + 1;
    return best;
  }

  private isLess(i: number, j: number): boolean {
    return (this.outstanding[i] as number) < (this.outstanding[j] as number);
  }

  /** The first one of those with the fewest outstanding attempts in this range; −1: none accepts. */
  private leastOf(from: number, to: number): number {
    const { accepting, outstanding } = this;
    let best = -1;
    let fewest = MOST;
    for (let i = from; i < to; i++) {
      const busy = outstanding[i] as number;
      if (busy < fewest && accepting[i] === 1) {
        fewest = busy;
        best = i;
      }
    }
    return best;
  }
}
