// The shared server against dv/dt = 1/V(n(t)), integrated piece by piece for every job alone.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SharedServer } from '../../../src/model/database/shared-server.ts';
import type { Slowdown } from '../../../src/model/database/contention.ts';
import { fuzzed } from '../../support/fuzz.ts';

interface Job {
  readonly slot: number;
  readonly weight: number;
  left: number;
}

/** Every job's remaining work, counted down in each piece of time in which nothing changes. */
class NaiveServer {
  cpu = 0;
  jobs: Job[] = [];
  private now = 0;
  private population = 0;
  private slowdown: Slowdown;

  constructor(slowdown: Slowdown) {
    this.slowdown = slowdown;
  }

  /** When the first job ends if nothing changes, not rounded. */
  get nextAt(): number {
    const least = Math.min(...this.jobs.map((job) => job.left));
    return this.now + least * this.slowdown(this.population);
  }

  moveTo(now: number): void {
    const progress = (now - this.now) / this.slowdown(this.population);
    this.now = now;
    for (const job of this.jobs) {
      job.left -= progress;
      this.cpu += progress * job.weight;
    }
  }

  finish(slot: number): void {
    this.jobs = this.jobs.filter((job) => job.slot !== slot);
  }

  setPopulation(n: number): void {
    this.population = n;
  }

  setSlowdown(slowdown: Slowdown): void {
    this.slowdown = slowdown;
  }
}

const usl =
  (sigma: number, kappa: number): Slowdown =>
  (n) =>
    n <= 1 ? 1 : 1 + sigma * (n - 1) + kappa * n * (n - 1);

const step = fc.record({
  act: fc.constantFrom('start', 'start', 'population', 'slowdown'),
  after: fc.nat({ max: 3000 }),
  work: fc.oneof(fc.nat({ max: 5000 }), fc.constant(1000)),
  n: fc.nat({ max: 600 }),
});

/** Ends all jobs that are due up to an instant, on both; returns the ends as `at slot`. */
function advance(server: SharedServer, naive: NaiveServer, to: number, ends: string[]): void {
  while (server.nextAt <= to) {
    const at = server.nextAt;
    // Whole nanoseconds, rounded up, and not before its time.
    expect(at - naive.nextAt).toBeGreaterThan(-0.02);
    expect(at - naive.nextAt).toBeLessThan(1.02);
    const slot = server.finish(at);
    naive.moveTo(at);
    const job = naive.jobs.find((other) => other.slot === slot);
    if (job === undefined) throw new Error(`job ${slot} is not running`);
    server.dropWeight(job.weight, at);
    naive.finish(slot);
    ends.push(`${at} ${slot}`);
  }
  naive.moveTo(to);
}

describe('a shared server', () => {
  it('ends a job that is alone after its work', () => {
    const server = new SharedServer(usl(0.1, 0));
    server.setPopulation(1, 0);
    server.start(7, 40, 1, 10);
    expect(server.nextAt).toBe(50);
    expect([server.finish(50), server.running, server.nextAt]).toEqual([7, 0, Infinity]);
  });

  it('slows all jobs down at the instant at which the population grows', () => {
    const server = new SharedServer((n) => Math.max(1, n));
    server.setPopulation(1, 0);
    server.start(0, 100, 1, 0);
    server.setPopulation(4, 60);
    expect(server.nextAt).toBe(60 + 4 * 40);
    server.setPopulation(2, 100);
    expect(server.nextAt).toBe(100 + 2 * 30);
  });

  it('changes the speed of what runs when the law of the slowdown changes', () => {
    const server = new SharedServer(() => 2);
    server.start(0, 100, 1, 0);
    server.setSlowdown(() => 1, 100);
    expect(server.nextAt).toBe(150);
  });

  it('ends jobs at one instant in the order in which they were started', () => {
    const server = new SharedServer(() => 3);
    for (const slot of [5, 1, 9]) server.start(slot, 20, 1, 0);
    expect([server.finish(60), server.finish(60), server.finish(60)]).toEqual([5, 1, 9]);
  });

  it('does not round a whole end up to the next nanosecond, after any number of changes', () => {
    // A tenth is no binary fraction: a thousand of them on the virtual clock are not quite a hundred.
    const server = new SharedServer(() => 10);
    server.start(0, 100, 1, 0);
    const ends = Array.from({ length: 999 }, (_, k) => {
      server.setPopulation(1 + (k % 5), k + 1);
      return server.nextAt;
    });
    expect(new Set(ends)).toEqual(new Set([1000]));
  });

  it.each([
    ['busy', true],
    ['idle', false],
  ])(
    'is as exact after 26 days that it was %s: its clock starts anew when nobody runs',
    (_, busy) => {
      const late = 2 ** 51;
      const server = new SharedServer((n) => Math.max(1, n));
      server.setPopulation(1, 0);
      if (busy) {
        server.start(0, late, 1, 0);
        server.finish(late);
      }
      server.start(1, 100, 1, late);
      // A third of a nanosecond a step: a clock near 2^51 would know it to half a nanosecond.
      for (let k = 0; k <= 90; k++) server.setPopulation(3, late + k);
      expect(server.nextAt).toBe(late + 300);
    },
  );

  it('slows down by the law for any population, the first time and again', () => {
    const law: Slowdown = (n) => 1 + n;
    const ends = (n: number) => {
      const server = new SharedServer(law);
      server.start(0, 10, 1, 0);
      return [1, 2].map(() => {
        server.setPopulation(n, 0);
        return server.nextAt;
      });
    };
    const populations = Array.from({ length: 1200 }, (_, n) => n);
    expect(populations.map(ends)).toEqual(populations.map((n) => [10 * (1 + n), 10 * (1 + n)]));
  });

  it('takes any number of changes of its law', () => {
    const server = new SharedServer(() => 1);
    server.setPopulation(250, 0);
    server.start(0, 10, 1, 0);
    for (let k = 1; k <= 1000; k++) server.setSlowdown((n) => n + k, 0);
    expect(server.nextAt).toBe(10 * (250 + 1000));
  });

  it('counts CPU time by weight: what each job has done of its work', () => {
    const server = new SharedServer((n) => Math.max(1, n / 2));
    server.setPopulation(4, 0);
    server.start(0, 100, 400_000, 0);
    server.start(1, 100, 1_000_000, 0);
    expect(server.weightIntegral(50)).toBe(25 * 1_400_000);
    server.dropWeight(400_000, 50);
    expect(server.weightIntegral(100)).toBe(25 * 1_400_000 + 25 * 1_000_000);
  });

  it('knows how far a job has come', () => {
    const server = new SharedServer(() => 4);
    server.start(0, 100, 1, 0);
    const start = server.start(1, 100, 1, 20);
    expect(server.workDone(start, 60)).toBe(10);
  });

  it('agrees with the naive integration whatever starts and changes, to the nanosecond', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const law = usl(0.02, 5e-5);
        const server = new SharedServer(law);
        const naive = new NaiveServer(law);
        const ends: string[] = [];
        let now = 0;
        let started = 0;
        for (const { act, after, work, n } of steps) {
          now += after;
          advance(server, naive, now, ends);
          if (act === 'start') {
            const weight = (n % 3) + 1;
            server.start(started, work, weight, now);
            naive.jobs.push({ slot: started++, weight, left: work });
          } else if (act === 'population') {
            server.setPopulation(n, now);
            naive.setPopulation(n);
          } else {
            const changed = usl(n / 1000, n / 1e5);
            server.setSlowdown(changed, now);
            naive.setSlowdown(changed);
          }
          expect(server.running).toBe(naive.jobs.length);
        }
        advance(server, naive, 1e9, ends);
        expect(ends.length).toBe(started);
        const cpu = server.weightIntegral(1e9);
        expect(Math.abs(cpu - naive.cpu)).toBeLessThan(1e-6 * (1 + naive.cpu));
      }),
      fuzzed(500),
    );
  });
});
