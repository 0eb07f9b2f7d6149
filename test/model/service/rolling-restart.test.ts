import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../../src/model/event-log.ts';
import type { Change } from '../../../src/model/settings.ts';
import { faultsOf, leftoversOf } from '../../support/invariants.ts';
import { firstArrivals } from '../../support/known-arrivals.ts';
import {
  type ServiceWishes,
  holding,
  lines,
  steady,
  systemOf,
  systemSettings,
} from '../../support/small-system.ts';

const LONG = 100_000;
const { at } = firstArrivals(4);
const [a1 = NaN, a2 = NaN] = at;

function restart(atNs: number, eachNs: number): Change {
  return { kind: 'restart', atNs, service: 0, eachNs };
}

function run(wishes: ServiceWishes, changes: readonly Change[], until: number, count = 3) {
  const log: LoggedEvent[] = [];
  const settings = systemSettings([{ traffic: firstArrivals(count).traffic, ...wishes }]);
  const system = systemOf(settings, { log, changes });
  system.runUntil(until);
  return { system, log: lines(log) };
}

describe('a rolling restart', () => {
  it('takes one instance after another out of the balancer, each for its time', () => {
    const system = systemOf(systemSettings([{ instances: 3 }]), { changes: [restart(100, 50)] });
    const accepting = [99, 100, 149, 150, 199, 200, 249, 250].map((now) => {
      system.runUntil(now);
      return `${now} ${(system.services[0]?.balancer.accepting ?? []).join('')}`;
    });
    expect(accepting).toEqual([
      '99 111',
      '100 011',
      '149 011',
      '150 101',
      '199 101',
      '200 110',
      '249 110',
      '250 111',
    ]);
  });

  it('sends new requests elsewhere meanwhile', () => {
    const { system } = run(
      { instances: 2, requests: [holding(10)] },
      [restart(0, LONG)],
      50_000,
      4,
    );
    const completed = system.services[0]?.meters.completed ?? [];
    expect([...completed]).toEqual([0, 4, 0]);
  });

  it('serves those who wait while the instance is out', () => {
    const { log } = run({ requests: [holding(1000)] }, [restart(a2 + 1, 5000)], LONG, 2);
    expect(log.slice(-5)).toEqual([
      `${a1 + 1000} release 1@0`,
      `${a1 + 1000} complete 1@0`,
      `${a1 + 1000} acquire 2@0`,
      `${a1 + 2000} release 2@0`,
      `${a1 + 2000} complete 2@0`,
    ]);
  });

  it('loses what is left when the instance stops: the one served and the one who waits', () => {
    const end = a2 + 1 + 300;
    const { log, system } = run({ requests: [holding(LONG)] }, [restart(a2 + 1, 300)], 50_000, 2);
    expect(log.slice(-2)).toEqual([
      `${end} fail 1@0 instance-lost`,
      `${end} fail 2@0 instance-lost`,
    ]);
    expect(faultsOf(system)).toEqual([]);
  });

  it('loses those in the instance’s own queue, and those whose connection is being opened', () => {
    const cold = {
      requests: [holding(LONG)],
      concurrency: 1,
      pool: { initial: 0 },
    };
    const log: LoggedEvent[] = [];
    const settings = systemSettings([{ ...cold, traffic: firstArrivals(2).traffic }], {
      connectLatency: { family: 'constant', value: LONG },
    });
    const system = systemOf(settings, { log, changes: [restart(a2 + 1, 300)] });
    system.runUntil(a2 + 301);
    expect(lines(log).slice(-2)).toEqual([
      `${a2 + 301} fail 1@0 instance-lost`,
      `${a2 + 301} fail 2@0 instance-lost`,
    ]);
    expect(faultsOf(system)).toEqual([]);
    system.runUntil(10 * LONG);
    expect([...faultsOf(system), ...leftoversOf(system)]).toEqual([]);
  });

  it('starts the instance as the run started, with fresh connections', () => {
    const pool = { max: 4, initial: 3 };
    const { system } = run({ pool, requests: [holding(10)] }, [restart(5000, 50)], LONG, 3);
    const service = system.services[0];
    expect([service?.pool.opened, service?.pool.closed, service?.pool.idleAt(0)]).toEqual([
      6, 3, 3,
    ]);
  });

  it('lets what the database still works on go on there, holding its connection', () => {
    const { system } = run({ requests: [holding(5000)] }, [restart(a1 + 1, 100)], a1 + 200, 1);
    expect(system.database.slots.open).toBe(2);
    expect(system.inFlight).toBe(0);
    system.runUntil(a1 + 5000);
    expect(system.database.slots.open).toBe(1);
    expect([...faultsOf(system), ...leftoversOf(system)]).toEqual([]);
  });

  it('fails requests when no other instance is left, and they may try again', () => {
    const client = { retryAttempts: 1, retryBackoffNs: 1000 };
    const { log } = run({ client, requests: [holding(10)] }, [restart(a1, 500)], LONG, 1);
    expect(log.slice(1)).toEqual([
      `${a1} fail 1@-1 instance-lost`,
      `${a1 + 1000} retry 1@-1`,
      `${a1 + 1000} acquire 1@0`,
      `${a1 + 1010} release 1@0`,
      `${a1 + 1010} complete 1@0`,
    ]);
  });

  it('counts no request of an earlier process as lost a second time', () => {
    // The first restart leaves a query behind in the database; the second finds it there.
    const changes = [restart(a1 + 1, 10), restart(a1 + 100, 10)];
    const { system } = run({ requests: [holding(LONG)] }, changes, a1 + 200, 1);
    expect(faultsOf(system)).toEqual([]);
    system.runUntil(10 * LONG);
    expect([...faultsOf(system), ...leftoversOf(system)]).toEqual([]);
  });

  it('goes on with the others when the fleet has shrunk meanwhile', () => {
    const shrunk = systemSettings([{ instances: 1, traffic: steady(1e6) }]);
    const system = systemOf(systemSettings([{ instances: 3, traffic: steady(1e6) }]), {
      changes: [restart(1000, 5000), { kind: 'set', atNs: 2000, settings: shrunk }],
    });
    system.runUntil(50_000);
    expect(faultsOf(system)).toEqual([]);
    expect([...(system.services[0]?.balancer.accepting ?? [])]).toEqual([1, 0, 0]);
  });
});

describe('a fleet that shrinks', () => {
  it('lets the retired instance serve those who are in its own queue', () => {
    // Two requests on instance 1: one works, one queues for its concurrency of 1.
    const wishes: ServiceWishes = {
      traffic: firstArrivals(4).traffic,
      instances: 2,
      concurrency: 1,
      requests: [holding(1000)],
    };
    const smaller = systemSettings([{ ...wishes, instances: 1 }]);
    const log: LoggedEvent[] = [];
    const system = systemOf(systemSettings([wishes]), {
      log,
      changes: [{ kind: 'set', atNs: (at[3] ?? NaN) + 1, settings: smaller }],
    });
    system.runUntil(LONG);
    expect(lines(log).filter((line) => line.includes('complete')).length).toBe(4);
    expect([...faultsOf(system), ...leftoversOf(system)]).toEqual([]);
  });

  it('gives the connections of an instance that comes back to those who still wait on it', () => {
    const wishes: ServiceWishes = {
      traffic: firstArrivals(4).traffic,
      instances: 2,
      requests: [holding(10_000)],
    };
    const smaller = systemSettings([{ ...wishes, instances: 1 }]);
    const larger = systemSettings([{ ...wishes, pool: { max: 2 } }]);
    const end = at[3] ?? NaN;
    const system = systemOf(systemSettings([wishes]), {
      changes: [
        { kind: 'set', atNs: end + 1, settings: smaller },
        { kind: 'set', atNs: end + 2, settings: larger },
      ],
    });
    for (const now of [end + 2, end + 3, end + 10, LONG]) {
      system.runUntil(now);
      expect(faultsOf(system)).toEqual([]);
    }
    expect(leftoversOf(system)).toEqual([]);
  });

  it('counts configured connections as the settings say, restarting instances included', () => {
    const settings = systemSettings([{ instances: 3, pool: { max: 4 } }]);
    const smaller = systemSettings([{ instances: 2, pool: { max: 5 } }]);
    const system = systemOf(settings, {
      changes: [restart(10, 10), { kind: 'set', atNs: 100, settings: smaller }],
    });
    system.runUntil(200);
    expect(system.services[0]?.configured.totalIntegral(200)).toBe(100 * 12 + 100 * 10);
  });
});
