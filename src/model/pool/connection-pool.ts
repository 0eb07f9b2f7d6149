/**
 * What the way of a request asks of a pool, whichever it is: the plain one of `generic` settings, or the
 * general one that behaves like a product. It is chosen when the system is built.
 */
import type { PoolBooks } from './books.ts';

/**
 * What becomes of a request that asks for a connection: it has one; it opens one itself; it waits in the
 * line; it has one that is being checked; too many wait; or it fails at once, as others did before it.
 */
export type Acquisition = 'granted' | 'opening' | 'waiting' | 'checking' | 'full' | 'rejected';

/** No request gets the connection. */
export const NOBODY = -1;

export interface ConnectionPool extends PoolBooks {
  /** The instance starts: `initial` connections are open, as many as the server admits. */
  start: (i: number, now: number) => void;
  /** A request asks for a connection. With `opening`, `openingStarted` has been called for it. */
  acquire: (i: number, slot: number, now: number) => Acquisition;
  /** When a request that begins to wait now gives up; Infinity: never. */
  deadlineFrom: (now: number, outcome: Acquisition) => number;
  /** A request gives its connection back: the slot that gets it at once, or NOBODY. */
  release: (i: number, now: number, slot: number) => number;
  /** The timeout of a request that waits has come; true: it opens a connection instead of giving up. */
  opensLate: (i: number, slot: number, now: number) => boolean;
  /** Whether a connection is being checked for this request. */
  isChecked: (slot: number) => boolean;
  /** A request that waits gives up. */
  leave: (i: number, slot: number, now: number) => void;
  /** A request that waits for a connection being established for it gives up. */
  disown: (id: number, now: number) => void;
  /** A connection is established: the slot that gets it, or NOBODY. */
  openingDone: (id: number, now: number) => number;
  /** A connection could not be established: the slot whose request fails by it, or NOBODY. */
  openingFailed: (id: number, now: number) => number;
  /** Lets those who wait open connections while there is room: the next slot that does, or NOBODY. */
  openForWaiter: (i: number, now: number) => number;
  /** After a change of settings: closes idle connections that are too many, or have been idle too long. */
  trim: (i: number, now: number) => void;
  /** A timer has come due that `idleTimerSet` asked for; it may be one that no longer counts. */
  idleTimerRings: (payload: number, now: number) => void;
  /** The same of `stepSet`. */
  stepDone: (payload: number, now: number) => void;
  /** The instance leaves the fleet; nobody is on it any more. */
  retire: (i: number, now: number) => void;
  /** The instance's process ends: idle and opening connections are gone. Requests must have left. */
  stop: (i: number, now: number) => void;
  /** A connection that nobody works on ends with its instance. */
  dropHeld: (i: number, now: number, slot: number) => void;
  /** A connection in use stays with the database alone: its instance is gone. */
  abandonUsed: (i: number, now: number, slot: number) => void;
  /** All connections of an instance have died. Without `isSilent` those in use come back at once. */
  lose: (i: number, isSilent: boolean, now: number) => void;
  /** They have come back. */
  lossDone: (i: number, now: number) => void;
  /** Whether the connection that a request has just got is dead, which it will find out. */
  findsDead: (slot: number) => boolean;
  /** A request ends and never gives its connection back. */
  leak: (i: number, now: number, slot: number) => void;
  /** Looks whether anybody waits in vain, and any connection is idle that must not be. O(instances). */
  audit: (now: number) => void;
}

/** What a pool asks of whoever has the clock, and tells whoever leads the requests on. */
export interface PoolEvents {
  /** An establishment has begun: `openingDone` (or `openingFailed`) is to be called after `delay` ns. */
  readonly openingStarted: (id: number, delay: number) => void;
  /** An open connection of this instance is about to be closed. */
  readonly closing: (instance: number) => void;
  /** The connection of this number is not there any more. */
  readonly gone: (number: number) => void;
  /** `idleTimerRings` is to be called with this at this instant. */
  readonly idleTimerSet: (payload: number, at: number) => void;
  /** `stepDone` is to be called with this at this instant: a check, a reset, a pause. */
  readonly stepSet: (payload: number, at: number) => void;
  /** One who waited has a connection, which was being opened since `openedSince` at the earliest. */
  readonly served: (slot: number, openedSince: number) => void;
  /** One who waited opens a connection itself from now on. */
  readonly opensItself: (slot: number) => void;
  /** One who waited has a connection that is being checked. */
  readonly checked: (slot: number) => void;
  /** It was of no use: the request waits in the line again. */
  readonly waitsAgain: (slot: number) => void;
  /** A request fails: no connection could be opened. */
  readonly failed: (slot: number) => void;
}
