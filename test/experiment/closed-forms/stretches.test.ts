// The stretches of a run in which nothing changes, and how much of them is read.

import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../src/engine/time.ts';
import { type Load, relaxationSeconds } from '../../../src/experiment/closed-forms/closed-form.ts';
import { BATCHES, planOf } from '../../../src/experiment/closed-forms/plan.ts';
import { constantStretches, type Stretch } from '../../../src/experiment/closed-forms/stretches.ts';
import { closedFormsOf, resultOf, scenarioOf, type Wishes } from './closed-form-runs.ts';

/** From, to (in seconds) and rate of each stretch. */
function stretchesOf(wishes: Wishes): (readonly [number, number, number])[] {
  const stretches = constantStretches(scenarioOf(wishes), 0);
  return stretches.map((s) => [s.fromNs / SECOND, s.toNs / SECOND, s.ratePerSecond]);
}

const base = {
  duration: '10m',
  requests: { hold: { exponential: '10ms' } },
  service: { pool: { max: 10 } },
};

describe('stretches', () => {
  it('are the whole run when nothing changes', () => {
    expect(stretchesOf({ ...base, traffic: { rate: 50 } })).toEqual([[0, 600, 50]]);
  });

  it('end at corners of the rate, and ramps are none', () => {
    const rate = [
      { at: '1m', rps: 50 },
      { at: '2m', rps: 80 },
      { at: '4m', rps: 80 },
      { at: '4m', rps: 20 },
      { at: '5m', rps: 20 },
      { at: '6m', rps: 20 },
      { at: '7m', rps: 0 },
    ];
    expect(stretchesOf({ ...base, traffic: { rate } })).toEqual([
      [0, 60, 50],
      [120, 240, 80],
      [240, 360, 20],
    ]);
  });

  it('end where the timeline sets something, and not at notes', () => {
    const timeline = [
      { at: '1m', title: 'A note' },
      { at: '3m', title: 'A larger pool', set: { 'service.pool.max': 20 } },
    ];
    expect(stretchesOf({ ...base, traffic: { rate: 50 }, timeline })).toEqual([
      [0, 180, 50],
      [180, 600, 50],
    ]);
  });

  it('end at corners of the number of users', () => {
    const users = [
      { at: '1m', users: 20 },
      { at: '1m', users: 30 },
      { at: '3m', users: 30 },
      { at: '4m', users: 10 },
    ];
    const traffic = { users, think: { exponential: '100ms' } };
    expect(stretchesOf({ ...base, traffic })).toEqual([
      [0, 60, 0],
      [60, 180, 0],
      [240, 600, 0],
    ]);
    const stretches = constantStretches(scenarioOf({ ...base, traffic }), 0);
    expect(stretches.map((s) => [s.users, s.before.peakUsers])).toEqual([
      [20, 0],
      [30, 20],
      [10, 30],
    ]);
  });

  it('leave out restarts of the whole fleet', () => {
    const timeline = [{ at: '3m', title: 'Rolled back', restart: { each: '20s' } }];
    const service = { instances: 3, pool: { max: 10 } };
    expect(stretchesOf({ ...base, traffic: { rate: 50 }, service, timeline })).toEqual([
      [0, 180, 50],
      [240, 600, 50],
    ]);
  });

  it('know what was before them', () => {
    const timeline = [
      { at: '3m', title: 'Patience', set: { 'service.pool.acquireTimeout': '1s' } },
    ];
    const rate = [
      { at: '1m', rps: 50 },
      { at: '1m', rps: 20 },
    ];
    const service = { pool: { max: 10, acquireTimeout: '4s' } };
    const scenario = scenarioOf({ ...base, traffic: { rate }, service, timeline });
    expect(constantStretches(scenario, 0).map(({ before }) => before)).toEqual([
      { peakPerSecond: 0, peakUsers: 0, timeoutNs: 4 * SECOND, isUnchanged: true },
      { peakPerSecond: 50, peakUsers: 0, timeoutNs: 4 * SECOND, isUnchanged: true },
      { peakPerSecond: 50, peakUsers: 0, timeoutNs: 4 * SECOND, isUnchanged: false },
    ]);
  });
});

describe('a plan', () => {
  const load: Load = {
    holdSeconds: 0.02,
    scv: 1,
    dispersion: 1,
    memorySeconds: 0,
    utilisation: 0.8,
    servers: 10,
    longestWaitSeconds: Infinity,
  };
  const relaxation = relaxationSeconds(load);
  const form = {
    name: 'form',
    error: 0,
    load,
    relaxationSeconds: relaxation,
    requires: [],
    figures: [{ kind: 'utilisation', expected: 0.8, eventsPerSecond: 400 }],
  } as const;
  const stretch = (fromSeconds: number, toSeconds: number, more: Partial<Stretch['before']> = {}) =>
    ({
      fromNs: fromSeconds * SECOND,
      toNs: toSeconds * SECOND,
      settings: scenarioOf({ ...base, traffic: { rate: 1 } }).system,
      service: 0,
      ratePerSecond: 400,
      users: 0,
      before: { peakPerSecond: 400, peakUsers: 0, timeoutNs: Infinity, isUnchanged: true, ...more },
    }) satisfies Stretch;

  it('relaxes as M/M/c does: 1/(cµ(1 − √ρ)²)', () => {
    const root = 1 - Math.sqrt(0.8);
    expect(relaxation).toBeCloseTo(0.002 / (root * root), 9);
  });

  it('settles for ten relaxation times, and then has thirty equal batches to the end', () => {
    const plan = planOf(stretch(0, 600), form);
    const instants = plan?.instants ?? [];
    const lengths = new Set(instants.slice(1).map((at, i) => at - (instants[i] ?? 0)));
    expect(instants).toHaveLength(BATCHES + 1);
    expect(lengths.size).toBe(1);
    expect(instants.at(-1)).toBe(600 * SECOND);
    expect((instants[0] ?? 0) / SECOND).toBeCloseTo(10 * relaxation, 6);
  });

  it('is none when a batch would be shorter than twenty relaxation times', () => {
    const shortest = (BATCHES * 20 + 10) * relaxation;
    expect(planOf(stretch(0, shortest * 1.001), form)).not.toBeNull();
    expect(planOf(stretch(0, shortest * 0.999), form)).toBeNull();
  });

  it('leaves out what too few requests tell of', () => {
    const rare = { ...form.figures[0], eventsPerSecond: 1 };
    expect(planOf(stretch(0, 590), { ...form, figures: [rare] })).toBeNull();
    expect(planOf(stretch(0, 610), { ...form, figures: [rare] })).not.toBeNull();
  });

  it('waits until a backlog of earlier times is worked off, and is none if that may take for ever', () => {
    const start = (before: Partial<Stretch['before']>) =>
      (planOf(stretch(1000, 1600, before), form)?.instants[0] ?? NaN) / SECOND - 1000;
    // Everybody who waits leaves within 4 s; those behind them are worked off at 1 − ρ = 1/5.
    const settling = 10 * relaxation;
    expect(start({ timeoutNs: 4 * SECOND, isUnchanged: false })).toBeCloseTo(24 + settling, 6);
    expect(start({ isUnchanged: false })).toBeNaN();
    expect(start({ peakPerSecond: 600 })).toBeNaN();
    expect(start({})).toBeCloseTo(2 * settling, 6);
  });
});

describe('a stretch of users', () => {
  it('settles after others until all of them are served and those who are left think', () => {
    const users = [
      { at: '5m', users: 40 },
      { at: '5m', users: 20 },
    ];
    const wishes = {
      duration: '10m',
      traffic: { users, think: { exponential: '100ms' } },
      requests: { hold: { exponential: '20ms' } },
      service: { pool: { max: 4, acquireTimeout: 'none' } },
    };
    const from = closedFormsOf(wishes, 'fewer').map((check) => Date.parse(check.from));
    const starts = [...new Set(from)].map((ms) => ms - Date.parse('2024-01-21T00:00:00Z'));
    expect(starts).toHaveLength(2);
    // 40 · 20 ms ÷ 4 for all, and ten times 100 ms; then ten relaxation times of at least a hold.
    expect(starts[1]).toBeGreaterThan(300_000 + 200 + 1000 + 200);
    expect(starts[1]).toBeLessThan(304_000);
  });
});

describe('an overload', () => {
  it('is read when its backlog has built up, also from the start of a run', () => {
    // 160 a second for 100: the wait grows by 0.6 s a second up to 6 s, for 10 s, and lasts 6 s more.
    const wishes = {
      duration: '10m',
      traffic: { rate: 160 },
      requests: { hold: { lognormal: { mean: '20ms', cv: 1 } } },
      service: { pool: { max: 2, acquireTimeout: '6s' } },
    };
    const [check] = closedFormsOf(wishes, 'overload');
    expect(check).toMatchObject({ form: 'full pool', expected: 0.375, holds: true });
    expect(Date.parse(check?.from ?? '')).toBeGreaterThan(Date.parse('2024-01-21T00:00:16Z'));
    expect(Date.parse(check?.from ?? '')).toBeLessThan(Date.parse('2024-01-21T00:00:20Z'));
  });
});

describe('no closed form stands', () => {
  const erlang = {
    duration: '1m',
    traffic: { rate: 70 },
    requests: { hold: { exponential: '20ms' } },
    service: { pool: { max: 3, acquireTimeout: 'none' } },
  };

  it('in the certificate of a run that is too short', () => {
    expect(closedFormsOf(erlang, 'short')).not.toEqual([]);
    expect(closedFormsOf({ ...erlang, duration: '15s' }, 'short')).toEqual([]);
  });

  it('in the certificate of a run whose rate never rests', () => {
    const rate = [
      { at: '0s', rps: 50 },
      { at: '1m', rps: 70 },
    ];
    expect(closedFormsOf({ ...erlang, traffic: { rate } }, 'ramp')).toEqual([]);
  });

  it('for a pool that still opens connections', () => {
    const service = { pool: { max: 3, initial: 0, acquireTimeout: 'none' } };
    const slow = { ...erlang, service, database: { connect: { latency: '80s' } } };
    expect(closedFormsOf(slow, 'cold')).toEqual([]);
  });

  it('for holds whose variance is infinite, and no figure is undefined', () => {
    const pareto = { hold: { pareto: { mean: '20ms', shape: 1.7 } } };
    for (const more of [{}, { maxPending: 2 }, { maxPending: 0 }, { max: 1 }]) {
      const service = { pool: { ...erlang.service.pool, ...more } };
      const { certificate } = resultOf({ ...erlang, requests: pareto, service }, 'pareto');
      expect(certificate.holds).toBe(true);
      expect(certificate.checks.filter((check) => !check.exact)).toEqual([]);
      expect(JSON.stringify(certificate)).not.toContain('null');
    }
  });

  it('beside figures that it changes: reading more often leaves the run as it is', () => {
    const { certificate, ...whole } = resultOf(erlang, 'same');
    expect(certificate.checks.some((check) => !check.exact)).toBe(true);
    // A gate that never closes matches nothing, and changes nothing.
    const gate = { ...erlang, service: { ...erlang.service, concurrency: 1e6, queue: 1 } };
    const other = resultOf(gate, 'same');
    expect(other.certificate.checks.every((check) => check.exact)).toBe(true);
    expect(other.series).toEqual(whole.series);
    expect(other.response).toEqual(whole.response);
  });
});
