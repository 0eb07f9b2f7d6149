/**
 * Alerts, evaluated as Prometheus does (rules/alerting.go): at each evaluation, every `every`, the
 * condition is looked at over the last `over`. When it holds the alert becomes pending and keeps that
 * instant; it fires at the first evaluation at which it has been pending for `for`; when the condition
 * does not hold, pending or firing ends at once.
 */
import { EventSource, type Simulation } from '../../engine/simulation.ts';
import { RANK } from '../schedule/ranks.ts';
import type { System } from '../system.ts';
import { holds } from '../meters/stretch.ts';
import { Probe } from './probe.ts';
import type { AlertSettings } from './settings.ts';

/** A time at which an alert fired. */
export interface Firing {
  readonly rule: AlertSettings;
  /** `service/3`; null for the fleet. */
  readonly instance: string | null;
  readonly firedAtNs: number;
  /** null: it still fires. */
  resolvedAtNs: number | null;
}

/** One rule on one subject. */
interface Watch {
  readonly probe: Probe;
  readonly instance: string | null;
  pendingSince: number | null;
  firing: Firing | null;
}

export class AlertRule {
  private readonly rule: AlertSettings;
  private readonly simulation: Simulation;
  private readonly watches: readonly Watch[];
  private readonly source: EventSource;
  private readonly firings: Firing[];

  /** @param firings where firings are written, in order of time */
  constructor(rule: AlertSettings, system: System, firings: Firing[]) {
    this.rule = rule;
    this.simulation = system.simulation;
    this.firings = firings;
    this.watches = subjectsOf(rule, system).map(({ instance, probe }) => ({
      probe,
      instance,
      pendingSince: null,
      firing: null,
    }));
    this.source = new EventSource(this.simulation, RANK.control, () => {
      this.tick();
    });
    this.simulation.schedule(this.source, Math.min(rule.everyNs, firstSample(rule)));
  }

  private tick(): void {
    const { now } = this.simulation;
    const { everyNs } = this.rule;
    for (const watch of this.watches) watch.probe.sample(now);
    if (now % everyNs === 0) for (const watch of this.watches) this.evaluate(watch, now);
    this.simulation.schedule(this.source, nextTick(this.rule, now));
  }

  private evaluate(watch: Watch, now: number): void {
    const { rule } = this;
    if (!holds(rule.condition, watch.probe.valueOver(rule.overNs, now))) {
      watch.pendingSince = null;
      if (watch.firing !== null) watch.firing.resolvedAtNs = now;
      watch.firing = null;
      return;
    }
    watch.pendingSince ??= now;
    if (watch.firing !== null || now - watch.pendingSince < rule.forNs) return;
    watch.firing = { rule, instance: watch.instance, firedAtNs: now, resolvedAtNs: null };
    this.firings.push(watch.firing);
  }
}

/**
 * Evaluations are at multiples of `every`; where `over` is no multiple of it, readings are also taken at
 * the instants at which a later evaluation's stretch begins.
 */
function nextTick(rule: AlertSettings, now: number): number {
  const { everyNs } = rule;
  const evaluation = (Math.floor(now / everyNs) + 1) * everyNs;
  const phase = firstSample(rule);
  const sample = (Math.floor((now - phase) / everyNs) + 1) * everyNs + phase;
  return Math.min(evaluation, sample);
}

/** The first instant at which the stretch of some evaluation begins. */
function firstSample(rule: AlertSettings): number {
  const rest = rule.overNs % rule.everyNs;
  return rest === 0 ? rule.everyNs : rule.everyNs - rest;
}

function subjectsOf(rule: AlertSettings, system: System) {
  const { metric } = rule.condition;
  if (rule.per === 'fleet') return [{ instance: null, probe: new Probe(system, metric, null) }];
  return system.services.flatMap((service) =>
    Array.from({ length: service.capacity }, (_, i) => ({
      instance: `${service.name}/${String(i)}`,
      probe: new Probe(system, metric, { service, instance: i }),
    })),
  );
}
