/** Why an attempt fails. The order is that of the counters. */
export const FAILURES = [
  'acquire-timeout',
  'pool-full',
  'connect-refused',
  'queue-full',
  'instance-lost',
  'connect-failed',
  'connection-lost',
  'pooler-timeout',
  'pooler-failed',
] as const;

/** Index of each reason in `FAILURES`. */
export const ACQUIRE_TIMEOUT = 0;
export const POOL_FULL = 1;
export const CONNECT_REFUSED = 2;
export const QUEUE_FULL = 3;
export const INSTANCE_LOST = 4;
export const CONNECT_FAILED = 5;
export const CONNECTION_LOST = 6;
/** It waited too long for a server connection at the pooler, or the pooler cannot open any. */
export const POOLER_TIMEOUT = 7;
export const POOLER_FAILED = 8;
