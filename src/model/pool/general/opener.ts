/**
 * The openings of one instance that nobody in particular waits for: how many are ordered, how many may be
 * under way at once, and the pauses between them: axis A7.
 *
 *     ordered ─► under way ─► open ──► [pause] ─► its place is free
 *                    ▲  └──► failed ─► [retry pause] ─┐
 *                    └────────────────────────────────┘
 */
import type { PoolPolicy } from '../policy.ts';

export class Opener {
  /** Openings that wait for a place. */
  ordered = 0;
  /** Openings under way. */
  underWay = 0;
  /** Openings that failed and keep their place until they are tried again. */
  retrying = 0;
  /** Places that are kept after an opening. */
  private pausing = 0;

  /** Openings that are wanted, and not there yet. */
  get pending(): number {
    return this.ordered + this.underWay + this.retrying;
  }

  /** Whether another opening may begin. */
  hasPlace({ openingsAtOnce }: PoolPolicy): boolean {
    return this.underWay + this.retrying + this.pausing < openingsAtOnce;
  }

  begin(): void {
    this.underWay++;
  }

  /** An opening has come to an end; with `pauses` its place is kept until `resume`. */
  end(pauses: boolean): void {
    this.underWay--;
    if (pauses) this.pausing++;
  }

  resume(): void {
    this.pausing--;
  }

  /** An opening has failed and will be tried again. */
  fail(): void {
    this.underWay--;
    this.retrying++;
  }

  /** The time has come to try again, or to give it up. */
  retry(): void {
    this.retrying--;
  }
}
