import { describe, expect, it } from 'vitest';
import { SlotLinks } from '../../../src/engine/slot-queues.ts';
import { Gate } from '../../../src/model/service/gate.ts';

function gate(concurrency: number, queue: number, instances = 1): Gate {
  return new Gate(concurrency, queue, instances, new SlotLinks(16));
}

describe('the gate of an instance', () => {
  it('lets in up to its concurrency, queues up to its limit, and turns the others away', () => {
    const made = gate(2, 1);
    expect([0, 1, 2, 3].map((slot) => made.admit(0, slot))).toEqual([
      'work',
      'work',
      'wait',
      'full',
    ]);
    expect([made.active[0], made.waitingAt(0)]).toEqual([2, 1]);
  });

  it('lets those who wait in first in first out, one for each that leaves', () => {
    const made = gate(1, Infinity);
    for (const slot of [4, 2, 6]) made.admit(0, slot);
    expect(made.admitNext(0)).toBe(-1);
    made.leave(0);
    expect([made.admitNext(0), made.admitNext(0)]).toEqual([2, -1]);
    made.leave(0);
    expect([made.admitNext(0), made.active[0]]).toEqual([6, 1]);
  });

  it('has nobody wait when its queue is 0', () => {
    const made = gate(1, 0);
    expect([made.admit(0, 0), made.admit(0, 1)]).toEqual(['work', 'full']);
  });

  it('passes over one who has given up in the middle of the queue', () => {
    const made = gate(1, Infinity);
    for (const slot of [0, 1, 2, 3]) made.admit(0, slot);
    made.removeWaiting(0, 2);
    made.leave(0);
    const first = made.admitNext(0);
    made.leave(0);
    expect([first, made.admitNext(0), made.waitingAt(0)]).toEqual([1, 3, 0]);
  });

  it('lets several in at once when it is widened, nobody when it is narrowed', () => {
    const made = gate(2, Infinity);
    for (const slot of [0, 1, 2, 3]) made.admit(0, slot);
    made.concurrency = 1;
    made.leave(0);
    expect(made.admitNext(0)).toBe(-1);
    made.concurrency = 3;
    expect([made.admitNext(0), made.admitNext(0), made.admitNext(0)]).toEqual([2, 3, -1]);
  });

  it('keeps instances apart', () => {
    const made = gate(1, 1, 2);
    expect([made.admit(0, 0), made.admit(1, 1), made.admit(1, 2), made.admit(0, 3)]).toEqual([
      'work',
      'work',
      'wait',
      'wait',
    ]);
    made.leave(0);
    expect(made.admitNext(0)).toBe(3);
  });
});
