import { describe, expect, it } from 'vitest';
import {
  type PairedMetric,
  pairedMetrics,
  type Value,
} from '../../../src/experiment/compare/paired.ts';
import { RandomStreams } from '../../../src/engine/random-streams.ts';
import { fillNormal } from '../../../src/engine/variate-fills.ts';
import { VariateStream } from '../../../src/engine/variates.ts';
import { twoSidedT } from '../../../src/stats/student-t.ts';
import { sized } from '../../support/sized.ts';
import { STANDARD_ERRORS } from '../../support/statistics.ts';

const seed = process.env['TIDEMARK_TEST_SEED'] ?? 'paired';

/** The one metric of a family of one. */
function metric(a: readonly Value[], b: readonly Value[]): PairedMetric {
  const [only] = pairedMetrics([family('x', a, b)]);
  return only as PairedMetric;
}

function family(name: string, a: readonly Value[], b: readonly Value[]) {
  return { name, pairs: a.map((value, i) => ({ a: value, b: b[i] as Value })) };
}

describe('a paired difference', () => {
  // Student's own data (Biometrika 6, 1908): hours of sleep gained by ten patients with either drug.
  // R: t.test(extra ~ group, data = sleep, paired = TRUE): t = 4.0621, df = 9, p = 0.002833,
  // 95 % interval of the difference 0.7001142 to 2.4598858, mean 1.58.
  const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
  const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

  it('of the two drugs of Student is as in every textbook', () => {
    const sleep = metric(first, second);
    expect(sleep).toMatchObject({ a: 0.75, b: 2.33, difference: 1.58, significant: true });
    expect(sleep.low).toBeCloseTo(0.7001142, 6);
    expect(sleep.high).toBeCloseTo(2.4598858, 6);
  });

  it('is only significant if it stays so among all that are tested', () => {
    const noise = Array.from({ length: 19 }, (_, i) =>
      family(`noise ${String(i)}`, first, [...first].reverse()),
    );
    // 0.002833 is below 0.05/17 = 0.00294 and above 0.05/18 = 0.00278.
    const among = (n: number) =>
      pairedMetrics([family('sleep', first, second), ...noise.slice(0, n - 1)])[0]?.significant;
    expect([among(17), among(18)]).toEqual([true, false]);
  });

  it('of equal values is exactly 0, and no difference', () => {
    expect(metric([0.1, 0.2, 0.3], [0.1, 0.2, 0.3])).toMatchObject({
      difference: 0,
      low: 0,
      high: 0,
      significant: false,
      smallestVisible: 0,
    });
  });

  it('of values that differ in the last of their twelve digits is 0', () => {
    const a = [0.123456789012, 1234.56789012];
    const b = [0.123456789013, 1234.56789013];
    expect(metric(a, b)).toMatchObject({ difference: 0, low: 0, high: 0, significant: false });
  });

  it('that is the same in each pair is certain', () => {
    expect(metric([1.1, 2.2, 3.3], [1.2, 2.3, 3.4])).toMatchObject({
      difference: 0.1,
      low: 0.1,
      high: 0.1,
      significant: true,
    });
  });

  it('is not tested where a side did not observe the figure in each run', () => {
    const { significant, difference, low, high, smallestVisible, ...rest } = metric(
      [1, null, 3],
      [1, 2, 4],
    );
    expect([significant, difference, low, high, smallestVisible]).toEqual(
      new Array<null>(5).fill(null),
    );
    expect(rest).toEqual({ name: 'x', a: null, b: 2.33333333333, unobserved: { a: 1, b: 0 } });
  });

  it('is not tested where values are infinite, and says in how many runs', () => {
    expect(metric(['infinite', 'infinite', 'infinite'], [1, 2, 'infinite'])).toMatchObject({
      a: 'infinite',
      b: null,
      difference: null,
      significant: null,
      infinite: { a: 3, b: 1 },
    });
  });

  it('is 0 where infinite values are infinite on both sides', () => {
    const alike = metric(['infinite', 2], ['infinite', 2]);
    expect(alike).toMatchObject({ difference: 0, significant: false, infinite: { a: 1, b: 1 } });
  });

  it('leaves what is not tested out of the family of the others', () => {
    const missing = Array.from({ length: 50 }, () => family('none', [null, null], [null, null]));
    const sleep = family('sleep', first, second);
    expect(pairedMetrics([sleep, ...missing])[0]).toEqual(pairedMetrics([sleep])[0]);
  });
});

describe('the smallest visible difference', () => {
  it('is (t of the level + t of the power) standard errors', () => {
    const { smallestVisible } = metric([0, 0, 0, 0], [1, 2, 3, 6]);
    const standardError = Math.sqrt(14 / 3 / 4);
    expect(smallestVisible).toBeCloseTo(
      (twoSidedT(0.95, 3) + twoSidedT(0.6, 3)) * standardError,
      9,
    );
  });

  it('grows with the family, by the level that is left', () => {
    const small = family('small', [0, 0, 0, 0], [1, 2, 3, 6]);
    const others = Array.from({ length: 9 }, () => family('other', [0, 0, 0, 0], [1, -1, 1, -1]));
    const standardError = Math.sqrt(14 / 3 / 4);
    expect(pairedMetrics([small, ...others])[0]?.smallestVisible).toBeCloseTo(
      (twoSidedT(0.995, 3) + twoSidedT(0.6, 3)) * standardError,
      9,
    );
  });

  // Exact power of the test there, by the noncentral distribution (scipy 1.17, stats.nct): 0.799 and 0.774.
  it.each([
    [1, 0.799],
    [10, 0.774],
  ])('is found in about four of five samples in a family of %i', (members, power) => {
    const n = sized(2000);
    const samples = Array.from({ length: n }, (_, i) => isFound(i, members));
    const error = Math.sqrt((power * (1 - power)) / n);
    const share = samples.filter(Boolean).length / n;
    expect(Math.abs(share - power) / error).toBeLessThan(STANDARD_ERRORS);
  });
});

/** Whether ten pairs that differ by the smallest visible difference, and scatter by 1, are told apart. */
function isFound(sample: number, members: number): boolean {
  const level = 0.05 / members;
  const size = (twoSidedT(1 - level, 9) + twoSidedT(0.6, 9)) / Math.sqrt(10);
  const name = `${seed}/${String(members)}/${String(sample)}`;
  const normal = new VariateStream(new RandomStreams(name).stream('difference'), fillNormal);
  const zeros = new Array<number>(10).fill(0);
  const differing = family(
    'differing',
    zeros,
    zeros.map(() => size + normal.next()),
  );
  const alternating = zeros.map((_, i) => (i % 2 === 0 ? 1 : -1));
  const others = zeros.slice(0, members - 1).map(() => family('other', zeros, alternating));
  return pairedMetrics([differing, ...others])[0]?.significant === true;
}
