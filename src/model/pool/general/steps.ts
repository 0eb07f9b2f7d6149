/** What a timer of the general pool is for; with whose it is, one number. */
export const STEP = {
  /** The check or reset of a connection is over. */
  busyDone: 0,
  /** A connection is closed for good. */
  closed: 1,
  /** Waiters that were woken come for a connection. */
  woken: 2,
  /** The pool looks whether it needs a connection. */
  look: 3,
  /** The place of an opening is free again. */
  placeFree: 4,
  /** A failed opening is tried again. */
  retry: 5,
  /** The pool is filled up to its minimum. */
  fill: 6,
  /** A connection's lifetime is over. */
  lifeOver: 7,
  /** Idle connections are looked at. */
  idleCheck: 8,
} as const;

const STEPS = 16;

/** @param whose number of a connection, a slot or an instance */
export function stepCode(step: number, whose: number): number {
  return whose * STEPS + step;
}

export function stepOf(code: number): number {
  return code % STEPS;
}

export function whoseOf(code: number): number {
  return Math.floor(code / STEPS);
}
