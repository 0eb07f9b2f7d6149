// A database that drops all connections and refuses new ones for a while, and requests that never give
// their connection back.

import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../src/engine/time.ts';
import { GENERIC_POLICY } from '../../../src/model/pool/policy.ts';
import type { Change, LossNotice } from '../../../src/model/settings.ts';
import { booksOf } from '../../support/books.ts';
import { faultsOf } from '../../support/invariants.ts';
import {
  databaseSettings,
  holding,
  lines,
  serviceSettings,
  type ServiceWishes,
  systemOf,
  trafficOf,
} from '../../support/small-system.ts';

const outage = (atNs: number, lastsNs = 0, noticed: LossNotice = 'at-once'): Change => ({
  kind: 'outage',
  atNs,
  lastsNs,
  noticed,
});

/** Requests that arrive at these instants and keep their connection for 100; connecting takes 5. */
function arriving(instants: readonly number[], wishes: ServiceWishes = {}) {
  return {
    services: [
      serviceSettings({
        traffic: trafficOf({
          trace: {
            atNs: Float64Array.from(instants),
            holdNs: new Float64Array(instants.length).fill(100),
          },
        }),
        ...wishes,
      }),
    ],
    database: databaseSettings({ roundTripNs: 2 }),
  };
}

describe.each([
  ['the plain pool', false],
  ['the general pool', true],
])('an outage, %s', (_name, generalPool) => {
  const run = (instants: number[], changes: Change[], wishes: ServiceWishes = {}) => {
    const log: Parameters<typeof lines>[0][number][] = [];
    const system = systemOf(arriving(instants, wishes), {
      changes,
      log,
      generalPool,
      logsConnections: true,
    });
    system.runUntil(SECOND);
    expect(faultsOf(system)).toEqual([]);
    return { system, log: lines(log) };
  };

  it('fails what is in use, closes it, and opens anew', () => {
    const { log } = run([0, 60], [outage(50)]);
    expect(log).toContain('50 fail 1@0 connection-lost');
    expect(log).toContain('50 close 0@0');
    expect(log).toContain('60 connect 0@0');
    expect(log).toContain('165 complete 2@0');
  });

  it('refuses new connections while it lasts', () => {
    const { log } = run([0, 60, 80], [outage(50, 20)]);
    expect(log).toContain('62 fail 2@0 connect-refused');
    expect(log).toContain('185 complete 3@0');
  });

  it('fails what is being opened', () => {
    const { log } = run([0], [outage(3)], { pool: { initial: 0 } });
    expect(log).toContain('5 fail 1@0 connect-failed');
  });

  it('closes idle connections, so that the next request opens one', () => {
    const { log } = run([200], [outage(50)], { pool: { max: 1, initial: 1 } });
    expect(log).toContain('50 close 0@0');
    expect(log).toContain('305 complete 1@0');
  });
});

describe('an outage that nobody notices', () => {
  it('meets the next request in its first round trip', () => {
    const log: Parameters<typeof lines>[0][number][] = [];
    const settings = arriving([200, 300], {
      pool: { policy: { ...GENERIC_POLICY, noticesLoss: 'in-use' } },
    });
    const changes = [outage(50, 0, 'in-use')];
    const system = systemOf(settings, { changes, log, generalPool: true, logsConnections: true });
    system.runUntil(SECOND);
    expect(lines(log)).toContain('202 fail 1@0 connection-lost');
    expect(lines(log)).toContain('202 close 0@0');
    expect(lines(log)).toContain('405 complete 2@0');
    expect(faultsOf(system)).toEqual([]);
  });
});

describe('a check', () => {
  const metBy = (checkRoundTrips: number, noticed: LossNotice) => {
    const policy = {
      ...GENERIC_POLICY,
      noticesLoss: 'in-use',
      checkAfterIdleNs: -1,
      checkRoundTrips,
    } as const;
    const settings = arriving([200], { pool: { policy } });
    const system = systemOf(settings, { changes: [outage(50, 0, noticed)], generalPool: true });
    system.runUntil(SECOND);
    expect(faultsOf(system)).toEqual([]);
    return system.services[0]?.meters.deadMet;
  };

  it('finds dead connections that its driver has heard of, or the server does not answer', () => {
    expect([metBy(0, 'at-once'), metBy(1, 'at-once'), metBy(1, 'in-use')]).toEqual([0, 0, 0]);
  });

  it('does not find without a round trip what nobody has noticed', () => {
    expect(metBy(0, 'in-use')).toBe(1);
  });
});

describe('a leak', () => {
  const leaking = (leak: number) => ({
    services: [
      serviceSettings({
        traffic: trafficOf({ rate: [{ atNs: 0, perSecond: 1000 }] }),
        requests: [{ ...holding(1000), leak }],
        instances: 2,
        pool: { max: 5, acquireTimeoutNs: 5000 },
      }),
    ],
    database: databaseSettings(),
  });

  it('takes a connection for good, until its process restarts', () => {
    const changes: Change[] = [{ kind: 'restart', atNs: SECOND, service: 0, eachNs: 1000 }];
    for (const generalPool of [false, true]) {
      const system = systemOf(leaking(0.1), { changes, generalPool });
      const pool = system.services[0]?.pool;
      system.runUntil(SECOND - 1);
      expect([...(pool?.leaked.level ?? [])]).toEqual([5, 5]);
      expect(faultsOf(system)).toEqual([]);
      system.runUntil(SECOND + 10_000);
      expect([...(pool?.leaked.level ?? [])]).toEqual([0, 0]);
      expect(faultsOf(system)).toEqual([]);
    }
  });

  it('leaves the same books in both pools', () => {
    const [plain, general] = [false, true].map((generalPool) => {
      const system = systemOf(leaking(0.01), { generalPool });
      system.runUntil(2 * SECOND);
      return booksOf(system);
    });
    expect(general).toEqual(plain);
  });
});
