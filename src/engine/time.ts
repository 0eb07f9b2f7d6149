/** Simulated time is a whole number of nanoseconds in a double: exact below 2^53 ns, which is 104 days. */
export const MICROSECOND = 1_000;
export const MILLISECOND = 1_000_000;
export const SECOND = 1_000_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** No later instant can be told apart from its neighbour. */
export const LAST_INSTANT = Number.MAX_SAFE_INTEGER;
