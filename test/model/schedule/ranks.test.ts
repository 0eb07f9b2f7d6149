// What happens first when two things fall on the same nanosecond. The arrivals are known beforehand, so
// delays are chosen that make them meet; one nanosecond less, and the other comes first.

import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../../src/model/event-log.ts';
import type { Change } from '../../../src/model/settings.ts';
import { firstArrivals } from '../../support/known-arrivals.ts';
import {
  type ServiceWishes,
  holding,
  lines,
  systemOf,
  systemSettings,
} from '../../support/small-system.ts';

const END = 1_000_000;

/** The log of a service that sees the first `count` arrivals only. */
function logOf(count: number, wishes: ServiceWishes, changes: readonly Change[] = []): string[] {
  const log: LoggedEvent[] = [];
  const settings = systemSettings([{ ...wishes, traffic: firstArrivals(count).traffic }]);
  systemOf(settings, { log, changes }).runUntil(END);
  return lines(log);
}

const {
  at: [a1 = NaN, a2 = NaN, a3 = NaN],
} = firstArrivals(3);

describe('at the same nanosecond', () => {
  it('a release serves the waiter whose acquire timeout has come', () => {
    const [hold, timeout] = [a2 - a1 + 500, 500];
    const service = (acquireTimeoutNs: number) => ({
      requests: [holding(hold)],
      pool: { acquireTimeoutNs },
    });
    const end = a2 + timeout;
    expect(logOf(2, service(timeout))).toEqual([
      `${a1} arrival 1@-1`,
      `${a1} acquire 1@0`,
      `${a2} arrival 2@-1`,
      `${a2} wait 2@0`,
      `${end} release 1@0`,
      `${end} complete 1@0`,
      `${end} acquire 2@0`,
      `${end + hold} release 2@0`,
      `${end + hold} complete 2@0`,
    ]);
    expect(logOf(2, service(timeout - 1)).slice(4)).toEqual([
      `${end - 1} fail 2@0 acquire-timeout`,
      `${end} release 1@0`,
      `${end} complete 1@0`,
    ]);
  });

  it('a connection that is open serves the request whose acquire timeout has come', () => {
    const cold = (acquireTimeoutNs: number) => ({ pool: { initial: 0, acquireTimeoutNs } });
    expect(logOf(1, cold(5)).slice(2, 3)).toEqual([`${a1 + 5} acquire 1@0`]);
    expect(logOf(1, cold(4)).slice(2, 3)).toEqual([`${a1 + 4} fail 1@0 acquire-timeout`]);
  });

  it('an answer reaches the client whose timeout has come', () => {
    const client = (timeoutNs: number) => ({ client: { timeoutNs } });
    expect(logOf(1, client(10)).slice(2)).toEqual([
      `${a1 + 10} release 1@0`,
      `${a1 + 10} complete 1@0`,
    ]);
    expect(logOf(1, client(9)).slice(2)).toEqual([
      `${a1 + 9} abandon 1@0`,
      `${a1 + 10} release 1@0`,
    ]);
  });

  it('work that is done is not lost with the instance that stops', () => {
    const restart = (eachNs: number): Change[] => [
      { kind: 'restart', atNs: a1 + 1, service: 0, eachNs },
    ];
    expect(logOf(1, {}, restart(9)).at(-1)).toBe(`${a1 + 10} complete 1@0`);
    expect(logOf(1, {}, restart(8)).at(-1)).toBe(`${a1 + 9} fail 1@0 instance-lost`);
  });

  it('a change comes before an arrival', () => {
    const restart = (atNs: number): Change[] => [{ kind: 'restart', atNs, service: 0, eachNs: 50 }];
    expect(logOf(1, {}, restart(a1)).slice(1)).toEqual([`${a1} fail 1@-1 instance-lost`]);
    expect(logOf(1, {}, restart(a1 + 1)).at(-1)).toBe(`${a1 + 10} complete 1@0`);
  });

  it('an arrival comes before a timeout, which would have made room for it', () => {
    const crowded = (acquireTimeoutNs: number) => ({
      requests: [holding(100_000)],
      concurrency: 2,
      queue: 0,
      pool: { acquireTimeoutNs },
    });
    expect(logOf(3, crowded(a3 - a2)).slice(4, 7)).toEqual([
      `${a3} arrival 3@-1`,
      `${a3} fail 3@0 queue-full`,
      `${a3} fail 2@0 acquire-timeout`,
    ]);
    expect(logOf(3, crowded(a3 - a2 - 1)).slice(4, 7)).toEqual([
      `${a3 - 1} fail 2@0 acquire-timeout`,
      `${a3} arrival 3@-1`,
      `${a3} wait 3@0`,
    ]);
  });

  it('an arrival comes before a retry', () => {
    const impatient = {
      requests: [holding(100_000)],
      concurrency: 1,
      queue: 0,
      client: { retryAttempts: 1, retryBackoffNs: a3 - a2 },
    };
    expect(logOf(3, impatient).slice(3, 8)).toEqual([
      `${a2} fail 2@0 queue-full`,
      `${a3} arrival 3@-1`,
      `${a3} fail 3@0 queue-full`,
      `${a3} retry 2@-1`,
      `${a3} fail 2@0 queue-full`,
    ]);
  });

  it('a release comes before a connection that is open, so it serves who waits first', () => {
    // Request 1 opens, is granted and released at the instant at which request 2's connection is open.
    const [latency, hold] = [a2 - a1 + 50, a2 - a1];
    const log: LoggedEvent[] = [];
    const settings = systemSettings(
      [
        {
          traffic: firstArrivals(2).traffic,
          requests: [holding(hold)],
          pool: { max: 2, initial: 0 },
        },
      ],
      { connectLatency: { family: 'constant', value: latency } },
    );
    systemOf(settings, { log }).runUntil(END);
    const both = a1 + latency + hold;
    expect(both).toBe(a2 + latency);
    expect(lines(log).slice(5, 8)).toEqual([
      `${both} release 1@0`,
      `${both} complete 1@0`,
      `${both} acquire 2@0`,
    ]);
  });

  it('deadlines that pass together fail first in first out', () => {
    // Both wait behind a long hold; the second one's timeout was shortened to end with the first's.
    const service = (acquireTimeoutNs: number): ServiceWishes => ({
      traffic: firstArrivals(3).traffic,
      requests: [holding(100_000)],
      pool: { acquireTimeoutNs },
    });
    const log: LoggedEvent[] = [];
    const longer = 1000 + a3 - a2;
    const changes: Change[] = [
      { kind: 'set', atNs: a2 + 1, settings: systemSettings([service(1000)]) },
    ];
    systemOf(systemSettings([service(longer)]), { log, changes }).runUntil(END);
    expect(lines(log).slice(6, 8)).toEqual([
      `${a3 + 1000} fail 2@0 acquire-timeout`,
      `${a3 + 1000} fail 3@0 acquire-timeout`,
    ]);
  });

  it('an alert sees the timeouts of its own instant', () => {
    const failing = {
      traffic: firstArrivals(2).traffic,
      requests: [holding(100_000)],
      pool: { acquireTimeoutNs: 500 },
    };
    const at = a2 + 500;
    const system = systemOf(systemSettings([failing]), {
      alerts: [
        {
          name: 'Errors',
          kind: 'automated',
          condition: { metric: { kind: 'errors' }, comparison: '>', limit: 0 },
          overNs: at,
          forNs: 0,
          everyNs: at,
          per: 'fleet',
        },
      ],
    });
    system.runUntil(at);
    expect(system.firings.map((firing) => firing.firedAtNs)).toEqual([at]);
  });
});
