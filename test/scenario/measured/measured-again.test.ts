// Systems that the simulator makes up and measures itself: what is written down of them as `measuredAt` and
// unwound must, at the same rate, show the same holds again. Both runs draw the same requests; what is left
// is the scatter of the percentiles of one run, the trials' own, and the width of the histogram's buckets
// (0.8 % of each reading).

import { describe, expect, it } from 'vitest';
import { RandomStreams } from '../../../src/engine/random-streams.ts';
import { uniformStream, type VariateStream } from '../../../src/engine/variates.ts';
import type { RunResult } from '../../../src/experiment/result.ts';
import { resultOf } from '../../experiment/small-run.ts';
import { isNightly } from '../../support/nightly.ts';
import { sized } from '../../support/sized.ts';

const CASES = 20;
const REQUESTS = isNightly ? 800_000 : 200_000;
const SEEDS = isNightly
  ? Array.from({ length: 10 }, (_, i) => `measured-again-${String(i + 1)}`)
  : ['measured-again'];
const TOLERANCE = 0.03;

interface Case {
  readonly perSecond: number;
  readonly query: Readonly<Record<string, unknown>>;
  readonly cpu: string;
  readonly rest: Readonly<Record<string, unknown>>;
}

const number = (value: number): number => Number(value.toPrecision(4));
const between = (chance: VariateStream, low: number, high: number) =>
  low + (high - low) * chance.next();
const text = (ms: number) => `${ms.toFixed(3)}ms`;

/** From hardly used to fairly busy: processors up to 80 %, held connections up to half of the law's peak. */
function drawCase(chance: VariateStream, i: number): Case {
  const mean = 2 * Math.exp(between(chance, 0, Math.log(25)));
  const cv = between(chance, 0.7, 1.5);
  const roundTrip = between(chance, 0, 2);
  const share = between(chance, 0.3, 1);
  const cores = Math.floor(between(chance, 2, 17));
  const instances = Math.floor(between(chance, 1, 9));
  const room = between(chance, 1.3, 3);
  const busy = between(chance, 0.2, 0.8);
  const sigma = number(between(chance, 0.002, 0.04));
  const kappa = number(1e-6 * Math.exp(between(chance, 0, Math.log(1000))));
  const isUsl = i % 2 === 0;
  const held = 0.6 * busy * Math.min(60, Math.sqrt((1 - sigma) / kappa));
  const slow = 1 + sigma * (held - 1) + kappa * held * (held - 1);
  const perSecond = number(
    isUsl ? (1000 * held) / (roundTrip + mean * slow) : (1000 * busy * cores) / (mean * share),
  );
  const alone = (perSecond * (mean + roundTrip)) / 1000;
  const most = isUsl ? 2 * alone : alone / (1 - busy);
  return {
    perSecond,
    query: { lognormal: { mean: text(mean), cv: number(cv) } },
    cpu: `${(100 * share).toFixed(0)}%`,
    rest: {
      duration: `${String(Math.ceil(REQUESTS / perSecond))}s`,
      warmup: `${String(Math.ceil((0.05 * REQUESTS) / perSecond))}s`,
      traffic: { rate: perSecond },
      service: { instances, pool: { max: Math.ceil((most * room) / instances) + 2 } },
      database: {
        cores,
        contention: isUsl ? { usl: { sigma, kappa } } : 'cores',
        roundTrip: text(roundTrip),
      },
    },
  };
}

function useOf(drawn: Case, requests: Readonly<Record<string, unknown>>): RunResult['use'] {
  return resultOf({ ...drawn.rest, requests }).use;
}

describe('holds that the simulator measured itself', () => {
  it.each(SEEDS)(
    'come back within 3 % when they are unwound and simulated at the same rate (%s)',
    (seed) => {
      const chance = uniformStream(new RandomStreams(seed), 'cases');
      for (let i = 0; i < sized(CASES); i++) {
        const drawn = drawCase(chance, i);
        const { perSecond, query, cpu } = drawn;
        const there = useOf(drawn, { query: { ...query, cpu } });
        const [p50, p99, mean] = [there.p50Ms ?? 0, there.p99Ms ?? 0, there.meanMs ?? 0];
        const figures = { p50: text(p50), p99: text(p99), mean: text(mean) };
        const hold = { ...figures, measuredAt: `${String(perSecond)}/s`, cpu };
        const again = useOf(drawn, { hold });
        const off = {
          p50: (again.p50Ms ?? 0) / p50 - 1,
          p99: (again.p99Ms ?? 0) / p99 - 1,
          mean: (again.meanMs ?? 0) / mean - 1,
        };
        const what = `${seed}, case ${String(i)}: ${JSON.stringify({ off, hold, query, ...drawn.rest })}`;
        expect(Math.max(...Object.values(off).map(Math.abs)), what).toBeLessThan(TOLERANCE);
      }
    },
  );
});
