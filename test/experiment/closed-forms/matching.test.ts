// Which closed forms describe which settings, and where none does.

import { describe, expect, it } from 'vitest';
import { MILLISECOND, SECOND } from '../../../src/engine/time.ts';
import type { Law } from '../../../src/engine/law.ts';
import { matchingForms } from '../../../src/experiment/closed-forms/matching.ts';
import { stationOf } from '../../../src/experiment/closed-forms/station.ts';
import type { Stretch } from '../../../src/experiment/closed-forms/stretches.ts';
import type { DatabaseSettings } from '../../../src/model/database/settings.ts';
import type { Arrivals } from '../../../src/model/traffic/settings.ts';
import {
  requesting,
  type ServiceWishes,
  systemSettings,
  trafficOf,
} from '../../support/small-system.ts';

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
      namesOf(stretch(400, { requests, client: { ...client, patience: constant } }))?.[0],
    ).toBe('M/M/c with patience');
    const uneven: Law = { family: 'uniform', low: 0, high: 100 * MILLISECOND };
    expect(namesOf(stretch(400, { requests, client: { ...client, patience: uneven } }))).toBeNull();
  });

  it('is nothing when clients try again, as the limit turns them away', () => {
    const client = { retryAttempts: 1 };
    expect(namesOf(stretch(400, { requests, client, pool: { maxPending: 0 } }))).toBeNull();
  });

  it('is not known for a hand-over, nor for the order that a timeout meets', () => {
    expect(namesOf(stretch(400, { requests, pool: { handoverNs: 1000 } }))).toBeNull();
    expect(namesOf(stretch(400, { requests, pool: { order: 'lifo' } }))?.[0]).toBe('M/M/c');
    const timed = { ...inTime(50), order: 'lifo' } as const;
    expect(namesOf(stretch(400, { requests, pool: timed }))).toBeNull();
  });
});

describe('open arrivals', () => {
  const requests = holds(EXPONENTIAL);
  const arriving = (arrivals: Arrivals, wishes: ServiceWishes = {}) =>
    stretch(400, { requests, ...wishes, traffic: trafficOf({ arrivals }) });
  const pages: Arrivals = { kind: 'batch', sizes: [{ size: 3, weight: 2 }] };
  const phases = { ratio: 3, calmNs: 3 * SECOND, busyNs: SECOND };

  it.each<[string, Arrivals, readonly string[]]>([
    ['at equal intervals', { kind: 'deterministic' }, ['D/M/c']],
    ['in batches', pages, ['M[X]/M/c']],
    ['in two phases', { kind: 'mmpp', ...phases }, ['MMPP/M/c']],
    ['of several stages', { kind: 'erlang', stages: 3 }, []],
    ['in huge batches', { kind: 'batch', sizes: [{ size: 101, weight: 1 }] }, []],
  ])('%s have a queue of their own', (_, arrivals, names) => {
    expect(namesOf(arriving(arrivals))).toEqual([...names, "Little's law"]);
    // Of waits with bounds, of other holds and of a part of the arrivals theory knows less.
    const others = [{ instances: 2 }, { pool: { maxPending: 5 } }, { requests: holds(LOGNORMAL) }];
    for (const other of others) {
      expect(namesOf(arriving(arrivals, other))).toEqual(["Little's law"]);
    }
    const station = stationOf({ ...arriving(arrivals), users: 5 });
    expect(station).toBeNull();
  });

  it('scatter as their kind does', () => {
    const dispersionOf = (arrivals: Arrivals) => stationOf(arriving(arrivals))?.arriving.dispersion;
    expect(dispersionOf({ kind: 'poisson' })).toBe(1);
    expect(dispersionOf({ kind: 'deterministic' })).toBe(0);
    expect(dispersionOf({ kind: 'erlang', stages: 4 })).toBe(0.25);
    // Batches of three, Poisson: variance 9 a batch, mean 3.
    expect(dispersionOf(pages)).toBe(3);
    // Equal phases are none.
    expect(dispersionOf({ kind: 'mmpp', ...phases, ratio: 1 })).toBe(1);
    // Phases of 3 s and 1 s at a and 3a with a mean of 400: a = 4·400/6. The rate's deviation has the
    // variance (2a)²·3/16 and is forgotten in ¾ s, so that it adds 2·¾·(2a)²·3/16 to 400.
    const a = 1600 / 6;
    expect(dispersionOf({ kind: 'mmpp', ...phases })).toBeCloseTo(
      1 + (1.5 * 4 * a * a * 3) / 16 / 400,
      9,
    );
  });

  it('and holds that are clockwork have no scatter to be judged by', () => {
    expect(namesOf(arriving({ kind: 'deterministic' }, { requests: holds(CONSTANT) }))).toEqual([]);
  });
});

describe('users', () => {
  const think: Law = { family: 'exponential', mean: 100 * MILLISECOND };
  const asking = (wishes: ServiceWishes, users = 50, thinking: Law = think): Stretch => ({
    ...stretch(0, {
      requests: holds(EXPONENTIAL),
      ...wishes,
      traffic: trafficOf({ users: { points: [{ atNs: 0, users }], think: thinking } }),
    }),
    users,
  });
  const refusing = { maxPending: 0 };

  it('who wait for their answers are machine repair, and Engset where nobody may wait', () => {
    expect(namesOf(asking({}))).toEqual(['machine repair']);
    expect(namesOf(asking({ pool: refusing }))).toEqual(['Engset']);
    expect(namesOf(asking({ pool: refusing, requests: holds(LOGNORMAL) }))).toEqual(['Engset']);
    // Ten connections and forty places are enough for fifty.
    expect(namesOf(asking({ pool: { maxPending: 40 } }))).toEqual(['machine repair']);
    expect(namesOf(asking({ pool: { maxPending: 39 } }))).toEqual([]);
    expect(namesOf(asking({ pool: refusing }, 10))).toEqual(['machine repair']);
  });

  it.each<[string, Stretch]>([
    ['other holds', asking({ requests: holds(LOGNORMAL) })],
    ['several instances', asking({ instances: 2 })],
    ['clients who leave and think', asking({ pool: refusing, client: { timeoutNs: SECOND } })],
  ])('are left out with %s', (_, of) => {
    expect(namesOf(of)).toEqual([]);
  });

  it('are in no known queue when what is refused is tried again', () => {
    expect(namesOf(asking({ pool: refusing, client: { retryAttempts: 1 } }))).toBeNull();
  });

  it('are left out when they think in another way, or are not alone, or were more than now', () => {
    expect(namesOf(asking({}, 50, LOGNORMAL))).toBeNull();
    expect(namesOf({ ...asking({}), ratePerSecond: 10 })).toBeNull();
    const before = { peakPerSecond: 10, peakUsers: 0, timeoutNs: Infinity, isUnchanged: true };
    expect(namesOf({ ...asking({}), before })).toBeNull();
    const gone = { ...asking({}), users: 0, ratePerSecond: 400 };
    expect(namesOf({ ...gone, before: { ...before, peakUsers: 50 } })).toBeNull();
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

  it('of two phases is known to be one', () => {
    const phasesOf = (requests: ServiceWishes['requests']) =>
      holdOf({ requests: requests ?? [] })?.phases;
    expect(phasesOf(holds({ family: 'erlang', mean, stages: 2 }))).toEqual({
      kind: 'in-turn',
      meanSeconds: [0.01, 0.01],
    });
    expect(phasesOf(holds({ family: 'erlang', mean, stages: 3 }))).toBeNull();
    const branches = [
      { probability: 0.9, mean: mean / 2 },
      { probability: 0.1, mean: 6 * mean },
    ];
    const either = { kind: 'either', firstShare: 0.9, meanSeconds: [0.01, 0.12] };
    expect(phasesOf(holds({ family: 'hyperexponential', branches }))).toEqual(either);
    const classes = branches.map((branch, i) => ({
      name: String(i),
      weight: branch.probability,
      work: { kind: 'hold', hold: { family: 'exponential', mean: branch.mean } } as const,
    }));
    expect(phasesOf(classes)).toEqual(either);
    const names = namesOf(stretch(300, { requests: classes }));
    expect(names).toEqual(['M/H2/c', "Little's law"]);
    const many = stretch(300, { requests: classes, pool: { max: 17 } });
    expect(namesOf(many)).not.toContain('M/H2/c');
  });

  it('that no request has does not count, however irregular', () => {
    const never = { family: 'pareto', mean, shape: 1.5 } as const;
    const requests = [
      { name: 'all', weight: 1, work: { kind: 'hold', hold: EXPONENTIAL } },
      { name: 'none', weight: 0, work: { kind: 'hold', hold: never } },
    ] as const;
    expect(holdOf({ requests })).toMatchObject({ law: 'exponential', scv: 1 });
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
