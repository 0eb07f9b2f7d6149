import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TurnWatch } from '../../../src/model/watch/turn-watch.ts';
import { fuzzed } from '../../support/fuzz.ts';

/** A watch with one instance at which these slots wait, in this order. */
function waiting(...slots: number[]): TurnWatch {
  const watch = new TurnWatch(1);
  for (const slot of slots) watch.begin(0, slot, Infinity);
  return watch;
}

describe('the watch over turns', () => {
  it('has nothing to say when the first, or the last with lifo, is served', () => {
    const watch = waiting(5, 1, 200, 7);
    watch.serve(0, 5, 'fifo');
    watch.serve(0, 7, 'lifo');
    watch.serve(0, 1, 'fifo');
    watch.serve(0, 200, 'lifo');
    expect(watch.outOfTurn).toBe(0);
  });

  it('counts everybody who is served before a turn that is not theirs', () => {
    const watch = waiting(5, 1, 2);
    watch.serve(0, 2, 'fifo');
    watch.serve(0, 5, 'lifo');
    expect(watch.outOfTurn).toBe(2);
    watch.serve(0, 1, 'fifo');
    expect(watch.outOfTurn).toBe(2);
  });

  it('passes the turn on when somebody leaves from an end or from the middle', () => {
    const watch = waiting(1, 2, 3, 4, 5, 6);
    for (const slot of [5, 6, 2, 1]) watch.leave(0, slot);
    watch.serve(0, 3, 'fifo');
    watch.serve(0, 4, 'lifo');
    expect(watch.outOfTurn).toBe(0);
  });

  it('counts who leaves without having waited', () => {
    const watch = waiting(1);
    watch.leave(0, 2);
    watch.leave(0, 1);
    watch.leave(0, 1);
    expect(watch.outOfTurn).toBe(2);
  });

  it('counts who begins to wait beyond the limit of that moment, and not who waits already', () => {
    const watch = waiting(1, 2, 3);
    watch.begin(0, 4, 4);
    expect(watch.beyondLimit).toBe(0);
    watch.begin(0, 5, 4);
    watch.leave(0, 1);
    watch.begin(0, 6, 5);
    expect(watch.beyondLimit).toBe(1);
  });

  it('keeps the order beside somebody who stays, however many have come and gone', () => {
    const watch = waiting(0);
    for (let n = 1; n <= 10_000; n++) {
      watch.begin(0, (n % 8) + 1, 10);
      if (n > 7) watch.leave(0, ((n + 1) % 8) + 1);
    }
    watch.serve(0, 0, 'fifo');
    expect([watch.outOfTurn, watch.beyondLimit]).toEqual([0, 0]);
  });

  it('agrees with an array whoever comes, goes and is served', () => {
    const step = fc.record({ act: fc.constantFrom('begin', 'leave', 'serve'), pick: fc.nat(300) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const watch = new TurnWatch(2);
        const queues: [number[], number[]] = [[], []];
        const order = (pick: number) => (pick % 3 === 0 ? 'lifo' : 'fifo');
        let wrong = 0;
        let fresh = 0;
        for (const { act, pick } of steps) {
          const i = pick % 2;
          const queue = queues[i] as number[];
          const at = pick % Math.max(queue.length, 1);
          const slot = queue[at];
          if (act === 'begin') {
            queue.push(fresh);
            watch.begin(i, fresh++, Infinity);
          } else if (slot !== undefined) {
            const turn = order(pick) === 'fifo' ? 0 : queue.length - 1;
            queue.splice(at, 1);
            if (act === 'leave') watch.leave(i, slot);
            else {
              watch.serve(i, slot, order(pick));
              if (at !== turn) wrong++;
            }
          }
        }
        expect(watch.outOfTurn).toBe(wrong);
      }),
      fuzzed(200),
    );
  });
});
