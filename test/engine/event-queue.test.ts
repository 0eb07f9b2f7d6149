// The queue against a list that is sorted anew each time.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from '../../src/engine/event-queue.ts';
import { fuzzed } from '../support/fuzz.ts';

/** Bursts of entries that come, each followed by some that go: the queue grows and shrinks over its limit. */
const steps = fc.array(
  fc.record({
    keys: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 50 }),
    pops: fc.nat({ max: 50 }),
  }),
  { maxLength: 12 },
);

function emptied(queue: EventQueue): number[] {
  const payloads: number[] = [];
  while (queue.size > 0) payloads.push(queue.pop());
  return payloads;
}

describe('EventQueue', () => {
  it('gives back the smallest key first, and of equal keys the one that came first', () => {
    fc.assert(
      fc.property(steps, (bursts) => {
        const queue = new EventQueue();
        let expected: { key: number; payload: number }[] = [];
        let payload = 0;
        for (const { keys, pops } of bursts) {
          for (const key of keys) {
            queue.push(key, ++payload);
            expected.push({ key, payload });
            // Sorting is stable.
            expected.sort((a, b) => a.key - b.key);
            expect(queue.firstKey).toBe(expected[0]?.key);
          }
          for (let i = 0; i < pops && expected.length > 0; i++) {
            expect(queue.pop()).toBe(expected[0]?.payload);
            expected = expected.slice(1);
            expect(queue.firstKey).toBe(expected[0]?.key ?? Infinity);
            expect(queue.size).toBe(expected.length);
          }
        }
        expect(emptied(queue)).toEqual(expected.map((entry) => entry.payload));
      }),
      fuzzed(200),
    );
  });

  it.each([1, 31, 32, 33, 63, 64, 65, 66, 200])(
    'holds %i entries that come in any order',
    (count) => {
      for (const keyOf of [(i: number) => i, (i: number) => -i, (i: number) => (i * 37) % 101]) {
        const queue = new EventQueue();
        const entries = Array.from({ length: count }, (_, i) => ({ key: keyOf(i), payload: i }));
        for (const { key, payload } of entries) queue.push(key, payload);
        expect(queue.size).toBe(count);
        const sorted = entries.toSorted((a, b) => a.key - b.key).map(({ payload }) => payload);
        expect(emptied(queue)).toEqual(sorted);
        expect(queue.firstKey).toBe(Infinity);
      }
    },
  );

  it('has no first key while it is empty', () => {
    expect(new EventQueue().firstKey).toBe(Infinity);
    expect(new EventQueue().size).toBe(0);
  });
});
