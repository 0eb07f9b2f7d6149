/**
 * The openings of one instance that nobody in particular waits for: how many are ordered, how many may be
 * under way at once, and the pauses between them: axis A7.
 *
 *     ordered ─► under way ─► open ──► [pause] ─► its place is free
 *                    ▲  └──► failed ─► [retry pause] ─┐
 *                    └────────────────────────────────┘
 */
import type { PoolPolicy } from '../policy.ts';
import type { Connection } from './connection.ts';

export class Opener {
  /** Openings that wait for a place. */
  ordered = 0;
  /** Openings under way, and those of them that no request began for itself. */
  underWay = 0;
  private inBackground = 0;
  /** Openings that failed and keep their place until they are tried again. */
  retrying = 0;
  /** Of those that are tried again, which attempt failed; and of those that are ordered again. */
  private readonly failed: number[] = [];
  private readonly resumed: number[] = [];
  /** Places that are kept after an opening. */
  private pausing = 0;

  /** Openings that are wanted, and not there yet. */
  get pending(): number {
    return this.ordered + this.underWay + this.retrying;
  }

  /** Whether one that is ordered may begin. */
  mayBeginOrdered(policy: PoolPolicy): boolean {
    if (this.ordered === 0 || !this.hasPlace(policy)) return false;
    return policy.capacityRegained !== 'opener' || this.inBackground === 0;
  }

  /** Whether another opening may begin. */
  hasPlace({ openingsAtOnce }: PoolPolicy): boolean {
    return this.underWay + this.retrying + this.pausing < openingsAtOnce;
  }

  /** One that is ordered begins now, or is given up: which attempt it is. */
  takeOrdered(): number {
    this.ordered--;
    return (this.resumed.shift() ?? 0) + 1;
  }

  begin({ isOrdered }: Connection): void {
    this.underWay++;
    if (isOrdered) this.inBackground++;
  }

  /** An opening has come to an end; with `pauses` its place is kept until `resume`. */
  end(connection: Connection, pauses: boolean): void {
    this.leave(connection);
    if (pauses) this.pausing++;
  }

  resume(): void {
    this.pausing--;
  }

  /** An opening has failed and will be tried again. */
  fail(connection: Connection): void {
    this.leave(connection);
    this.retrying++;
    this.failed.push(connection.attempt);
  }

  /** The time has come to try again. */
  retry(): void {
    this.retrying--;
    this.ordered++;
    this.resumed.push(this.failed.shift() ?? 0);
  }

  private leave({ isOrdered }: Connection): void {
    this.underWay--;
    if (isOrdered) this.inBackground--;
  }
}
