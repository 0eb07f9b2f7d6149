import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderedLanes } from '../../src/engine/ordered-lanes.ts';
import { Tickets } from '../../src/engine/tickets.ts';
import { fuzzed } from '../support/fuzz.ts';

function drained(lanes: OrderedLanes): [number, number][] {
  const all: [number, number][] = [];
  for (let at = lanes.firstAt; at < Infinity; at = lanes.firstAt) all.push([at, lanes.pop()]);
  return all;
}

describe('ordered lanes', () => {
  it('are at infinity when they are empty, also again', () => {
    const lanes = new OrderedLanes(null);
    expect(lanes.firstAt).toBe(Infinity);
    lanes.push(5, 0, 0);
    lanes.pop();
    expect(lanes.firstAt).toBe(Infinity);
  });

  it('serve in order of time when delays have become shorter meanwhile', () => {
    const lanes = new OrderedLanes(null);
    [50, 51, 20, 21, 60, 10].forEach((at, payload) => {
      lanes.push(at, payload, 0);
    });
    expect(drained(lanes)).toEqual([
      [10, 5],
      [20, 2],
      [21, 3],
      [50, 0],
      [51, 1],
      [60, 4],
    ]);
  });

  it('serve equal instants first in first out, also across lanes', () => {
    const lanes = new OrderedLanes(null);
    [9, 5, 9, 5, 3, 9].forEach((at, payload) => {
      lanes.push(at, payload, 0);
    });
    expect(drained(lanes).map(([, payload]) => payload)).toEqual([4, 1, 3, 0, 2, 5]);
  });

  it('answer −1 for an entry whose ticket was taken back, and never serve it', () => {
    const tickets = new Tickets(4);
    const lanes = new OrderedLanes(tickets);
    for (const slot of [0, 1, 2, 3]) lanes.push(10 + slot, slot, tickets.issue(slot));
    tickets.revoke(0);
    tickets.revoke(2);
    expect(drained(lanes).filter(([, slot]) => slot >= 0)).toEqual([
      [11, 1],
      [13, 3],
    ]);
  });

  it('show all that still count, lane by lane, and leave them where they are', () => {
    const tickets = new Tickets(4);
    const lanes = new OrderedLanes(tickets);
    [30, 31, 20, 21].forEach((at, slot) => {
      lanes.push(at, slot, tickets.issue(slot));
    });
    tickets.revoke(1);
    const seen: [number, number][] = [];
    lanes.forEach((slot, at) => seen.push([at, slot]));
    expect(seen).toEqual([
      [30, 0],
      [20, 2],
      [21, 3],
    ]);
    expect(lanes.size).toBe(4);
  });

  it('are as good as new when they were cleared', () => {
    const lanes = new OrderedLanes(null);
    [50, 20, 10].forEach((at, payload) => {
      lanes.push(at, payload, 0);
    });
    lanes.pop();
    lanes.clear();
    expect(lanes.size).toBe(0);
    expect(lanes.firstAt).toBe(Infinity);
    lanes.push(7, 1, 0);
    lanes.push(8, 2, 0);
    expect(drained(lanes)).toEqual([
      [7, 1],
      [8, 2],
    ]);
  });

  it('pass over all that were called off behind the first, so that nobody is woken for nothing', () => {
    const tickets = new Tickets(4);
    const lanes = new OrderedLanes(tickets);
    for (const slot of [0, 1, 2, 3]) lanes.push(10 + slot, slot, tickets.issue(slot));
    tickets.revoke(1);
    tickets.revoke(2);
    expect([lanes.pop(), lanes.firstAt]).toEqual([0, 13]);
    tickets.revoke(3);
    expect([lanes.pop(), lanes.firstAt]).toEqual([-1, Infinity]);
  });

  it('do not take a slot’s new ticket for its old one', () => {
    const tickets = new Tickets(1);
    const lanes = new OrderedLanes(tickets);
    lanes.push(10, 0, tickets.issue(0));
    tickets.revoke(0);
    lanes.push(12, 0, tickets.issue(0));
    expect(drained(lanes).filter(([, slot]) => slot >= 0)).toEqual([[12, 0]]);
  });

  it('agree with a sorted list whatever is pushed, popped and called off', () => {
    const step = fc.oneof(
      fc.record({ act: fc.constant('push' as const), delay: fc.nat({ max: 9 }) }),
      fc.record({ act: fc.constant('push' as const), delay: fc.constant(9) }),
      fc.record({ act: fc.constant('pop' as const), delay: fc.constant(0) }),
      fc.record({ act: fc.constant('revoke' as const), delay: fc.nat({ max: 99 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const tickets = new Tickets(1000);
        const lanes = new OrderedLanes(tickets);
        let twin: { at: number; slot: number }[] = [];
        let now = 0;
        const popValid = () => {
          for (;;) {
            if (lanes.firstAt === Infinity) return null;
            const at = lanes.firstAt;
            expect(at).toBeGreaterThanOrEqual(now);
            now = at;
            const slot = lanes.pop();
            if (slot >= 0) return { at, slot };
          }
        };
        steps.forEach(({ act, delay }, slot) => {
          if (act === 'push') {
            lanes.push(now + delay, slot, tickets.issue(slot));
            twin.push({ at: now + delay, slot });
            twin.sort((a, b) => a.at - b.at);
          } else if (act === 'revoke') {
            const victim = twin[delay % Math.max(1, twin.length)];
            if (victim === undefined) return;
            tickets.revoke(victim.slot);
            twin = twin.filter((entry) => entry !== victim);
          } else {
            expect(popValid()).toEqual(twin.shift() ?? null);
          }
        });
        while (twin.length > 0) expect(popValid()).toEqual(twin.shift());
        expect(popValid()).toBeNull();
      }),
      fuzzed(500),
    );
  });

  it('forget called-off entries as others come, so that memory follows what is still meant', () => {
    const tickets = new Tickets(8);
    const lanes = new OrderedLanes(tickets);
    for (let at = 0; at < 1_000_000; at++) lanes.push(at, at % 8, tickets.issue(at % 8));
    // The first entry that is left, void or not, is among the last thousand.
    expect(lanes.firstAt).toBeGreaterThan(999_000);
    const valid = drained(lanes).filter(([, slot]) => slot >= 0);
    expect(valid.map(([at]) => at)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((k) => 999_992 + k));
  });

  it.each([
    ['without tickets', null],
    ['with tickets', new Tickets(1000)],
  ])('keep their order when they grow after some have gone, %s', (_, tickets) => {
    const lanes = new OrderedLanes(tickets);
    const push = (k: number) => {
      lanes.push(k, k, tickets?.issue(k) ?? 0);
    };
    for (let k = 0; k < 60; k++) push(k);
    for (let k = 0; k < 40; k++) lanes.pop();
    for (let k = 60; k < 1000; k++) push(k);
    expect(drained(lanes)).toEqual(Array.from({ length: 960 }, (_, k) => [40 + k, 40 + k]));
  });

  it('keep every entry that is still meant while they grow and others are called off', () => {
    const tickets = new Tickets(10_000);
    const lanes = new OrderedLanes(tickets);
    for (let slot = 0; slot < 10_000; slot++) {
      lanes.push(slot, slot, tickets.issue(slot));
      if (slot % 10 !== 0) tickets.revoke(slot);
    }
    const valid = drained(lanes).filter(([, slot]) => slot >= 0);
    expect(valid).toEqual(Array.from({ length: 1000 }, (_, k) => [10 * k, 10 * k]));
  });
});
