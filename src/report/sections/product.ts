/** Real pools in their own words: what is simulated, what stands in their logs, what is assumed. */
import type { ProductMetric, ProductSummary } from '../../experiment/pool-result.ts';
import type { RunResult } from '../../experiment/result.ts';
import { findProfile } from '../../scenario/profiles.ts';
import { withUnit } from '../profile-words.ts';
import { type Report, section } from '../report.ts';
import { firstThatFits, wrap } from '../text.ts';
import { FAILURE_WORDS } from '../verdict/names.ts';
import { amount, count, counted, listed, milliseconds, NOTHING } from '../words.ts';

/** One line, in every report: products and versions, and how much of them there is to know. */
export function productLine({ result }: Pick<Report, 'result'>): string[] {
  const pools = productsOf(result);
  if (pools.length === 0) return [];
  const products = [
    ...new Set(pools.map(({ product }) => `${product.product} ${product.version}`)),
  ];
  const corrected = sum(pools, ({ product }) => product.startUp.length);
  const assumed = sum(pools, ({ product }) => product.assumed.length);
  const more = [
    ...(corrected === 0 ? [] : [counted(corrected, 'notice at its start', 'notices at its start')]),
    ...(assumed === 0 ? [] : [`${counted(assumed, 'switch', 'switches')} assumed`]),
  ];
  const line = `Pool: ${listed(products)}`;
  const names = [...new Set(pools.map(({ product }) => product.product))];
  return [
    firstThatFits([
      more.length === 0 ? line : `${line}; ${more.join(', ')} (--full)`,
      line,
      `Pools: ${listed(names)}`,
    ]),
  ];
}

/** Everything about them, a service after the other. */
export function productLines(report: Report): string[] {
  return productsOf(report.result).flatMap((pool, i) => [
    ...(i === 0 ? [] : ['']),
    ...aboutPool(report, pool),
  ]);
}

interface Pool {
  /** Whose it is, the beginning of a heading. */
  readonly of: string;
  readonly product: ProductSummary;
}

function productsOf({ services, pooler }: RunResult): Pool[] {
  const own = services.flatMap(({ name, product }) =>
    product === undefined ? [] : [{ of: `The pool of ${name}`, product }],
  );
  if (pooler === undefined) return own;
  return [...own, { of: 'Before the database', product: pooler.product }];
}

function sum(pools: readonly Pool[], of: (pool: Pool) => number): number {
  return pools.reduce((total, pool) => total + of(pool), 0);
}

function aboutPool(report: Report, { of, product }: Pool): string[] {
  const { style } = report;
  const head = wrap(`${of}: ${product.product} ${product.version}`);
  return [
    ...head.map((line) => style.bold(line)),
    ...hanging(`Read in: ${product.source}`),
    ...hanging(`Its settings: ${settingsWords(product)}`),
    ...product.startUp.flatMap(({ says }) => hanging(`At its start: ${says}`)),
    ...product.errors.flatMap(errorLines),
    ...product.assumed.flatMap(({ axis, assumed }) =>
      hanging(`Not documented: ${axis}. Assumed: ${assumed}`),
    ),
    ...metricLines(report, product),
  ];
}

function hanging(text: string): string[] {
  return wrap(text, 80, '  ');
}

/** Those that do something here, or that somebody has set. */
function settingsWords({ profile, settings }: ProductSummary): string {
  const known = findProfile(profile)?.settings ?? [];
  const shown = known.flatMap(({ name, unit, sets, words, default: byDefault }) => {
    const value = settings[name] ?? null;
    const isOfUse = sets !== null || words !== undefined || value !== byDefault;
    return value === null || !isOfUse ? [] : [`${name} ${withUnit(value, unit)}`];
  });
  return shown.length === 0 ? 'none' : shown.join(', ');
}

/** The text is not broken where it can be helped: people look for it. */
function errorLines({ reason, count: n, text }: ProductSummary['errors'][number]): string[] {
  const what = FAILURE_WORDS[reason] ?? reason;
  const head = `In its users' logs, ${counted(n, 'time')} (${what}):`;
  return [...wrap(head), ...wrap(text, 78).map((line) => `  ${line}`)];
}

function metricLines(report: Report, { product, metrics }: ProductSummary): string[] {
  const rows = metrics.map((metric) => [metric.name, metric.own ?? NOTHING, figure(metric)]);
  const columns = [
    { head: 'db.client.connection.…', whenLong: 'wrap' as const },
    { head: product, whenLong: 'wrap' as const },
    { head: 'over the run', align: 'right' as const },
  ];
  return section(report, columns, rows);
}

function figure({ value, unit }: ProductMetric): string {
  if (value === null) return NOTHING;
  if (unit === 'ms') return milliseconds(value);
  return unit === 'timeouts' ? count(value) : amount(value);
}
