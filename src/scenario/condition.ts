/** Conditions as people write them: `response p99 < 1s over 5m`, `errors > 5%`. */
import { SECOND } from '../engine/time.ts';
import type { Comparison, Condition, DistributionName, Metric } from '../model/control/settings.ts';
import { parseMoment, type Moment } from './clock.ts';
import { parseDuration } from './duration.ts';
import { didYouMean } from './near-miss.ts';
import { read, refuse, show, type Reading } from './reading.ts';
import { parseShare } from './scalars.ts';

/** Where a condition is judged, as written; null when nothing is said. */
export type WrittenScope =
  | { readonly kind: 'over'; readonly ns: number }
  | { readonly kind: 'run' }
  | { readonly kind: 'during'; readonly from: Moment; readonly to: Moment };

export interface WrittenCondition {
  readonly text: string;
  readonly condition: Condition;
  readonly scope: WrittenScope | null;
}

const distributions: readonly DistributionName[] = ['response', 'acquire', 'use', 'opening'];
const figures = ['p50', 'p90', 'p95', 'p99', 'p99.9', 'mean'] as const;

const probability: Readonly<Record<(typeof figures)[number], number | null>> = {
  p50: 0.5,
  p90: 0.9,
  p95: 0.95,
  p99: 0.99,
  'p99.9': 0.999,
  mean: null,
};

const plainMetrics: ReadonlyMap<string, Metric> = new Map([
  ['errors', { kind: 'errors' }],
  ['pool utilisation', { kind: 'pool-utilisation' }],
  ['pool pending', { kind: 'pool-pending' }],
  ['database utilisation', { kind: 'database-utilisation' }],
  ['arrivals', { kind: 'arrival-rate' }],
  ['goodput', { kind: 'goodput' }],
]);

/** Every metric as it is written, for messages and near misses. */
const metricNames: readonly string[] = [
  ...distributions.flatMap((d) => figures.map((f) => `${d} ${f}`)),
  ...plainMetrics.keys(),
];

/** The metrics in the few words that fit into a message. */
const metricList = `${distributions.join('|')} ${figures.join('|')}, ${[...plainMetrics.keys()].join(', ')}`;

/** Limits are in seconds for durations, fractions for shares, per second for rates. */
export function parseCondition(value: unknown): Reading<WrittenCondition> {
  const grammar = '<metric> <|<=|>|>= <limit>, such as response p99 < 1s';
  if (typeof value !== 'string') {
    return refuse('wrong-type', `${show(value)} is no condition: ${grammar}`);
  }
  const match = /^\s*([^<>=]*?)\s*(<=|>=|<|>|==?)\s*(\S+)(?:\s+(\S.*?))?\s*$/.exec(value);
  if (value.length > 200 || match === null) {
    return refuse('bad-condition', `${show(value)} is no condition: ${grammar}`);
  }
  const [, name = '', comparison = '', limitText = '', rest = ''] = match;
  if (comparison.startsWith('=')) {
    return refuse('bad-condition', `${comparison} is no comparison; <, <=, > or >= is needed`);
  }
  const metric = parseMetric(name);
  if (!metric.ok) return metric;
  const limit = parseLimit(limitText, metric.value);
  if (!limit.ok) return limit;
  const scope = parseScope(rest);
  if (!scope.ok) return scope;
  const condition = {
    metric: metric.value,
    comparison: comparison as Comparison,
    limit: limit.value,
  };
  return read({ text: value.trim().replace(/\s+/g, ' '), condition, scope: scope.value });
}

function parseMetric(written: string): Reading<Metric> {
  const name = written.replace(/\s+/g, ' ');
  const plain = plainMetrics.get(name);
  if (plain !== undefined) return read(plain);
  const [first = '', second = ''] = name.split(' ');
  const of = distributions.find((d) => d === first);
  const figure = figures.find((f) => f === second);
  if (of !== undefined && figure !== undefined && name === `${first} ${second}`) {
    const p = probability[figure];
    return read(p === null ? { kind: 'mean', of } : { kind: 'percentile', of, p });
  }
  if (of !== undefined && /^p\d/.test(second)) {
    return refuse(
      'unknown-metric',
      `${second} is no figure of ${of}; allowed: ${figures.join(', ')}`,
    );
  }
  const british = name.replace(/utilization/, 'utilisation');
  const near = didYouMean(british, metricNames);
  return refuse(
    'unknown-metric',
    `${show(name)} is no metric${near === '' ? ';' : near} allowed: ${metricList}`,
  );
}

function parseLimit(text: string, metric: Metric): Reading<number> {
  switch (metric.kind) {
    case 'percentile':
    case 'mean':
      return parseSeconds(text);
    case 'errors':
    case 'pool-utilisation':
    case 'database-utilisation':
      return parseShare(text);
    case 'pool-pending':
      if (/^\d+(\.\d+)?$/.test(text)) return read(Number(text));
      return refuse('bad-limit', `${show(text)} is no number of waiting requests such as 100`);
    case 'arrival-rate':
    case 'goodput':
      return parseRate(text);
  }
}

function parseSeconds(text: string): Reading<number> {
  const duration = parseDuration(text);
  return duration.ok ? read(duration.value / SECOND) : duration;
}

function parseRate(text: string): Reading<number> {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)(\/s|rps|\/sec|)$/.exec(text) ?? [];
  if (unit === '/s') return read(Number(digits));
  const hint = digits === '' ? '' : `; did you mean ${digits}/s?`;
  return refuse('bad-limit', `${show(text)} is no rate such as 1000/s${hint}`);
}

function parseScope(text: string): Reading<WrittenScope | null> {
  if (text === '') return read(null);
  if (text === 'over run') return read({ kind: 'run' });
  const word = /^\S+/.exec(text)?.[0] ?? '';
  const rest = text.slice(word.length).trim();
  if (word === 'over') return parseOver(rest);
  if (word === 'during') return parseDuring(rest);
  const near = didYouMean(word, ['over', 'during']);
  const allowed = 'allowed: over <duration>, over run, during <from>..<to>';
  const hint = near === '' ? `; ${allowed}` : `${near} ${allowed}`;
  return refuse('bad-scope', `${show(text)} is not understood${hint}`);
}

function parseDuring(text: string): Reading<WrittenScope> {
  const [first, second, third] = text.split('..');
  if (first === undefined || second === undefined || third !== undefined) {
    return refuse('bad-scope', `${show(text)} is no stretch of time such as 14:00..17:30`);
  }
  const from = parseMoment(first.trim());
  if (!from.ok) return from;
  const to = parseMoment(second.trim());
  return to.ok ? read({ kind: 'during', from: from.value, to: to.value }) : to;
}

function parseOver(text: string): Reading<WrittenScope> {
  const duration = parseDuration(text);
  if (!duration.ok) {
    const { code, message } = duration;
    return refuse(code, code === 'bad-duration' ? `${message}, or run` : message);
  }
  if (duration.value === 0)
    return refuse('out-of-range', `over ${text}: a duration above 0 is needed`);
  return read({ kind: 'over', ns: duration.value });
}
