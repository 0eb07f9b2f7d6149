/** Holds each choice of a balancer against its policy, without knowing how it was made. */
import type { BalancerPolicy } from '../service/settings.ts';

export class BalancerWatch {
  /** Choices that the policy does not allow. */
  faults = 0;
  /** The last instance that had its turn. */
  private last = -1;

  /**
   * An instance was chosen, before the attempt counts there. O(1), `least-connections` O(instances).
   * @param instances how many there are, from the first entry of each array on
   */
  choose(
    policy: BalancerPolicy,
    chosen: number,
    accepting: Uint8Array,
    outstanding: Int32Array,
    instances = accepting.length,
  ): void {
    if (chosen < 0) {
      if (accepting.subarray(0, instances).includes(1)) this.faults++;
      return;
    }
    if (accepting[chosen] !== 1) {
      this.faults++;
      return;
    }
    if (policy === 'random') return;
    if (policy === 'round-robin') {
      if (this.isPassedOver(chosen, accepting, instances)) this.faults++;
    } else if (this.isLess(chosen, accepting, outstanding, instances)) this.faults++;
    this.last = chosen;
  }

  /** An instance was chosen, and nobody asks why. */
  pass(policy: BalancerPolicy, chosen: number): void {
    // A choice by chance is nobody's turn.
    if (chosen >= 0 && policy !== 'random') this.last = chosen;
  }

  /** Whether an instance that accepts lies between the last one and the chosen one, in turn. */
  private isPassedOver(chosen: number, accepting: Uint8Array, instances: number): boolean {
    for (let i = after(this.last, instances); i !== chosen; i = after(i, instances)) {
      if (accepting[i] === 1) return true;
    }
    return false;
  }

  /** Whether an instance has fewer attempts, or as many and its turn before. */
  private isLess(
    chosen: number,
    accepting: Uint8Array,
    outstanding: Int32Array,
    instances: number,
  ): boolean {
    const least = outstanding[chosen] as number;
    let isBefore = true;
    let i = this.last;
    for (let n = instances; n > 0; n--) {
      i = after(i, instances);
      if (i === chosen) isBefore = false;
      if (accepting[i] !== 1) continue;
      if ((outstanding[i] as number) < least) return true;
      if (isBefore && outstanding[i] === least) return true;
    }
    return false;
  }
}

function after(i: number, instances: number): number {
  return i + 1 < instances ? i + 1 : 0;
}
