/**
 * The balancer: which instance takes the next attempt. Instances that restart take none. Nothing here is
 * decided by chance but the policy `random`: equal instances take turns.
 */
import type { VariateStream } from '../../engine/variates.ts';
import { BalancerWatch } from '../watch/balancer-watch.ts';
import type { BalancerPolicy } from './settings.ts';

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
    this.watch.choose(this.policy, chosen, this.accepting, this.outstanding);
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
    const { accepting, outstanding } = this;
    const count = accepting.length;
    let best = -1;
    let fewest = 0x7fffffff;
    let i = this.turn;
    for (let tried = 0; tried < count; tried++, i++) {
      if (i >= count) i = 0;
      if (accepting[i] === 1 && (outstanding[i] as number) < fewest) {
        fewest = outstanding[i] as number;
        best = i;
      }
    }
    if (best >= 0) this.turn = best + 1;
    return best;
  }
}
