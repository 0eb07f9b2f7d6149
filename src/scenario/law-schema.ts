/** Distributions of durations as scenario files write them, and the laws that they mean. */
import { z } from 'zod';
import { exp, log } from '../engine/math.ts';
import type { Law } from '../engine/law.ts';
import { exactlyOne, keyed, rule, type Report } from './keyed.ts';
import type { PlainMap } from './path.ts';
import { durationOf, numberOf } from './scalars.ts';

/** Distributions that the format knows and this version does not support. */
const laterLaws = ['erlang', 'gamma', 'hyperexponential', 'pareto', 'empirical', 'weibull'];

const lawKeys = ['constant', 'exponential', 'lognormal', 'uniform', 'percentiles'] as const;

const positive = durationOf();

const percentiles = rule(
  keyed(
    {
      p50: positive.meta({ description: 'Half are shorter' }),
      p99: positive.meta({ description: 'One in a hundred is longer' }),
    },
    { later: ['p95', 'p90', 'p999', 'mean', 'measuredAt'], synonyms: { median: 'p50' } },
  ),
  percentilesInOrder,
);

function percentilesInOrder(map: PlainMap, report: Report): void {
  const { p50, p99 } = map;
  if (typeof p50 !== 'number' || typeof p99 !== 'number' || p99 >= p50) return;
  report(['p99'], 'out-of-order', 'is shorter than p50; it must be at least as long');
}

const uniform = rule(
  keyed(
    {
      low: durationOf({ zero: true }).meta({ description: 'Shortest' }),
      high: positive.meta({ description: 'Longest' }),
    },
    { synonyms: { min: 'low', max: 'high', from: 'low', to: 'high' } },
  ),
  ({ low, high }, report) => {
    if (typeof low !== 'number' || typeof high !== 'number' || low <= high) return;
    report(['high'], 'out-of-order', 'is shorter than low; it must be at least as long');
  },
);

const lognormal = keyed(
  {
    mean: positive.meta({ description: 'Mean duration' }),
    cv: numberOf({ min: 0, max: 100 }).meta({
      description: 'Coefficient of variation: standard deviation ÷ mean',
    }),
  },
  { synonyms: { sd: 'cv', stddev: 'cv', sigma: 'cv', median: 'mean' }, later: ['p50', 'p99'] },
);

/** The distributions of a map, one of which must be there. */
const lawShape = {
  constant: positive.optional().meta({ description: 'Always this long' }),
  exponential: positive.optional().meta({ description: 'Exponential, with this mean' }),
  lognormal: lognormal.optional().meta({ description: 'Lognormal: mean and cv' }),
  uniform: uniform.optional().meta({ description: 'Uniform between low and high' }),
  percentiles: percentiles
    .optional()
    .meta({ description: 'Lognormal through a median and a 99th percentile' }),
};

const synonyms = { normal: 'lognormal', const: 'constant', fixed: 'constant', exp: 'exponential' };

/** A distribution: a bare duration (constant; `zero` allows 0s, `none` Infinity), or a map with one family. */
export function lawOf(options: { zero?: boolean; none?: 'none' } = {}) {
  const map = rule(keyed(lawShape, { later: laterLaws, synonyms }), (value, report) => {
    exactlyOne(value, lawKeys, report);
  });
  return z.union([durationOf(options), map]);
}

/** A distribution of work whose map may also say which share of it is CPU. */
export function workLawOf<S extends z.core.$ZodLooseShape>(extra: S) {
  const other = { later: [...laterLaws, 'measuredAt'], synonyms };
  const map = rule(keyed({ ...lawShape, ...extra }, other), (value, report) => {
    exactlyOne(value, lawKeys, report);
  });
  return z.union([positive, map]);
}

/** A measured distribution: as above, or its two percentiles without a word around them. */
export const measuredLaw = z.union([
  positive,
  rule(
    keyed(
      {
        ...lawShape,
        p50: positive.optional().meta({ description: 'Half are shorter' }),
        p99: positive.optional().meta({ description: 'One in a hundred is longer' }),
      },
      { later: [...laterLaws, 'p95', 'p90', 'mean', 'measuredAt'], synonyms },
    ),
    (value, report) => {
      if (!('p50' in value || 'p99' in value)) {
        exactlyOne(value, [...lawKeys, 'p50'], report);
        return;
      }
      for (const key of ['p50', 'p99']) {
        if (!(key in value)) report([key], 'missing', 'is missing; p50 and p99 stand together');
      }
      const family = lawKeys.find((key) => key in value);
      if (family !== undefined) report([family], 'too-many', 'stands beside p50 and p99; keep one');
      percentilesInOrder(value, report);
    },
  ),
]);

/** A distribution after reading: nanoseconds, or a map with one family. */
export type WrittenLaw = z.output<typeof measuredLaw> | z.output<ReturnType<typeof lawOf>>;

/** The law that a distribution means; its durations are nanoseconds. */
export function resolveLaw(written: WrittenLaw): Law {
  if (typeof written === 'number') return { family: 'constant', value: written };
  const { constant, exponential, lognormal, uniform, percentiles } = written;
  if (constant !== undefined) return { family: 'constant', value: constant };
  if (exponential !== undefined) return { family: 'exponential', mean: exponential };
  if (lognormal !== undefined) return { family: 'lognormal', ...lognormal };
  if (uniform !== undefined) return { family: 'uniform', ...uniform };
  const pair = percentiles ?? writtenPercentiles(written);
  if (pair === null) throw new Error('bug: a distribution without a family passed the schema');
  return lognormalThrough(pair);
}

/** The two percentiles of a distribution that is written by them, or null. */
export function writtenPercentiles(written: WrittenLaw): { p50: number; p99: number } | null {
  if (typeof written === 'number') return null;
  if (written.percentiles !== undefined) return written.percentiles;
  if (!('p50' in written) || written.p50 === undefined || written.p99 === undefined) return null;
  return { p50: written.p50, p99: written.p99 };
}

/** Standard normal quantile at 0.99 (Wichura, AS 241). */
const z99 = 2.3263478740408408;

/** The lognormal with this median and 99th percentile: µ = ln p50, σ = ln(p99 ÷ p50) ÷ z(0.99). */
function lognormalThrough({ p50, p99 }: { p50: number; p99: number }): Law {
  const sigma = log(p99 / p50) / z99;
  const variance = sigma * sigma;
  return {
    family: 'lognormal',
    mean: p50 * exp(variance / 2),
    cv: Math.sqrt(exp(variance) - 1),
  };
}
