/**
 * The parts, each in a suite of tinybench: event list, lanes, samplers, histogram, pool, and short runs of
 * A, B and January. All are seeded, and each asserts what it counted and its mean before it is timed: a
 * part that became faster by becoming wrong fails here.
 */
import { Bench, type BenchOptions } from 'tinybench';
import { EventList } from '../src/engine/event-list.ts';
import type { Law } from '../src/engine/law.ts';
import { OrderedLanes } from '../src/engine/ordered-lanes.ts';
import { RandomStreams } from '../src/engine/random-streams.ts';
import { Simulation } from '../src/engine/simulation.ts';
import { standardVariates, uniformStream } from '../src/engine/variates.ts';
import { Database } from '../src/model/database/database.ts';
import { Pool } from '../src/model/pool/pool.ts';
import { RequestTable } from '../src/model/request/request-table.ts';
import { Histogram } from '../src/stats/histogram.ts';
import { requireAgreement, runBare, runWhole } from './in-process.ts';
import { januaryScenario, plainScenario } from './workloads.ts';

export interface SuiteLine {
  readonly name: string;
  /** Median over the samples. */
  readonly nsPerOperation: number;
}

/** One thing to time: `operations` of it a call; returns what they came to. */
interface Part {
  readonly name: string;
  readonly operations: number;
  readonly run: () => number;
  /** Fails when the result is not what it has to be. */
  readonly check: (result: number) => void;
}

const OPERATIONS = 100_000;

export async function runSuites(januaryWhole: boolean): Promise<SuiteLine[]> {
  const whole = await timed(wholeParts(januaryWhole), { iterations: 5, time: 0 });
  const small = await timed([...numericParts(), poolPart()], { iterations: 15, time: 200 });
  return [...small, ...whole];
}

async function timed(parts: readonly Part[], limits: BenchOptions): Promise<SuiteLine[]> {
  for (const part of parts) part.check(part.run());
  const bench = new Bench({ ...limits, warmupIterations: 2, warmupTime: 0 });
  for (const { name, run } of parts) bench.add(name, () => void run());
  const tasks = await bench.run();
  return tasks.map(({ name, result }, i) => {
    if (result.state !== 'completed') throw new Error(`The suite of ${name} did not complete`);
    const { operations } = parts[i] as Part;
    return { name, nsPerOperation: (result.latency.p50 * 1e6) / operations };
  });
}

function numericParts(): Part[] {
  return [
    heapPart(10),
    heapPart(1000),
    lanePart(),
    samplerPart('uniform', { family: 'uniform', low: 0, high: 1 }, 0.5),
    samplerPart('exponential', { family: 'exponential', mean: 1 }, 1),
    samplerPart('normal', { family: 'lognormal', mean: 1, cv: 1 }, 0),
    samplerPart('gamma', { family: 'gamma', mean: 1, cv: 0.7 }, 1),
    histogramPart(),
  ];
}

/** Holds the list at a size: takes the first out and puts it in again later. */
function heapPart(size: number): Part {
  const delays = uniforms(OPERATIONS);
  return {
    name: `event list of ${size}: out and in`,
    operations: OPERATIONS,
    run() {
      const list = new EventList();
      for (let i = 0; i < size; i++) list.push(delays[i] as number, i);
      let sum = 0;
      for (let i = 0; i < OPERATIONS; i++) {
        const at = list.firstKey;
        sum += list.pop();
        list.push(at + (delays[i] as number), i % size);
      }
      return list.size === size ? sum / OPERATIONS : NaN;
    },
    check: expectNear((size - 1) / 2, size / 4),
  };
}

function lanePart(): Part {
  return {
    name: 'lane: in and out',
    operations: OPERATIONS,
    run() {
      const lanes = new OrderedLanes(null);
      let sum = 0;
      for (let i = 0; i < OPERATIONS; i++) {
        lanes.push(i, i, 0);
        if (i >= 1000) sum += lanes.pop();
      }
      return sum;
    },
    check: expectNear(((OPERATIONS - 1001) * (OPERATIONS - 1000)) / 2, 0),
  };
}

function samplerPart(name: string, law: Law, mean: number): Part {
  return {
    name: `${name} variate`,
    operations: OPERATIONS,
    run() {
      const stream = standardVariates(new RandomStreams('bench'), name, law);
      let sum = 0;
      for (let i = 0; i < OPERATIONS; i++) sum += stream.next();
      return sum / OPERATIONS;
    },
    // Five standard errors of the widest of them.
    check: expectNear(mean, 5 / Math.sqrt(OPERATIONS)),
  };
}

function histogramPart(): Part {
  const values = uniforms(OPERATIONS).map((u) => Math.floor(u * 1e9));
  return {
    name: 'histogram: add',
    operations: OPERATIONS,
    run() {
      const histogram = new Histogram();
      for (const value of values) histogram.add(value);
      return histogram.count === OPERATIONS ? (histogram.mean ?? NaN) : NaN;
    },
    check: expectNear(5e8, 5e6),
  };
}

/** One instance of ten connections with two requests waiting: a release, a grant, and one more who asks. */
function poolPart(): Part {
  const slots = 12;
  return {
    name: 'pool: release and ask again',
    operations: OPERATIONS,
    run() {
      const pool = fullPool(slots);
      let slot = 0;
      let sum = 0;
      for (let i = 0; i < OPERATIONS; i++) {
        const served = pool.release(0, i + slots);
        pool.acquire(0, slot, i + slots);
        slot = (slot + 1) % slots;
        sum += served;
      }
      return pool.pendingAt(0) === slots - 10 ? sum / OPERATIONS : NaN;
    },
    check: expectNear((slots - 1) / 2, 0.01),
  };
}

function fullPool(slots: number): Pool {
  const [service] = plainScenario('a', 1).system.services;
  const { database } = plainScenario('a', 1).system;
  if (service === undefined) throw new Error('bug: a bench scenario without a service');
  const table = new RequestTable(1000);
  const streams = new RandomStreams('bench');
  const server = new Database(database, new Simulation(), table, streams, () => undefined);
  const pool = new Pool(service.pool, 1, table.links, server, {
    openingStarted: () => undefined,
    closing: () => undefined,
    idleTimerSet: () => undefined,
  });
  pool.start(0, 0);
  for (let slot = 0; slot < slots; slot++) pool.acquire(0, slot, slot);
  return pool;
}

function wholeParts(januaryWhole: boolean): Part[] {
  const short = (['a', 'b'] as const).map((name): Part => {
    const scenario = plainScenario(name, OPERATIONS);
    const { arrived, events } = requireAgreement(scenario);
    return {
      name: `${name.toUpperCase()}, a request`,
      operations: arrived,
      run: () => runBare(scenario).simulation.events,
      check: expectNear(events, 0),
    };
  });
  const january = januaryScenario(januaryWhole);
  const requests = runWhole(january);
  const name = `January ${januaryWhole ? 'whole' : 'to 14:30'} with its report, a request`;
  const run = () => runWhole(january);
  return [...short, { name, operations: requests, run, check: expectNear(requests, 0) }];
}

function uniforms(count: number): Float64Array {
  const stream = uniformStream(new RandomStreams('bench'), 'values');
  return Float64Array.from({ length: count }, () => stream.next());
}

function expectNear(expected: number, tolerance: number): (result: number) => void {
  return (result) => {
    if (Math.abs(result - expected) <= tolerance) return;
    throw new Error(`bug: a bench came to ${result}, not ${expected} ± ${tolerance}`);
  };
}
