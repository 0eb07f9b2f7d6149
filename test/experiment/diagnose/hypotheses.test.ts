import { describe, expect, it } from 'vitest';
import { type Evidence, noEvidence } from '../../../src/experiment/diagnose/evidence.ts';
import { type Cause, causes, hypothesesFrom } from '../../../src/experiment/diagnose/hypotheses.ts';
import { triage } from '../../../src/experiment/diagnose/triage.ts';

/** A pool of ten that is full, with all else as usual. */
const fullPool: Evidence = {
  ...noEvidence,
  active: 10,
  max: 10,
  pending: 180,
  opening: 0,
  waitP99Ms: 5000,
  useP50Ms: 58,
  useUsualMs: 50,
  useBeforeDeployMs: 50,
  connectMs: 20,
  roundTripMs: 2,
  databaseCpu: 0.2,
  running: 10,
  leastActive: 10,
  slots: { used: 65, of: 200 },
  threads: { used: 190, of: 200 },
};

/** What each cause looks like in its pure form: all else is as it is with a full pool. */
const pure: Readonly<Record<Cause, Partial<Evidence>>> = {
  pool: {},
  balancer: { leastActive: 2 },
  leak: { running: 1 },
  'database-cpu': { databaseCpu: 0.98, useP50Ms: 80 },
  'slow-plan': { useP50Ms: 400, useBeforeDeployMs: 400, databaseCpu: 0.5 },
  deployment: { useP50Ms: 400 },
  network: { useP50Ms: 400, useUsualMs: 300, useBeforeDeployMs: 300, roundTripMs: 250 },
  opening: { active: 4, opening: 6, pending: 20, connectMs: 400 },
  slots: { active: 6, pending: 30, slots: { used: 97, of: 97 } },
  concurrency: { active: 4, pending: 0, waitP99Ms: 0, threads: { used: 200, of: 200 } },
};

const namedBy = (evidence: Evidence) => hypothesesFrom(evidence)[0];
const stateOf = (cause: Cause, evidence: Evidence) =>
  hypothesesFrom(evidence).find((hypothesis) => hypothesis.cause === cause)?.state;

describe('the table of causes', () => {
  it.each(causes)('names %s from its pure form', (cause) => {
    expect(namedBy({ ...fullPool, ...pure[cause] })).toMatchObject({ cause, state: 'shown' });
  });

  it.each(causes)(
    'with all figures of %s leaves nothing else shown but what it explains',
    (cause) => {
      const shown = hypothesesFrom({ ...fullPool, ...pure[cause] }).filter(
        (h) => h.state === 'shown',
      );
      // A deployment that made queries slow also looks like a slow plan.
      const expected = cause === 'deployment' ? ['deployment', 'slow-plan'] : [cause];
      expect(shown.map((hypothesis) => hypothesis.cause)).toEqual(expected);
    },
  );

  it('names the pool from the figures of 21 January at 14:05', () => {
    const evidence = { active: 10, max: 10, pending: 180, waitP99Ms: 5000 };
    const more = { useP50Ms: 58, databaseCpu: 0.2, connectMs: 400 };
    expect(namedBy({ ...noEvidence, ...evidence, ...more })).toMatchObject({
      cause: 'pool',
      state: 'shown',
    });
  });

  it.each(Object.keys(fullPool) as (keyof Evidence)[])(
    'does not exclude the pool, nor show another cause, for want of %s',
    (key) => {
      const evidence = { ...fullPool, [key]: null };
      expect(stateOf('pool', evidence)).not.toBe('excluded');
      for (const { cause, state } of hypothesesFrom(evidence)) {
        if (cause !== 'pool') expect(state).not.toBe('shown');
      }
    },
  );

  it('shows and excludes nothing when nothing is said', () => {
    for (const { state } of hypothesesFrom(noEvidence)) expect(state).toBe('possible');
  });

  it('blames no full pool for a use twice as long, and does for one a little longer', () => {
    expect(stateOf('pool', { ...fullPool, useP50Ms: 100 })).toBe('excluded');
    expect(stateOf('pool', { ...fullPool, useP50Ms: 90 })).toBe('shown');
    expect(stateOf('slow-plan', { ...fullPool, useP50Ms: 90 })).toBe('possible');
  });

  it('blames opening for holds that consist of it, though all connections are in use', () => {
    const evidence = { ...fullPool, opening: 8, connectMs: 200, useP50Ms: 220, useUsualMs: 200 };
    expect(namedBy(evidence)).toMatchObject({ cause: 'opening', state: 'shown' });
  });
});

describe('what to measure next', () => {
  it('is nothing once all is said', () => {
    expect(triage(fullPool).next).toEqual([]);
  });

  it('names the figure that is missing, and the causes that it decides', () => {
    const { next } = triage({ ...fullPool, leastActive: null });
    expect(next).toEqual([{ figure: 'leastActive', tells: ['pool', 'balancer'] }]);
  });

  it('begins, for a full pool of which no more is known, with the use on another day', () => {
    const { next } = triage({ ...noEvidence, active: 10, max: 10, pending: 5, useP50Ms: 58 });
    expect(next[0]?.figure).toBe('useUsualMs');
  });

  it('asks for nothing that only concerns what is out already', () => {
    const { next } = triage({ ...fullPool, threads: null, slots: null });
    expect(next).toEqual([]);
  });
});
