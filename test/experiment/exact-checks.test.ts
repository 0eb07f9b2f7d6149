// The certificate can fail: each of its identities notices a book that is wrong by one, and no other does.

import { describe, expect, it } from 'vitest';
import { certify } from '../../src/experiment/certificate.ts';
import { MILLISECOND, SECOND } from '../../src/engine/time.ts';
import type { Service } from '../../src/model/service/service.ts';
import type { System } from '../../src/model/system.ts';
import { requesting, steady, systemOf, systemSettings } from '../support/small-system.ts';

/** A busy system in the middle of its run: some have left, some wait, some are served. */
function busySystem(): System {
  const hold = { family: 'exponential', mean: 20 * MILLISECOND } as const;
  const system = systemOf(
    systemSettings([
      {
        traffic: steady(300),
        requests: [requesting({ kind: 'hold', hold })],
        pool: { max: 5, initial: 2, acquireTimeoutNs: 50 * MILLISECOND },
      },
    ]),
  );
  system.runUntil(10 * SECOND);
  return system;
}

describe('the certificate', () => {
  it('holds in the middle of a busy run', () => {
    const { checks, holds } = certify(busySystem());
    expect(checks.filter((check) => !check.holds)).toEqual([]);
    expect(holds).toBe(true);
    // Nothing is compared with nothing, but where no fault is the point.
    const empty = checks.filter(({ expected }) => expected === 0);
    expect(empty).toHaveLength(3);
  });

  it.each<readonly [book: string, check: string, spoil: (service: Service) => void]>([
    ['the arrivals', 'arrived = completed', ({ meters }) => (meters.arrived += 1)],
    [
      'time in vain',
      'times in the system =',
      ({ meters }) => {
        meters.vainTime.add(1);
      },
    ],
    [
      'waits in vain',
      'waits for a connection =',
      ({ meters }) => {
        meters.vainWait.add(1);
      },
    ],
    [
      'lost use',
      'uses, openings and hand-overs =',
      ({ meters }) => {
        meters.lostUse.add(1);
      },
    ],
    ['opened connections', 'connections opened - closed', ({ pool }) => (pool.opened += 1)],
    ['a ledger', 'requests whose stages do not', ({ meters }) => (meters.ledgerFaults += 1)],
    ['a stage', 'stages of all requests', ({ meters }) => meters.ledger[0]?.add(1)],
    ['a pool’s size', 'connections opened beyond', ({ pool }) => (pool.violations += 1)],
    ['who waits', 'readings with a free connection', ({ pool }) => (pool.idleWhileWaiting += 1)],
  ])('does not hold when %s is wrong by one', (_, name, spoil) => {
    const system = busySystem();
    system.services.forEach((service) => {
      spoil(service);
    });
    const { checks, holds } = certify(system);
    const failing = checks.filter((check) => !check.holds).map((check) => check.name);
    expect(failing).toEqual([expect.stringContaining(name)]);
    expect(holds).toBe(false);
  });
});
