// A small scenario for each closed form: long enough for thirty batches, and nothing to spare.

import { isNightly } from '../../support/nightly.ts';
import type { Wishes } from './closed-form-runs.ts';

export interface Case {
  readonly form: string;
  readonly where: string;
  readonly figures: readonly string[];
  readonly wishes: Wishes;
}

/** The nightly run takes four times as long, and so finds errors half as large. */
export function duration(seconds: number): { duration: string } {
  return { duration: `${String(seconds * (isNightly ? 4 : 1))}s` };
}

const WAIT = 'mean wait';
const WAITERS = 'who wait';
const LOST = 'who get none';
const LEFT = 'who leave';
const SERVED = 'who get one';
const USE = 'in use';

const exponential = { hold: { exponential: '20ms' } };
const irregular = { lognormal: { mean: '20ms', cv: 1.5 } };
const patient = { acquireTimeout: 'none' };
const quiet = { roundTrip: '0ms', contention: 'none' };
const usl = { usl: { sigma: 0.03, kappa: 0.0001 } };

/** A pool of so many connections. */
const pool = (max: number, more: Wishes = {}) => ({ pool: { max, ...patient, ...more } });

export const ERLANG_C: Wishes = {
  ...duration(130),
  traffic: { rate: 140 },
  requests: exponential,
  service: pool(4),
};

const poisson: readonly Case[] = [
  {
    form: 'M/M/c',
    where: 'one pool with exponential holds',
    figures: [WAIT, WAITERS, USE],
    wishes: ERLANG_C,
  },
  {
    form: 'M/M/c',
    where: 'a pool that serves the last first, which leaves the means as they are',
    figures: [WAIT, WAITERS, USE],
    wishes: { ...ERLANG_C, service: pool(4, { order: 'lifo' }) },
  },
  {
    form: 'M/M/c',
    where: 'several instances chosen by chance, with exponential queries and no network',
    figures: [WAIT, WAITERS, USE],
    wishes: {
      ...duration(240),
      traffic: { rate: 210 },
      requests: { query: { exponential: '20ms' } },
      service: { instances: 2, balancer: 'random', ...pool(3) },
      database: { ...quiet, maxConnections: 100 },
    },
  },
  {
    form: 'M/M/c with timeout',
    where: 'an acquire timeout that some meet',
    figures: [WAIT, WAITERS, LOST, USE],
    wishes: {
      ...duration(150),
      traffic: { rate: 190 },
      requests: exponential,
      service: pool(4, { acquireTimeout: '50ms' }),
    },
  },
  {
    form: 'M/M/c/K',
    where: 'a gate that lets five wait',
    figures: [WAIT, LOST, USE],
    wishes: {
      ...duration(60),
      traffic: { rate: 190 },
      requests: exponential,
      service: { concurrency: 9, queue: 0, ...pool(4) },
    },
  },
  {
    form: 'M/M/c/K',
    where: 'a pool for whose connections five may wait',
    figures: [WAIT, LOST, USE],
    wishes: {
      ...duration(60),
      traffic: { rate: 190 },
      requests: exponential,
      service: pool(4, { maxPending: 5 }),
    },
  },
  {
    form: 'Erlang B',
    where: 'a gate that lets nobody wait, whatever the law of the hold',
    figures: [LOST, USE],
    wishes: {
      ...duration(60),
      traffic: { rate: 170 },
      requests: { hold: irregular },
      service: { concurrency: 4, queue: 0, ...pool(4) },
    },
  },
  {
    form: 'Erlang A',
    where: 'clients who lose patience and take their requests with them',
    figures: [WAIT, LEFT, USE],
    wishes: {
      ...duration(60),
      traffic: { rate: 190, client: { patience: { exponential: '60ms' }, cancel: true } },
      requests: exponential,
      service: pool(4),
    },
  },
  {
    form: 'M/M/c with patience',
    where: 'clients who all wait equally long and take their requests with them',
    figures: [WAIT, LEFT, USE],
    wishes: {
      ...duration(60),
      traffic: { rate: 190, client: { patience: '30ms', cancel: true } },
      requests: exponential,
      service: pool(4),
    },
  },
  {
    form: 'M/G/1',
    where: 'one connection, a network and reconnections',
    figures: [WAIT, WAITERS, USE],
    wishes: {
      ...duration(200),
      traffic: { rate: 40 },
      requests: { query: { uniform: { low: '5ms', high: '15ms' } } },
      service: pool(1, { reconnectShare: '5%' }),
      database: { roundTrip: '2ms', connect: { latency: '20ms' }, contention: 'none' },
    },
  },
  {
    form: 'M/D/c',
    where: 'constant holds',
    figures: [WAIT, WAITERS, USE],
    wishes: {
      ...duration(120),
      traffic: { rate: 150 },
      requests: { hold: '20ms' },
      service: pool(4),
    },
  },
  {
    form: 'M/H2/c',
    where: 'a few long requests among many short ones',
    figures: [WAIT, WAITERS, USE],
    wishes: {
      ...duration(480),
      traffic: { rate: 110 },
      requests: [
        { name: 'page', weight: 9, hold: { exponential: '15ms' } },
        { name: 'report', weight: 1, hold: { exponential: '60ms' } },
      ],
      service: pool(3),
    },
  },
  {
    form: 'M/E2/c',
    where: 'holds of two exponential stages',
    figures: [WAIT, WAITERS, USE],
    wishes: {
      ...duration(200),
      traffic: { rate: 145 },
      requests: { hold: { erlang: { mean: '20ms', stages: 2 } } },
      service: pool(4),
    },
  },
  {
    form: "Little's law",
    where: 'a round robin, of which the waits are not known',
    figures: [USE],
    wishes: {
      ...duration(190),
      traffic: { rate: 200 },
      requests: { query: irregular },
      service: { instances: 3, ...pool(3, { acquireTimeout: '10s' }) },
      database: { roundTrip: '2ms', contention: 'none' },
    },
  },
];

const uneven: readonly Case[] = [
  {
    form: 'D/M/c',
    where: 'arrivals at equal intervals',
    figures: [WAIT, WAITERS, USE],
    wishes: {
      ...ERLANG_C,
      traffic: { rate: 150, arrivals: 'deterministic' },
    },
  },
  {
    form: 'M[X]/M/c',
    where: 'pages that ask for one or three things at once',
    figures: [WAIT, WAITERS, USE],
    wishes: {
      ...ERLANG_C,
      ...duration(290),
      traffic: { rate: 100, arrivals: { batch: { 1: '50%', 3: '50%' } } },
    },
  },
  {
    form: 'MMPP/M/c',
    where: 'arrivals in phases that are calm or busy',
    figures: [WAIT, WAITERS, USE],
    wishes: {
      ...ERLANG_C,
      ...duration(270),
      traffic: { rate: 100, arrivals: { mmpp: { ratio: 3, calm: '100ms', busy: '25ms' } } },
    },
  },
  {
    form: "Little's law",
    where: 'arrivals more even than Poisson ones',
    figures: [USE],
    wishes: { ...ERLANG_C, traffic: { rate: 140, arrivals: { erlang: 3 } } },
  },
];

const users: readonly Case[] = [
  {
    form: 'machine repair',
    where: 'users who wait for their answers, before a pool that is nearly full',
    figures: [WAIT, WAITERS, SERVED, USE],
    wishes: {
      ...duration(90),
      traffic: { users: 20, think: { exponential: '100ms' } },
      requests: exponential,
      service: pool(3),
    },
  },
  {
    form: 'machine repair',
    where: 'many users who think for long',
    figures: [WAIT, WAITERS, SERVED, USE],
    wishes: {
      ...duration(120),
      traffic: { users: 600, think: { exponential: '5s' } },
      requests: exponential,
      service: pool(4),
    },
  },
  {
    form: 'Engset',
    where: 'users who go back to thinking when no connection is free, whatever the law of the hold',
    figures: [LOST, SERVED, USE],
    wishes: {
      ...duration(60),
      traffic: { users: 10, think: { exponential: '60ms' } },
      requests: { hold: irregular },
      service: pool(3, { maxPending: 0 }),
    },
  },
];

const contended: readonly Case[] = [
  {
    form: 'M/M/c with shared speed',
    where: 'one pool over fewer cores',
    figures: [WAIT, USE],
    wishes: {
      ...duration(460),
      traffic: { rate: 75 },
      requests: { query: { exponential: '20ms' } },
      service: pool(3),
      database: { roundTrip: '0ms', cores: 2, contention: 'cores' },
    },
  },
  {
    form: 'M/M/c with shared speed',
    where: 'one pool over a database that contends',
    figures: [WAIT, USE],
    wishes: {
      ...duration(260),
      traffic: { rate: 120 },
      requests: { query: { exponential: '20ms' } },
      service: pool(4),
      database: { roundTrip: '0ms', contention: { usl: { sigma: 0.05, kappa: 0.001 } } },
    },
  },
  {
    form: 'processor sharing',
    where: 'cores behind pools in which nobody waits',
    figures: [USE],
    wishes: {
      ...duration(80),
      traffic: { rate: 240 },
      requests: { query: { ...irregular, cpu: '50%' } },
      service: { instances: 2, ...pool(40) },
      database: { roundTrip: '2ms', cores: 4, contention: 'cores' },
    },
  },
  {
    form: 'processor sharing',
    where: 'a database that contends behind pools in which nobody waits',
    figures: [USE],
    wishes: {
      ...duration(120),
      traffic: { rate: 200 },
      requests: { query: irregular },
      service: { instances: 2, ...pool(30) },
      database: { roundTrip: '0ms', contention: usl },
    },
  },
  {
    form: 'full pool',
    where: 'an overload like that of January',
    figures: [LOST],
    wishes: {
      ...duration(280),
      traffic: { rate: 650 },
      requests: { query: irregular },
      service: { instances: 3, ...pool(4, { acquireTimeout: '500ms', reconnectShare: '5%' }) },
      database: { roundTrip: '2ms', connect: { latency: '50ms' }, contention: usl },
    },
  },
  {
    form: 'full pool',
    where: 'pools that keep fewer cores busy, behind a balancer that counts',
    figures: [LOST],
    wishes: {
      ...duration(380),
      traffic: { rate: 320 },
      requests: { query: { ...irregular, cpu: '50%' } },
      service: {
        instances: 2,
        balancer: 'least-connections',
        ...pool(4, { acquireTimeout: '700ms' }),
      },
      database: { roundTrip: '2ms', cores: 2, contention: 'cores' },
    },
  },
];

export const cases: readonly Case[] = [...poisson, ...uneven, ...users, ...contended];
