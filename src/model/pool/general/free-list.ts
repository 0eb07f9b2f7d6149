/**
 * The idle connections of an instance, in the order in which they became idle; which of them is given out
 * is axis A4. Short enough that moving them costs nothing: an idle connection was one in use before.
 */
import type { PoolPolicy } from '../policy.ts';
import type { Connection } from './connection.ts';

export class FreeList {
  /** The one that has been idle longest comes first. */
  private readonly idle: Connection[] = [];

  get size(): number {
    return this.idle.length;
  }

  put(connection: Connection, now: number): void {
    connection.state = 'idle';
    connection.idleSince = now;
    this.idle.push(connection);
  }

  /** The connection that is given out next; there must be one. */
  take(order: PoolPolicy['idleOrder']): Connection {
    if (order === 'lifo') return this.idle.pop() as Connection;
    if (order === 'fifo') return this.idle.shift() as Connection;
    return this.idle.splice(this.firstOpened(), 1)[0] as Connection;
  }

  remove(connection: Connection): void {
    this.idle.splice(this.idle.indexOf(connection), 1);
  }

  /** All of them, the longest idle first, as they are now. */
  all(): readonly Connection[] {
    return [...this.idle];
  }

  /** The one that has been idle longest. */
  get oldest(): Connection | undefined {
    return this.idle[0];
  }

  private firstOpened(): number {
    let first = 0;
    for (let i = 1; i < this.idle.length; i++) {
      const isOlder = this.openedAt(i) < this.openedAt(first);
      if (isOlder) first = i;
    }
    return first;
  }

  private openedAt(i: number): number {
    return (this.idle[i] as Connection).openedAt;
  }
}
