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

  it('keeps what is meant, in its order, when it leaves out the larger part', () => {
    const tickets = new Tickets(1000);
    const heap = new TicketedHeap(tickets);
    const meant: { at: number; slot: number }[] = [];
    for (let slot = 0; slot < 1000; slot++) {
      // Instants fall by and by, each of them for many slots.
      const at = 100 - Math.floor(slot / 10);
      heap.push(at, slot, tickets.issue(slot));
      if (slot % 5 === 0) meant.push({ at, slot });
      else tickets.revoke(slot);
    }
    expect(heap.size).toBeLessThan(600);
    expect(heap.firstAt).toBe(1);
    const popped: number[] = [];
    while (heap.size > 0) popped.push(heap.pop());
    const inOrder = meant.sort((a, b) => a.at - b.at || a.slot - b.slot);
    expect(popped.filter((slot) => slot >= 0)).toEqual(inOrder.map(({ slot }) => slot));
    expect(Math.min(...popped)).toBe(-1);
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
