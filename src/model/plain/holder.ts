/**
 * What the plain flow knows of an instance, and of a request that has a connection: an object each, whose
 * fields hold their numbers in place, at a third of what an entry of a shared array costs, where place and
 * length are looked up every time. There are as many as instances and connections, and they stay. Times are
 * ns. A field that holds a double begins as −0: beginning as 0 it would be a small integer, and change its form.
 */

/** An instance. */
export class Berth {
  readonly index: number;
  /** Those who wait, connections that requests own, and all that are open. */
  pending = 0;
  owned = 0;
  open = 0;
  /** Sums of the instants at which the first two changed, see `plain-state`. */
  pendingArea = -0;
  ownedArea = -0;
  /** When the one had come who was served last. */
  lastServed = -0;
  /** Of a fleet: the places in the line of the first (−1: nobody) and the last who wait. */
  head = -1;
  tail = 0;

  constructor(index: number) {
    this.index = index;
  }
}

/** The instance of a connection that nobody has. */
export const NOWHERE = new Berth(-1);

/** A request that has a connection; with those of the slot that it has in the request table. */
export class Holder {
  readonly slot: number;
  berth = NOWHERE;
  requestClass = 0;
  cpuShare = 0;
  arrived = -0;
  acquired = -0;
  /** When its connection had been established anew, or `acquired`. */
  ready = -0;
  /** When it began to use it: its query had reached the database, or `ready`. */
  started = -0;
  work = -0;
  demand = -0;
  /** The reading of the virtual clock when its work began. */
  workStart = -0;
  /** When the step ends that it is in, or the reading of the virtual clock then; and who is next there. */
  key = -0;
  next: Holder;

  constructor(slot: number) {
    this.slot = slot;
    this.next = this;
  }
}

/** The end of each chain of holders. */
export const NOBODY = new Holder(-1);
NOBODY.key = Infinity;
