/**
 * What happens first when several things happen at the same nanosecond. Within a rank: the source that
 * was added first, and within a source first in first out.
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
  /** Ends of windows: they see everything of their instant. */
  window: 7,
} as const;
