import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotLinks, SlotQueues } from '../../src/engine/slot-queues.ts';
import { fuzzed } from '../support/fuzz.ts';

function drained(queues: SlotQueues, queue: number): number[] {
  const all: number[] = [];
  while ((queues.length[queue] ?? 0) > 0) all.push(queues.shift(queue));
  return all;
}

describe('slot queues', () => {
  it('are first in first out, each for itself', () => {
    const queues = new SlotQueues(2, new SlotLinks(8));
    for (const slot of [5, 1, 7, 2]) queues.push(slot % 2, slot);
    expect([drained(queues, 1), drained(queues, 0)]).toEqual([[5, 1, 7], [2]]);
  });

  it.each([
    ['the head', 4, [2, 6]],
    ['the middle', 2, [4, 6]],
    ['the tail', 6, [4, 2]],
  ])('close the gap when %s leaves', (_, leaving, rest) => {
    const queues = new SlotQueues(1, new SlotLinks(8));
    for (const slot of [4, 2, 6]) queues.push(0, slot);
    queues.remove(0, leaving);
    expect(drained(queues, 0)).toEqual(rest);
  });

  it('keep their order when room is made for more slots', () => {
    const links = new SlotLinks(2);
    const queues = new SlotQueues(1, links);
    for (const slot of [1, 0]) queues.push(0, slot);
    links.resize(4);
    for (const slot of [3, 2]) queues.push(0, slot);
    expect(drained(queues, 0)).toEqual([1, 0, 3, 2]);
  });

  it('agree with arrays whatever comes, goes and leaves from the middle', () => {
    const step = fc.record({
      act: fc.constantFrom('push', 'push', 'shift', 'pop', 'remove'),
      queue: fc.nat({ max: 2 }),
      slot: fc.nat({ max: 15 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const queues = new SlotQueues(3, new SlotLinks(16));
        const twins: number[][] = [[], [], []];
        for (const { act, queue, slot } of steps) {
          const twin = twins[queue] as number[];
          const home = twins.findIndex((other) => other.includes(slot));
          if (act === 'push' && home < 0) {
            queues.push(queue, slot);
            twin.push(slot);
          } else if (act === 'shift' && twin.length > 0) {
            expect(queues.shift(queue)).toBe(twin.shift());
          } else if (act === 'pop' && twin.length > 0) {
            expect(queues.pop(queue)).toBe(twin.pop());
          } else if (act === 'remove' && home >= 0) {
            queues.remove(home, slot);
            twins[home] = (twins[home] as number[]).filter((other) => other !== slot);
          }
          expect([...queues.length]).toEqual(twins.map((t) => t.length));
        }
        expect(twins.map((_, queue) => drained(queues, queue))).toEqual(twins);
      }),
      fuzzed(500),
    );
  });
});
