// What a Kolmogorov-Smirnov test cannot see: the far tails, the neighbourhood of 0, and what one variate
// knows of another. Counts over many draws, each with the tolerance of its own scatter.

import { describe, expect, it } from 'vitest';
import { RandomStreams } from '../../src/engine/random-streams.ts';
import {
  exponentialStream,
  standardVariates,
  type VariateStream,
} from '../../src/engine/variates.ts';
import { isNightly } from '../support/nightly.ts';
import { STANDARD_ERRORS, correlation, countTolerance, normalCdf } from '../support/statistics.ts';

const N = isNightly ? 5e8 : 5e7;
const streams = new RandomStreams(process.env['TIDEMARK_TEST_SEED'] ?? 'tails');
const normalLaw = { family: 'lognormal', mean: 1, cv: 1 } as const;

/** Of N draws those outside of a range. */
function outside(stream: VariateStream, low: number, high: number): number[] {
  const found: number[] = [];
  const { buffer } = stream;
  for (let batch = 0; batch < N / buffer.length; batch++) {
    stream.refill();
    for (const x of buffer) if (x < low || x > high) found.push(x);
  }
  return found;
}

function expectShare(found: readonly number[], share: number): void {
  expect(Math.abs(found.length - N * share)).toBeLessThan(countTolerance(N * share));
}

describe('the tails', () => {
  it('of the exponential law hold what they should, on both sides of where the ziggurat ends', () => {
    const drawn = outside(exponentialStream(streams, 'e'), 0, 5);
    for (const level of [5, 7.6, 7.8, 10, 15]) {
      expectShare(
        drawn.filter((x) => x > level),
        Math.exp(-level),
      );
    }
  });

  it('of the exponential law near 0 hold what they should', () => {
    const drawn = outside(exponentialStream(streams, 'e0'), 2 ** -8, Infinity);
    for (const level of [2 ** -8, 2 ** -14, 2 ** -20]) {
      expectShare(
        drawn.filter((x) => x < level),
        -Math.expm1(-level),
      );
    }
  });

  it('of the normal law hold what they should, on both sides of where the ziggurat ends', () => {
    const drawn = outside(standardVariates(streams, 'n', normalLaw), -3, 3);
    for (const level of [3, 3.6, 3.7, 4, 5]) {
      expectShare(
        drawn.filter((x) => x > level),
        normalCdf(-level),
      );
      expectShare(
        drawn.filter((x) => x < -level),
        normalCdf(-level),
      );
    }
  });
});

describe.each([
  {
    name: 'exponential',
    stream: (name: string) => exponentialStream(streams, name),
    cdf: (x: number) => -Math.expm1(-x),
  },
  {
    name: 'normal',
    stream: (name: string) => standardVariates(streams, name, normalLaw),
    cdf: normalCdf,
  },
])('$name streams', ({ stream, cdf }) => {
  const n = isNightly ? 10_000_000 : 1_000_000;
  const sample = (name: string, length: number) => {
    const drawn = stream(name);
    return Float64Array.from({ length }, () => drawn.next());
  };

  it('know nothing of themselves some variates before, nor do their squares', () => {
    const drawn = sample('lags', n);
    for (const numbers of [drawn, drawn.map((x) => x * x)]) {
      for (const lag of [1, 2, 3, 5, 16, 255, 256, 257, 512]) {
        const r = correlation(numbers.subarray(lag), numbers.subarray(0, n - lag));
        expect(Math.abs(r)).toBeLessThan(STANDARD_ERRORS / Math.sqrt(n - lag));
      }
    }
  });

  it('fill the square evenly with pairs of neighbours', () => {
    const SIDE = 32;
    const cells = new Float64Array(SIDE * SIDE);
    const drawn = sample('pairs', n);
    for (let i = 0; i < n; i += 2) {
      const [x, y] = [cdf(drawn[i] as number), cdf(drawn[i + 1] as number)];
      const cell = Math.floor(x * SIDE) * SIDE + Math.floor(y * SIDE);
      cells[cell] = (cells[cell] as number) + 1;
    }
    const expected = n / 2 / cells.length;
    const chiSquared = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    const degrees = cells.length - 1;
    expect(Math.abs(chiSquared - degrees)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(2 * degrees));
  });

  it('with neighbouring names know nothing of each other, variate by variate', () => {
    const length = 20_000;
    const neighbours = Array.from({ length: 60 }, (_, k) => sample(`service/demand/${k}`, length));
    let sum = 0;
    for (const [k, here] of neighbours.entries()) {
      for (const there of neighbours.slice(k + 1)) {
        const z = correlation(here, there) * Math.sqrt(length);
        // The worst of 1770 pairs.
        expect(Math.abs(z)).toBeLessThan(6);
        sum += z * z;
      }
    }
    const pairs = (60 * 59) / 2;
    expect(Math.abs(sum / pairs - 1)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(2 / pairs));
  });

  it('begin with numbers that do not depend on the seed: a thousand first ones have the law', () => {
    const firsts = Float64Array.from({ length: 4000 }, (_, k) => stream(`rep-${k}/first`).next());
    const levels = [0.1, 0.25, 0.5, 0.75, 0.9];
    for (const level of levels) {
      const below = firsts.filter((x) => cdf(x) < level).length;
      const scatter = Math.sqrt(firsts.length * level * (1 - level));
      expect(Math.abs(below - firsts.length * level)).toBeLessThan(STANDARD_ERRORS * scatter);
    }
    const r = correlation(firsts.subarray(1), firsts.subarray(0, -1));
    expect(Math.abs(r)).toBeLessThan(STANDARD_ERRORS / Math.sqrt(firsts.length));
  });
});
