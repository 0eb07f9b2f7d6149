// Readings of histograms that go on growing: each keeps what was there at its instant.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKETS, bucketOf, Histogram, quantileOf } from '../../src/stats/histogram.ts';
import {
  countFrom,
  countsBetween,
  HistogramReader,
  type HistogramReading,
  quantileBetween,
} from '../../src/stats/histogram-reading.ts';
import { fuzzed } from '../support/fuzz.ts';

/** Whole numbers of any magnitude, many of them 0. */
const anyMagnitude = fc.oneof(
  fc.constant(0),
  fc.nat({ max: 300 }),
  fc.nat({ max: 51 }).map((power) => 2 ** power),
  fc.maxSafeNat().filter((x) => x < 2 ** 52),
);

/** What is added to each of two histograms before each of some readings. */
function additions(value: fc.Arbitrary<number>) {
  const values = fc.array(value, { maxLength: 12 });
  return fc.array(fc.tuple(values, values), { minLength: 1, maxLength: 8 });
}

/** The readings, the first one of nothing, and copies of all counts at the same instants. */
function readAll(parts: readonly (readonly [number[], number[]])[]) {
  const histograms = [new Histogram(), new Histogram()] as const;
  const reader = new HistogramReader(histograms);
  const all = new Histogram();
  const readings = [reader.read()];
  const twins = [all.copy()];
  for (const values of parts) {
    values.forEach((own, i) => {
      for (const x of own) {
        histograms[i]?.add(x);
        all.add(x);
      }
    });
    readings.push(reader.read());
    twins.push(all.copy());
  }
  return { readings, twins };
}

/** Each pair of readings in order of time, with its twins. */
function eachPair(
  { readings, twins }: ReturnType<typeof readAll>,
  check: (readings: [HistogramReading, HistogramReading], twins: [Histogram, Histogram]) => void,
): void {
  readings.forEach((later, j) => {
    readings.slice(0, j).forEach((earlier, i) => {
      check([earlier, later], [twins[i] as Histogram, twins[j] as Histogram]);
    });
  });
}

describe('a reading', () => {
  it('keeps count, total and maximum of its instant', () => {
    fc.assert(
      fc.property(additions(fc.nat()), (parts) => {
        const { readings, twins } = readAll(parts);
        const figures = twins.map(({ count, total, max }) => [count, total.value, max]);
        expect(readings.map(({ count, total, max }) => [count, total, max])).toEqual(figures);
      }),
      fuzzed(300),
    );
  });

  it('has in each bucket what was added between it and any later one', () => {
    fc.assert(
      fc.property(additions(anyMagnitude), (parts) => {
        eachPair(readAll(parts), ([earlier, later], [before, after]) => {
          const expected = after.since(before).counts;
          const counts = countsBetween(earlier, later);
          expect(counts.findIndex((n, bucket) => n !== expected[bucket])).toBe(-1);
        });
      }),
      fuzzed(200),
    );
  });

  it('has the quantiles of what was added, those beyond every bucket counted', () => {
    fc.assert(
      fc.property(additions(anyMagnitude), fc.nat({ max: 3 }), (parts, lost) => {
        eachPair(readAll(parts), ([earlier, later], [before, after]) => {
          const { counts, count } = after.since(before);
          for (const p of [0, 0.5, 0.95, 1]) {
            const expected = quantileOf(counts, count + lost, p);
            expect(quantileBetween(earlier, later, count + lost, p)).toBe(expected);
          }
        });
      }),
      fuzzed(200),
    );
  });

  it('knows how many values lie from a bucket on', () => {
    fc.assert(
      fc.property(additions(anyMagnitude), fc.nat({ max: BUCKETS - 1 }), (parts, bucket) => {
        const { readings, twins } = readAll(parts);
        const beyond = (twin: Histogram) => twin.counts.slice(bucket).reduce((a, b) => a + b, 0);
        expect(readings.map((reading) => countFrom(reading, bucket))).toEqual(twins.map(beyond));
      }),
      fuzzed(300),
    );
  });

  it('is the one before it when nothing was added, and else shares what has not changed', () => {
    const histogram = new Histogram();
    const reader = new HistogramReader([histogram]);
    for (const x of [0, 5, 70, 5000]) histogram.add(x);
    const first = reader.read();
    expect(reader.read()).toBe(first);
    for (const x of [0, 80]) histogram.add(x);
    const second = reader.read();
    const isNew = second.blocks.map((block, i) => block !== first.blocks[i]);
    expect(isNew.flatMap((changed, i) => (changed ? [i] : []))).toEqual([0, 7]);
    expect(bucketOf(80)).toBe(6 * 64 + 1 + 16);
  });

  it('without buckets has count, total and maximum, and no quantiles', () => {
    const histogram = new Histogram();
    const reader = new HistogramReader([histogram], false);
    const before = reader.read();
    for (const x of [3, 70]) histogram.add(x);
    const after = reader.read();
    expect([after.count, after.total, after.max]).toEqual([2, 73, 70]);
    expect(() => quantileBetween(before, after, 2, 0.5)).toThrow('bug: ');
  });
});
