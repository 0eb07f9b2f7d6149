import { expect, it } from 'vitest';
import { prepare, searchSize } from '../../../src/experiment/size/size.ts';
import { sizeTarget } from '../../../src/experiment/size/target.ts';
import { erlangC } from '../../../src/theory/erlang-c.ts';
import { isNightly } from '../../support/nightly.ts';
import { scenarioOf } from '../small-run.ts';
import { answered } from './answered.ts';

interface Case {
  readonly rps: number;
  readonly holdMs: number;
  /** The share of waits that the objective is about. */
  readonly p: 90 | 95 | 99;
  readonly wanted: number;
  /** Where the limit lies: 2 % above the wanted size's wait, 2 % below the smaller one's, or between. */
  readonly limit: 'met' | 'missed' | 'between';
}

/** The sizes on either side of the limit are at least 2 % off it, see below. */
const cases: readonly Case[] = [
  { rps: 100, holdMs: 50, p: 95, wanted: 8, limit: 'between' },
  { rps: 30, holdMs: 40, p: 99, wanted: 4, limit: 'between' },
  { rps: 400, holdMs: 50, p: 90, wanted: 23, limit: 'between' },
  { rps: 20, holdMs: 30, p: 95, wanted: 2, limit: 'between' },
  { rps: 100, holdMs: 50, p: 95, wanted: 8, limit: 'met' },
  { rps: 100, holdMs: 50, p: 99, wanted: 7, limit: 'missed' },
];

/** The wait that theory knows for a size, ms. */
function waitMs({ rps, holdMs, p }: Case, servers: number): number {
  const queue = { ratePerSecond: rps, meanServiceSeconds: holdMs / 1000, servers };
  return erlangC(queue).waitQuantileSeconds(p / 100) * 1000;
}

function limitMs(of: Case): number {
  const [met, missed] = [waitMs(of, of.wanted), waitMs(of, of.wanted - 1)];
  const limits = {
    met: met * 1.021,
    missed: missed / 1.021,
    between: Math.sqrt(Math.max(met, 1) * Math.min(missed, 10_000)),
  };
  return Math.round(limits[of.limit] * 1000) / 1000;
}

function sized(of: Case, seed: number): number | null {
  const scenario = scenarioOf({
    duration: '10m',
    seed,
    traffic: { rate: of.rps },
    requests: { hold: { exponential: `${String(of.holdMs)}ms` } },
    // The size in the file must not matter.
    service: { instances: 1, pool: { max: 3 } },
    database: { contention: 'none', roundTrip: '0s', maxConnections: 'unlimited' },
    objectives: [`acquire p${String(of.p)} < ${String(limitMs(of))}ms`],
  });
  const target = sizeTarget(scenario, 0);
  if (target === null) throw new Error('no size');
  return answered(searchSize(prepare(scenario, target))).smallest?.size ?? null;
}

const seeds = isNightly ? 100 : 3;
/** Close to a limit one size takes very many replications. */
const chosen = cases.filter(({ limit }) => isNightly || limit === 'between');

it.each(chosen)(
  'finds the smallest size that theory knows: $wanted for $rps/s of $holdMs ms, p$p, limit $limit',
  (of) => {
    const limit = limitMs(of);
    expect(waitMs(of, of.wanted)).toBeLessThan(limit / 1.02);
    expect(waitMs(of, of.wanted - 1)).toBeGreaterThan(limit * 1.02);
    const found = Array.from({ length: seeds }, (_, i) => sized(of, i + 1));
    const right = found.filter((size) => size === of.wanted).length;
    expect(right).toBeGreaterThanOrEqual(Math.ceil(seeds * 0.9));
  },
  isNightly ? 3_600_000 : 60_000,
);
