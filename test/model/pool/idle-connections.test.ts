import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdleConnections } from '../../../src/model/pool/idle-connections.ts';
import { fuzzed } from '../../support/fuzz.ts';

describe('the idle connections of two instances', () => {
  it('are lists from which the newest is taken and the oldest closed', () => {
    const act = fc.constantFrom('push', 'push', 'take', 'close');
    const steps = fc.array(fc.tuple(fc.nat({ max: 1 }), act), { maxLength: 200 });
    fc.assert(
      fc.property(steps, (all) => {
        const idle = new IdleConnections(2);
        const twins: [number[], number[]] = [[], []];
        all.forEach(([i, wanted], now) => {
          const twin = twins[i === 0 ? 0 : 1];
          if (wanted === 'push') {
            idle.push(i, now);
            twin.push(now);
          } else if (twin.length > 0) {
            if (wanted === 'take') idle.takeNewest(i);
            else idle.takeOldest(i);
            if (wanted === 'take') twin.pop();
            else twin.shift();
          }
          expect([idle.oldestSince(0), idle.oldestSince(1)]).toEqual(
            twins.map((t) => t[0] ?? Infinity),
          );
        });
      }),
      fuzzed(300),
    );
  });

  it('stay in order when they become more than ever before, after some have gone', () => {
    const idle = new IdleConnections(1);
    for (let now = 0; now < 8; now++) idle.push(0, now);
    for (let n = 0; n < 3; n++) idle.takeOldest(0);
    for (let now = 8; now < 100; now++) idle.push(0, now);
    const since = Array.from({ length: 97 }, () => {
      const oldest = idle.oldestSince(0);
      idle.takeOldest(0);
      return oldest;
    });
    expect(since).toEqual(Array.from({ length: 97 }, (_, k) => 3 + k));
    expect(idle.oldestSince(0)).toBe(Infinity);
  });
});
