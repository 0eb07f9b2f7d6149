// What a client does: it leaves, it tries again, and a request has one outcome.

import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../../src/model/event-log.ts';
import { SimulationLimit } from '../../../src/model/simulation-limit.ts';
import { total } from '../../../src/model/meters/snapshot.ts';
import type { TrafficSettings } from '../../../src/model/traffic/settings.ts';
import { faultsOf, leftoversOf } from '../../support/invariants.ts';
import { firstArrivals } from '../../support/known-arrivals.ts';
import {
  type ServiceWishes,
  holding,
  lines,
  steady,
  systemOf,
  systemSettings,
  trafficOf,
} from '../../support/small-system.ts';
import { STANDARD_ERRORS } from '../../support/statistics.ts';

const { at } = firstArrivals(3);
const [a1 = NaN, a2 = NaN, a3 = NaN] = at;

function run(count: number, wishes: ServiceWishes, until = 1_000_000) {
  const log: LoggedEvent[] = [];
  const settings = systemSettings([{ traffic: firstArrivals(count).traffic, ...wishes }]);
  const system = systemOf(settings, { log });
  system.runUntil(until);
  expect([...faultsOf(system), ...leftoversOf(system)]).toEqual([]);
  const meters = system.services[0]?.meters;
  if (meters === undefined) throw new Error('a system without services');
  return { system, meters, log: lines(log).filter((line) => !line.includes('arrival')) };
}

/** A request every 100 ns on the mean, until traffic ends. */
function busyUntil(atNs: number): TrafficSettings {
  const perSecond = 1e7;
  const rate = [
    { atNs: 0, perSecond },
    { atNs, perSecond },
    { atNs, perSecond: 0 },
  ];
  return trafficOf({ rate });
}

function outcomes({ meters }: ReturnType<typeof run>): number[] {
  return [meters.completed, meters.failed, meters.abandoned].map(total);
}

describe('a client that leaves', () => {
  it('has abandoned its request, and the server goes on with it in vain', () => {
    const result = run(1, { requests: [holding(100)], client: { timeoutNs: 30 } });
    expect(result.log).toEqual([
      `${a1} acquire 1@0`,
      `${a1 + 30} abandon 1@0`,
      `${a1 + 100} release 1@0`,
    ]);
    expect(outcomes(result)).toEqual([0, 0, 1]);
    const { wastedAttempts, wastedTime } = result.meters;
    expect([wastedAttempts, wastedTime.value]).toEqual([1, 100]);
  });

  it('with `cancel` makes the server stop, and the next in line gets the connection', () => {
    const client = { timeoutNs: a2 - a1 + 30, cancel: true };
    const result = run(2, { requests: [holding(200)], client });
    const left = a1 + client.timeoutNs;
    expect(result.log.slice(2, 5)).toEqual([
      `${left} abandon 1@0`,
      `${left} release 1@0`,
      `${left} acquire 2@0`,
    ]);
    expect([result.meters.wastedAttempts, outcomes(result)]).toEqual([0, [0, 0, 2]]);
  });

  it('with `cancel` leaves the queue for a connection', () => {
    // Only the clients that come after the first lose their patience: it keeps the connection.
    const patient = { requests: [holding(5000)], traffic: firstArrivals(3).traffic };
    const client = { timeoutNs: a2 - a1, cancel: true };
    const change = {
      kind: 'set',
      atNs: a1 + 1,
      settings: systemSettings([{ ...patient, client }]),
    } as const;
    const log: LoggedEvent[] = [];
    const system = systemOf(systemSettings([patient]), { changes: [change], log });
    system.runUntil(a3 + client.timeoutNs);
    expect(lines(log).filter((line) => line.includes('abandon'))).toEqual([
      `${a2 + client.timeoutNs} abandon 2@0`,
      `${a3 + client.timeoutNs} abandon 3@0`,
    ]);
    expect([system.services[0]?.pool.pendingAt(0), ...faultsOf(system)]).toEqual([0]);
    system.runUntil(1_000_000);
    expect(leftoversOf(system)).toEqual([]);
  });

  it('counts its timeout from the start of the attempt, its waits included', () => {
    const hold = a2 - a1 + 50;
    const result = run(2, { requests: [holding(hold)], client: { timeoutNs: hold + 10 } });
    expect(result.log.filter((line) => line.includes(' 2@'))).toEqual([
      `${a2} wait 2@0`,
      `${a2 + 50} acquire 2@0`,
      `${a2 + hold + 10} abandon 2@0`,
      `${a2 + 50 + hold} release 2@0`,
    ]);
  });

  it('has not failed if the server answers with an error later', () => {
    const result = run(2, {
      requests: [holding(5000)],
      client: { timeoutNs: 50 },
      pool: { acquireTimeoutNs: 500 },
    });
    expect(outcomes(result)).toEqual([0, 0, 2]);
    expect(result.meters.acquireFailures).toBe(1);
    expect(total(result.meters.failures)).toBe(0);
  });
});

describe('a client that tries again', () => {
  const impatient = {
    requests: [holding(5000)],
    concurrency: 1,
    queue: 0,
    client: { retryAttempts: 2, retryBackoffNs: 100 },
  };

  it('does so `attempts` times after its first, a pause after each error, then it has failed', () => {
    const result = run(2, impatient);
    expect(result.log.filter((line) => line.includes(' 2@'))).toEqual([
      `${a2} fail 2@0 queue-full`,
      `${a2 + 100} retry 2@-1`,
      `${a2 + 100} fail 2@0 queue-full`,
      `${a2 + 200} retry 2@-1`,
      `${a2 + 200} fail 2@0 queue-full`,
    ]);
    expect([outcomes(result), result.meters.attempts]).toEqual([[1, 1, 0], 4]);
  });

  it('counts one failure with the reason of its last attempt', () => {
    const { meters } = run(2, impatient);
    expect([...meters.failures]).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0]);
  });

  it('measures its response from the arrival of the request, pauses and all', () => {
    const { meters } = run(2, { ...impatient, requests: [holding(a2 - a1 + 50)] });
    expect([...meters.completed]).toEqual([2, 0]);
    const [network, queue, acquireQueue, opening, work, contention, app, backoff] =
      meters.ledger.map((stage) => stage.value);
    const hold = a2 - a1 + 50;
    expect([backoff, work]).toEqual([100, 2 * hold]);
    expect([network, queue, acquireQueue, opening, contention, app]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(meters.response.max).toBe(100 + hold);
  });

  it('after its own timeout leaves the first attempt behind on the server', () => {
    const result = run(1, {
      requests: [holding(100)],
      pool: { max: 2 },
      client: { timeoutNs: 60, retryAttempts: 1, retryBackoffNs: 10 },
    });
    expect(result.log).toEqual([
      `${a1} acquire 1@0`,
      `${a1 + 60} abandon 1@0`,
      `${a1 + 70} retry 1@-1`,
      `${a1 + 70} acquire 1@0`,
      `${a1 + 100} release 1@0`,
      `${a1 + 130} abandon 1@0`,
      `${a1 + 170} release 1@0`,
    ]);
    expect([outcomes(result), result.meters.wastedAttempts]).toEqual([[0, 0, 1], 2]);
  });

  it('draws anew for each attempt whether its connection is established anew', () => {
    const everySecond = {
      traffic: busyUntil(40_000),
      requests: [holding(100)],
      pool: { max: 1000, reconnectShare: 0.5 },
      client: { timeoutNs: 50, cancel: true, retryAttempts: 1, retryBackoffNs: 10 },
    };
    const log: LoggedEvent[] = [];
    const seed = process.env['TIDEMARK_TEST_SEED'] ?? 'small';
    const system = systemOf(systemSettings([everySecond]), { log, seed });
    system.runUntil(50_000);
    const reconnects = new Float64Array(system.arrived);
    for (const { name, request } of log) {
      if (name === 'reconnect') reconnects[request - 1] = (reconnects[request - 1] ?? NaN) + 1;
    }
    const once = reconnects.filter((count) => count === 1).length / system.arrived;
    expect(Math.abs(once - 0.5)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(0.25 / system.arrived));
  });

  it('is stopped when it goes round without time moving on, and told which error does that', () => {
    const settings = systemSettings([
      {
        traffic: steady(1e6),
        requests: [holding(1e6)],
        concurrency: 1,
        queue: 0,
        client: { retryAttempts: Infinity, retryBackoffNs: 0 },
      },
    ]);
    const system = systemOf(settings);
    let caught: unknown;
    try {
      system.runUntil(1e9);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(SimulationLimit);
    if (!(caught instanceof SimulationLimit)) return;
    expect(caught.code).toBe('zero-time-loop');
    expect(caught.atNs).toBe(system.simulation.now);
    expect(caught.message).toContain('queue-full');
    expect(caught.message).toContain('client.retry.backoff');
  });
});

describe('too many requests in flight', () => {
  it('end the run with the queue’s name and the moment', () => {
    const settings = systemSettings([{ traffic: steady(1e6), requests: [holding(1e9)] }]);
    const system = systemOf(settings, { mostInFlight: 1000 });
    expect(() => {
      system.runUntil(1e9);
    }).toThrow('999 of them wait for a connection');
    expect(system.arrived).toBe(1000);
  });
});
