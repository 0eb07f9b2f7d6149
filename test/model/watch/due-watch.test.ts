import { describe, expect, it } from 'vitest';
import { DueWatch } from '../../../src/model/watch/due-watch.ts';

/** A watch over one step of slot 3 that is due at 100. */
function dueAt100(): DueWatch {
  const watch = new DueWatch();
  watch.begin(3, 100);
  return watch;
}

describe('the watch over instants', () => {
  it.each([
    [99, 1],
    [100, 0],
    [101, 1],
  ])('of a step whose time is up at 100 and that ends at %d counts %d faults', (now, faults) => {
    const watch = dueAt100();
    watch.ring(3, now);
    expect(watch.faults).toBe(faults);
  });

  it.each([
    [99, 0],
    [100, 0],
    [101, 1],
  ])('of a step cut short at %d that would have lasted to 100 counts %d faults', (now, faults) => {
    const watch = dueAt100();
    watch.end(3, now);
    expect(watch.faults).toBe(faults);
  });

  it.each([
    [94, 1],
    [95, 0],
    [500, 0],
  ])('of a slowed step that ends at %d counts %d faults', (now, faults) => {
    const watch = dueAt100();
    watch.endSlow(3, now, 5);
    expect(watch.faults).toBe(faults);
  });

  it('counts a time that is up after the step has ended', () => {
    const watch = dueAt100();
    watch.end(3, 50);
    watch.ring(3, 100);
    expect(watch.faults).toBe(1);
  });

  it('counts steps that go on beyond their time, for as long as they do', () => {
    const watch = dueAt100();
    watch.begin(5000, 100);
    expect([watch.faultsUntil(100), watch.faultsUntil(101)]).toEqual([0, 2]);
    watch.ring(5000, 100);
    expect(watch.faultsUntil(101)).toBe(1);
  });
});
