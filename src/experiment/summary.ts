/** The totals of a run in the result's shape. */
import { MILLISECOND, SECOND } from '../engine/time.ts';
import { FAILURES } from '../model/request/failure.ts';
import { STAGES, type Stage } from '../model/request/stage.ts';
import { total } from '../model/meters/snapshot.ts';
import type { ServiceTimes } from '../model/meters/service-times.ts';
import type { Service } from '../model/service/service.ts';
import { ExactSum } from '../stats/exact-sum.ts';
import { Histogram } from '../stats/histogram.ts';
import type { PoolSummary, ProductSummary } from './pool-result.ts';
import type { Distribution, RequestCounts, ServiceSummary } from './result.ts';
import { rounded } from './rounding.ts';

export function requestCounts(services: readonly Service[]): RequestCounts {
  const arrived = sum(services, (s) => s.meters.arrived);
  const completed = sum(services, (s) => total(s.meters.completed));
  const failed = sum(services, (s) => total(s.meters.failed));
  const abandoned = sum(services, (s) => total(s.meters.abandoned));
  const inFlight = arrived - completed - failed - abandoned;
  return { arrived, completed, failed, abandoned, inFlight };
}

/** Reasons that did not occur are left out. */
export function failureCounts(services: readonly Service[]): Record<string, number> {
  const counts = FAILURES.map((reason, i) => {
    return [reason, sum(services, (s) => s.meters.failures[i] as number)] as const;
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

export function distribution(histograms: readonly Histogram[]): Distribution {
  const all = new Histogram();
  for (const histogram of histograms) all.addHistogram(histogram);
  const ms = (ns: number | null) => (ns === null ? null : rounded(ns / MILLISECOND));
  return {
    count: all.count,
    meanMs: ms(all.mean),
    p50Ms: ms(all.quantile(0.5)),
    p90Ms: ms(all.quantile(0.9)),
    p95Ms: ms(all.quantile(0.95)),
    p99Ms: ms(all.quantile(0.99)),
    p999Ms: ms(all.quantile(0.999)),
    maxMs: all.count === 0 ? null : ms(all.max),
  };
}

/** @param maxAtStart configured connections of these services' fleets when the run started; Infinity: no limit */
export function poolSummary(
  services: readonly Service[],
  maxAtStart: number,
  now: number,
): PoolSummary {
  const owned = sum(services, (s) => s.pool.owned.totalIntegral(now));
  const configured = sum(services, (s) => s.configured.totalIntegral(now));
  const hasLimit = services.every((s) => s.unlimited.totalIntegral(now) === 0);
  return {
    max: maxAtStart === Infinity ? null : maxAtStart,
    utilisation: hasLimit ? rounded(owned / configured) : null,
    peakPending: sum(services, (s) => s.pool.peakPending),
    timeouts: sum(services, (s) => s.pool.timeouts),
    opened: sum(services, (s) => s.pool.opened),
    closed: sum(services, (s) => s.pool.closed),
  };
}

/** Mean time of completed requests in each stage, ms; zero when nothing completed. */
export function ledgerMeans(times: readonly ServiceTimes[]): Record<Stage, number> {
  const completed = Math.max(
    1,
    times.reduce((sum, { response }) => sum + response.count, 0),
  );
  const means = STAGES.map((stage, i) => {
    const time = new ExactSum();
    for (const { ledger } of times) time.addSum(ledger[i] as ExactSum);
    return [stage, rounded(time.value / completed / MILLISECOND)] as const;
  });
  return Object.fromEntries(means) as Record<Stage, number>;
}

export function serviceSummary(
  {
    service,
    times,
    now,
  }: { readonly service: Service; readonly times: ServiceTimes; readonly now: number },
  { maxAtStart, isOnly }: { readonly maxAtStart: number; readonly isOnly: boolean },
  product: ProductSummary | null,
): ServiceSummary {
  return {
    name: service.name,
    instances: service.settings.instances,
    requests: requestCounts([service]),
    failures: failureCounts([service]),
    response: distribution([times.response]),
    acquireWait: distribution([times.acquireWait]),
    ...(isOnly ? {} : { use: distribution([times.use]) }),
    pool: poolSummary([service], maxAtStart, now),
    ...(product === null ? {} : { product }),
  };
}

export function goodput(services: readonly Service[], durationNs: number): number {
  const completed = sum(services, (s) => total(s.meters.completed));
  return rounded(completed / (durationNs / SECOND));
}

export function wastedWork(services: readonly Service[]) {
  const time = new ExactSum();
  for (const { meters } of services) time.addSum(meters.wastedTime);
  const attempts = sum(services, (s) => s.meters.wastedAttempts);
  return { attempts, ms: rounded(time.value / MILLISECOND) };
}

function sum(services: readonly Service[], read: (service: Service) => number): number {
  return services.reduce((total, service) => total + read(service), 0);
}
