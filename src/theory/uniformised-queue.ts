// The probabilities of a queue's lengths, moved through time by uniformisation.

import { type PoissonWeights, poissonWeights } from './poisson-weights.ts';
import type { StateProbabilities } from './queue-expectations.ts';

/** A state at the edge of the range that is less probable than this is left out. */
const NEGLIGIBLE = 1e-20;

export interface UniformisedQueueSettings {
  readonly servers: number;
  /** By each busy server. */
  readonly servedPerSecond: number;
  /** The most requests that may be there; Infinity when all may. */
  readonly most: number;
  readonly startWith: number;
}

export class UniformisedQueue {
  /** All probability that has been left out so far. */
  leftOut = 0;

  private readonly settings: UniformisedQueueSettings;
  /** p[n] for first ≤ n ≤ last; 0 around. One more state fits in above `last`. */
  private p: Float64Array<ArrayBuffer>;
  /** The same after another step: the two change places. */
  private next: Float64Array<ArrayBuffer>;
  private first: number;
  private last: number;

  constructor(settings: UniformisedQueueSettings) {
    this.settings = settings;
    this.first = this.last = settings.startWith;
    this.p = new Float64Array(2 * this.last + 64);
    this.next = new Float64Array(this.p.length);
    this.p[this.last] = 1;
  }

  get states(): StateProbabilities {
    return { first: this.first, p: this.p.slice(this.first, this.last + 1) };
  }

  /** Moves on by a time of one arrival rate. */
  advance(seconds: number, ratePerSecond: number): void {
    const { servers, servedPerSecond } = this.settings;
    const stepsPerSecond = ratePerSecond + servers * servedPerSecond;
    const weights = poissonWeights(stepsPerSecond * seconds);
    const up = ratePerSecond / stepsPerSecond;
    this.mix(weights, up, servedPerSecond / stepsPerSecond);
    this.leftOut += weights.leftOut;
  }

  /** The mean of the probabilities after k steps, over the weights of k. */
  private mix(weights: PoissonWeights, up: number, down: number): void {
    let sum = new Float64Array(this.p.length);
    let [first, last] = [Infinity, 0];
    const end = weights.first + weights.weights.length;
    for (let k = 0; k < end; k++) {
      if (k > 0) this.step(up, down);
      const weight = weights.weights[k - weights.first];
      if (weight === undefined) continue;
      sum = grown(sum, this.p.length);
      for (let n = this.first; n <= this.last; n++) {
        sum[n] = (sum[n] ?? 0) + weight * (this.p[n] ?? 0);
      }
      first = Math.min(first, this.first);
      last = Math.max(last, this.last);
    }
    this.p = grown(sum, this.p.length);
    this.next.fill(0);
    this.first = first;
    this.last = last;
  }

  /** One step of the discrete chain: up, down by each busy server, or staying. */
  private step(up: number, down: number): void {
    const { servers, most } = this.settings;
    const from = Math.max(0, this.first - 1);
    const to = Math.min(most, this.last + 1);
    if (to + 2 > this.p.length) {
      this.p = grown(this.p, 2 * (to + 2));
      this.next = grown(this.next, this.p.length);
    }
    const { p, next } = this;
    // A full queue refuses, so that there nobody moves up.
    for (let n = from; n <= to; n++) {
      const here = p[n] ?? 0;
      const below = n > 0 ? (p[n - 1] ?? 0) : 0;
      const above = p[n + 1] ?? 0;
      const stays = 1 - (n < most ? up : 0) - down * Math.min(n, servers);
      next[n] = below * up + above * down * Math.min(n + 1, servers) + here * stays;
    }
    this.p = next;
    this.next = p;
    p.fill(0, this.first, this.last + 1);
    this.first = from;
    this.last = to;
    this.trim();
  }

  private trim(): void {
    const { p } = this;
    while (this.last > this.first && (p[this.last] ?? 0) < NEGLIGIBLE) {
      this.leaveOut(this.last--);
    }
    while (this.first < this.last && (p[this.first] ?? 0) < NEGLIGIBLE) {
      this.leaveOut(this.first++);
    }
  }

  private leaveOut(n: number): void {
    this.leftOut += this.p[n] ?? 0;
    this.p[n] = 0;
  }
}

function grown(values: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  if (values.length >= length) return values;
  const longer = new Float64Array(length);
  longer.set(values);
  return longer;
}
