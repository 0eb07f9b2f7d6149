/** Objectives: met or missed, and by what. */
import type { ObjectiveResult } from '../../experiment/result.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { type Report, section } from '../report.ts';
import { wrap } from '../text.ts';
import { amount, milliseconds, NOTHING, percent, rate, roughPercent } from '../words.ts';

type Objective = Scenario['objectives'][number];
type Metric = Objective['condition']['metric'];

export function objectiveLines(report: Report): string[] {
  const { result, scenario, clock, style } = report;
  const rows = result.objectives.map((judged, i) => {
    const { text, met, from, value } = judged;
    const isWorst = scenario.objectives[i]?.scope.kind === 'worst-window' && value !== null;
    return [
      text,
      met ? 'met' : 'missed',
      valueWords(value, scenario.objectives[i]?.condition.metric),
      isWorst ? clock.time(from) : '',
    ];
  });
  const columns = [
    { head: 'Objectives', whenLong: 'shorten' as const },
    { head: '' },
    { head: 'value', whenLong: 'shorten' as const },
    { head: rows.some((row) => row[3] !== '') ? 'worst from' : '' },
  ];
  const colour = (i: number) => (result.objectives[i]?.met === true ? style.green : style.red);
  return [...section(report, columns, rows, colour), ...lateLines(report)];
}

/** The value of an objective's metric, in its unit. */
export function valueWords(value: ObjectiveResult['value'], metric: Metric | undefined): string {
  if (value === null) return 'nothing observed';
  if (value === 'infinite') return metric === undefined ? NOTHING : infiniteWords(metric);
  return metric === undefined ? amount(value) : metricWords(value, metric);
}

/** A percentile is infinite when more failed than it leaves out. */
function infiniteWords(metric: Metric): string {
  if (metric.kind !== 'percentile') return NOTHING;
  const left = roughPercent(Number((1 - metric.p).toPrecision(6))).replace('.0 %', ' %');
  return metric.of === 'acquire' ? `over ${left} got none` : `over ${left} failed`;
}

function metricWords(value: number, metric: Metric): string {
  switch (metric.kind) {
    case 'percentile':
    case 'mean':
      return milliseconds(value * 1000);
    case 'errors':
    case 'pool-utilisation':
    case 'database-utilisation':
      return percent(value);
    case 'pool-pending':
      return amount(value);
    case 'arrival-rate':
    case 'goodput':
      return rate(value);
  }
}

/** How many were late by the tightest limit on response times that half of the outage's answers missed. */
function lateLines({ result, scenario, clock }: Report): string[] {
  const { outage } = result;
  if (outage === null || outage.p50Ms === null || outage.errors === null) return [];
  const p50Ms = outage.p50Ms;
  const limits = scenario.objectives
    .map(({ condition }) => condition)
    .filter(({ metric }) => metric.kind === 'percentile' && metric.of === 'response')
    .filter(({ comparison, limit }) => comparison.startsWith('<') && p50Ms > limit * 1000)
    .map(({ limit }) => limit * 1000);
  if (limits.length === 0) return [];
  const late = outage.errors + (1 - outage.errors) / 2;
  const when = `From ${clock.time(outage.from)} to ${clock.time(outage.to)}`;
  const limit = milliseconds(Math.min(...limits));
  return wrap(`${when} at least ${roughPercent(late)} of requests failed or took over ${limit}.`);
}
