/** The proleptic Gregorian calendar in UTC, without the machine's clock. */
import { read, refuse, show, type Reading } from './reading.ts';

const MS_PER_DAY = 86_400_000;

/** An instant, and the offset from UTC that it was written with (null: none written). */
export interface WrittenInstant {
  readonly ms: number;
  readonly utcOffsetMinutes: number | null;
}

const instantShape = new RegExp(
  '^(?<y>\\d{4})-(?<mo>\\d\\d)-(?<d>\\d\\d)' +
    '(?:[T ](?<h>\\d\\d):(?<mi>\\d\\d)(?::(?<s>\\d\\d)(?:\\.(?<ms>\\d{1,3}))?)?' +
    '(?<zone>Z|[+-]\\d\\d:\\d\\d)?)?$',
);

/**
 * Reads ISO 8601 such as `2024-01-21T13:30:00Z` or `2024-01-21T13:30+02:00`. Without an offset the
 * milliseconds are those of that wall clock in UTC.
 */
export function parseInstant(value: unknown): Reading<WrittenInstant> {
  const example = 'a date and time such as 2024-01-21T13:30:00Z';
  if (typeof value !== 'string') return refuse('wrong-type', `${show(value)} is not ${example}`);
  const match = instantShape.exec(value);
  if (match === null) return refuse('bad-instant', `${show(value)} is not ${example}`);
  const wall = wallClockMs(match.groups ?? {});
  if (wall === null) {
    return refuse('bad-instant', `${show(value)} does not exist in the calendar`);
  }
  const zone = match.groups?.['zone'];
  const offset = zone === undefined ? read(null) : parseOffset(zone);
  if (!offset.ok) return offset;
  return read({ ms: wall - (offset.value ?? 0) * 60_000, utcOffsetMinutes: offset.value });
}

/** Milliseconds since 1970 of a wall clock in UTC; null when there is no such day or time. */
function wallClockMs(groups: Readonly<Record<string, string | undefined>>): number | null {
  const number = (name: string): number => Number(groups[name] ?? 0);
  const [year, month, day] = [number('y'), number('mo'), number('d')];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  const [hour, minute, second] = [number('h'), number('mi'), number('s')];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const seconds = (hour * 60 + minute) * 60 + second;
  const fraction = Number((groups['ms'] ?? '').padEnd(3, '0'));
  return daysFromCivil(year, month, day) * MS_PER_DAY + seconds * 1000 + fraction;
}

/** Minutes east of UTC of `UTC`, `Z` or `+02:00`; names of places are known, not supported yet. */
export function parseOffset(value: unknown): Reading<number> {
  if (value === 'UTC' || value === 'Z') return read(0);
  const match = typeof value === 'string' ? /^([+-])(\d\d):(\d\d)$/.exec(value) : null;
  if (match !== null) {
    const minutes = Number(match[2]) * 60 + Number(match[3]);
    if (Number(match[3]) < 60 && minutes <= 14 * 60) {
      return read(match[1] === '-' && minutes > 0 ? -minutes : minutes);
    }
  }
  if (
    typeof value === 'string' &&
    /^([A-Z][A-Za-z_]+(\/[A-Za-z_+-]+\d*)+|[A-Z]{3,5})$/.test(value)
  ) {
    return refuse(
      'not-supported-yet',
      `${value}: names of time zones are known, not supported yet; write UTC or an offset such as +02:00`,
    );
  }
  return refuse('bad-timezone', `${show(value)} is not UTC or an offset such as +02:00`);
}

/** ISO 8601 in UTC; milliseconds only when there are some: `2024-01-21T13:30:00Z`. */
export function formatInstant(ms: number): string {
  const days = Math.floor(ms / MS_PER_DAY);
  const rest = ms - days * MS_PER_DAY;
  const [year, month, day] = civilFromDays(days);
  const date = `${two(year, 4)}-${two(month)}-${two(day)}`;
  const seconds = Math.floor(rest / 1000);
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const fraction = Math.floor(rest % 1000);
  return `${date}T${time}${fraction === 0 ? '' : `.${two(fraction, 3)}`}Z`;
}

function two(n: number, digits = 2): string {
  return String(n).padStart(digits, '0');
}

function daysInMonth(year: number, month: number): number {
  const next = month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1);
  return next - daysFromCivil(year, month, 1);
}

/** Days since 1970-01-01. Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leaps + dayOfYear - 719_468;
}

/** Year, month and day of a number of days since 1970-01-01; the inverse of the above, same source. */
function civilFromDays(days: number): [number, number, number] {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const leaps =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const elapsed = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = dayOfEra - (365 * yearOfEra + elapsed);
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day];
}
