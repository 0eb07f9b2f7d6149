/**
 * What happens first when several things happen at the same nanosecond. Within a rank: the source that
 * was added first, and within a source first in first out. Windows end after everything of their instant: whoever reads the meters lets the
 * system run up to and including it.
 */
export const RANK = {
  /** Work that is done, with the release of its connection. */
  completion: 0,
  /** Connections that are open. */
  opening: 1,
  /** Entries of the timeline. */
  change: 2,
  arrival: 3,
  retry: 4,
  timeout: 5,
  /** Alerts. */
  control: 6,
} as const;
