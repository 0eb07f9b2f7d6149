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
  const think = { family: 'exponential', mean: SECOND } as const;
  const users = { points: [{ atNs: 0, users: 4 }], think };
  const system = systemOf(
    systemSettings([
      {
        traffic: { ...steady(300), users },
        requests: [requesting({ kind: 'query', work: hold, cpu: 0.5 })],
        pool: { max: 5, initial: 2, acquireTimeoutNs: 50 * MILLISECOND, reconnectShare: 0.1 },
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
    expect(empty).toHaveLength(19);
  });

  it.each<
    readonly [book: string, check: string, spoil: (service: Service, system: System) => void]
  >([
    [
      'the arrivals',
      'arrived = completed',
      ({ meters }) => {
        meters.arrived += 1;
        meters.retries -= 1;
      },
    ],
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
      'uses, openings, hand-overs and leaks =',
      ({ meters }) => {
        meters.lostUse.add(1);
      },
    ],
    ['opened connections', 'connections opened - closed', ({ pool }) => (pool.opened += 1)],
    ['a ledger', 'requests whose stages do not', ({ meters }) => (meters.ledgerFaults += 1)],
    ['a stage', 'stages of all requests', ({ meters }) => meters.ledger[0]?.add(1)],
    ['a pool’s size', 'connections opened beyond', ({ pool }) => (pool.violations += 1)],
    ['who waits', 'connections left free while', ({ pool }) => (pool.idleWhileWaiting += 1)],
    ['the retries', 'attempts = arrivals', ({ meters }) => (meters.retries += 1)],
    ['the pauses', 'attempts = those that ended', ({ meters }) => (meters.pauses += 1)],
    [
      'a user',
      'users =',
      ({ flow }) => {
        flow.traffic.users?.outcome(0, -1);
      },
    ],
    ['a reconnection', 'reconnections =', ({ meters }) => (meters.reconnects += 1)],
    ['a slot', 'slots taken in the database', (_, { database }) => (database.slots.open += 1)],
    ['what is held', 'connections the database works', (_, { database }) => (database.held += 1)],
    ['a turn', 'requests served out of turn', ({ pool }) => (pool.turns.outOfTurn += 1)],
    ['a turn in the queue', 'requests served out', ({ gate }) => (gate.turns.outOfTurn += 1)],
    ['a bound', 'requests let in beyond', ({ pool }) => (pool.turns.beyondLimit += 1)],
    ['the queue’s bound', 'requests let in', ({ gate }) => (gate.turns.beyondLimit += 1)],
    ['the concurrency', 'requests let in beyond', ({ gate }) => (gate.violations += 1)],
    ['who queues', 'readings with room', ({ gate }) => (gate.roomWhileQueued += 1)],
    [
      'a place',
      'places taken',
      ({ gate }) => {
        gate.leave(0);
      },
    ],
    ['a choice', 'choices of an instance', ({ balancer }) => (balancer.watch.faults += 1)],
    [
      'an acquire timeout',
      'waits for a connection that',
      ({ meters }) => (meters.waitWatch.faults += 1),
    ],
    ['a client’s timeout', 'attempts that', ({ meters }) => (meters.clientWatch.faults += 1)],
    ['a retry', 'retries beyond', ({ meters }) => (meters.retryFaults += 1)],
    ['a backoff', 'retries that began', ({ meters }) => (meters.pauseWatch.faults += 1)],
    ['a hand-over', 'connections handed', ({ meters }) => (meters.handoverWatch.faults += 1)],
    ['an idle time', 'connections idle beyond', ({ pool }) => (pool.idleFaults += 1)],
    ['a round trip', 'round trips', (_, { database }) => (database.roundTripWatch.faults += 1)],
    ['a hold', 'holds or queries', (_, { database }) => (database.workWatch.faults += 1)],
    ['a reason', 'failed requests =', ({ meters }) => (meters.failures[0] = 1)],
    ['a bucket', 'distributions that', ({ meters }) => (meters.response.counts[0] = 1)],
    [
      'a CPU share',
      'CPU shares in use',
      (_, { database, simulation }) => {
        database.aloneCpu.add(0, 1, simulation.now);
      },
    ],
    [
      'the limit',
      'connections that the server',
      (_, { database }) => (database.slots.violations += 1),
    ],
    ['a setting', 'rooms whose', ({ balancer }) => (balancer.policy = 'random')],
  ])('does not hold when %s is wrong by one', (_, name, spoil) => {
    const system = busySystem();
    system.services.forEach((service) => {
      spoil(service, system);
    });
    const { checks, holds } = certify(system);
    const failing = checks.filter((check) => !check.holds).map((check) => check.name);
    expect(failing).toEqual([expect.stringContaining(name)]);
    expect(holds).toBe(false);
  });
});
