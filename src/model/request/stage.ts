/**
 * The stages of a request's way, which are also the rows of its time ledger. A request is in exactly one
 * of them at any instant, so its ledger adds up to its response time.
 */
export const STAGES = [
  'network',
  'queue',
  'acquireQueue',
  'opening',
  'databaseWork',
  'contention',
  'app',
  'backoff',
  'poolerQueue',
] as const;

export type Stage = (typeof STAGES)[number];

/** Index of the stages in `STAGES`. */
export const NETWORK = 0;
export const QUEUE = 1;
export const ACQUIRE_QUEUE = 2;
export const OPENING = 3;
export const DATABASE_WORK = 4;
export const CONTENTION = 5;
export const APP = 6;
export const BACKOFF = 7;
/** Waiting for a server connection at a pooler in front of the database. */
export const POOLER_QUEUE = 8;
