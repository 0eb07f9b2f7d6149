/** All connections of a general pool, by number, by the request that has them, and by their opening. */
import { Connection } from './connection.ts';

export class Roster {
  private readonly byNumber: (Connection | null)[] = [];
  private readonly freeNumbers: number[] = [];
  private readonly bySlot = new Map<number, Connection>();
  private readonly byOpening = new Map<number, Connection>();

  /** A connection that is going to be opened. */
  add(instance: number): Connection {
    const number = this.freeNumbers.pop() ?? this.byNumber.length;
    const connection = new Connection(number, instance);
    this.byNumber[number] = connection;
    return connection;
  }

  /** The connection is gone; its number may be used again. */
  drop(connection: Connection): void {
    connection.state = 'closed';
    this.byNumber[connection.number] = null;
    this.freeNumbers.push(connection.number);
  }

  at(number: number): Connection | null {
    return this.byNumber[number] ?? null;
  }

  /** A request has one more connection. */
  lend(connection: Connection, slot: number): void {
    connection.owner = slot;
    connection.outer = this.bySlot.get(slot) ?? null;
    this.bySlot.set(slot, connection);
  }

  /** The connection that a request got last is its own no longer. */
  takeBack(slot: number): Connection {
    const connection = this.bySlot.get(slot) as Connection;
    if (connection.outer === null) this.bySlot.delete(slot);
    else this.bySlot.set(slot, connection.outer);
    connection.outer = null;
    return connection;
  }

  /** The connection that a request got last, or that is checked for it. */
  of(slot: number): Connection | null {
    return this.bySlot.get(slot) ?? null;
  }

  setOpening(id: number, connection: Connection): void {
    connection.opening = id;
    this.byOpening.set(id, connection);
  }

  /** The connection of an opening that has come to its end. */
  endOpening(id: number): Connection | null {
    const connection = this.byOpening.get(id) ?? null;
    this.byOpening.delete(id);
    if (connection !== null) connection.opening = -1;
    return connection;
  }

  opened(id: number): Connection | null {
    return this.byOpening.get(id) ?? null;
  }

  /** All connections of an instance. O(connections). */
  ofInstance(instance: number): Connection[] {
    return this.byNumber.filter((c): c is Connection => c !== null && c.instance === instance);
  }
}
