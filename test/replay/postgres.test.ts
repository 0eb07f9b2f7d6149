// Recorded reality: real pools on a real PostgreSQL 15 (Node 20, pg 8.23, two processors that the load
// generator shared with the server). Traces replay what happened request by request; the other runs
// are compared as distributions, within what such a run scatters by, and by shape where absolute
// figures belong to the machine.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Law } from '../../src/engine/law.ts';
import { MILLISECOND, SECOND } from '../../src/engine/time.ts';
import type { SystemSettings } from '../../src/model/settings.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { emptyLog, loggedSystem, waitsOf, type RequestLog } from '../laws/request-log.ts';
import { isNightly } from '../support/nightly.ts';
import { mean, variance } from '../support/statistics.ts';
import { holding, requesting, steady, systemSettings } from '../support/small-system.ts';

interface RecordedRun {
  readonly name: string;
  readonly process: 'poisson' | 'det';
  readonly service: 'exp' | 'det';
  readonly rps: number;
  readonly seconds: number;
  readonly arrivals: number;
  readonly failed: number;
  readonly holdMeanMs: number;
  readonly holdScv: number;
  readonly waitMeanMs: number;
  readonly waitP95Ms: number;
  readonly waitP99Ms: number;
}

interface Recorded {
  readonly runs: readonly RecordedRun[];
  readonly poolSizes: readonly {
    readonly pool: number;
    readonly clients: number;
    readonly throughputPerSecond: number;
    readonly holdMeanMs: number;
    readonly waitMeanMs: number;
  }[];
  readonly bursts: Readonly<
    Record<string, { readonly waitByRankMs: readonly number[]; readonly holdMeanMs: number }>
  >;
  readonly connectConcurrent10Ms: number;
}

const folder = new URL('postgres/', import.meta.url);
const readText = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const recorded = JSON.parse(readText('runs.json')) as Recorded;
const POOL = 5;

describe('a recorded trace', () => {
  it.each([
    ['a_pg_exp_rho0.9_s1', { within: 0.5 }],
    ['i_generic_exp_rho0.9_s2_r2', { within: 0.5 }],
    ['b_pg_det_rho0.9_s1', { within: 1 }],
    ['c_pg_surge_s1', { within: 2, timeout: '500ms' }],
    ['c_tarn_surge_s1', { within: 2, timeout: '500ms' }],
  ])('%s, replayed, waits as recorded', (name, { within, ...more }) => {
    const timeout = 'timeout' in more ? more.timeout : 'none';
    const log = replay(`${name}.csv`, `{ max: ${POOL}, acquireTimeout: ${timeout} }`);
    const rows = rowsOf(name);
    expect(log.arrivedAt).toHaveLength(rows.length);
    const errors = rows.flatMap(({ waitUs, isFailed }, i) => {
      const waited = ((log.acquiredAt[i] as number) - (log.arrivedAt[i] as number)) / MILLISECOND;
      return isFailed || Number.isNaN(waited) ? [] : [Math.abs(waited - waitUs / 1000)];
    });
    expect(mean(errors)).toBeLessThan(within);
    const failed = rows.filter((row) => row.isFailed).length;
    const timeouts = log.failedAt.filter((at) => !Number.isNaN(at)).length;
    expect(Math.abs(timeouts - failed)).toBeLessThanOrEqual(0.03 * failed);
    expect(errors.length).toBeGreaterThan(0.95 * (rows.length - failed));
  });

  it('replayed at twice the speed has the same holds in half the time', () => {
    const log = replay('a_pg_exp_rho0.9_s1.csv', '{ max: 20 }', 2);
    const rows = rowsOf('a_pg_exp_rho0.9_s1');
    const lastUs = rows.reduce((sum, { gapUs }) => sum + gapUs, 0);
    expect(log.arrivedAt.at(-1)).toBe(Math.round((lastUs * 1000) / 2));
    rows.slice(0, 1000).forEach(({ holdUs }, i) => {
      const held = (log.completedAt[i] as number) - (log.acquiredAt[i] as number);
      expect(held).toBe(holdUs * 1000);
    });
  });
});

/** The trace as a user replays it: through a scenario file. */
function replay(trace: string, pool: string, speed = 1): RequestLog {
  const text = [
    'duration: 2m',
    `traffic: { trace: ${trace}, speed: ${speed} }`,
    `service: { pool: ${pool} }`,
  ].join('\n');
  const parsed = parseScenario({
    file: 'trace.yaml',
    text,
    sets: [],
    readFile: (path) => ({ ok: true, text: readText(path) }),
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const log = emptyLog();
  loggedSystem(parsed.scenario.system, 'trace', log).runUntil(120 * SECOND);
  return log;
}

function rowsOf(name: string) {
  const lines = readText(`${name}.csv`).trim().split('\n').slice(1);
  return lines.map((line) => {
    const [gap, hold, wait] = line.split(',');
    const isFailed = hold === '';
    return { gapUs: Number(gap), holdUs: Number(hold), waitUs: Number(wait), isFailed };
  });
}

/** A run scatters by itself; one in 10,000 lies further than this many standard deviations off. */
const SCATTER = 4;
const RUNS = isNightly ? 400 : 60;

describe('a recorded run without its trace', () => {
  const open = recorded.runs.filter(({ name }) => !name.includes('surge'));
  it.each(open.map((run) => [run.name, run] as const))(
    '%s waits as the simulation does with its rate and hold',
    (_name, run) => {
      const waits = Array.from({ length: RUNS }, (_, i) => simulatedWaits(run, `run-${i}`));
      const expectLike = (observed: number, of: (sorted: readonly number[]) => number) => {
        // Waits scatter about in proportion to themselves: their logarithms are alike.
        const logs = waits.map((sorted) => Math.log(of(sorted)));
        const off = Math.log(observed) - mean(logs);
        expect(Math.abs(off)).toBeLessThan(SCATTER * Math.sqrt(variance(logs)));
      };
      // Without load the event loop of the generator takes a few tenths of a millisecond itself.
      if (run.waitMeanMs > 1.5) expectLike(run.waitMeanMs, mean);
      expectLike(run.waitP95Ms, (sorted) => quantile(sorted, 0.95));
      expectLike(run.waitP99Ms, (sorted) => quantile(sorted, 0.99));
    },
  );

  it.each(['c_pg_surge_s1', 'c_tarn_surge_s1'])('%s times out as often in its surge', (name) => {
    const run = recorded.runs.find((one) => one.name === name);
    if (run === undefined) throw new Error(name);
    const timeouts = Array.from({ length: RUNS }, (_, i) => {
      const log = emptyLog();
      loggedSystem(surgeOf(run), `surge-${i}`, log).runUntil(run.seconds * SECOND);
      return log.failedAt.filter((at) => !Number.isNaN(at)).length;
    });
    const off = run.failed - mean(timeouts);
    expect(Math.abs(off)).toBeLessThan(SCATTER * Math.sqrt(variance(timeouts)));
  });
});

/** Waits of one run of the same length, ms, ascending. */
function simulatedWaits(run: RecordedRun, seed: string): number[] {
  const log = emptyLog();
  const rate = run.arrivals / run.seconds;
  const kind = run.process === 'det' ? 'deterministic' : 'poisson';
  const traffic = { ...steady(rate), arrivals: { kind } } as const;
  const requests = [requesting({ kind: 'hold', hold: holdLaw(run) })];
  const settings = systemSettings([{ traffic, requests, pool: { max: POOL } }]);
  loggedSystem(settings, seed, log).runUntil(run.seconds * SECOND);
  return waitsOf(log)
    .map((ns) => ns / MILLISECOND)
    .sort((a, b) => a - b);
}

function holdLaw({ holdMeanMs, holdScv, service }: RecordedRun): Law {
  const mean = holdMeanMs * MILLISECOND;
  if (service === 'exp') return { family: 'gamma', mean, cv: Math.sqrt(holdScv) };
  return { family: 'lognormal', mean, cv: Math.sqrt(holdScv) };
}

/** Three times the rate between 15 s and 35 s. */
function surgeOf(run: RecordedRun): SystemSettings {
  const jump = (seconds: number, before: number, after: number) => [
    { atNs: seconds * SECOND, perSecond: before },
    { atNs: seconds * SECOND, perSecond: after },
  ];
  const rate = [...jump(15, run.rps, 3 * run.rps), ...jump(35, 3 * run.rps, run.rps)];
  const requests = [requesting({ kind: 'hold', hold: holdLaw(run) })];
  const pool = { max: POOL, acquireTimeoutNs: SECOND / 2 };
  return systemSettings([{ traffic: { ...steady(0), rate }, requests, pool }]);
}

function quantile(sorted: readonly number[], p: number): number {
  return sorted[Math.ceil(p * sorted.length) - 1] as number;
}

describe('a burst of 50 on a pool of 10', () => {
  it('comes in waves of ten, one hold apart, when the pool is warm', () => {
    const { waitByRankMs, holdMeanMs } = burst('pg_tcp_trust_warm');
    const simulated = burstWaits(holdMeanMs, { initial: 10, connectMs: 0 });
    expect(meanDifference(waitByRankMs, simulated)).toBeLessThan(2);
  });

  it('comes later by the time to connect when the pool is cold', () => {
    const { waitByRankMs, holdMeanMs } = burst('pg_tcp_trust_cold');
    // Ten connections at once take longer than one: as measured on the same machine.
    const connectMs = recorded.connectConcurrent10Ms;
    const simulated = burstWaits(holdMeanMs, { initial: 0, connectMs });
    expect(meanDifference(waitByRankMs, simulated)).toBeLessThan(5);
  });

  function burst(name: string) {
    const found = recorded.bursts[name];
    if (found === undefined) throw new Error(name);
    return found;
  }

  function burstWaits(holdMs: number, cold: { initial: number; connectMs: number }): number[] {
    const log = emptyLog();
    const traffic = { ...steady(0), bursts: [{ atNs: 0, count: 50 }] };
    const requests = [holding(Math.round(holdMs * MILLISECOND))];
    const pool = { max: 10, initial: cold.initial };
    const settings = systemSettings([{ traffic, requests, pool }], {
      connectLatency: { family: 'constant', value: Math.round(cold.connectMs * MILLISECOND) },
    });
    loggedSystem(settings, 'burst', log).runUntil(SECOND);
    return waitsOf(log)
      .map((ns) => ns / MILLISECOND)
      .sort((a, b) => a - b);
  }

  function meanDifference(a: readonly number[], b: readonly number[]): number {
    expect(a).toHaveLength(b.length);
    return mean(a.map((wait, i) => Math.abs(wait - (b[i] as number))));
  }
});

describe('64 clients without a pause on two processors', () => {
  const single = recorded.poolSizes.find(({ pool }) => pool === 1);
  const sizes = [...new Set(recorded.poolSizes.map(({ pool }) => pool))].sort((a, b) => a - b);

  it('share them: half the throughput with one connection, a plateau from two on', () => {
    expect(sizes.length).toBeGreaterThan(4);
    for (const pool of sizes) {
      const simulated = throughputOf(pool) / throughputOf(1);
      // Beyond two, the server loses up to a sixth to its own switching, which `cores` leaves out.
      expect(measured(pool) / measured(1) / simulated).toBeGreaterThan(0.82);
      expect(measured(pool) / measured(1) / simulated).toBeLessThan(1.02);
    }
  });

  function measured(pool: number): number {
    const runs = recorded.poolSizes.filter((run) => run.pool === pool);
    return mean(runs.map((run) => run.throughputPerSecond));
  }

  /** Requests per second of the closed loop over a pool of this size. */
  function throughputOf(pool: number): number {
    const work = { family: 'constant', value: (single?.holdMeanMs ?? NaN) * MILLISECOND } as const;
    const users = {
      points: [{ atNs: 0, users: single?.clients ?? NaN }],
      think: { family: 'constant', value: 0 },
    } as const;
    const settings = systemSettings(
      [
        {
          traffic: { ...steady(0), users },
          requests: [requesting({ kind: 'query', work, cpu: 1 })],
          pool: { max: pool },
        },
      ],
      { cores: 2, contention: { kind: 'cores' } },
    );
    const log = emptyLog();
    loggedSystem(settings, 'closed', log).runUntil(10 * SECOND);
    return log.completedAt.filter((at) => !Number.isNaN(at)).length / 10;
  }
});
