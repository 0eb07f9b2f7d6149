// What `init` assumes must not contradict what was measured, whatever that was.

import { describe, expect, it } from 'vitest';
import type { Answers } from '../../../src/scenario/draft/answers.ts';
import { answeredFacts } from '../../../src/scenario/draft/answers.ts';
import { assumedContention } from '../../../src/scenario/draft/assumed-contention.ts';
import { assumedFleet } from '../../../src/scenario/draft/assumed-fleet.ts';
import type { Fact } from '../../../src/scenario/draft/fact.ts';
import { initAssumptions } from '../../../src/scenario/draft/init-assumptions.ts';
import { measuredLoad } from '../../../src/scenario/draft/measured-load.ts';
import { scenarioOfFacts } from '../../../src/scenario/draft/scenario-of-facts.ts';
import { readYaml } from '../../../src/scenario/yaml/yaml-source.ts';

const MILLISECOND = 1e6;

const nothing: Answers = {
  pods: null,
  rate: null,
  surges: [],
  hold: null,
  measuredAt: null,
  cores: null,
  maxConnections: null,
  objectives: [],
};

const stated = (path: string, value: unknown): Fact => ({
  path: path.split('.'),
  value,
  grade: 'stated',
  note: 'application.yml:3',
});

function drafted(answers: Partial<Answers>, files: readonly Fact[] = []) {
  const all = { ...nothing, ...answers };
  const facts = [...files, ...answeredFacts(all)];
  const assumptions = initAssumptions(all, facts);
  return scenarioOfFacts({ facts, assumptions, name: 'shop', into: null, sets: [] });
}

describe('the load under which a hold was measured', () => {
  it('is its mean times the rate', () => {
    const load = measuredLoad({ mean: '30ms' }, '200/s');
    expect(load.inUse).toBeCloseTo(6, 9);
    expect(load.shortestNs).toBe(30 * MILLISECOND);
  });

  it('takes the mean of the lognormal where only percentiles are known, and the mean before it', () => {
    const percentiles = { p50: '12ms', p99: '180ms' };
    // ln(180 ÷ 12) ÷ 2.3263 = 1.1641; 12 ms × e^(1.1641² ÷ 2) = 23.63 ms; × 450/s = 10.63.
    expect(measuredLoad(percentiles, '450/s').inUse).toBeCloseTo(10.63, 2);
    expect(measuredLoad({ ...percentiles, mean: '24ms' }, '450/s').inUse).toBeCloseTo(10.8, 9);
    expect(measuredLoad(percentiles, '27000/min').shortestNs).toBe(12 * MILLISECOND);
  });
});

describe('the fleet that is assumed', () => {
  it('is one pod with ten connections when little was in use', () => {
    expect(assumedFleet([], 5)).toEqual({ instances: 1, poolMax: 10, maxConnections: 100 });
  });

  it('has twice the connections that were in use: in more pods if those are not known', () => {
    expect(assumedFleet([], 10.63)).toMatchObject({ instances: 3, poolMax: 10 });
    const hikari = [
      stated('service.pool.profile', 'hikaricp'),
      stated('service.pool.maximumPoolSize', 4),
    ];
    expect(assumedFleet(hikari, 10.63)).toMatchObject({ instances: 6, poolMax: 4 });
  });

  it('has them in a larger pool if the pods are known, and nothing to choose if both are', () => {
    const pods = stated('service.instances', 2);
    expect(assumedFleet([pods], 27)).toMatchObject({ instances: 2, poolMax: 27 });
    expect(assumedFleet([stated('service.instances', 9)], 27)).toMatchObject({ poolMax: 10 });
    const both = [pods, stated('service.pool.profile', 'hikaricp')];
    expect(assumedFleet(both, 27)).toMatchObject({ instances: 2, poolMax: 10 });
  });

  it('knows the size that a product makes of two settings, and none of a pool without limit', () => {
    const alchemy = [
      stated('service.pool.profile', 'sqlalchemy'),
      stated('service.pool.pool_size', 3),
      stated('service.pool.max_overflow', 2),
    ];
    expect(assumedFleet(alchemy, 10)).toMatchObject({ instances: 4, poolMax: 5 });
    const endless = [stated('service.pool.profile', 'database-sql')];
    expect(assumedFleet(endless, 10)).toMatchObject({ instances: 1, maxConnections: 100 });
  });

  it('is admitted by the database: by one that is assumed, and within one that is known', () => {
    // 16 pods × 10, and 3 reserved.
    expect(assumedFleet([], 80)).toEqual({ instances: 16, poolMax: 10, maxConnections: 163 });
    const known = [stated('database.maxConnections', 100)];
    expect(assumedFleet(known, 80)).toMatchObject({ instances: 9, poolMax: 10 });
  });
});

describe('the contention that is assumed', () => {
  const peak = ({ sigma, kappa }: { sigma: number; kappa: number }) =>
    Math.sqrt((1 - sigma) / kappa);

  it('is what PostgreSQL has shown on so many processors', () => {
    expect(assumedContention(4, 10)).toMatchObject({ usl: { sigma: 0, kappa: 0.00025 } });
    expect(assumedContention(16, 10)).toMatchObject({ usl: { sigma: 0.02, kappa: 0.00005 } });
  });

  it('is less where so many connections in use would be more than it lets through', () => {
    const { usl, note } = assumedContention(4, 60);
    expect(usl.sigma).toBe(0);
    expect(peak(usl)).toBeCloseTo(180, 0);
    expect(note).toContain('60 connections in use');
  });

  it('goes with a share of CPU at which all processors are busy when most gets done', () => {
    // 4 processors, κ 0.00025: at 63 connections V = 1 + 0.00025 × 63 × 62 = 1.9765; 4 × 1.9765 ÷ 63 = 12.5 %.
    expect(assumedContention(4, 10).cpu).toBe('12%');
    expect(assumedContention(1, 1).cpu).toBe('6%');
    expect(assumedContention(1000, 1).cpu).toMatch(/^\d+%$/);
  });
});

describe('a scenario of answers', () => {
  it.each([
    ['nothing at all', {}],
    ['a rate alone', { rate: '4000/s' }],
    ['a hold alone', { hold: { mean: '700ms' } }],
    ['the tutorial without its files', { rate: '450/s', hold: { p50: '12ms', p99: '180ms' } }],
    ['a hold of seconds', { rate: '20/s', hold: { mean: '3s' } }],
    ['a hold shorter than a usual round trip', { rate: '9/s', hold: { p50: '1ms', p99: '1ms' } }],
    ['a hold of microseconds', { rate: '9/s', hold: { mean: '40us' } }],
    ['very many requests', { rate: '30000/s', hold: { mean: '20ms' }, cores: 32 }],
    ['one pod', { pods: 1, rate: '450/s', hold: { mean: '60ms' } }],
    ['many pods', { pods: 400, rate: '4500/s', hold: { mean: '6ms' } }],
    [
      'a hold measured at ten times the rate',
      { rate: '9/s', hold: { mean: '90ms' }, measuredAt: '90/s' },
    ],
    ['a small database', { rate: '90/s', hold: { mean: '90ms' }, maxConnections: 20, cores: 1 }],
  ])('can be simulated: %s', (_, answers) => {
    const outcome = drafted(answers);
    expect(
      outcome.ok ? [] : outcome.faults.map(({ path, message }) => `${path}: ${message}`),
    ).toEqual([]);
  });

  it('marks every value that nobody stated as assumed, and none that somebody did', () => {
    const outcome = drafted({ rate: '40/s', hold: { mean: '20ms' } }, [
      stated('service.pool.profile', 'pg-pool'),
      stated('service.pool.max', 7),
    ]);
    if (!outcome.ok) throw new Error('not drafted');
    const read = readYaml(outcome.text);
    const { provenance } = (read.ok ? read.source.value : null) as {
      provenance: Readonly<Record<string, { grade: string }>>;
    };
    const graded = (grade: string) =>
      Object.keys(provenance).filter((path) => provenance[path]?.grade === grade);
    expect(graded('stated').sort()).toEqual([
      'requests.hold',
      'service.pool.max',
      'service.pool.profile',
      'traffic.base',
    ]);
    expect(graded('assumed').sort()).toEqual([
      'database.connect.latency',
      'database.contention',
      'database.cores',
      'database.maxConnections',
      'database.roundTrip',
      'duration',
      'objectives',
      'requests.hold.cpu',
      'requests.hold.measuredAt',
      'service.instances',
      'traffic.client.timeout',
    ]);
    expect(outcome.assumed.map(({ path }) => path.join('.')).sort()).toEqual(
      graded('assumed').sort(),
    );
  });

  it('has surges one after the other, each over before the next, and ends after the last', () => {
    const surges = ['a', 'b', 'c'].map((name) => ({ name, peak: '90/s' }));
    const outcome = drafted({ rate: '4/s', hold: { mean: '20ms' }, surges });
    if (!outcome.ok) throw new Error('not drafted');
    const { traffic, duration } = outcome.scenario.document as {
      traffic: { surges: { at: string; rise: string; decay: unknown }[] };
      duration: string;
    };
    expect(traffic.surges.map(({ at }) => at)).toEqual(['10m', '40m', '1h10m']);
    expect(duration).toBe('1h40m');
    // An exponential decay of 5 min meets the base after eight of them, 40 min; a hundredth is left after 23 min.
    expect(new Set(traffic.surges.map(({ decay }) => JSON.stringify(decay)))).toEqual(
      new Set(['{"exponential":"5m"}']),
    );
  });
});
