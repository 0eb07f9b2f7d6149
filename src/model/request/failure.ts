/** Why an attempt fails. The order is that of the counters. */
export const FAILURES = [
  'acquire-timeout',
  'pool-full',
  'connect-refused',
  'queue-full',
  'instance-lost',
  'connect-failed',
  'connection-lost',
] as const;

/** Index of each reason in `FAILURES`. */
export const ACQUIRE_TIMEOUT = 0;
export const POOL_FULL = 1;
export const CONNECT_REFUSED = 2;
export const QUEUE_FULL = 3;
export const INSTANCE_LOST = 4;
export const CONNECT_FAILED = 5;
export const CONNECTION_LOST = 6;
