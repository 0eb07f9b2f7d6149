import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../../src/experiment/compare/compare.ts';
import type { PairedMetric } from '../../../src/experiment/compare/paired.ts';
import { renderCompared } from '../../../src/report/compare/report.ts';
import type { Sides } from '../../../src/report/compare/sides.ts';
import { januaryScenario } from '../january.ts';

/** A metric that was tested; the interval reaches `halfWidth` to either side. */
function tested(
  name: string,
  {
    a,
    b,
    halfWidth,
    significant,
  }: { a: number; b: number; halfWidth: number; significant: boolean },
): PairedMetric {
  const difference = b - a;
  const [low, high] = [difference - halfWidth, difference + halfWidth];
  return { name, a, b, difference, low, high, significant, smallestVisible: 1.5 * halfWidth };
}

function untested(name: string, rest: Partial<PairedMetric>): PairedMetric {
  const nothing = { difference: null, low: null, high: null };
  return { name, a: null, b: null, ...nothing, significant: null, smallestVisible: null, ...rest };
}

const fewerErrors = tested('errors', { a: 0.3, b: 0.222, halfWidth: 0.002, significant: true });
const lowerP99 = tested('response.p99Ms', { a: 441, b: 403, halfWidth: 7, significant: true });
const sameMedian = tested('response.p50Ms', { a: 17, b: 17.1, halfWidth: 0.2, significant: false });
const sameErrors = tested('errors', { a: 0.01, b: 0.01, halfWidth: 0, significant: false });

function comparison(metrics: readonly PairedMetric[], rest: Partial<Comparison> = {}): Comparison {
  return {
    a: { name: 'january-2024', hash: 'a' },
    b: { name: 'january-2024', hash: 'b' },
    seed: '1',
    replications: 10,
    independent: false,
    family: metrics.filter(({ significant }) => significant !== null).length,
    metrics,
    objectives: [],
    unlike: [],
    ...rest,
  };
}

const twelve: Sides = { files: ['january-2024.yaml'], changes: ['service.pool.max=12'] };

function rendered(answer: Comparison, sides = twelve): string {
  const { objectives } = januaryScenario();
  const text = renderCompared({ answer, sides, objectives });
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  return text;
}

/** Without the line breaks. */
const flowing = (answer: Comparison) => rendered(answer).replaceAll('\n', ' ');

describe('a comparison in words', () => {
  it('begins with which is which, the verdict, and what differs by how much', () => {
    const text = rendered(comparison([fewerErrors, lowerP99, sameMedian]));
    expect(text.split('\n').slice(0, 9)).toEqual([
      'A: january-2024',
      'B: the same with service.pool.max=12',
      '10 runs of A and B, with the same random numbers, seed 1',
      '',
      'B is better than A.',
      "B's error rate is 7.80 points lower (7.60 to 8.00) and its p99 38.0 ms lower",
      '(31.0 to 45.0).',
      'Its median is the same (differences below 300 µs could not have been seen with',
      '10 runs).',
    ]);
  });

  it('says so when B is worse, or better and worse', () => {
    const slower = tested('response.p99Ms', { a: 403, b: 441, halfWidth: 7, significant: true });
    expect(rendered(comparison([slower]))).toContain('\nB is worse than A.\n');
    expect(rendered(comparison([fewerErrors, slower]))).toContain(
      '\nB is better than A in some figures and worse in others.\n',
    );
  });

  it('speaks of what is worse where the rest is better', () => {
    const slower = tested('response.meanMs', { a: 3890, b: 3963, halfWidth: 2, significant: true });
    const busier = tested('database.utilisation', {
      ...{ a: 0.2, b: 0.3, halfWidth: 0.01, significant: true },
    });
    expect(flowing(comparison([fewerErrors, sameMedian, slower, busier]))).toContain(
      "B's error rate is 7.80 points lower (7.60 to 8.00) and its mean response time 73.0 ms higher (71.0 to 75.0).",
    );
  });

  it('calls a busier database neither better nor worse', () => {
    const busier = tested('database.utilisation', {
      ...{ a: 0.2, b: 0.3, halfWidth: 0.01, significant: true },
    });
    const text = flowing(comparison([sameErrors, busier]));
    expect(text).toContain('B serves requests as well as A, as far as one can see.');
    expect(text).toContain("B's use of the database's CPU is 10.0 points higher (9.0 to 11.0).");
    expect(text).toContain('Its error rate is the same in every run.');
  });

  it('tells no difference from none at all', () => {
    expect(rendered(comparison([sameErrors]))).toContain(
      '\nA and B are the same in every figure of each of 10 runs.\n',
    );
    expect(rendered(comparison([sameErrors, sameMedian]))).toContain(
      '\n10 runs of each show no difference between A and B.\n',
    );
  });

  it('knows percentiles only so well', () => {
    const same = tested('response.p99Ms', { a: 5402, b: 5402, halfWidth: 0, significant: false });
    expect(flowing(comparison([fewerErrors, same]))).toContain(
      'Its p99 is the same in every run (percentiles are known to 0.8 %).',
    );
  });

  it('leaves open what Holm’s correction takes away', () => {
    const open = tested('response.p99Ms', { a: 441, b: 403, halfWidth: 30, significant: false });
    const text = flowing(comparison([open]));
    expect(text).toContain('More runs would tell whether its p99 differs.');
    expect(text).not.toContain('Its p99 is the same');
  });

  it('does not judge what was not observed', () => {
    const text = flowing(
      comparison([
        untested('errors', { b: 0, unobserved: { a: 6, b: 0 } }),
        untested('response.p99Ms', { b: 272, unobserved: { a: 6, b: 0 } }),
        tested('goodput.perSecond', { a: 0, b: 130, halfWidth: 2, significant: true }),
      ]),
    );
    expect(text).toContain('nobody can say which is better.');
    expect(text).toContain(
      'not tested: failed and response: p99, not observed in 6 of 10 runs of A and 0 of B',
    );
  });

  it('leaves out what neither side ever observed', () => {
    const never = untested('pool.utilisation', { unobserved: { a: 10, b: 10 } });
    const text = rendered(comparison([fewerErrors, never]));
    expect(text).not.toContain('connections in use');
    expect(text).not.toContain('not tested');
  });

  it('shows objectives in their unit, infinite ones in a word, and in how many runs they are met', () => {
    const texts = ['response p99 < 1s', 'errors < 1%'];
    const text = rendered(
      comparison(
        [
          fewerErrors,
          untested('response p99 < 1s', { a: 'infinite', b: 0.9, infinite: { a: 10, b: 0 } }),
          tested('errors < 1%', { a: 0.3, b: 0.2, halfWidth: 0.01, significant: true }),
        ],
        { objectives: texts.map((each) => ({ text: each, met: { a: 0, b: 10 } })) },
      ),
    );
    expect(text).toMatch(/^response p99 < 1s +infinite +900 ms +– +0 of 10 +10 of 10$/m);
    expect(text).toMatch(/^errors < 1% +30\.0 % +20\.0 % +-10\.0 pts +\* +0 of 10 +10 of 10$/m);
    expect(text.replaceAll('\n', ' ')).toContain(
      'not tested: response p99 < 1s, infinite, as too many requests failed, in 10 of 10 runs of A and 0 of B',
    );
  });

  it('speaks of each service by its name', () => {
    const slower = tested('services.shop.response.p99Ms', {
      ...{ a: 403, b: 441, halfWidth: 7, significant: true },
    });
    const text = flowing(comparison([sameErrors, slower]));
    expect(text).toContain("B's p99 of shop is 38.0 ms higher (31.0 to 45.0).");
    expect(text).toMatch(/ shop: p99 +403 ms +441 ms +\+38\.0 ms/);
  });

  it('names files where both scenarios have the same name, and changes of both', () => {
    const sides: Sides = { files: ['old.yaml', 'new.yaml'], changes: ['duration=1h', 'seed=2'] };
    expect(rendered(comparison([fewerErrors]), sides)).toContain(
      'A: january-2024 (old.yaml)\nB: january-2024 (new.yaml)\nboth with duration=1h and seed=2\n',
    );
  });

  it('says what makes the two hard to pair', () => {
    const text = flowing(comparison([fewerErrors], { unlike: ['duration', 'streams'] }));
    expect(text).toContain('A and B are not equally long');
    expect(text).toContain('random numbers go by those names');
  });

  it('fits 80 columns with the longest of names', () => {
    const name = `services.${'very-'.repeat(20)}long.response.p99Ms`;
    const long = tested(name, { a: 403, b: 441, halfWidth: 0.0007, significant: true });
    const sides: Sides = { files: ['a'.repeat(200), 'b'.repeat(200)], changes: ['c'.repeat(200)] };
    rendered(comparison([fewerErrors, long]), sides);
  });
});
