import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../src/model/event-log.ts';
import { firstArrivals } from '../support/known-arrivals.ts';
import {
  type ServiceWishes,
  holding,
  lines,
  systemOf,
  systemSettings,
} from '../support/small-system.ts';

function eventsOf(wishes: ServiceWishes, count: number, until = 100_000): LoggedEvent[] {
  const log: LoggedEvent[] = [];
  const { traffic } = firstArrivals(count);
  systemOf(systemSettings([{ traffic, ...wishes }]), { log }).runUntil(until);
  return log;
}

describe('the event log', () => {
  it('numbers requests by arrival, and names the service', () => {
    const arrivals = eventsOf({}, 3).filter((event) => event.name === 'arrival');
    expect(arrivals.map(({ request, service }) => `${service} ${request}`)).toEqual([
      'service 1',
      'service 2',
      'service 3',
    ]);
  });

  it('names no instance before the balancer has chosen one', () => {
    // Three requests, one after the other in the same place of the request table.
    const arrivals = eventsOf({ instances: 3, requests: [holding(1)] }, 3).filter(
      (event) => event.name === 'arrival',
    );
    expect(arrivals.map((event) => event.instance)).toEqual([-1, -1, -1]);
  });

  it('tells a request’s way: queue, wait, open, reconnect, and its end', () => {
    const { at } = firstArrivals(3);
    const [a1 = NaN, a2 = NaN, a3 = NaN] = at;
    const log = eventsOf(
      {
        concurrency: 2,
        requests: [holding(1000)],
        pool: { initial: 0, reconnectShare: 1 },
      },
      3,
      a1 + 2100,
    );
    expect(lines(log).filter((line) => !line.includes('arrival'))).toEqual([
      `${a1} open 1@0`,
      `${a1 + 5} acquire 1@0`,
      `${a1 + 5} reconnect 1@0`,
      `${a2} wait 2@0`,
      `${a3} queue 3@0`,
      `${a1 + 1010} release 1@0`,
      `${a1 + 1010} complete 1@0`,
      `${a1 + 1010} acquire 2@0`,
      `${a1 + 1010} reconnect 2@0`,
      `${a1 + 1010} wait 3@0`,
      `${a1 + 2015} release 2@0`,
      `${a1 + 2015} complete 2@0`,
      `${a1 + 2015} acquire 3@0`,
      `${a1 + 2015} reconnect 3@0`,
    ]);
  });
});
