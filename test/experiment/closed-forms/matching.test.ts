// Which closed forms describe which settings, and where none does.

import { describe, expect, it } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/engine/time.ts';
import type { Law } from '../../../src/engine/law.ts';
import { matchingForms } from '../../../src/experiment/closed-forms/matching.ts';
import { stationOf } from '../../../src/experiment/closed-forms/station.ts';
import type { Stretch } from '../../../src/experiment/closed-forms/stretches.ts';
import type { DatabaseSettings } from '../../../src/model/database/settings.ts';
import { requesting, type ServiceWishes, systemSettings } from '../../support/small-system.ts';

const mean = 20 * MILLISECOND;
const EXPONENTIAL: Law = { family: 'exponential', mean };
const LOGNORMAL: Law = { family: 'lognormal', mean, cv: 1.5 };
const CONSTANT: Law = { family: 'constant', value: mean };

const USL = { kind: 'usl', sigma: 0.02, kappa: 0.00005 } as const;

/** A stretch of ten connections, held 20 ms each: 500 a second is all that they serve. */
function stretch(
  ratePerSecond: number,
  wishes: ServiceWishes,
  database: Partial<DatabaseSettings> = {},
  more: readonly ServiceWishes[] = [],
): Stretch {
  const own = { ...wishes, pool: { max: 10, ...wishes.pool } };
  return {
    fromNs: 0,
    toNs: 600 * SECOND,
    settings: systemSettings([own, ...more], database),
    service: 0,
    ratePerSecond,
    users: 0,
    before: { peakPerSecond: 0, peakUsers: 0, timeoutNs: Infinity, isUnchanged: true },
  };
}

function namesOf(of: Stretch): string[] | null {
  const station = stationOf(of);
  return station === null ? null : matchingForms(station).map(({ name }) => name);
}

const holds = (hold: Law) => [requesting({ kind: 'hold', hold })];
const queries = (work: Law, cpu = 1) => [requesting({ kind: 'query', work, cpu })];
const inTime = (ms: number) => ({ acquireTimeoutNs: ms * MILLISECOND });

describe('a pool', () => {
  it.each<[string, number, ServiceWishes, readonly string[]]>([
    ['exponential holds', 400, { requests: holds(EXPONENTIAL) }, ['M/M/c']],
    ['constant holds', 400, { requests: holds(CONSTANT) }, ['M/D/c']],
    ['irregular holds', 400, { requests: holds(LOGNORMAL) }, ['Allen-Cunneen']],
    ['irregular holds and little load', 300, { requests: holds(LOGNORMAL) }, []],
    ['one connection', 30, { requests: holds(LOGNORMAL), pool: { max: 1 } }, ['M/G/1']],
    ['a timeout', 400, { requests: holds(EXPONENTIAL), pool: inTime(50) }, ['M/M/c with timeout']],
    [
      'room for none to wait',
      400,
      { requests: holds(LOGNORMAL), concurrency: 10, queue: 0 },
      ['Erlang B'],
    ],
    [
      'room for some to wait',
      400,
      { requests: holds(EXPONENTIAL), concurrency: 12, queue: 0 },
      ['M/M/c/K'],
    ],
    ['several instances by turns', 400, { requests: holds(EXPONENTIAL), instances: 2 }, []],
    [
      'several instances by chance',
      400,
      { requests: holds(EXPONENTIAL), instances: 2, balancer: 'random' },
      ['M/M/c'],
    ],
    [
      'several instances by count',
      400,
      { requests: holds(EXPONENTIAL), instances: 2, balancer: 'least-connections' },
      [],
    ],
  ])('with %s: its wait', (_, rate, wishes, names) => {
    const found = namesOf(stretch(rate, wishes));
    expect(found).toEqual([...names, "Little's law"]);
  });

  it('that gets more than it serves is full, if something bounds the wait', () => {
    const over = { requests: holds(LOGNORMAL) };
    expect(namesOf(stretch(700, { ...over, pool: inTime(2000) }))).toEqual(['full pool']);
    expect(namesOf(stretch(700, over))).toEqual([]);
    // Of a short wait the pool is empty now and then, and more is lost than flow balance says.
    expect(namesOf(stretch(700, { ...over, pool: inTime(50) }))).toEqual([]);
    const again = { ...over, pool: inTime(2000), client: { retryAttempts: 1 } };
    expect(namesOf(stretch(700, again))).toBeNull();
  });

  it('behind a queue of its own, or with too few slots in the database, is left out', () => {
    const requests = holds(EXPONENTIAL);
    expect(namesOf(stretch(400, { requests, concurrency: 10, queue: 5 }))).toBeNull();
    expect(namesOf(stretch(400, { requests, concurrency: 5, queue: 0 }))).toBeNull();
    const slots = { maxConnections: 12, reservedConnections: 3 };
    expect(namesOf(stretch(400, { requests }, slots))).toBeNull();
    expect(namesOf(stretch(400, { requests }, { ...slots, maxConnections: 13 }))).not.toBeNull();
  });
});

describe('what bounds or shortens a wait', () => {
  const requests = holds(EXPONENTIAL);
  const patience: Law = { family: 'exponential', mean: 100 * MILLISECOND };

  it('is a limit on those who wait', () => {
    expect(namesOf(stretch(400, { requests, pool: { maxPending: 5 } }))?.[0]).toBe('M/M/c/K');
    expect(namesOf(stretch(400, { requests, pool: { maxPending: 0 } }))?.[0]).toBe('Erlang B');
  });

  it('is the patience of clients that take their requests with them', () => {
    const client = { patience, cancel: true };
    expect(namesOf(stretch(400, { requests, client }))?.[0]).toBe('Erlang A');
    expect(namesOf(stretch(400, { requests, client: { patience } }))?.[0]).toBe('M/M/c');
    expect(namesOf(stretch(400, { requests, client, pool: inTime(50) }))).toBeNull();
    const constant: Law = { family: 'constant', value: 100 * MILLISECOND };
    expect(
      namesOf(stretch(400, { requests, client: { ...client, patience: constant } })),
    ).toBeNull();
  });

  it('is not known for a hand-over, nor for the order that a timeout meets', () => {
    expect(namesOf(stretch(400, { requests, pool: { handoverNs: 1000 } }))).toBeNull();
    expect(namesOf(stretch(400, { requests, pool: { order: 'lifo' } }))?.[0]).toBe('M/M/c');
    const timed = { ...inTime(50), order: 'lifo' } as const;
    expect(namesOf(stretch(400, { requests, pool: timed }))).toBeNull();
  });
});

describe('a hold', () => {
  const holdOf = (wishes: ServiceWishes, database: Partial<DatabaseSettings> = {}) =>
    stationOf(stretch(100, wishes, database))?.hold;

  it('is exponential only when nothing is added to it', () => {
    const requests = queries(EXPONENTIAL);
    expect(holdOf({ requests })?.law).toBe('exponential');
    expect(holdOf({ requests }, { roundTripNs: MILLISECOND })?.law).toBe('general');
    expect(holdOf({ requests, pool: { reconnectShare: 0.01 } })?.law).toBe('general');
  });

  it('has the moments of work, network and reconnection together', () => {
    const connectLatency: Law = { family: 'constant', value: 400 * MILLISECOND };
    const hold = holdOf(
      { requests: queries(LOGNORMAL), pool: { reconnectShare: 0.05 } },
      { roundTripNs: 2 * MILLISECOND, connectLatency },
    );
    expect(hold?.delaySeconds).toBeCloseTo(0.002 + 0.02 + 0.02, 12);
    // Var: that of the work, (1.5 · 20 ms)², and of the reconnection, 0.05 · 0.95 · (400 ms)².
    const variance = 0.03 * 0.03 + 0.05 * 0.95 * 0.4 * 0.4;
    expect(hold?.scv).toBeCloseTo(variance / (0.042 * 0.042), 9);
  });

  it('has the moments of a mix of classes', () => {
    const mix = [
      { name: 'fast', weight: 3, work: { kind: 'hold', hold: EXPONENTIAL } },
      {
        name: 'slow',
        weight: 1,
        work: { kind: 'hold', hold: { family: 'exponential', mean: 3 * mean } },
      },
    ] as const;
    const hold = holdOf({ requests: mix });
    expect(hold?.law).toBe('general');
    expect(hold?.delaySeconds).toBeCloseTo(0.03, 12);
    // E[S²] = ¾·2·20² + ¼·2·60² = 2400 ms², less 30² is 1500.
    expect(hold?.scv).toBeCloseTo(1500 / 900, 9);
    const same = [mix[0], { ...mix[0], name: 'same' }];
    expect(holdOf({ requests: same })?.law).toBe('exponential');
  });

  it('is split into the part that cores share and the rest', () => {
    const database = { contention: { kind: 'cores' }, roundTripNs: MILLISECOND } as const;
    const hold = holdOf({ requests: queries(EXPONENTIAL, 0.25) }, database);
    expect(hold?.delaySeconds).toBeCloseTo(0.001 + 0.015, 12);
    expect(hold?.workSeconds).toBeCloseTo(0.005, 12);
  });
});

describe('a database that slows down', () => {
  it('is a chain for one pool of exponential work', () => {
    const requests = queries(EXPONENTIAL);
    expect(namesOf(stretch(200, { requests }, { contention: USL }))?.[0]).toBe(
      'M/M/c with shared speed',
    );
    expect(namesOf(stretch(150, { requests }, { contention: { kind: 'cores' } }))).toEqual([
      'M/M/c with shared speed',
      'processor sharing',
    ]);
  });

  it('is known on the average with a network, and not near its capacity', () => {
    const service = { requests: queries(LOGNORMAL) };
    const database = { contention: USL, roundTripNs: 2 * MILLISECOND };
    expect(namesOf(stretch(200, service, database))).toEqual(['mean field']);
    expect(namesOf(stretch(380, service, database))).toEqual([]);
  });

  it('is left out when several services share it', () => {
    const requests = queries(EXPONENTIAL);
    expect(namesOf(stretch(100, { requests }, { contention: USL }, [{ name: 'b' }]))).toBeNull();
    expect(namesOf(stretch(100, { requests }, {}, [{ name: 'b' }]))).not.toBeNull();
  });
});

describe('attempts that come again', () => {
  const requests = holds(EXPONENTIAL);
  const retries = { retryAttempts: 2, retryBackoffNs: SECOND };

  it('are no Poisson arrivals wherever something can fail', () => {
    const timed = { requests, client: retries, pool: inTime(50) };
    expect(namesOf(stretch(400, timed))).toBeNull();
    expect(namesOf(stretch(400, { ...timed, pool: { maxPending: 5 } }))).toBeNull();
    const hasty = { ...retries, timeoutNs: SECOND, cancel: true };
    expect(namesOf(stretch(400, { requests, client: hasty }))).toBeNull();
  });

  it('never come where nothing can fail', () => {
    expect(namesOf(stretch(400, { requests, client: retries }))?.[0]).toBe('M/M/c');
  });
});

describe('impatient clients', () => {
  it('are met by another order than first come first served as no closed form says', () => {
    const patience = { family: 'exponential', mean } as const;
    const service = { requests: holds(EXPONENTIAL), client: { patience, cancel: true } };
    expect(namesOf(stretch(400, service))).toContain('Erlang A');
    expect(namesOf(stretch(400, { ...service, pool: { order: 'lifo' } }))).toBeNull();
  });
});
