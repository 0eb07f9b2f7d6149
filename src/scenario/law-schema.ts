/** Distributions of durations as scenario files write them, and the laws that they mean. */
import { z } from 'zod';
import type { Law } from '../engine/law.ts';
import { empiricalValues } from './empirical.ts';
import type { Files } from './files.ts';
import { exactlyOne, keyed, rule, type Report } from './keyed.ts';
import { besideHold, lawShape, percentileKeys, positive } from './law-shapes.ts';
import type { PlainMap } from './path.ts';
import { percentilesInOrder, percentilesLaw, type Percentiles } from './percentiles.ts';
import { perSecond } from './rate.ts';
import { durationOf, share, wordOf } from './scalars.ts';

/** Distributions that the format knows and this version does not support. */
const laterLaws = ['weibull'];

const lawKeys = [
  ...(['constant', 'exponential', 'lognormal', 'uniform', 'erlang', 'gamma'] as const),
  ...(['hyperexponential', 'pareto', 'empirical', 'percentiles'] as const),
];

const synonyms = {
  ...{ normal: 'lognormal', const: 'constant', fixed: 'constant', exp: 'exponential' },
  ...{ hyper: 'hyperexponential', mixture: 'hyperexponential', powerlaw: 'pareto' },
  ...{ csv: 'empirical', file: 'empirical', measured: 'empirical', histogram: 'empirical' },
};

/** A distribution: a bare duration (constant; `zero` allows 0s, `none` Infinity), or a map with one family. */
export function lawOf(options: { zero?: boolean; none?: 'none' } = {}) {
  const map = rule(keyed(lawShape, { later: laterLaws, synonyms }), (value, report) => {
    exactlyOne(value, lawKeys, report);
  });
  return z.union([durationOf(options), map]);
}

/** A distribution of work whose map may also say which share of it is CPU. */
export function workLawOf<S extends z.core.$ZodLooseShape>(extra: S) {
  const other = { later: laterLaws, synonyms, elsewhere: { measuredAt: besideHold } };
  const map = rule(keyed({ ...lawShape, ...extra }, other), (value, report) => {
    exactlyOne(value, lawKeys, report);
  });
  return z.union([positive, map]);
}

/**
 * A measured distribution: as above, or its percentiles or its mean without a word around them; then also
 * at which rate it was measured.
 */
export const measuredLaw = z.union([
  positive,
  rule(
    keyed(
      {
        ...lawShape,
        p50: percentileKeys.p50.optional().meta({ description: 'Half are shorter' }),
        p95: percentileKeys.p95,
        p99: percentileKeys.p99.optional().meta({ description: 'One in a hundred is longer' }),
        mean: positive.optional().meta({
          description: 'Mean duration, beside p50 and p99 or alone (then exponential)',
        }),
        measuredAt: perSecond.optional().meta({
          description: 'Requests of this service per second when it was measured',
        }),
        cpu: share.optional().meta({
          description: 'Share of the query work that is CPU; with measuredAt, 100% by default',
        }),
        contention: wordOf(['none']).optional().meta({
          description: 'none: what was measured is used as it is, although measuredAt is known',
        }),
      },
      { later: [...laterLaws, 'p90'], synonyms },
    ),
    (value, report) => {
      if ('p50' in value || 'p95' in value || 'p99' in value) {
        for (const key of ['p50', 'p99']) {
          if (!(key in value)) report([key], 'missing', 'is missing; p50 and p99 stand together');
        }
        beside(value, 'p50 and p99', report);
        percentilesInOrder(value, report);
      } else if ('mean' in value) beside(value, 'mean', report);
      else exactlyOne(value, [...lawKeys, 'p50', 'mean'], report);
      checkMeasurement(value, report);
    },
  ),
]);

function beside(map: PlainMap, figures: string, report: Report): void {
  const family = lawKeys.find((key) => key in map);
  if (family !== undefined) report([family], 'too-many', `stands beside ${figures}; keep one`);
}

/** What belongs to a measurement stands with its rate, and that with what was measured. */
function checkMeasurement(map: PlainMap, report: Report): void {
  const { measuredAt } = map;
  if (!('measuredAt' in map)) {
    for (const key of ['cpu', 'contention'].filter((name) => name in map)) {
      report([key], 'misplaced-key', 'stands beside measuredAt, which is missing');
    }
    return;
  }
  if (measuredAt === 0)
    report(['measuredAt'], 'out-of-range', '0 is too low; a rate above 0 is needed');
  if (['p50', 'p95', 'p99', 'mean'].some((key) => key in map)) return;
  const message = 'stands beside p50 and p99, or beside mean; write what was measured so';
  report(['measuredAt'], 'misplaced-key', message);
}

/** A distribution after reading: nanoseconds, or a map with one family. */
export type WrittenLaw = z.output<typeof measuredLaw> | z.output<ReturnType<typeof lawOf>>;

/** The law that a distribution means; its durations are nanoseconds. */
export function resolveLaw(written: WrittenLaw, files: Files): Law {
  if (typeof written === 'number') return { family: 'constant', value: written };
  const { constant, exponential, lognormal, uniform, erlang, gamma, pareto } = written;
  if (constant !== undefined) return { family: 'constant', value: constant };
  if (exponential !== undefined) return { family: 'exponential', mean: exponential };
  if (lognormal !== undefined) return { family: 'lognormal', ...lognormal };
  if (uniform !== undefined) return { family: 'uniform', ...uniform };
  if (erlang !== undefined) return { family: 'erlang', ...erlang };
  if (gamma !== undefined) return { family: 'gamma', ...gamma };
  if (pareto !== undefined) return { family: 'pareto', ...pareto };
  const { hyperexponential, empirical } = written;
  if (hyperexponential !== undefined) return hyperexponentialLaw(hyperexponential);
  if (empirical !== undefined) return empiricalLaw(empirical, files);
  return lawOfFigures(written);
}

function lawOfFigures(written: Exclude<WrittenLaw, number>): Law {
  const percentiles = writtenPercentiles(written);
  if (percentiles !== null) return percentilesLaw(percentiles);
  if ('mean' in written && written.mean !== undefined)
    return { family: 'exponential', mean: written.mean };
  throw new Error('bug: a distribution without a family passed the schema');
}

/** The percentiles of a distribution that is written by them, or null. */
export function writtenPercentiles(written: WrittenLaw): Percentiles | null {
  if (typeof written === 'number') return null;
  if (written.percentiles !== undefined) return written.percentiles;
  if (!('p50' in written) || written.p50 === undefined || written.p99 === undefined) return null;
  const { p50, p95, p99, mean } = written;
  return { p50, p95, p99, mean };
}

type WrittenHyperexponential = NonNullable<Exclude<WrittenLaw, number>['hyperexponential']>;

/** A list of branches as it is, its shares scaled to 1; of mean and cv two branches. */
function hyperexponentialLaw(written: WrittenHyperexponential): Law {
  if (!Array.isArray(written)) return { family: 'hyperexponential', branches: balanced(written) };
  const sum = written.reduce((total, { share }) => total + share, 0);
  const branches = written.map(({ share, mean }) => ({ probability: share / sum, mean }));
  return { family: 'hyperexponential', branches };
}

/** Two branches with balanced means: each of them contributes half of the mean. */
function balanced({ mean, cv }: { readonly mean: number; readonly cv: number }) {
  const scv = cv * cv;
  const first = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  return [first, 1 - first].map((probability) => ({ probability, mean: mean / (2 * probability) }));
}

function empiricalLaw(written: { file: string; column?: string | undefined }, files: Files): Law {
  const values = empiricalValues(written, files);
  if (!values.ok) throw new Error(`bug: a file with a fault passed the checks: ${values.message}`);
  return { family: 'empirical', values: values.value };
}
