import { describe, expect, it } from 'vitest';
import { fleetOf } from '../../../src/experiment/size/fleet.ts';
import { inputEffects } from '../../../src/experiment/size/inputs.ts';
import { otherSettings, sizeAsSetting } from '../../../src/experiment/size/other-settings.ts';
import { prepare } from '../../../src/experiment/size/size.ts';
import { sizeTarget, withSize } from '../../../src/experiment/size/target.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';
import { databaseSettings, serviceSettings } from '../../support/small-system.ts';
import { scenarioOf } from '../small-run.ts';
import { answered } from './answered.ts';

function targetOf(scenario: Scenario) {
  const target = sizeTarget(scenario, 0);
  if (target === null) throw new Error('no setting for the size');
  return target;
}

const surge = [
  { at: '1m', rps: 100 },
  { at: '2m', rps: 300 },
];

function pooled(pool: Record<string, unknown>, more: Record<string, unknown> = {}): Scenario {
  return scenarioOf({
    duration: '10m',
    traffic: { rate: surge },
    requests: { query: { exponential: '20ms' } },
    service: { instances: 2, pool },
    objectives: ['response p99 < 800ms'],
    ...more,
  });
}

it.each([
  [{ profile: 'generic', max: 5, acquireTimeout: '5s' }, 'max: 30', 'acquireTimeout: 800ms'],
  [{ profile: 'hikaricp' }, 'maximum-pool-size: 30', 'connection-timeout: 800'],
  [
    { profile: 'pg-pool', connectionTimeoutMillis: 5000 },
    'max: 30',
    'connectionTimeoutMillis: 800',
  ],
  // 20 more than its pool_size; its timeout is in seconds, rounded up.
  [{ profile: 'sqlalchemy', pool_size: 5, max_overflow: 20 }, 'pool_size: 10', 'pool_timeout: 1'],
])('a pool of %o is set in its own names', (pool, size, timeout) => {
  const scenario = pooled(pool);
  const target = targetOf(scenario);
  const settings = [sizeAsSetting(target, 30), ...otherSettings(scenario, target, 30, 1000)].map(
    ({ name, value }) => `${name}: ${String(value)}`,
  );
  expect(settings).toContain(size);
  expect(settings).toContain(timeout);
  expect(withSize(scenario, target, 30)?.system.services[0]?.pool.max).toBe(30);
});

it('so many may wait as are served within the timeout, and no longer than is of use', () => {
  const scenario = pooled({ max: 5, acquireTimeout: '5s' });
  // 1000 a second in two instances, 0.8 s.
  const settings = otherSettings(scenario, targetOf(scenario), 30, 1000);
  expect(settings.map(({ kind, amount }) => [kind, amount])).toEqual([
    ['acquire-timeout', 800e6],
    ['waiting', 400],
  ]);
});

it('a timeout that is short enough stays', () => {
  const scenario = pooled({ max: 5, acquireTimeout: '500ms', maxPending: 10 });
  expect(otherSettings(scenario, targetOf(scenario), 30, 1000)).toEqual([]);
});

describe('the fleet', () => {
  const own = serviceSettings({ instances: 6 });
  const database = databaseSettings({
    maxConnections: 500,
    reservedConnections: 3,
    otherConnections: 47,
  });

  it('has one instance more while a deployment rolls', () => {
    const fleet = fleetOf({ services: [own], database }, 0, 64);
    // 450 are left; 7 × 64 = 448.
    expect(fleet).toMatchObject({ connections: 384, withRollout: 448, admitted: 450, most: 64 });
    expect(fleet.fits).toBe(true);
    expect(fleetOf({ services: [own], database }, 0, 65).fits).toBe(false);
  });

  it('shares the database with other services', () => {
    const other = serviceSettings({ name: 'other', instances: 2, pool: { max: 50 } });
    const fleet = fleetOf({ services: [own, other], database }, 0, 50);
    expect(fleet).toMatchObject({ others: 100, most: 50, fits: true });
  });
});

it('the input that moves the size most is named first', () => {
  const scenario = pooled(
    { max: 5 },
    {
      traffic: { rate: 200 },
      requests: { query: { exponential: '40ms' } },
      database: { cores: 8, contention: 'none', roundTrip: '1ms' },
      provenance: {
        'database.roundTrip': 'assumed',
        'traffic.rate': 'assumed',
        'database.cores': 'assumed',
        'service.pool.max': 'assumed',
      },
      objectives: ['acquire p90 < 10ms'],
    },
  );
  const { areMarked, effects, unchanged } = answered(
    inputEffects(prepare(scenario, targetOf(scenario)).bench),
  );
  expect(areMarked).toBe(true);
  expect(effects[0]?.path).toBe('traffic.rate');
  expect(effects.map(({ path }) => path)).not.toContain('service.pool.max');
  expect(effects[0]?.larger).toBeGreaterThan(Number(unchanged));
  expect(effects[0]?.smaller).toBeLessThan(Number(unchanged));
  expect(effects.find(({ path }) => path === 'database.cores')?.larger).toBe(unchanged);
});
