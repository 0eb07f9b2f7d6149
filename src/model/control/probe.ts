/** Readings of one metric that an alert rule keeps, for the fleet or one instance. */
import { SECOND } from '../../engine/time.ts';
import type { Snapshot } from '../meters/snapshot.ts';
import { metricValue } from '../meters/stretch.ts';
import type { Service } from '../service/service.ts';
import type { System } from '../system.ts';
import type { Metric } from './settings.ts';

/** One instance of a service. */
interface Subject {
  readonly service: Service;
  readonly instance: number;
}

/** A metric that is one cumulative number divided by another. */
interface RatioReading {
  readonly atNs: number;
  readonly numerator: number;
  readonly denominator: number;
  /** Grows for as long as the metric has no meaning. */
  readonly meaningless?: number;
}

type Reading = Snapshot | RatioReading;

export class Probe {
  private readonly system: System;
  private readonly metric: Metric;
  private readonly subject: Subject | null;
  /** In order of time; the first one is the oldest that is still needed. */
  private readings: Reading[];

  constructor(system: System, metric: Metric, subject: Subject | null) {
    this.system = system;
    this.metric = metric;
    this.subject = subject;
    this.readings = [this.read(0)];
  }

  sample(now: number): void {
    this.readings.push(this.read(now));
  }

  /** The metric over the last `over` ns (over what there is of the run, if that is less). */
  valueOver(over: number, now: number): number | null {
    const start = now - over;
    const keepFrom = this.readings.findLastIndex((reading) => reading.atNs <= start);
    if (keepFrom > 0) this.readings = this.readings.slice(keepFrom);
    const from = this.readings[0] as Reading;
    const to = this.readings.at(-1) as Reading;
    if ('arrived' in from && 'arrived' in to) return metricValue(this.metric, from, to);
    return ratioBetween(from as RatioReading, to as RatioReading);
  }

  private read(now: number): Reading {
    if (this.subject === null) return this.system.snapshot();
    return { atNs: now, ...readInstance(this.metric, this.subject, now) };
  }
}

function ratioBetween(from: RatioReading, to: RatioReading): number | null {
  if ((to.meaningless ?? 0) > (from.meaningless ?? 0)) return null;
  const denominator = to.denominator - from.denominator;
  return denominator > 0 ? (to.numerator - from.numerator) / denominator : null;
}

function readInstance(metric: Metric, { service, instance: i }: Subject, now: number) {
  const { meters, pool } = service;
  switch (metric.kind) {
    case 'errors': {
      const bad = (meters.failed[i] as number) + (meters.abandoned[i] as number);
      return { numerator: bad, denominator: bad + (meters.completed[i] as number) };
    }
    case 'pool-utilisation':
      return {
        numerator: pool.owned.integral(i, now),
        denominator: service.configured.integral(i, now),
        meaningless: service.unlimited.integral(i, now),
      };
    case 'pool-pending':
      return { numerator: pool.pending.integral(i, now), denominator: now };
    case 'goodput':
      return { numerator: (meters.completed[i] as number) * SECOND, denominator: now };
    case 'percentile':
    case 'mean':
    case 'database-utilisation':
    case 'arrival-rate':
      throw new Error(`bug: the metric ${metric.kind} has no reading per instance`);
  }
}
