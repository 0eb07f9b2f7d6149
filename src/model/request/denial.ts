/**
 * What an attempt is told that gets no connection. Finer than the reason of its failure: products have texts
 * of their own for a timeout of who was opening a connection, and for a connect that took too long.
 */
import { ACQUIRE_TIMEOUT, CONNECT_FAILED, CONNECT_REFUSED, POOL_FULL } from './failure.ts';

/** In the order of their counters; each with the index in `FAILURES` of the reason that follows from it. */
export const DENIALS = [
  { name: 'acquire-timeout', reason: ACQUIRE_TIMEOUT },
  { name: 'opening-timeout', reason: ACQUIRE_TIMEOUT },
  { name: 'pool-full', reason: POOL_FULL },
  { name: 'connect-failed', reason: CONNECT_FAILED },
  { name: 'connect-timeout', reason: CONNECT_FAILED },
  { name: 'connect-refused', reason: CONNECT_REFUSED },
] as const;

export type DenialName = (typeof DENIALS)[number]['name'];

/** Index in `DENIALS`: the acquire timeout has ended its wait. */
export const TIMED_OUT = 0;
/** The same, while it opened a connection for itself, which it had done from the first. */
export const TIMED_OUT_OPENING = 1;
export const TURNED_AWAY = 2;
export const NOT_CONNECTED = 3;
/** Its connection took longer to open than one may. */
export const NOT_CONNECTED_IN_TIME = 4;
export const REFUSED_BY_SERVER = 5;
