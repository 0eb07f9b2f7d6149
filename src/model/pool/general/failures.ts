/** Failed openings of one instance in a row, and what they hold up: axis A14. */
import type { VariateStream } from '../../../engine/variates.ts';
import type { PoolPolicy } from '../policy.ts';

export class Failures {
  /** How many openings have failed since one succeeded. */
  inARow = 0;
  /** Until when nothing is opened, or nobody served; 0: never. */
  private blockedUntil = -0;
  private blockNs = -0;
  private readonly draws: VariateStream;

  /** @param draws lengthens and shortens the pauses */
  constructor(draws: VariateStream) {
    this.draws = draws;
  }

  /** The `attempt`th in a row to open one connection has failed: how long until the next, ns. */
  pauseAfter(policy: PoolPolicy, attempt: number): number {
    const { retryFirstNs, retryFactor, retryCapNs, retryJitter } = policy;
    let pause = retryFirstNs;
    for (let n = 1; n < attempt && pause < retryCapNs; n++) pause *= retryFactor;
    if (retryCapNs > 0) pause = Math.min(pause, retryCapNs);
    if (retryJitter === 0) return Math.round(pause);
    return Math.round(pause * (1 + retryJitter * (2 * this.draws.next() - 1)));
  }

  /** An opening has failed. */
  note({ blockFirstNs, blockFactor, blockCapNs, block }: PoolPolicy, now: number): void {
    this.inARow++;
    if (block === 'none') return;
    const longer = this.blockNs === 0 ? blockFirstNs : this.blockNs * blockFactor;
    this.blockNs = Math.min(longer, Math.max(blockFirstNs, blockCapNs));
    this.blockedUntil = now + this.blockNs;
  }

  /** An opening has succeeded. */
  forget(): void {
    this.inARow = 0;
    this.blockNs = 0;
    this.blockedUntil = 0;
  }

  isBlocked(now: number): boolean {
    return now < this.blockedUntil;
  }

  /** Until when it is. */
  get until(): number {
    return this.blockedUntil;
  }
}
