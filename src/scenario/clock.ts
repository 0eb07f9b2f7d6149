/** The simulated clock: instants of a run as clock times of the scenario, and back. */
import { DAY, HOUR, MILLISECOND, MINUTE, SECOND } from '../engine/time.ts';
import { formatInstant } from './calendar.ts';
import { parseDuration } from './duration.ts';
import { read, refuse, show, type Reading } from './reading.ts';
import type { Scenario } from './scenario.ts';

/** What the clock needs of a scenario. */
export type Clock = Pick<Scenario, 'startMs' | 'utcOffsetMinutes'>;

/** An `at` as written: a clock time of the day, or an offset from the start of the run. */
export type Moment =
  | { readonly kind: 'clock'; readonly ofDayNs: number }
  | { readonly kind: 'offset'; readonly ns: number };

/** Reads `14:30`, `14:30:15`, or an offset such as `45s` or `1h30m`. */
export function parseMoment(value: unknown): Reading<Moment> {
  if (typeof value !== 'string') {
    const hint = Number.isFinite(value) ? `; did you mean ${value as number}s?` : '';
    return refuse('bad-moment', `${show(value)} is not ${moments}${hint}`);
  }
  const match = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(value);
  if (match === null) {
    const offset = parseDuration(value);
    if (offset.ok) return read({ kind: 'offset', ns: offset.value });
    if (offset.code === 'no-unit') return refuse('no-unit', offset.message);
    return refuse('bad-moment', `${show(value)} is not ${moments}`);
  }
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) {
    return refuse('bad-moment', `${value} is no time of day (00:00 to 23:59:59)`);
  }
  return read({ kind: 'clock', ofDayNs: hours * HOUR + minutes * MINUTE + seconds * SECOND });
}

const moments = 'a clock time such as 14:30 or 14:30:15, or an offset such as 45s or 1h30m';

/**
 * Nanoseconds from the start of the run to a moment. A clock time before that of the start is the next
 * day's; an offset reaches further.
 */
export function momentNs(clock: Clock, moment: Moment): number {
  if (moment.kind === 'offset') return moment.ns;
  const ns = moment.ofDayNs - startOfDayNs(clock);
  return ns < 0 ? ns + DAY : ns;
}

/** Time of day at the start of the run, in nanoseconds after midnight on the scenario's clock. */
function startOfDayNs(clock: Clock): number {
  const ms = clock.startMs + clock.utcOffsetMinutes * 60_000;
  return (ms - Math.floor(ms / 86_400_000) * 86_400_000) * MILLISECOND;
}

/**
 * Clock time `HH:MM:SS` at `atNs` after the start, fractions of a second cut off. `seconds: 'when-needed'`
 * drops them when they are 0: `14:30`.
 */
export function formatClock(
  clock: Clock,
  atNs: number,
  options: { readonly seconds?: 'always' | 'when-needed' } = {},
): string {
  const seconds = Math.floor((startOfDayNs(clock) + atNs) / SECOND) % 86_400;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  if (options.seconds !== 'when-needed' || seconds % 60 !== 0) parts.push(seconds % 60);
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** ISO 8601 in UTC at `atNs` after the start, cut off to milliseconds, which are left out when 0. */
export function formatIso(clock: Clock, atNs: number): string {
  return formatInstant(clock.startMs + Math.floor(atNs / MILLISECOND));
}
