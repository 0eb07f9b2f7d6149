// Openings that nobody in particular waits for: what becomes of them when the pool may have fewer, and how often
// they are tried when they are refused.

import { describe, expect, it } from 'vitest';
import { GENERIC_POLICY } from '../../../../src/model/pool/policy.ts';
import type { PoolPolicy } from '../../../../src/model/pool/policy.ts';
import type { Change, SystemSettings } from '../../../../src/model/settings.ts';
import { faultsOf } from '../../../support/invariants.ts';
import {
  databaseSettings,
  holding,
  serviceSettings,
  systemOf,
  trafficOf,
} from '../../../support/small-system.ts';

const MS = 1_000_000;

/** Twelve requests at 1 ms, which hold a connection for 50 ms; the pool opens for them, 10 ms each. */
function crowd(policy: Partial<PoolPolicy>, max: number, server = Infinity): SystemSettings {
  const pooled = { ...GENERIC_POLICY, newConnection: 'pooled', failureTo: 'nobody' } as const;
  return {
    services: [
      serviceSettings({
        traffic: trafficOf({ bursts: [{ atNs: MS, count: 12 }] }),
        requests: [holding(50 * MS)],
        pool: { max, initial: 0, policy: { ...pooled, ...policy } },
      }),
    ],
    database: databaseSettings({
      connectLatency: { family: 'constant', value: 10 * MS },
      maxConnections: server,
    }),
  };
}

describe('a pool that opens for who waits', () => {
  it('begins none beyond a max that has become less since they were ordered', () => {
    const policy = { growth: 'fill-deficit', openingsAtOnce: 2 } as const;
    const changes: Change[] = [{ kind: 'set', atNs: 5 * MS, settings: crowd(policy, 3) }];
    const system = systemOf(crowd(policy, 10), { changes, generalPool: true });
    system.runUntil(2000 * MS);
    expect(faultsOf(system)).toEqual([]);
    const { pool, meters } = system.services[0] as (typeof system.services)[number];
    expect([pool.opened, meters.completed[0]]).toEqual([3, 12]);
  });

  it('tries as many as wait, once a millisecond, when refusals take no time', () => {
    const system = systemOf(crowd({ growth: 'fill-deficit' }, 10, 0), { generalPool: true });
    system.runUntil(4 * MS);
    expect(faultsOf(system)).toEqual([]);
    // And each of the twelve looks when it comes.
    const { refused } = system.database.slots;
    expect(refused).toBeGreaterThanOrEqual(3 * 10);
    expect(refused).toBeLessThanOrEqual(3 * 10 + 12 * 10);
  });
});
