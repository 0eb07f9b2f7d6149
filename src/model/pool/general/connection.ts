/** One connection of a pool that knows its connections apart. */
import { NOBODY } from '../connection-pool.ts';

/** `closed`: it is gone, and its number is used again. */
type ConnectionState = 'opening' | 'idle' | 'used' | 'checking' | 'resetting' | 'closed';

/** The owner of a connection that nobody will give back. */
export const LEAKED = -2;

export class Connection {
  /** Its place in the pool's list of connections. */
  readonly number: number;
  readonly instance: number;
  state: ConnectionState = 'opening';
  /** Whether the pool has opened it in the background, and not a request for itself. */
  isOrdered = false;
  /** Which attempt to open it this is, of those that follow each other without being given up. */
  attempt = 1;
  /** The request that has it, opens it, or waits for its check. */
  owner = NOBODY;
  /** Its entry in the list of openings while it is being opened. */
  opening = -1;
  /** Since when it has been there, and since when it has been idle. */
  openedAt = -0;
  idleSince = -0;
  /** When its lifetime is over; Infinity: never. */
  endsAt = Infinity;
  /** When its check or reset is over. */
  busyUntil = -0;
  /** Whether a request has found it dead. */
  isBroken = false;
  /** How often it has been used. */
  uses = 0;
  /** Whether its own timer will close it when it has been idle too long. */
  isArmed = false;
  /** What its check will find. */
  isDead = false;
  /** Its owner's other connection, taken before this one. */
  outer: Connection | null = null;

  constructor(number: number, instance: number) {
    this.number = number;
    this.instance = instance;
  }
}
