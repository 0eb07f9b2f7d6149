/** Holds each choice of a balancer against its policy, without knowing how it was made. */
import type { BalancerPolicy } from '../service/settings.ts';

export class BalancerWatch {
  /** Choices that the policy does not allow. */
  faults = 0;
  /** The last instance that had its turn. */
  private last = -1;

  /** An instance was chosen, before the attempt counts there. O(1), `least-connections` O(instances). */
  choose(
    policy: BalancerPolicy,
    chosen: number,
    accepting: Uint8Array,
    outstanding: Int32Array,
  ): void {
    if (chosen < 0) {
      if (accepting.includes(1)) this.faults++;
      return;
    }
    if (accepting[chosen] !== 1) {
      this.faults++;
      return;
    }
    if (policy === 'random') return;
    if (policy === 'round-robin') {
      if (this.isPassedOver(chosen, accepting)) this.faults++;
    } else if (this.isLess(chosen, accepting, outstanding)) this.faults++;
    this.last = chosen;
  }

  /** An instance was chosen, and nobody asks why. */
  pass(policy: BalancerPolicy, chosen: number): void {
    // A choice by chance is nobody's turn.
    if (chosen >= 0 && policy !== 'random') this.last = chosen;
  }

  /** Whether an instance that accepts lies between the last one and the chosen one, in turn. */
  private isPassedOver(chosen: number, accepting: Uint8Array): boolean {
    for (let i = this.after(this.last, accepting); i !== chosen; i = this.after(i, accepting)) {
      if (accepting[i] === 1) return true;
    }
    return false;
  }

  /** Whether an instance has fewer attempts, or as many and its turn before. */
  private isLess(chosen: number, accepting: Uint8Array, outstanding: Int32Array): boolean {
    const least = outstanding[chosen] as number;
    let isBefore = true;
    let i = this.last;
    for (let n = accepting.length; n > 0; n--) {
      i = this.after(i, accepting);
      if (i === chosen) isBefore = false;
      if (accepting[i] !== 1) continue;
      if ((outstanding[i] as number) < least) return true;
      if (isBefore && outstanding[i] === least) return true;
    }
    return false;
  }

  private after(i: number, { length }: Uint8Array): number {
    return i + 1 < length ? i + 1 : 0;
  }
}
