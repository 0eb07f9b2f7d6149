/** The simulated clock as a report shows it: instants of a result as times of day. */
import { formatInstant, parseInstant } from '../scenario/calendar.ts';

export interface RunClock {
  /** `14:30`, or `14:30:15` where the seconds are not zero; with the day in runs of more than a day. */
  time(iso: string): string;
  /** `21 Jan 2024`. */
  date(iso: string): string;
  /** Milliseconds since 1970 on the wall clock that `time` shows. */
  wallMs(iso: string): number;
  readonly startMs: number;
  readonly endMs: number;
}

const DAY_MS = 86_400_000;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** The clock of a run. A result's instants are UTC; a scenario may have a wall clock of its own. */
export function runClock(
  run: { readonly start: string; readonly end: string },
  utcOffsetMinutes = 0,
): RunClock {
  const wallMs = (iso: string) => msOf(iso) + utcOffsetMinutes * 60_000;
  const [startMs, endMs] = [wallMs(run.start), wallMs(run.end)];
  const length = endMs - startMs;
  return {
    time: (iso) => {
      const ms = wallMs(iso);
      const day = length > DAY_MS ? `${dayOf(ms)} ` : '';
      return day + timeOf(ms, { withMilliseconds: length < 60_000 });
    },
    date: (iso) => `${dayOf(wallMs(iso))} ${formatInstant(wallMs(iso)).slice(0, 4)}`,
    wallMs,
    startMs,
    endMs,
  };
}

/** Milliseconds since 1970 of an instant of a result. */
export function msOf(iso: string): number {
  const instant = parseInstant(iso);
  if (!instant.ok) throw new Error(`bug: ${iso} is no instant of a result`);
  return instant.value.ms;
}

/** Seconds from one instant to another. */
export function secondsBetween(from: string, to: string): number {
  return (msOf(to) - msOf(from)) / 1000;
}

/** `14:30`, `14:30:15`, `14:30:15.250`. */
export function timeOf(wallMs: number, options: { withMilliseconds: boolean }): string {
  const [, hhmm = '', seconds = '00', fraction = ''] =
    /T(\d\d:\d\d):(\d\d)(\.\d+)?/.exec(formatInstant(wallMs)) ?? [];
  const rest = options.withMilliseconds ? seconds + fraction : seconds;
  return rest === '00' ? hhmm : `${hhmm}:${rest}`;
}

/** `21 Jan`. */
export function dayOf(wallMs: number): string {
  const [, month = '1', day = '1'] = /-(\d\d)-(\d\d)T/.exec(formatInstant(wallMs)) ?? [];
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? ''}`;
}
