/**
 * Which idle connections have been idle too long, and when to look again: at most one timer an instance.
 * Without an idle timeout nothing is kept.
 */
import { IdleConnections } from './idle-connections.ts';

export class IdleAgeing {
  private timeoutNs: number;
  /** null while there is no idle timeout. */
  private idle: IdleConnections | null;
  /** When each instance's timer rings; Infinity: it has none. Earlier entries of the timer are void. */
  private readonly timerAt: Float64Array;
  private readonly timerSet: (instance: number, at: number) => void;

  /** @param timerSet `rings` is to be asked for this instance at this instant */
  constructor(
    timeoutNs: number,
    instances: number,
    timerSet: (instance: number, at: number) => void,
  ) {
    this.timeoutNs = timeoutNs;
    this.idle = timeoutNs === Infinity ? null : new IdleConnections(instances);
    this.timerAt = new Float64Array(instances).fill(Infinity);
    this.timerSet = timerSet;
  }

  /**
   * Another timeout is in force. It holds for what is idle already; where there was none, all that is
   * idle counts from now on.
   */
  apply(timeoutNs: number, idleAt: (instance: number) => number, now: number): void {
    this.timeoutNs = timeoutNs;
    if (timeoutNs === Infinity) this.idle = null;
    else this.idle ??= allIdleSince(now, this.timerAt.length, idleAt);
  }

  /** A connection becomes idle. */
  becomeIdle(i: number, now: number): void {
    this.idle?.push(i, now);
  }

  /** The connection returned last is given out. */
  take(i: number): void {
    this.idle?.takeNewest(i);
  }

  /** The connection that has been idle longest is closed. */
  close(i: number): void {
    this.idle?.takeOldest(i);
  }

  /** Whether a connection has been idle too long. */
  hasAged(i: number, now: number): boolean {
    return this.idle !== null && this.idle.oldestSince(i) + this.timeoutNs <= now;
  }

  /** How long the connection has been idle that has been so for longest; −Infinity: none is kept track of. */
  longestIdle(i: number, now: number): number {
    return this.idle === null ? -Infinity : now - this.idle.oldestSince(i);
  }

  /** Whether the timer that has come due is the one that counts. */
  rings(i: number, now: number): boolean {
    if (this.timerAt[i] !== now) return false;
    this.timerAt[i] = Infinity;
    return true;
  }

  /** Sets the timer for the oldest; only to an earlier instant, as one that rings too early is set again. */
  setTimer(i: number, now: number): void {
    if (this.idle === null) return;
    const due = Math.max(now, this.idle.oldestSince(i) + this.timeoutNs);
    if (due >= (this.timerAt[i] as number)) return;
    this.timerAt[i] = due;
    this.timerSet(i, due);
  }
}

function allIdleSince(
  now: number,
  instances: number,
  idleAt: (instance: number) => number,
): IdleConnections {
  const idle = new IdleConnections(instances);
  for (let i = 0; i < instances; i++) for (let n = idleAt(i); n > 0; n--) idle.push(i, now);
  return idle;
}
