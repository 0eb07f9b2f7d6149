import { describe, expect, it } from 'vitest';
import type { Advice } from '../../src/experiment/advice.ts';
import type { RunResult } from '../../src/experiment/result.ts';
import { verdict } from '../../src/report/verdict.ts';
import {
  distribution,
  EMPTY,
  january,
  januaryAdvice,
  NO_TIME,
  quiet,
  size,
  trial,
} from './january.ts';

/** A verdict, after checking what holds for each. */
function sound(result: RunResult, advice: Advice | null): string[] {
  const lines = verdict(result, advice);
  expect(lines.length).toBeLessThanOrEqual(5);
  for (const line of lines) {
    expect(line.length, line).toBeLessThanOrEqual(80);
    expect(line).not.toMatch(/NaN|undefined|null|Infinity|\[object|\s$|\.\./);
    expect(line).toMatch(/[.…]$/);
  }
  return lines;
}

describe("January's verdict", () => {
  it('names the pool, what it did, what it was not, what to do and what not to', () => {
    expect(sound(january(), januaryAdvice())).toEqual([
      'The pool is the bottleneck: full since 13:58:46, at 967 requests/s.',
      '30.0 % of requests failed from 14:00 to 17:30; the others took 5.0 s, not 18 ms.',
      "Not the network, the balancer, the deployment, nor the database's CPU (20 %).",
      'Do: 30-40 connections per instance, or 20 with the faster plans (0 % fail).',
      "Don't: 60 (2.3 %: the database contends), or a shorter timeout (still 30 %).",
    ]);
  });

  it('falls back on what is true of every full pool when nothing was tried', () => {
    expect(sound(january(), null).slice(3)).toEqual([
      'Do: try more connections or less work a query: --set service.pool.max=…',
      "Don't: a shorter timeout alone; it moves the wait, not the number that fail.",
    ]);
  });

  it('clears only what the run gives evidence for', () => {
    const third = (changes: Partial<RunResult>) => sound(january(changes), null)[2];
    expect(third({ timeline: [] })).toBe(
      "It was neither the network nor the database's CPU (20 %).",
    );
    const { outage, ledgerMs } = january();
    const busy = outage && { ...outage, databaseUtilisation: 0.9 };
    expect(third({ outage: busy })).toBe('It was not the network, the balancer or the deployment.');
    expect(third({ outage: busy, timeline: [] })).toBe('It was not the network.');
    const slowNetwork = { ...ledgerMs, network: 800 };
    expect(third({ ledgerMs: slowNetwork, timeline: [] })).toBe(
      "It was not the database's CPU (20 %).",
    );
    const helped = january().timeline.map((entry) =>
      entry.after === null ? entry : { ...entry, after: { ...entry.after, errors: 0.1 } },
    );
    expect(third({ timeline: helped })).toBe(
      "It was neither the network nor the database's CPU (20 %).",
    );
  });

  it('names the service whose pool was short when there are several', () => {
    const { bottleneck, services } = january();
    const onset = bottleneck.onset && {
      ...bottleneck.onset,
      instance: 'checkout-and-payment-of-orders/7',
    };
    const several = { services: [...services, ...services], bottleneck: { ...bottleneck, onset } };
    expect(sound(january(several), null)[0]).toBe(
      'The pool of checkout-and-paymen… is the bottleneck: full since 13:58:46.',
    );
  });
});

/** What a result says of a pool that is HikariCP's, as far as a verdict reads it. */
const hikari: NonNullable<RunResult['services'][number]['product']> = {
  profile: 'hikaricp',
  product: 'HikariCP',
  version: '',
  source: '',
  settings: { maximumPoolSize: 10 },
  startUp: [],
  assumed: [],
  errors: [],
  metrics: [],
};

describe('what to do', () => {
  const lastTwo = (changes: Partial<Advice>) => sound(january(), januaryAdvice(changes)).slice(3);

  it('is the smallest size when even the largest tried is still among the best', () => {
    const trials = [size(15, 0.14, 5000), size(20, 0, 300), size(30, 0, 200), size(60, 0, 190)];
    expect(lastTwo({ trials })).toEqual([
      'Do: 20 connections per instance or more (0 % fail; tried up to 60).',
      "Don't: a shorter timeout alone; it moves the wait, not the number that fail.",
    ]);
  });

  it('is the best of what was tried when nothing is enough', () => {
    const trials = [size(15, 0.26, 5000), size(20, 0.12, 2000), size(60, 0.2, 5000)];
    expect(lastTwo({ trials })).toEqual([
      'Do: best of what was tried: 20 connections per instance (12 % fail, not 30 %).',
      "Don't: 60 (20 % fail).",
    ]);
  });

  it('is what the station says when nothing that was tried helps', () => {
    const trials = [
      size(15, 0.3, 5000),
      trial('timeout', { 'service.pool.acquireTimeout': '2s' }, 0.3, 2000),
    ];
    expect(lastTwo({ trials })).toEqual([
      'Do: try more connections or less work a query: --set service.pool.max=…',
      "Don't: a shorter timeout alone (still 30 %).",
    ]);
  });

  it('is the whole fix when no part of it is enough', () => {
    const set = january().timeline.at(-1)?.set ?? {};
    const trials = [size(20, 0.2, 5000), trial('timeline-whole', set, 0, 13)];
    expect(lastTwo({ trials })).toEqual([
      'Do: all 4 changes of 17:30 (0 % fail).',
      "Don't: more connections alone (with 20 still 20 %).",
    ]);
  });

  it('is not a change that only leaves the backlog where it is', () => {
    const churn = { 'service.pool.reconnectShare': '0.5%' };
    const trials = [size(30, 0, 140), trial('timeline-part', churn, 0, 4900)];
    expect(lastTwo({ trials })[0]).toBe('Do: 30 connections per instance (0 % fail).');
  });

  it('says settings without words of their own by their paths', () => {
    const trials = [trial('timeline-part', { 'database.cores': 64, 'x.y': { z: 1 } }, 0, 10)];
    expect(lastTwo({ trials })[0]).toBe('Do: 64 database cores together with x.y z 1 (0 % fail).');
  });

  it('uses the names of the product for what it calls otherwise', () => {
    const services = january().services.map((service) => ({ ...service, product: hikari }));
    const trials = [
      { ...size(20, 0, 300), connections: 20 },
      { ...size(30, 0, 200), connections: 30 },
      { ...size(60, 0.02, 190), connections: 60 },
      trial('timeout', { 'service.pool.connectionTimeout': '2s' }, 0.3, 2000),
      trial('timeline-part', { 'service.pool.max-lifetime': '1h' }, 0.3, 5000),
    ];
    const advice = januaryAdvice({ trials });
    expect(sound(january({ services }), advice).slice(3)).toEqual([
      'Do: maximumPoolSize 20-30 (0 % fail).',
      "Don't: 60 (2.0 % fail), or a shorter connectionTimeout alone (still 30 %).",
    ]);
    const rest = { trials: trials.slice(4) };
    expect(sound(january({ services }), januaryAdvice(rest)).at(-1)).toBe(
      "Don't: maxLifetime 1h alone (still 30 %).",
    );
  });

  it('says nothing of trials in which no request ended', () => {
    const trials = [trial('pool-size', { 'service.pool.max': 20 }, null, null)];
    expect(lastTwo({ trials })[0]).toMatch(/^Do: try more connections/);
  });
});

describe('the verdict on other outcomes', () => {
  const bottleneck = (station: RunResult['bottleneck']['station'], onset = true) => ({
    station,
    onset: onset ? january().bottleneck.onset : null,
  });

  it('clears a pool that nobody waits for, and says where the time goes', () => {
    expect(sound(quiet(), null)).toEqual([
      'The pool is not the bottleneck: 48 % in use; hardly anybody waits.',
      'No request failed; half took up to 18 ms, the slowest hundredth over 441 ms.',
      'Of the response time, 43 % is opening connections.',
      'Do: leave the pool as it is.',
    ]);
  });

  it('names a full pool without failures', () => {
    const response = distribution(900_000, 900, 400, 3200);
    const lines = sound(quiet({ bottleneck: bottleneck('pool'), response }), null);
    expect(lines.slice(0, 2)).toEqual([
      'The pool is the bottleneck: full since 13:58:46, at 967 requests/s.',
      'No request failed; half took up to 400 ms, the slowest hundredth over 3.2 s.',
    ]);
  });

  it('says what makes a wait shorter when nothing fails, and what does not', () => {
    const { requests } = january();
    const served = { ...requests, completed: requests.arrived, failed: 0, inFlight: 0 };
    const slow = january({ requests: served, failures: {}, outage: null });
    const unchanged = { errors: 0, p50Ms: 12_700, p99Ms: 19_200 };
    const remedies = (...trials: Advice['trials']) =>
      sound(slow, januaryAdvice({ unchanged, trials })).slice(-2);
    expect(remedies(size(12, 0, 17_600), size(15, 0, 18_700))).toEqual([
      'Do: less work a query, or fewer requests at once; a larger pool is no faster.',
      "Don't: 12 connections per instance or more (half within 17.6 s, not 12.7 s).",
    ]);
    expect(remedies(size(12, 0, 9_000), size(15, 0, 140), size(20, 0, 30)).at(-1)).toBe(
      'Do: 15 connections per instance (half within 140 ms, not 12.7 s).',
    );
    expect(remedies(size(12, 0, 9_000)).at(-1)).toBe(
      'Do: try more connections or less work a query: --set service.pool.max=…',
    );
  });

  it('names a pool that turned requests away without ever being full for long', () => {
    const failures = { 'acquire-timeout': 1 };
    expect(sound(january({ bottleneck: bottleneck('pool', false), failures }), null)[0]).toBe(
      'The pool is the bottleneck: 1 request got no connection in time.',
    );
  });

  it("names the pool behind the service's own queue, and why that fills first", () => {
    const behind = january({
      bottleneck: bottleneck('service-concurrency'),
      failures: { 'queue-full': 5_411_094 },
      ledgerMs: {
        ...NO_TIME,
        network: 2,
        queue: 4600,
        acquireQueue: 884,
        databaseWork: 16,
        opening: 40,
      },
    });
    expect(sound(behind, januaryAdvice()).slice(0, 3)).toEqual([
      "The pool is the bottleneck behind the service's own queue: full since 13:58:46.",
      '30.0 % of requests were turned away from 14:00 to 17:30; the others took 5.0 s.',
      'Its workers spend 94 % of their time waiting for a connection.',
    ]);
  });

  it("clears the pool when the service's workers are busy with something else", () => {
    const ledgerMs = { ...NO_TIME, queue: 900, databaseWork: 100, acquireQueue: 1 };
    const lines = sound(
      january({ bottleneck: bottleneck('service-concurrency', false), ledgerMs }),
      null,
    );
    expect(lines[0]).toBe(
      "The pool is not the bottleneck: requests wait in the service's own queue.",
    );
    expect(lines.at(-1)).toBe("Don't: a larger pool; its connections would stay unused.");
  });

  it.each([
    ['database-cores', "The database's CPU is the bottleneck: up to 20 % busy"],
    ['database-contention', 'Contention in the database is the bottleneck: 80 % of the time'],
    ['connection-slots', 'The database is out of connections: it refused 0 connections.'],
    ['connection-opening', 'Opening connections is the bottleneck: 80 % of the time'],
  ] as const)('names %s, and advises against a larger pool', (station, start) => {
    const ledgerMs = { ...NO_TIME, databaseWork: 20, contention: 80, opening: 80 };
    ledgerMs[station === 'connection-opening' ? 'contention' : 'opening'] = 0;
    const lines = sound(january({ bottleneck: bottleneck(station), ledgerMs }), null);
    expect(lines[0]?.slice(0, start.length)).toBe(start);
    expect(lines.at(-1)).toMatch(/^Don't: /);
  });

  it('says that a queue grows when many are still waiting at the end', () => {
    const requests = {
      arrived: 100_000,
      completed: 60_000,
      failed: 0,
      abandoned: 0,
      inFlight: 40_000,
    };
    const lines = sound(quiet({ bottleneck: bottleneck('pool'), requests }), null);
    expect(lines[2]).toBe(
      '40,000 requests were still waiting at the end: more arrive than are served.',
    );
  });

  it('says that nobody arrived', () => {
    const requests = { arrived: 0, completed: 0, failed: 0, abandoned: 0, inFlight: 0 };
    expect(sound(quiet({ requests, response: EMPTY }), null)).toEqual([
      'Nobody arrived: the run says nothing about the pool.',
    ]);
  });

  it('says when all requests failed, and when their clients gave up', () => {
    const { outage, requests } = january();
    const all = { ...requests, completed: 0, failed: requests.arrived };
    const total = outage && { ...outage, errors: 1, p50Ms: null, normalP50Ms: null };
    expect(sound(january({ requests: all, response: EMPTY, outage: total }), null)[1]).toBe(
      'All requests failed from 14:00 to 17:30.',
    );
    const left = { ...requests, failed: 0, abandoned: requests.failed };
    expect(sound(january({ requests: left }), null)[1]).toMatch(
      /^30\.0 % of requests were given up by their clients from 14:00 to 17:30/,
    );
    const both = { ...requests, abandoned: 100_000 };
    expect(sound(january({ requests: both }), null)[1]).toMatch(/failed or were given up/);
  });

  it('leaves out the stretch of an outage that lasts for the whole run', () => {
    const { outage, start, end } = january();
    const second = (from: string, to: string) =>
      sound(january({ outage: outage && { ...outage, from, to } }), null)[1];
    expect(second(start, end)).toBe(
      '30.0 % of requests failed; the others took 5.0 s instead of 18 ms.',
    );
    expect(second('2024-01-21T14:00:00Z', end)).toBe(
      '30.0 % of requests failed from 14:00 on; the others took 5.0 s instead of 18 ms.',
    );
    expect(second(start, '2024-01-21T17:30:00Z')).toBe(
      '30.0 % of requests failed until 17:30; the others took 5.0 s instead of 18 ms.',
    );
  });
});
