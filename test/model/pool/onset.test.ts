import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../src/engine/time.ts';
import { OnsetWatch } from '../../../src/model/pool/onset.ts';
import { holding, steady, systemOf, systemSettings } from '../../support/small-system.ts';

const s = (seconds: number) => seconds * SECOND;

describe('the onset of saturation', () => {
  it('is the start of the first interval of at least ten seconds with somebody waiting', () => {
    const watch = new OnsetWatch(1);
    watch.begin(0, s(5));
    watch.end(0, s(15) - 1);
    expect(watch.at).toBe(Infinity);
    watch.begin(0, s(20));
    watch.end(0, s(30));
    expect([watch.at, watch.instance]).toEqual([s(20), 0]);
  });

  it('is nowhere at first, and may be in the first nanosecond', () => {
    const watch = new OnsetWatch(2);
    expect([watch.at, watch.instance]).toEqual([Infinity, -1]);
    watch.begin(1, 1);
    watch.end(1, s(10) + 1);
    expect([watch.at, watch.instance]).toEqual([1, 1]);
  });

  it('is of two that began together that of the one that was found first', () => {
    const watch = new OnsetWatch(2);
    for (const instance of [0, 1]) watch.begin(instance, s(20));
    for (const instance of [1, 0]) watch.end(instance, s(40));
    expect([watch.at, watch.instance]).toEqual([s(20), 1]);
  });

  it('stays where it was found first', () => {
    const watch = new OnsetWatch(1);
    watch.begin(0, s(20));
    watch.end(0, s(40));
    watch.begin(0, s(50));
    watch.end(0, s(90));
    expect(watch.at).toBe(s(20));
  });

  it('is that of the instance where it began earliest, though another one ended first', () => {
    const watch = new OnsetWatch(3);
    watch.begin(1, s(20));
    watch.begin(2, s(22));
    watch.end(2, s(33));
    watch.end(1, s(40));
    expect([watch.at, watch.instance]).toEqual([s(20), 1]);
  });

  it('counts an interval that still goes on at the end of the run', () => {
    const watch = new OnsetWatch(2);
    watch.begin(1, s(20));
    watch.close(s(29));
    expect(watch.at).toBe(Infinity);
    watch.close(s(30));
    expect([watch.at, watch.instance]).toEqual([s(20), 1]);
  });

  it('is found when somebody waits all the time, each for a moment only', () => {
    // Two requests are worked on at once, one of them always waits for the only connection: at each
    // release the waiter gets it, and at the same instant the next one begins to wait.
    const service = { concurrency: 2, requests: [holding(s(0.5))], traffic: steady(10) };
    const system = systemOf(systemSettings([service]));
    system.runUntil(s(60));
    const pool = system.services[0]?.pool;
    pool?.onset.close(s(60));
    const waited = (pool?.pending.integral(0, s(60)) ?? 0) - (pool?.pending.integral(0, s(5)) ?? 0);
    expect(waited).toBeGreaterThan(s(54));
    expect(pool?.onset.at).toBeLessThan(s(5));
  });
});
