import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventList } from '../../src/engine/event-list.ts';
import { fuzzed } from '../support/fuzz.ts';

function drained(list: EventList): [number, number][] {
  const all: [number, number][] = [];
  while (list.size > 0) all.push([list.firstKey, list.pop()]);
  return all;
}

describe('the event list', () => {
  it('is at infinity when it is empty', () => {
    const list = new EventList();
    expect([list.firstKey, list.size]).toEqual([Infinity, 0]);
  });

  it('gives the smallest key first, whatever the order of the pushes', () => {
    const list = new EventList();
    [30, 10, 40, 20].forEach((key, payload) => {
      list.push(key, payload);
    });
    expect(drained(list)).toEqual([
      [10, 1],
      [20, 3],
      [30, 0],
      [40, 2],
    ]);
  });

  it('gives equal keys first in first out, also through many', () => {
    const list = new EventList();
    for (let i = 0; i < 300; i++) list.push(i % 3, i);
    const order = drained(list).map(([, payload]) => payload);
    const expected = [0, 1, 2].flatMap((r) => Array.from({ length: 100 }, (_, k) => 3 * k + r));
    expect(order).toEqual(expected);
  });

  it('takes fractions and infinity as keys', () => {
    const list = new EventList();
    for (const [payload, key] of [Infinity, 0.5, 0.25].entries()) list.push(key, payload);
    expect(drained(list)).toEqual([
      [0.25, 2],
      [0.5, 1],
      [Infinity, 0],
    ]);
  });

  it('agrees with a sorted list through any order of pushes and pops', () => {
    const steps = fc.array(fc.option(fc.nat({ max: 12 }), { freq: 2 }), { maxLength: 400 });
    fc.assert(
      fc.property(steps, (keys) => {
        const list = new EventList();
        const twin: { key: number; payload: number }[] = [];
        keys.forEach((key, payload) => {
          if (key !== null) {
            list.push(key, payload);
            twin.push({ key, payload });
            twin.sort((a, b) => a.key - b.key);
          } else if (twin.length > 0) {
            expect(list.pop()).toBe(twin.shift()?.payload);
          }
          expect([list.size, list.firstKey]).toEqual([twin.length, twin[0]?.key ?? Infinity]);
        });
        expect(drained(list)).toEqual(twin.map(({ key, payload }) => [key, payload]));
      }),
      fuzzed(500),
    );
  });
});
