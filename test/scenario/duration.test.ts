import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../src/scenario/duration.ts';

function ns(text: unknown): number {
  const reading = parseDuration(text);
  if (!reading.ok) throw new Error(reading.message);
  return reading.value;
}

function refusal(value: unknown): string {
  const reading = parseDuration(value);
  return reading.ok ? `read as ${reading.value}` : reading.message;
}

describe('parseDuration', () => {
  it('reads every unit, alone and together, as whole nanoseconds', () => {
    expect(ns('1ns')).toBe(1);
    expect(ns('2.5us')).toBe(2500);
    expect(ns('2µs')).toBe(2000);
    expect(ns('2μs')).toBe(2000);
    expect(ns('16.1ms')).toBe(16_100_000);
    expect(ns('45s')).toBe(45e9);
    expect(ns('1h30m')).toBe(5400e9);
    expect(ns('4h30m')).toBe(16_200e9);
    expect(ns('1m30.5s')).toBe(90.5e9);
    expect(ns('1d')).toBe(86_400e9);
    expect(ns('0s')).toBe(0);
  });

  it('rounds a fraction of a nanosecond', () => {
    expect(ns('0.4ns')).toBe(0);
    expect(ns('0.6ns')).toBe(1);
    expect(ns('1.0000004ms')).toBe(1_000_000);
  });

  it('reads up to 104 days and no further', () => {
    expect(ns('104d')).toBe(104 * 86_400e9);
    expect(refusal('105d')).toBe('105d is longer than 104 days');
  });

  it('asks for the unit that is missing', () => {
    expect(refusal(30)).toBe('30: a duration needs a unit; did you mean 30s or 30ms?');
    expect(refusal('30')).toBe('30: a duration needs a unit; did you mean 30s or 30ms?');
  });

  it('refuses what only looks like a duration', () => {
    for (const text of [
      '',
      ' ',
      's',
      '10s extra',
      '5ss',
      '1m1h',
      '1h-30m',
      '1e3s',
      '.5s',
      '5.s',
      '1h30',
    ]) {
      expect(parseDuration(text), text).toMatchObject({ ok: false, code: 'bad-duration' });
    }
  });

  it('names the spelling that was meant', () => {
    expect(refusal('5 seconds')).toMatch(/did you mean 5s\?$/);
    expect(refusal('30S')).toMatch(/did you mean 30s\?$/);
    expect(refusal('1h 30min')).toMatch(/did you mean 1h30m\?$/);
    expect(refusal('200 millis')).toMatch(/did you mean 200ms\?$/);
  });

  it('refuses negative durations and values that are no text', () => {
    expect(refusal(-5)).toBe('-5 is negative; a duration is not');
    expect(refusal('-5s')).toBe('-5s is negative; a duration is not');
    expect(refusal(null)).toBe('nothing is no duration such as 30s or 1h30m');
    expect(refusal(['5s'])).toBe('a list is no duration such as 30s or 1h30m');
  });
});

describe('formatDuration', () => {
  it('writes the shortest exact text', () => {
    expect(formatDuration(0)).toBe('0s');
    expect(formatDuration(1)).toBe('1ns');
    expect(formatDuration(2500)).toBe('2.5us');
    expect(formatDuration(16_100_000)).toBe('16.1ms');
    expect(formatDuration(400_000_000)).toBe('400ms');
    expect(formatDuration(45e9)).toBe('45s');
    expect(formatDuration(90.5e9)).toBe('1m30.5s');
    expect(formatDuration(5400e9)).toBe('1h30m');
    expect(formatDuration(86_400e9)).toBe('1d');
    expect(formatDuration(Infinity)).toBe('none');
  });

  it('is read back to the same number', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (whole) => {
        expect(ns(formatDuration(whole))).toBe(whole);
      }),
    );
  });
});
