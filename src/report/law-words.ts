/** A distribution of durations in words: `exponential, mean 5ms`. */
import type { Scenario } from '../scenario/scenario.ts';
import { formatDuration } from '../scenario/duration.ts';
import { counted, percent } from './words.ts';

type Law = Scenario['system']['database']['connectLatency'];

/** Its family and its parameters; a constant is just its value. */
export function lawWords(law: Law): string {
  switch (law.family) {
    case 'constant':
      return formatDuration(law.value);
    case 'exponential':
      return `exponential, mean ${formatDuration(law.mean)}`;
    case 'lognormal':
      return `lognormal, mean ${Number.isInteger(law.mean) ? formatDuration(law.mean) : about(law.mean)}, cv ${law.cv}`;
    case 'uniform':
      return `uniform, ${formatDuration(law.low)} to ${formatDuration(law.high)}`;
    case 'erlang':
      return `erlang, mean ${formatDuration(law.mean)}, ${counted(law.stages, 'stage')}`;
    case 'gamma':
      return `gamma, mean ${formatDuration(law.mean)}, cv ${law.cv}`;
    case 'hyperexponential':
      return `hyperexponential, ${law.branches.map(branchWords).join(', ')}`;
    case 'pareto':
      return `pareto, mean ${formatDuration(law.mean)}, shape ${law.shape}`;
    case 'empirical':
      return `empirical, ${counted(law.values.length, 'value')}${spanWords(law.values)}`;
    case 'percentiles': {
      const [p50, p95, p99] = [law.p50, law.p95, law.p99].map(formatDuration);
      return `p50 ${p50}, p95 ${p95}, p99 ${p99}, mean ${about(law.mean)}`;
    }
  }
}

function branchWords({ probability, mean }: { probability: number; mean: number }): string {
  return `${percent(probability)} with mean ${about(mean)}`;
}

function spanWords(sorted: Float64Array): string {
  const [shortest = 0, longest = 0] = [sorted.at(0), sorted.at(-1)];
  return ` from ${formatDuration(shortest)} to ${formatDuration(longest)}`;
}

/** A duration that was computed, in three digits. */
function about(ns: number): string {
  return formatDuration(Math.round(Number(ns.toPrecision(3))));
}
