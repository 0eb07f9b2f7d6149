/** The families of distributions, each with its parameters as scenario files write them. */
import { z } from 'zod';
import { keyed, rule, ruleOn } from './keyed.ts';
import { entry, isList } from './path.ts';
import { percentilesInOrder } from './percentiles.ts';
import { show } from './reading.ts';
import { durationOf, fileName, freeText, numberOf, share } from './scalars.ts';

/** A duration above 0. */
export const positive = durationOf();

const mean = positive.meta({ description: 'Mean duration' });

const spread = { sd: 'cv', stddev: 'cv', sigma: 'cv', median: 'mean' };
const squared = { scv: 'unknown key; did you mean cv? It is the square root of scv' };
const shapeOfGamma = 'unknown key; did you mean cv? It is 1 ÷ √shape';

const cv = (min: number) =>
  numberOf({ min, max: 100 }).meta({
    description: 'Coefficient of variation: standard deviation ÷ mean',
  });

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
  { mean, cv: cv(0) },
  { synonyms: spread, elsewhere: squared, later: ['p50', 'p99'] },
);

const erlang = keyed(
  {
    mean,
    stages: numberOf({ whole: true, min: 1, max: 1000 }).meta({
      description: 'How many equal exponential stages it is the sum of',
    }),
  },
  { synonyms: { k: 'stages', n: 'stages', shape: 'stages', phases: 'stages', order: 'stages' } },
);

const gamma = keyed(
  { mean, cv: cv(0) },
  {
    synonyms: spread,
    elsewhere: { ...squared, shape: shapeOfGamma, k: shapeOfGamma, alpha: shapeOfGamma },
  },
);

const branch = rule(
  keyed(
    {
      share: share.meta({ description: 'Share of the requests that are of this branch' }),
      mean: positive.meta({ description: 'Mean of the exponential distribution of this branch' }),
    },
    { synonyms: { probability: 'share', weight: 'share', p: 'share' } },
  ),
  (map, report) => {
    if (map['share'] === 0) report(['share'], 'out-of-range', '0% is too small; more is needed');
  },
);

/** Shares written with one digit after the point need not add up to 100 % exactly. */
const tolerance = 0.001 + 1e-9;

const branches = ruleOn(
  z
    .array(branch, {
      error: (issue) => `${show(issue.input)} stands where a list of { share, mean } is needed`,
    })
    .min(1, { error: 'has no branches; at least one is needed' })
    .max(100, { error: 'has more than 100 branches' }),
  (value, report) => {
    if (!isList(value) || value.length === 0) return;
    const shares = value.map((item) => entry(item, 'share'));
    if (!shares.every((part) => typeof part === 'number')) return;
    const sum = shares.reduce((a, b) => a + b, 0);
    if (Math.abs(sum - 1) <= tolerance) return;
    const percent = Number((100 * sum).toPrecision(6));
    report([], 'out-of-range', `the shares add up to ${percent}%; 100% is needed`);
  },
);

const hyperexponential = z.union([
  keyed({ mean, cv: cv(1) }, { synonyms: spread, elsewhere: squared }),
  branches,
]);

const pareto = keyed(
  {
    mean,
    shape: numberOf({ min: 1, max: 1000, above: true }).meta({
      description: 'Exponent of the tail; up to 2 the variance is infinite',
    }),
  },
  {
    synonyms: { alpha: 'shape', a: 'shape', k: 'shape', exponent: 'shape', tail: 'shape' },
    elsewhere: {
      low: 'unknown key; did you mean mean? It is low · shape ÷ (shape − 1)',
      scale: 'unknown key; did you mean mean? It is scale · shape ÷ (shape − 1)',
    },
  },
);

const empirical = keyed(
  {
    file: fileName.meta({ description: 'A table with a column of durations' }),
    column: freeText
      .optional()
      .meta({ description: 'Which column; needed if there are several of durations' }),
  },
  { synonyms: { path: 'file', csv: 'file', name: 'column', field: 'column' }, later: ['values'] },
);

/** Said of `measuredAt` anywhere else. */
export const besideHold = 'stands in hold; write hold: { p50: …, p99: …, measuredAt: 450/s }';

/** Keys of percentiles, with and without the word around them. */
export const percentileKeys = {
  p50: positive.meta({ description: 'Half are shorter' }),
  p95: positive.optional().meta({ description: 'One in twenty is longer' }),
  p99: positive.meta({ description: 'One in a hundred is longer' }),
  mean: positive.optional().meta({
    description: 'Mean duration; goes before p95, which then follows from it',
  }),
};

const percentiles = rule(
  keyed(percentileKeys, {
    later: ['p90', 'p999'],
    synonyms: { median: 'p50' },
    elsewhere: { measuredAt: besideHold },
  }),
  percentilesInOrder,
);

/** The distributions of a map, one of which must be there. */
export const lawShape = {
  constant: positive.optional().meta({ description: 'Always this long' }),
  exponential: positive.optional().meta({ description: 'Exponential, with this mean' }),
  lognormal: lognormal.optional().meta({ description: 'Lognormal: mean and cv' }),
  uniform: uniform.optional().meta({ description: 'Uniform between low and high' }),
  erlang: erlang.optional().meta({ description: 'Sum of equal exponential stages' }),
  gamma: gamma.optional().meta({ description: 'Gamma: mean and cv' }),
  hyperexponential: hyperexponential
    .optional()
    .meta({ description: 'Mixture of exponentials: mean and cv, or a list of branches' }),
  pareto: pareto.optional().meta({ description: 'Pareto: mean, and the exponent of its tail' }),
  empirical: empirical.optional().meta({ description: 'Durations as recorded in a file' }),
  percentiles: percentiles
    .optional()
    .meta({ description: 'Through a median and a 99th percentile, and perhaps a 95th' }),
};
