/** What values of Spring's files stand for: its switches and its durations. */
import { MILLISECOND } from '../../../engine/time.ts';
import { parseDuration } from '../../duration.ts';
import type { ProfileSetting } from '../../profiles.ts';
import { read, refuse, type Reading } from '../../reading.ts';
import { relaxed, showHarmless } from '../found-pool.ts';

/** As Spring Boot binds a setting; where it binds a plain number (HikariCP's times) nothing changes. */
export function springValue(value: unknown, { unit }: ProfileSetting): Reading<unknown> {
  if (unit === 'flag') return read(switchOf(value));
  return unit === 'duration' ? durationText(value) : read(value);
}

/** As Spring Boot binds a setting of DBCP2, whose maxWait is a Duration, unlike its maxWaitMillis. */
export function springDbcp2Value(
  value: unknown,
  setting: ProfileSetting,
  name: string,
): Reading<unknown> {
  if (relaxed(name) !== 'maxwait' || typeof value !== 'string') return springValue(value, setting);
  const text = durationText(value);
  if (!text.ok || typeof text.value !== 'string') return text;
  const duration = parseDuration(text.value);
  return duration.ok ? read(duration.value / MILLISECOND) : duration;
}

function switchOf(value: unknown): unknown {
  const word = String(value).trim().toLowerCase();
  if (['true', 'on', 'yes', '1'].includes(word)) return true;
  return ['false', 'off', 'no', '0'].includes(word) ? false : value;
}

/** `30s`, `PT30S` or bare milliseconds as a text with units; −1 for what is negative: no limit. */
function durationText(value: unknown): Reading<unknown> {
  const text = String(value).trim();
  if (typeof value !== 'number' && typeof value !== 'string') return read(value);
  if (/^[+-]?\d+$/.test(text)) return read(Number(text) < 0 ? -1 : `${Number(text)}ms`);
  if (/^(?:-\d+[a-z]{1,2}|-P.*|PT?-\d+[DHMS])$/i.test(text)) return read(-1);
  const simple = /^\+?(\d+(?:ns|us|ms|s|m|h|d))$/i.exec(text)?.[1];
  if (simple !== undefined) return read(simple.toLowerCase());
  const iso = /^P(?=.)((?:\d+D)?)(?:T(?=.)((?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?))?$/i.exec(text);
  if (iso !== null) return read(`${iso[1] ?? ''}${iso[2] ?? ''}`.toLowerCase());
  const message = `${showHarmless(value)} is no duration; Spring Boot takes 30s, PT30S, or plain milliseconds here`;
  return refuse('bad-duration', message);
}
