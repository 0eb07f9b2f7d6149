import { describe, expect, it } from 'vitest';
import type { Law } from '../../../src/engine/law.ts';
import { MILLISECOND, SECOND } from '../../../src/engine/time.ts';
import type { LoggedEvent } from '../../../src/model/event-log.ts';
import { requesting, steady, systemOf, systemSettings } from '../../support/small-system.ts';

const MEAN = 100 * MILLISECOND;

/** Holds by request, on one connection, of a system whose law changes after a second. */
function holdsOf(before: Law, after: Law): { arrivedNs: number; holdNs: number }[] {
  const settingsOf = (hold: Law) =>
    systemSettings([{ traffic: steady(100), requests: [requesting({ kind: 'hold', hold })] }]);
  const log: LoggedEvent[] = [];
  const change = { kind: 'set', atNs: SECOND, settings: settingsOf(after) } as const;
  systemOf(settingsOf(before), { changes: [change], log }).runUntil(20 * SECOND);
  const atOf = (name: string) =>
    new Map(log.filter((e) => e.name === name).map((e) => [e.request, e.atNs]));
  const [arrived, acquired, released] = [atOf('arrival'), atOf('acquire'), atOf('release')];
  return [...released].map(([request, at]) => ({
    arrivedNs: arrived.get(request) ?? NaN,
    holdNs: at - (acquired.get(request) ?? NaN),
  }));
}

describe('a law whose shape changes during a run', () => {
  it.each<[Law, Law]>([
    [
      { family: 'erlang', mean: MEAN, stages: 1 },
      { family: 'erlang', mean: MEAN / 10, stages: 1000 },
    ],
    [
      { family: 'gamma', mean: MEAN, cv: 2 },
      { family: 'gamma', mean: MEAN / 10, cv: 0.03 },
    ],
  ])('keeps it for those who wait, with the new mean: %j', (before, after) => {
    const holds = holdsOf(before, after);
    const old = holdsOf(before, before);
    const waiting = holds.filter(({ arrivedNs, holdNs }, i) => {
      return arrivedNs <= SECOND && holdNs !== old[i]?.holdNs;
    });
    expect(waiting.length).toBeGreaterThan(3);
    for (const [i, { arrivedNs, holdNs }] of holds.entries()) {
      // Either it ran already, or it has the same variate with a tenth of the mean.
      const whole = old[i]?.holdNs ?? NaN;
      if (arrivedNs <= SECOND) {
        expect([Math.abs(holdNs - whole), Math.abs(10 * holdNs - whole)].some((d) => d <= 5)).toBe(
          true,
        );
      } else expect(Math.abs(holdNs / (MEAN / 10) - 1)).toBeLessThan(0.2);
    }
  });
});
