/**
 * A what-if: the run as it was until some minutes into the overload, so that the backlog stands; then a
 * change; then, when it has settled, a measurement. Always on the same requests, and as short as what the
 * system remembers allows: a backlog in which nobody waits longer than some seconds stands after some of
 * them, and a minute of it tells the change nothing more.
 */
import { MILLISECOND, MINUTE, SECOND } from '../engine/time.ts';
import type { Snapshot } from '../model/meters/snapshot.ts';
import { errorShare, quantileNs } from '../model/meters/stretch.ts';
import { CONTENTION } from '../model/request/stage.ts';
import type { SystemSettings } from '../model/settings.ts';
import { MOST_IN_FLIGHT, System } from '../model/system.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { laterSettings } from './later-clock.ts';
import type { Distribution } from './result.ts';
import { rounded, roundedOrNull } from './rounding.ts';

/** The instants of a what-if, ns after the start of the scenario's run. */
export interface WhatIfPlan {
  readonly fromNs: number;
  readonly changeNs: number;
  readonly measureNs: number;
  readonly toNs: number;
  /** Seed of the run that is questioned. */
  readonly seed: string;
}

export interface WhatIfFigures {
  readonly errors: number | null;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly contentionShare: number;
}

const LEAD_IN = MINUTE;
const BUILD_UP = 2 * MINUTE;
const SETTLE = 30 * SECOND;
const MEASURE = 2 * MINUTE;
/** A system has forgotten how it began after so many of its longest ordinary responses. */
const FORGETS = 4;

/**
 * How long before the change a what-if has to begin for its backlog to be what it would be anyway: as long
 * as it takes to forget the start. Infinity where retries or users carry the past on, or nothing bounds it.
 * @param use how long connections were out in the run that is questioned
 */
export function memoryNs({ services }: SystemSettings, use: Distribution): number {
  const carriesOn = services.some(
    ({ client, traffic, concurrency }) =>
      client.retryAttempts > 0 || traffic.users !== null || concurrency < Infinity,
  );
  if (carriesOn || use.p999Ms === null) return Infinity;
  const wait = services.reduce((sum, { pool }) => sum + pool.acquireTimeoutNs, 0);
  return FORGETS * (wait + use.p999Ms * MILLISECOND);
}

/**
 * From a minute before the onset, or as late as memory allows; the change two minutes after the onset;
 * measured for two minutes when half a minute has passed. In shorter runs in proportion; null when less
 * than a second would be left.
 * @param memory ns; see `memoryNs`
 */
export function planWhatIf(
  scenario: Scenario,
  onsetNs: number,
  seed: string,
  memory: number,
): WhatIfPlan | null {
  const left = scenario.durationNs - onsetNs;
  const scale = Math.min(1, left / (BUILD_UP + SETTLE + MEASURE));
  if (!(left > SECOND)) return null;
  const changeNs = Math.round(onsetNs + BUILD_UP * scale);
  const measureNs = Math.round(changeNs + SETTLE * scale);
  return {
    fromNs: Math.round(Math.max(0, onsetNs - LEAD_IN * Math.max(scale, 0.1), changeNs - memory)),
    changeNs,
    measureNs,
    seed,
    toNs: Math.min(scenario.durationNs, Math.round(measureNs + MEASURE * scale)),
  };
}

/**
 * Runs a what-if.
 * @param before settings from its start on
 * @param after settings from the change on; null: nothing changes
 */
export function whatIf(
  plan: WhatIfPlan,
  before: SystemSettings,
  after: SystemSettings | null,
): WhatIfFigures {
  const change =
    after === null
      ? []
      : [
          {
            kind: 'set' as const,
            atNs: plan.changeNs - plan.fromNs,
            settings: laterSettings(after, plan.fromNs),
          },
        ];
  const system = new System({
    settings: laterSettings(before, plan.fromNs),
    changes: change,
    alerts: [],
    seed: `${plan.seed}/what-if`,
    mostInFlight: MOST_IN_FLIGHT,
    log: null,
  });
  system.runUntil(plan.measureNs - plan.fromNs);
  const from = readFigures(system);
  system.runUntil(plan.toNs - plan.fromNs);
  return figuresBetween(from, readFigures(system));
}

interface Figures {
  readonly snapshot: Snapshot;
  readonly contention: number;
}

function readFigures(system: System): Figures {
  const contention = system.services.reduce(
    (sum, { meters }) => sum + (meters.ledger[CONTENTION]?.value ?? 0),
    0,
  );
  return { snapshot: system.snapshot(), contention };
}

function figuresBetween(from: Figures, to: Figures): WhatIfFigures {
  const ms = (p: number) => {
    const ns = quantileNs(from.snapshot, to.snapshot, 'response', p);
    return roundedOrNull(ns === null ? null : ns / MILLISECOND);
  };
  const held = to.snapshot.distributions.use.total - from.snapshot.distributions.use.total;
  return {
    errors: roundedOrNull(errorShare(from.snapshot, to.snapshot)),
    p50Ms: ms(0.5),
    p99Ms: ms(0.99),
    contentionShare: held === 0 ? 0 : rounded((to.contention - from.contention) / held),
  };
}
