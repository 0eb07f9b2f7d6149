import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TicketedHeap } from '../../src/engine/ticketed-heap.ts';
import { Tickets } from '../../src/engine/tickets.ts';
import { fuzzed } from '../support/fuzz.ts';

const SLOTS = 200;

describe('a ticketed heap', () => {
  it('gives what was not called off in order of time, the older first at equal instants', () => {
    const step = fc.record({
      at: fc.nat({ max: 50 }),
      slot: fc.nat({ max: SLOTS - 1 }),
      off: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const tickets = new Tickets(SLOTS);
        const heap = new TicketedHeap(tickets);
        const twin = new Map<number, { at: number; order: number }>();
        steps.forEach(({ at, slot, off }, order) => {
          if (off) {
            tickets.revoke(slot);
            twin.delete(slot);
            return;
          }
          heap.push(at, slot, tickets.issue(slot));
          twin.set(slot, { at, order });
        });
        const popped: number[] = [];
        while (heap.size > 0) popped.push(heap.pop());
        const expected = [...twin].sort(([, a], [, b]) => a.at - b.at || a.order - b.order);
        expect(popped.filter((slot) => slot >= 0)).toEqual(expected.map(([slot]) => slot));
      }),
      fuzzed(300),
    );
  });

  it('does not keep what was called off: its size follows what is meant', () => {
    const tickets = new Tickets(SLOTS);
    const heap = new TicketedHeap(tickets);
    let largest = 0;
    for (let n = 0; n < 100_000; n++) {
      const slot = n % SLOTS;
      heap.push(1_000_000 - n, slot, tickets.issue(slot));
      largest = Math.max(largest, heap.size);
    }
    expect(largest).toBeLessThanOrEqual(4 * SLOTS);
  });
});
