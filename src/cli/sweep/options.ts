// The options of `tidemark sweep`.

import { gridSize, type Variation } from '../../experiment/sweep/grid.ts';
import { SWEEP_METRICS, type SweepMetric } from '../../report/sweep/metrics.ts';
import { didYouMean } from '../../scenario/near-miss.ts';
import { mostValues, readValues } from '../../scenario/value-range.ts';
import { checkCount } from '../count.ts';
import type { RawQuestionOptions } from '../question/options.ts';
import { notEmpty } from '../settings.ts';

/** As commander hands them over. */
export interface RawSweepOptions extends RawQuestionOptions {
  readonly vary?: readonly string[];
  readonly metric?: string;
  readonly replications?: string;
  readonly withTimeline?: true;
  readonly csv?: true;
  readonly progress?: string;
}

interface SweepOptions {
  readonly variations: readonly Variation[];
  readonly metric: SweepMetric | null;
  readonly replications: number;
  readonly withTimeline: boolean;
  readonly csv: boolean;
  /** The file of finished points. */
  readonly progress: string | undefined;
}

const mostReplications = 1000;
/** More points than this nobody waits for. */
const mostPoints = mostValues;

/** What is wrong is added to the faults. */
export function checkSweepOptions(raw: RawSweepOptions, faults: string[]): SweepOptions {
  if (raw.csv === true && raw.json === true) faults.push('--csv and --json: choose one of them');
  const { replications } = raw;
  return {
    variations: checkVariations(raw.vary ?? [], faults),
    metric: checkMetric(raw.metric, faults),
    replications: checkCount('--replications', replications, mostReplications, faults) ?? 1,
    withTimeline: raw.withTimeline === true,
    csv: raw.csv === true,
    progress: notEmpty('--progress', raw.progress, faults),
  };
}

function checkVariations(texts: readonly string[], faults: string[]): Variation[] {
  if (texts.length === 0) {
    faults.push('--vary is missing: say what to vary, such as --vary service.pool.max=5..50:5');
  }
  const variations = texts.flatMap((text) => checkVariation(text, faults));
  const size = gridSize(variations);
  if (size > mostPoints) {
    const product = variations.map(({ values }) => values.length).join(' × ');
    faults.push(
      `--vary: ${product} = ${size.toLocaleString('en')} points are too many; ` +
        `at most ${mostPoints.toLocaleString('en')} can be`,
    );
  }
  return variations;
}

function checkVariation(text: string, faults: string[]): Variation[] {
  const at = text.indexOf('=');
  if (at <= 0) {
    faults.push(`--vary ${text}: write path=values, for example --vary service.pool.max=5..50:5`);
    return [];
  }
  const path = text.slice(0, at).trim();
  const values = readValues(text.slice(at + 1).trim());
  if (values.ok) return [{ path, ...values.value }];
  const hint = values.code === 'one-value' ? `; --set ${text} sets it for all points` : '';
  faults.push(`--vary ${path}: ${values.message}${hint}`);
  return [];
}

/** `response-p99` is `response p99` without quotes. */
function checkMetric(text: string | undefined, faults: string[]): SweepMetric | null {
  if (text === undefined) return null;
  const name = text.trim().replaceAll(/[-_\s]+/g, ' ');
  const metric = SWEEP_METRICS.find((each) => each.name === name);
  if (metric !== undefined) return metric;
  const names = SWEEP_METRICS.map((each) => each.name);
  const near = didYouMean(name, names);
  faults.push(
    `--metric ${text}: unknown${near === '' ? `; there are: ${names.join(', ')}` : near}`,
  );
  return null;
}
