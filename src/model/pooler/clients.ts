/** The clients of a pooler: connections of the services' pools, and what each of them has of it. */

/** No request uses the connection now. */
export const ASLEEP = -1;

/** No opening. */
export const NONE = -1;

export interface Client {
  /** Its number with the pooler. */
  readonly number: number;
  /** The slot of the request that uses it, or ASLEEP. */
  slot: number;
  /** Whether it has a server connection, or waits for one; neither: it needs none now. */
  has: 'nothing' | 'wait' | 'server';
  /** Since when it waits. */
  since: number;
  /** The opening of a server connection that it waits for as its own, or NONE. */
  opening: number;
}

export class Clients {
  private readonly byNumber = new Map<number, Client>();

  /** The client of this number, who is new if nobody has it. */
  join(number: number): Client {
    const known = this.byNumber.get(number);
    if (known !== undefined) return known;
    const client: Client = { number, slot: ASLEEP, has: 'nothing', since: 0, opening: NONE };
    this.byNumber.set(number, client);
    return client;
  }

  /** undefined: it has never asked for anything. */
  get(number: number): Client | undefined {
    return this.byNumber.get(number);
  }

  drop(client: Client): void {
    this.byNumber.delete(client.number);
  }

  /** All clients. O(clients). */
  all(): Iterable<Client> {
    return this.byNumber.values();
  }
}
