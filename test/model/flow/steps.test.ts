// Requests that consist of steps: work in the service, queries, transactions, one inside another.

import { describe, expect, it } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/engine/time.ts';
import type { Step } from '../../../src/model/database/settings.ts';
import type { Change } from '../../../src/model/settings.ts';
import { booksOf } from '../../support/books.ts';
import { faultsOf } from '../../support/invariants.ts';
import {
  databaseSettings,
  lines,
  requesting,
  serviceSettings,
  type ServiceWishes,
  steady,
  systemOf,
  trafficOf,
} from '../../support/small-system.ts';

const app = (ns: number): Step => ({ kind: 'app', time: { family: 'constant', value: ns } });
const query = (ns: number): Step => ({
  kind: 'query',
  work: { family: 'constant', value: ns },
  cpu: 0,
});
const transaction = (...steps: Step[]): Step => ({ kind: 'transaction', steps });

const nested = transaction(query(10), transaction(query(20)), query(5));

/** Requests of these steps; round trips take 2, connecting 5. */
function doing(steps: readonly Step[], wishes: ServiceWishes = {}) {
  return {
    services: [serviceSettings({ requests: [requesting({ kind: 'steps', steps })], ...wishes })],
    database: databaseSettings({ roundTripNs: 2 }),
  };
}

const bursts = (count: number): ServiceWishes => ({
  traffic: trafficOf({ bursts: [{ atNs: 100, count }] }),
});

describe.each([
  ['the plain pool', false],
  ['the general pool', true],
])('steps, %s', (_name, generalPool) => {
  const run = (steps: Step[], wishes: ServiceWishes, changes: Change[] = []) => {
    const log: Parameters<typeof lines>[0][number][] = [];
    const system = systemOf(doing(steps, wishes), { log, generalPool, changes });
    system.runUntil(SECOND);
    expect(faultsOf(system)).toEqual([]);
    return { system, log: lines(log) };
  };

  it('come one after the other; a query alone has a connection of its own', () => {
    const { log, system } = run([app(50), query(10), app(3), query(20)], bursts(1));
    expect(log).toEqual([
      '100 arrival 1@-1',
      '150 acquire 1@0',
      '162 release 1@0',
      '165 acquire 1@0',
      '187 release 1@0',
      '187 complete 1@0',
    ]);
    const { meters } = system.services[0] as (typeof system.services)[number];
    expect(meters.ledger.map(({ value }) => value)).toEqual([4, 0, 0, 0, 30, 0, 53, 0, 0]);
    expect([meters.use.count, meters.use.total.value]).toEqual([2, 34]);
  });

  it('of a transaction keep its connection, work in the service between them included', () => {
    const { log } = run([transaction(query(10), app(7), query(20))], bursts(1));
    expect(log.slice(1)).toEqual(['100 acquire 1@0', '141 release 1@0', '141 complete 1@0']);
  });

  it('of a transaction inside another take one more connection', () => {
    const { log, system } = run([nested], { ...bursts(1), pool: { max: 2 } });
    expect(log.slice(1)).toEqual([
      '100 acquire 1@0',
      '112 acquire 1@0',
      '134 release 1@0',
      '141 release 1@0',
      '141 complete 1@0',
    ]);
    const { meters } = system.services[0] as (typeof system.services)[number];
    expect([meters.use.count, meters.use.total.value]).toEqual([2, 22 + 41]);
  });

  it('wait for each other for ever when each has what the other needs', () => {
    const { system } = run([nested], { ...bursts(2), pool: { max: 2 } });
    const { meters, pool } = system.services[0] as (typeof system.services)[number];
    expect([pool.pendingAt(0), meters.deadlocks[0] !== 0, system.inFlight]).toEqual([2, true, 2]);
  });

  it('are given up with all their connections when one is not to be had in time', () => {
    const wishes = { ...bursts(2), pool: { max: 2, acquireTimeoutNs: 1000 } };
    const { system, log } = run([nested], wishes);
    expect(log.filter((line) => line.includes('fail'))).toEqual(['1112 fail 1@0 acquire-timeout']);
    expect(system.inFlight).toBe(0);
    expect(log.at(-1)).toBe('1141 complete 2@0');
  });

  it('let the next in when they are turned away in the middle', () => {
    const wishes = { ...bursts(3), concurrency: 2, pool: { max: 1, maxPending: 0 } };
    const { log, system } = run([query(10), app(5), query(20)], wishes);
    // The second finds the connection taken; the third has its place, and then the first its turn.
    expect(log.filter((line) => /fail|complete/.test(line))).toEqual([
      '100 fail 2@0 pool-full',
      '100 fail 3@0 pool-full',
      '139 complete 1@0',
    ]);
    const later = run([app(1), query(10)], { ...wishes, queue: 5 });
    expect(later.log.filter((line) => /fail|complete/.test(line))).toEqual([
      '101 fail 2@0 pool-full',
      '102 fail 3@0 pool-full',
      '113 complete 1@0',
    ]);
    expect([system.inFlight, later.system.inFlight]).toEqual([0, 0]);
  });

  it('are lost with their instance while they work in the service with a connection', () => {
    const restart: Change[] = [{ kind: 'restart', atNs: 110, service: 0, eachNs: 10 }];
    const { log, system } = run([transaction(query(5), app(500))], bursts(1), restart);
    expect(log.at(-1)).toBe('120 fail 1@0 instance-lost');
    const { meters } = system.services[0] as (typeof system.services)[number];
    expect(meters.lostUse.value).toBe(20);
  });

  it('wait for nobody when there is one connection more than such requests need', () => {
    const { system } = run([nested], { ...bursts(5), concurrency: 2, pool: { max: 3 } });
    const [service] = system.services;
    expect([system.inFlight, service?.meters.deadlocks[0]]).toEqual([0, 0]);
  });
});

describe('systems of steps', () => {
  const busy = (generalPool: boolean, changes: Change[] = []) =>
    systemOf(
      doing([app(MILLISECOND), nested, query(MILLISECOND)], {
        traffic: steady(3000),
        instances: 2,
        client: { timeoutNs: 8 * MILLISECOND, cancel: true, retryAttempts: 1 },
        pool: { max: 3, acquireTimeoutNs: 4 * MILLISECOND },
      }),
      { generalPool, changes },
    );

  it('keep their books through restarts, outages, timeouts and clients that leave', () => {
    const changes: Change[] = [
      { kind: 'outage', atNs: SECOND / 4, lastsNs: 20 * MILLISECOND, noticed: 'at-once' },
      { kind: 'restart', atNs: SECOND / 2, service: 0, eachNs: 10 * MILLISECOND },
    ];
    for (const generalPool of [false, true]) {
      const system = busy(generalPool, changes);
      for (let at = 1; at <= 100; at++) {
        system.runUntil((at * SECOND) / 100);
        expect(faultsOf(system)).toEqual([]);
      }
    }
  });

  it('leave the same books in both pools', () => {
    const [plain, general] = [false, true].map((generalPool) => {
      const system = busy(generalPool);
      system.runUntil(SECOND);
      return booksOf(system);
    });
    expect(general).toEqual(plain);
  });
});
