/** What a run says of a real pool in the product's own words: settings, errors, metrics, assumptions. */
import { MILLISECOND } from '../engine/time.ts';
import type { ServiceTimes } from '../model/meters/service-times.ts';
import type { PoolBooks } from '../model/pool/books.ts';
import { DENIALS } from '../model/request/denial.ts';
import { FAILURES } from '../model/request/failure.ts';
import type { Service } from '../model/service/service.ts';
import { formatDuration } from '../scenario/duration.ts';
import { type ProductPool, productPools } from '../scenario/product-pools.ts';
import {
  effectiveValues,
  type NativeValues,
  type NeutralMetric,
  type Profile,
  startUpNotices,
} from '../scenario/profiles.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { errorText, type PoolMoment } from './error-texts.ts';
import type { ProductMetric, ProductSummary } from './pool-result.ts';
import { rounded, roundedOrNull } from './rounding.ts';
import type { SeriesRow } from './series.ts';
import { settingsInForce } from './settings-history.ts';

/** A service whose run has ended. */
interface Ended {
  readonly service: Service;
  readonly times: ServiceTimes;
  readonly now: number;
  readonly rows: readonly SeriesRow[];
  /** When its pool filled; 0: it never did for long. */
  readonly filledNs: number;
}

/** null for the generic pool, which is no product. */
export function productSummary(scenario: Scenario, ended: Ended): ProductSummary | null {
  const { name } = ended.service;
  const pool = productPools(scenario.document).find(({ service }) => service === name);
  if (pool === undefined) return null;
  return {
    ...describe(pool),
    errors: errorsOf(scenario, pool, ended),
    metrics: metricsOf(pool.product, metersOf(scenario, ended)),
  };
}

/** What a product is, and what its settings are. */
export function describe({
  product,
  values,
}: ProductPool): Omit<ProductSummary, 'errors' | 'metrics'> {
  const { id, version, source, undocumented } = product;
  return {
    profile: id,
    product: product.product,
    version,
    source,
    settings: nativeSettings(product, effectiveValues(product, values)),
    startUp: startUpNotices(product, values).map(({ settings, says }) => ({ settings, says })),
    assumed: undocumented,
  };
}

/** As somebody would write them; null: not set, or without a limit. */
function nativeSettings({ settings }: Profile, values: NativeValues): ProductSummary['settings'] {
  const entries = settings.map(({ name, unit }) => {
    const value = values[name] ?? null;
    if (typeof value !== 'number') return [name, value] as const;
    if (!Number.isFinite(value)) return [name, null] as const;
    return [name, unit === 'duration' && value > 0 ? formatDuration(value) : value] as const;
  });
  return Object.fromEntries(entries) as ProductSummary['settings'];
}

function errorsOf(
  scenario: Scenario,
  { product: profile, values }: ProductPool,
  { service, rows, filledNs }: Ended,
): ProductSummary['errors'] {
  const inForce = settingsInForce(scenario, filledNs).services.find((s) => s.name === service.name);
  const pool = (inForce ?? service.settings).pool;
  const isAlone = scenario.system.services.length === 1;
  const moment = isAlone ? worstMoment(rows, (inForce ?? service.settings).instances) : null;
  const context = { profile, values: effectiveValues(profile, values), pool, moment };
  const errors: { reason: string; count: number; text: string }[] = [];
  for (const [i, { name, reason }] of DENIALS.entries()) {
    const count = service.meters.denials[i] as number;
    const text = count === 0 ? null : errorText(name, context);
    if (text === null) continue;
    const same = errors.find((error) => error.reason === FAILURES[reason] && error.text === text);
    if (same === undefined) errors.push({ reason: FAILURES[reason], count, text });
    else same.count += count;
  }
  return errors;
}

/** Of one instance, in the window in which most requests failed: means, made whole. */
function worstMoment(rows: readonly SeriesRow[], instances: number): PoolMoment | null {
  const [first, ...rest] = rows;
  if (first === undefined) return null;
  const { used, idle, pending } = rest.reduce((a, b) => (b.failed > a.failed ? b : a), first);
  const [each, free, waiting] = [used, idle, pending].map((x) => Math.round(x / instances));
  return { used: each ?? 0, idle: free ?? 0, pending: waiting ?? 0 };
}

/** Connections that the whole fleet may have when the run starts; Infinity: any number. */
function mostAtStart({ system }: Scenario, name: string): number {
  const service = system.services.find((s) => s.name === name);
  return service === undefined ? 0 : service.instances * service.pool.max;
}

/** What the figures of a pool are taken from. */
interface PoolMeters {
  readonly pool: PoolBooks;
  readonly now: number;
  /** Connections that it may have when the run starts; Infinity: any number. */
  readonly most: number;
  /** Means, ns; null: nothing was measured. */
  readonly openingNs: number | null;
  readonly waitNs: number | null;
  readonly useNs: number | null;
}

function metersOf(scenario: Scenario, { service, times, now }: Ended): PoolMeters {
  return {
    pool: service.pool,
    now,
    most: mostAtStart(scenario, service.name),
    openingNs: times.opening.mean,
    waitNs: times.acquireWait.mean,
    useNs: times.use.mean,
  };
}

/** The figures that OpenTelemetry names, and what the product calls them. */
export function metricsOf(
  { metrics }: Profile,
  { pool, now, most, openingNs, waitNs, useNs }: PoolMeters,
): ProductMetric[] {
  const mean = (...meters: readonly { totalIntegral: (now: number) => number }[]) =>
    meters.reduce((sum, meter) => sum + meter.totalIntegral(now), 0) / now;
  const used = mean(pool.owned) - mean(pool.ownedOpening);
  const ms = (ns: number | null) => roundedOrNull(ns === null ? null : ns / MILLISECOND);
  const busy = used + mean(pool.opening, pool.between);
  const metric = (name: NeutralMetric, unit: ProductMetric['unit'], value: number | null) => ({
    name,
    own: metrics[name] ?? null,
    unit,
    value,
  });
  return [
    metric('count.used', 'connections', rounded(used)),
    metric('count.idle', 'connections', rounded(Math.max(0, mean(pool.open) - busy))),
    metric('max', 'connections', most === Infinity ? null : most),
    metric('pending_requests', 'requests', rounded(mean(pool.pending))),
    metric('timeouts', 'timeouts', pool.timeouts),
    metric('create_time', 'ms', ms(openingNs)),
    metric('wait_time', 'ms', ms(waitNs)),
    metric('use_time', 'ms', ms(useNs)),
  ];
}
