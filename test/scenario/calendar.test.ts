import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant, parseInstant, parseOffset } from '../../src/scenario/calendar.ts';

describe('parseInstant', () => {
  it('reads a date, a time, seconds, fractions and an offset', () => {
    const instant = (text: string) => parseInstant(text);
    expect(instant('2024-01-21T13:30:00Z')).toEqual({
      ok: true,
      value: { ms: Date.UTC(2024, 0, 21, 13, 30), utcOffsetMinutes: 0 },
    });
    expect(instant('2024-01-21T13:30+02:00')).toEqual({
      ok: true,
      value: { ms: Date.UTC(2024, 0, 21, 11, 30), utcOffsetMinutes: 120 },
    });
    expect(instant('2024-02-29')).toEqual({
      ok: true,
      value: { ms: Date.UTC(2024, 1, 29), utcOffsetMinutes: null },
    });
    expect(instant('1999-12-31 23:59:59.5')).toEqual({
      ok: true,
      value: { ms: Date.UTC(1999, 11, 31, 23, 59, 59, 500), utcOffsetMinutes: null },
    });
  });

  it('refuses days and times that there are not', () => {
    for (const text of [
      ...['2023-02-29', '2024-13-01', '2024-00-10', '2024-04-31', '2024-01-00'],
      ...['2024-01-01T24:00', '2024-01-01T10:60', '2024-01-01T10:00:60', '1900-02-29'],
    ]) {
      expect(parseInstant(text), text).toMatchObject({
        ok: false,
        message: expect.stringContaining('does not exist in the calendar') as string,
      });
    }
  });

  it('refuses what is no date', () => {
    for (const value of ['yesterday', '21.01.2024', 20240121, null, '2024-01-21T13:30:00 PM']) {
      expect(parseInstant(value)).toMatchObject({ ok: false });
    }
  });

  it('agrees with the calendar of the machine on any day', () => {
    const day = fc.date({
      min: new Date('0001-01-01'),
      max: new Date('9999-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(day, (date) => {
        expect(parseInstant(date.toISOString())).toEqual({
          ok: true,
          value: { ms: date.getTime(), utcOffsetMinutes: 0 },
        });
        expect(formatInstant(date.getTime())).toBe(date.toISOString().replace('.000Z', 'Z'));
      }),
    );
  });
});

describe('parseOffset', () => {
  it('reads UTC and fixed offsets', () => {
    expect(parseOffset('UTC')).toEqual({ ok: true, value: 0 });
    expect(parseOffset('Z')).toEqual({ ok: true, value: 0 });
    expect(parseOffset('+05:30')).toEqual({ ok: true, value: 330 });
    expect(parseOffset('-03:00')).toEqual({ ok: true, value: -180 });
    expect(parseOffset('-00:00')).toEqual({ ok: true, value: 0 });
  });

  it('knows the names of zones, and does not support them yet', () => {
    for (const name of ['Europe/Berlin', 'America/Argentina/Ushuaia', 'CET']) {
      expect(parseOffset(name)).toMatchObject({ ok: false, code: 'not-supported-yet' });
    }
    expect(parseOffset('+15:00')).toMatchObject({ ok: false, code: 'bad-timezone' });
    expect(parseOffset('tomorrow')).toMatchObject({ ok: false, code: 'bad-timezone' });
  });
});
