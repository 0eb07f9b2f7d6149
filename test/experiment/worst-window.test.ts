// The worst window of an objective, on traffic whose burst is known.

import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/engine/time.ts';
import { WorstWindow } from '../../src/experiment/worst-window.ts';
import type { Comparison } from '../../src/model/control/settings.ts';
import { systemOf, systemSettings, trafficOf } from '../support/small-system.ts';

/** Requests come from 4 s to 7 s only; the window of 3 s slides in steps of 0.1 s. */
function worstOf(comparison: Comparison) {
  const rate = [0, 1000, 0].flatMap((perSecond, i) => {
    const [from = 0, to = 0] = [0, 4, 7, 10].slice(i);
    return [from, to].map((at) => ({ atNs: at * SECOND, perSecond }));
  });
  const system = systemOf(systemSettings([{ traffic: trafficOf({ rate }) }]));
  const condition = { metric: { kind: 'arrival-rate' }, comparison, limit: 1 } as const;
  const worst = new WorstWindow(condition, 3 * SECOND, 10 * SECOND);
  for (let tenths = 0; tenths <= 100; tenths++) {
    system.runUntil((tenths * SECOND) / 10);
    worst.take(system.snapshot());
  }
  return { worst, arrived: system.arrived };
}

describe('the worst window', () => {
  it('is the one with the largest value when the limit is an upper one', () => {
    const { worst, arrived } = worstOf('<');
    expect(worst.value).toBeCloseTo(arrived / 3, 9);
    expect([worst.fromNs, worst.toNs]).toEqual([4 * SECOND, 7 * SECOND]);
  });

  it('is the one with the smallest value when the limit is a lower one', () => {
    const { worst } = worstOf('>');
    expect([worst.value, worst.fromNs, worst.toNs]).toEqual([0, 0, 3 * SECOND]);
  });
});
