// Alerts against a naive twin: it knows when each connection was busy and looks at every evaluation.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertSettings, Metric } from '../../../src/model/control/settings.ts';
import type { LoggedEvent } from '../../../src/model/event-log.ts';
import type { System } from '../../../src/model/system.ts';
import { fuzzed } from '../../support/fuzz.ts';
import { arrivalsAt } from '../../support/known-arrivals.ts';
import {
  type ServiceWishes,
  holding,
  steady,
  systemOf,
  systemSettings,
} from '../../support/small-system.ts';

function alert(
  wishes: Partial<AlertSettings> & { metric?: Metric; limit?: number },
): AlertSettings {
  const { metric = { kind: 'pool-utilisation' }, limit = 1, ...own } = wishes;
  return {
    name: 'Full',
    kind: 'automated',
    condition: { metric, comparison: '>=', limit },
    overNs: 100,
    forNs: 0,
    everyNs: 100,
    per: 'fleet',
    ...own,
  };
}

/** `fired-resolved` of each firing, with the instance's name in front of it if it has one. */
function firings(system: System): string[] {
  return system.firings.map(({ instance, firedAtNs, resolvedAtNs }) => {
    const where = instance === null ? '' : `${instance} `;
    return `${where}${firedAtNs}-${resolvedAtNs ?? ''}`;
  });
}

/** One connection that is busy from 5 to 1005. */
function busyOnce(rule: AlertSettings, until = 2000): string[] {
  const service: ServiceWishes = { traffic: arrivalsAt(5), requests: [holding(1000)] };
  const system = systemOf(systemSettings([service]), { alerts: [rule] });
  system.runUntil(until);
  return firings(system);
}

describe('an alert', () => {
  it('fires at the first evaluation at which its condition holds, and ends when it does not', () => {
    // 95 % of the first 100 ns were busy, all of the second; 5 % of those up to 1100.
    expect(busyOnce(alert({}))).toEqual(['200-1100']);
    expect(busyOnce(alert({ limit: 0.95 }))).toEqual(['100-1100']);
    expect(busyOnce(alert({ limit: 0.05 }))).toEqual(['100-1200']);
  });

  it.each([
    [300, '500-1100'],
    [250, '500-1100'],
    [301, '600-1100'],
    [800, '1000-1100'],
  ])('with `for` %i fires once its condition has held that long', (forNs, firing) => {
    expect(busyOnce(alert({ forNs }))).toEqual([firing]);
  });

  it('never fires when its condition ends before `for` is over', () => {
    expect(busyOnce(alert({ forNs: 801 }))).toEqual([]);
  });

  it('looks at what there is of the run while that is shorter than `over`', () => {
    expect(busyOnce(alert({ overNs: 1000, limit: 0.97 }))).toEqual(['200-1100']);
  });

  it('looks back exactly `over`, also when that is no multiple of `every`', () => {
    // At 1100 the last 130 ns were busy from 970 to 1005: 27 %.
    expect(busyOnce(alert({ overNs: 130, limit: 0.26 }))).toEqual(['100-1200']);
    expect(busyOnce(alert({ overNs: 130, limit: 0.27 }))).toEqual(['100-1100']);
    // … and the last 30 ns of each evaluation are all or nothing.
    expect(busyOnce(alert({ overNs: 30 }))).toEqual(['100-1100']);
  });

  it('goes on firing to the end of the run', () => {
    expect(busyOnce(alert({}), 900)).toEqual(['200-']);
  });

  it('does not fire while there is nothing to observe', () => {
    const system = systemOf(systemSettings([{}]), {
      alerts: [alert({ metric: { kind: 'errors' }, limit: 0 })],
    });
    system.runUntil(1000);
    expect(firings(system)).toEqual([]);
  });

  it('per instance knows only its own instance', () => {
    const service = { traffic: arrivalsAt(5), instances: 2, requests: [holding(1000)] };
    const system = systemOf(systemSettings([service]), {
      alerts: [alert({ per: 'instance' }), alert({ name: 'Fleet' })],
    });
    system.runUntil(2000);
    expect(firings(system)).toEqual(['service/0 200-1100']);
  });

  it('per instance sees errors where they happened', () => {
    const at = [5, 210];
    const service = {
      traffic: arrivalsAt(...at),
      instances: 2,
      requests: [holding(10_000)],
      client: { timeoutNs: 100 },
    };
    const system = systemOf(systemSettings([service]), {
      alerts: [alert({ metric: { kind: 'errors' }, per: 'instance', everyNs: 50 })],
    });
    system.runUntil(2000);
    // An evaluation after each client has left; the errors are out of sight 100 ns later.
    const seen = at.map((arrival, i) => {
      const first = Math.ceil((arrival + 100) / 50) * 50;
      const gone = Math.ceil((arrival + 200) / 50) * 50;
      return `service/${i} ${first}-${gone}`;
    });
    expect(firings(system)).toEqual(seen);
  });

  it('per instance measures an instance by its own connections when the fleet grows', () => {
    // The one connection of instance 0 is busy from 5 on; at 1000 three more instances come.
    const service = (instances: number) =>
      systemSettings([{ traffic: arrivalsAt(5), instances, requests: [holding(10_000)] }]);
    const system = systemOf(service(1), {
      changes: [{ kind: 'set', atNs: 1000, settings: service(4) }],
      alerts: [alert({ per: 'instance', overNs: 300 })],
    });
    system.runUntil(2000);
    expect(firings(system)).toEqual(['service/0 400-']);
  });

  it('agrees with a twin that looks at every evaluation anew', () => {
    const rule = fc.record({
      everyNs: fc.integer({ min: 10, max: 90 }),
      overNs: fc.integer({ min: 1, max: 400 }),
      forNs: fc.oneof(fc.constant(0), fc.nat({ max: 300 })),
      limit: fc.constantFrom(0.2, 0.5, 0.8, 1),
      per: fc.constantFrom('fleet', 'instance'),
    });
    fc.assert(
      fc.property(
        rule,
        fc.nat({ max: 10_000 }),
        fc.integer({ min: 20, max: 200 }),
        (r, seed, hold) => {
          const log: LoggedEvent[] = [];
          const until = 3000;
          const wished = alert({ ...r, per: r.per });
          const service = { instances: 2, requests: [holding(hold)], traffic: steady(1e7) };
          const system = systemOf(systemSettings([service]), {
            alerts: [wished],
            seed: `${seed}`,
            log,
          });
          system.runUntil(until);
          expect(firings(system).toSorted()).toEqual(twinFirings(wished, log, until).toSorted());
        },
      ),
      fuzzed(60),
    );
  });
});

/** From when to when the connection of an instance was in use. */
function busyTimes(
  log: readonly LoggedEvent[],
  instance: number,
  until: number,
): [number, number][] {
  const own = log.filter((event) => event.instance === instance);
  const starts = own.filter((event) => event.name === 'acquire').map((event) => event.atNs);
  const ends = own.filter((event) => event.name === 'release').map((event) => event.atNs);
  return starts.map((start, i) => [start, ends[i] ?? until]);
}

function twinFirings(rule: AlertSettings, log: readonly LoggedEvent[], until: number): string[] {
  const subjects = rule.per === 'fleet' ? [[0, 1]] : [[0], [1]];
  return subjects.flatMap((instances) => {
    const name = rule.per === 'fleet' ? '' : `service/${instances.join('')} `;
    const busy = instances.flatMap((i) => busyTimes(log, i, until));
    const found: string[] = [];
    let since = NaN;
    let fired = NaN;
    for (let now = rule.everyNs; now <= until; now += rule.everyNs) {
      const from = Math.max(0, now - rule.overNs);
      const inUse = busy.reduce(
        (sum, [start, end]) => sum + Math.max(0, Math.min(end, now) - Math.max(start, from)),
        0,
      );
      const isFull = inUse / (instances.length * (now - from)) >= rule.condition.limit;
      if (!isFull) {
        if (!Number.isNaN(fired)) found.push(`${name}${fired}-${now}`);
        since = fired = NaN;
        continue;
      }
      if (Number.isNaN(since)) since = now;
      if (Number.isNaN(fired) && now - since >= rule.forNs) fired = now;
    }
    return Number.isNaN(fired) ? found : [...found, `${name}${fired}-`];
  });
}
