import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/engine/time.ts';
import { formatClock, formatIso, momentNs, parseMoment } from '../../src/scenario/clock.ts';

const january = { startMs: Date.UTC(2024, 0, 21, 13, 30), utcOffsetMinutes: 0 };
const berlin = { ...january, utcOffsetMinutes: 60 };

function at(text: string, clock = january): number {
  const moment = parseMoment(text);
  if (!moment.ok) throw new Error(moment.message);
  return momentNs(clock, moment.value);
}

describe('parseMoment and momentNs', () => {
  it('read a clock time as that of the day of the start', () => {
    expect(at('13:30')).toBe(0);
    expect(at('14:30')).toBe(HOUR);
    expect(at('14:30:15')).toBe(HOUR + 15 * SECOND);
  });

  it('read a clock time before that of the start as the next day', () => {
    expect(at('13:29')).toBe(24 * HOUR - MINUTE);
    expect(at('0:00')).toBe(10.5 * HOUR);
  });

  it('read clock times on the clock of the time zone', () => {
    expect(at('14:30', berlin)).toBe(0);
    expect(at('15:00', berlin)).toBe(30 * MINUTE);
  });

  it('read an offset from the start', () => {
    expect(at('45s')).toBe(45 * SECOND);
    expect(at('1h30m')).toBe(90 * MINUTE);
    expect(at('26h')).toBe(26 * HOUR);
  });

  it('refuse what is neither', () => {
    for (const value of [
      '25:00',
      '14:60',
      '14:30:60',
      '14:3',
      'noon',
      '',
      1430,
      null,
      '-5s',
      '+5s',
    ]) {
      expect(parseMoment(value), String(value)).toMatchObject({ ok: false });
    }
  });
});

describe('formatClock and formatIso', () => {
  it('write the time of day on the scenario’s clock', () => {
    expect(formatClock(january, 0)).toBe('13:30:00');
    expect(formatClock(january, HOUR + 15.9 * SECOND)).toBe('14:30:15');
    expect(formatClock(january, HOUR, { seconds: 'when-needed' })).toBe('14:30');
    expect(formatClock(january, HOUR + SECOND, { seconds: 'when-needed' })).toBe('14:30:01');
    expect(formatClock(january, 10.5 * HOUR)).toBe('00:00:00');
    expect(formatClock(berlin, 0)).toBe('14:30:00');
  });

  it('write instants in UTC whatever the time zone is', () => {
    expect(formatIso(january, 0)).toBe('2024-01-21T13:30:00Z');
    expect(formatIso(berlin, 0)).toBe('2024-01-21T13:30:00Z');
    expect(formatIso(january, 10.5 * HOUR + 250e6)).toBe('2024-01-22T00:00:00.250Z');
  });

  it('read back the clock time that they wrote', () => {
    const clocks = fc.record({
      startMs: fc.integer({ min: -1e11, max: 1e13 }).map((s) => Math.floor(s / 1000) * 1000),
      utcOffsetMinutes: fc.integer({ min: -840, max: 840 }),
    });
    fc.assert(
      fc.property(clocks, fc.integer({ min: 0, max: 86_399 }), (clock, seconds) => {
        const ns = seconds * SECOND;
        expect(at(formatClock(clock, ns), clock)).toBe(ns);
        expect(at(formatClock(clock, ns, { seconds: 'when-needed' }), clock)).toBe(ns);
      }),
    );
  });
});
