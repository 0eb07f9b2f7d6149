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
  /** Openings that failed and keep their place until they are tried again: which attempt, and when. */
  private readonly failed: { readonly attempt: number; readonly at: number }[] = [];
  /** Of those that are ordered again, which attempt failed. */
  private readonly resumed: number[] = [];
  /** Places that are kept after an opening: until when. */
  private readonly pauses: number[] = [];

  get retrying(): number {
    return this.failed.length;
  }

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
    return this.underWay + this.retrying + this.pauses.length < openingsAtOnce;
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

  /** An opening has come to an end. */
  end({ isOrdered }: Connection): void {
    this.underWay--;
    if (isOrdered) this.inBackground--;
  }

  /** Its place is kept until then. */
  pause(until: number): void {
    this.pauses.push(until);
  }

  /** A pause is over, unless it was that of a process that has ended since. */
  resume(now: number): void {
    const at = this.pauses.indexOf(now);
    if (at >= 0) this.pauses.splice(at, 1);
  }

  /** An opening has failed and will be tried again at that instant. */
  fail(connection: Connection, at: number): void {
    this.end(connection);
    this.failed.push({ attempt: connection.attempt, at });
  }

  /** The time has come to try again, unless it was to be in a process that has ended since. */
  retry(now: number): void {
    const at = this.failed.findIndex((one) => one.at === now);
    const [one] = at < 0 ? [] : this.failed.splice(at, 1);
    if (one === undefined) return;
    this.ordered++;
    this.resumed.push(one.attempt);
  }
}
