/** What a sweep found, in a sentence or a few. */
import type { Variation } from '../../experiment/sweep/grid.ts';
import { type Line, linesOf, nearest, passes } from '../../experiment/sweep/passing.ts';
import type { SweepPlan, SweepResult } from '../../experiment/sweep/sweep.ts';
import { counted, listed } from '../words.ts';
import { metricWords, SWEEP_METRICS, type SweepMetric, valueOf } from './metrics.ts';
import { pointWords, valueWords } from './names.ts';

/** More lines of a grid than this are left to the map. */
const MOST_LINES = 4;

/** @param metric what points are ranked by that have no objectives */
export function sweepVerdict(plan: SweepPlan, result: SweepResult, metric: SweepMetric): string[] {
  const hasObjectives = plan.scenario.objectives.length > 0;
  return [
    ...(hasObjectives ? judgement(plan, result) : bestPoint(plan, result, metric)),
    ...brokenLines(plan, result),
  ];
}

function judgement(plan: SweepPlan, result: SweepResult): string[] {
  const { variations, replications } = plan;
  const passing = result.filter(passes);
  const all = `All objectives are met${replications > 1 ? ' in every run' : ''}`;
  const [smallest] = passing;
  if (smallest === undefined) return noneMet(plan, result);
  if (passing.length === result.length) return [`${all} at every point.`];
  const lines = linesOf(plan, result);
  const [first, second] = variations as [Variation, Variation?];
  const [only] = lines as [Line];
  if (second === undefined) {
    const label = `${first.path} = `;
    return [`${all} ${whereMet(only, first, label)}${missedAgain(only, first)}.`];
  }
  const point = pointWords(variations, smallest.point);
  const head = `${all} at ${passing.length} of ${counted(result.length, 'point')}; the first is ${point}.`;
  if (variations.length > 2 || lines.length > MOST_LINES) return [head];
  const each = lines.map((line) => {
    return `${valueWords(second.values[line.others[0] ?? 0])}: ${whereMet(line, first, '')}`;
  });
  return [head, `${first.path}, with ${second.path} = ${each.join('; ')}.`];
}

/** `from max = 30 on`, `from 30 to 50`, `at 10 and from 30 on`, `nowhere`. */
function whereMet({ stretches }: Line, { values, ascending }: Variation, label: string): string {
  const last = values.length - 1;
  const at = (place: number) => valueWords(values[place]);
  if (stretches.length === 0) return 'nowhere';
  if (!ascending) {
    const met = stretches.flatMap(({ from, to }) => values.slice(from, to + 1));
    return `with ${label}${listed(met.map(valueWords))}`;
  }
  const words = stretches.map(({ from, to }, i) => {
    const name = i === 0 ? label : '';
    if (from === 0 && to === last) return `from ${name}${at(0)} to ${at(last)}`;
    if (to === last && from < last) return `from ${name}${at(from)} on`;
    if (from === to) return `at ${name}${at(from)}`;
    return from === 0 ? `up to ${name}${at(to)}` : `from ${name}${at(from)} to ${at(to)}`;
  });
  return listed(words);
}

/** Where more is worse again: what a planner would not expect. */
function missedAgain({ stretches }: Line, { values, ascending }: Variation): string {
  const [stretch] = stretches;
  if (!ascending || stretches.length !== 1 || stretch === undefined) return '';
  if (stretch.to === values.length - 1) return '';
  const again = stretch.from > 0 ? ' again' : '';
  return `; at ${valueWords(values[stretch.to + 1])} they are missed${again}`;
}

function noneMet({ variations }: SweepPlan, result: SweepResult): string[] {
  const best = nearest(result);
  const head = 'No point meets all objectives';
  if (best?.measured == null) return [`${head}.`];
  const missed = best.measured.objectives.filter(({ met }) => !met).map(({ text }) => `"${text}"`);
  return [
    `${head}; nearest is ${pointWords(variations, best.point)}, which misses ${listed(missed)}.`,
  ];
}

function bestPoint({ variations }: SweepPlan, result: SweepResult, metric: SweepMetric): string[] {
  const seen = result.flatMap((point) => {
    const value = valueOf(point, metric);
    return value === null ? [] : [{ point, value: metric.best === 'low' ? value : -value }];
  });
  const [first, ...others] = seen;
  const none = 'The scenario has no objectives to judge the points by.';
  if (first === undefined) return [none];
  const { point } = others.reduce((a, b) => (b.value < a.value ? b : a), first);
  const [errors] = SWEEP_METRICS;
  const failing = metric.name === 'errors' ? '' : `, errors ${metricWords(point, errors)}`;
  const extreme = metric.best === 'low' ? 'Lowest' : 'Highest';
  return [
    `${extreme} ${metric.name}: ${metricWords(point, metric)} at ${pointWords(variations, point.point)}${failing}.`,
    none,
  ];
}

function brokenLines({ variations }: SweepPlan, result: SweepResult): string[] {
  const broken = result.filter(({ measured }) => measured === null);
  const [first] = broken;
  if (first === undefined) return [];
  const many = `${counted(broken.length, 'point')} could not be simulated to the end`;
  return [`${many}; ${pointWords(variations, first.point)}: ${first.brokeOff ?? ''}.`];
}
