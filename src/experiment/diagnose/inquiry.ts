/** What is simulated for a diagnosis once its stretch is known: counterfactuals first, as they take longest. */
import { SECOND } from '../../engine/time.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { RunResult } from '../result.ts';
import { changesOf, expectedRequests, settingsInForce } from '../settings-history.ts';
import { memoryNs } from '../what-if.ts';
import { type Counterfactual, counterfactualsOf } from './counterfactuals.ts';
import type { ExcerptInput, Span } from './excerpt.ts';
import {
  excerptsOf,
  type LeverPlan,
  type LeverSize,
  mayRestart,
  planLevers,
} from './lever-plan.ts';
import { type Lever, leversOf, type Variant } from './levers.ts';
import { busiestService } from './run-evidence.ts';
import type { StretchReading } from './stretch-reading.ts';

/** The run, and what it shows of the stretch. */
export interface Seen {
  readonly result: RunResult;
  readonly stretch: Span;
  readonly reading: StretchReading;
  /** When all was well; null: at no time before it. */
  readonly usual: StretchReading | null;
  /** Before the last restart that came before; null: there was none. */
  readonly beforeDeploy: StretchReading | null;
}

export interface Inquiry {
  readonly plan: LeverPlan;
  readonly trials: readonly { readonly lever: Lever; readonly variant: Variant }[];
  readonly counterfactuals: readonly Counterfactual[];
  /** Counterfactuals without room in the budget. */
  readonly leftOut: number;
  /** Runs of each counterfactual. */
  readonly runs: number;
  /** Of the counterfactuals, run by run; of the runs as they were, from the second one on; of the windows. */
  readonly inputs: readonly ExcerptInput[];
  readonly requests: number;
}

/** Runs of each counterfactual, where they are short; fewer than the least are one. */
const RUNS = { most: 8, least: 5 };
/** Of how many services levers are tried. */
const MOST_SERVICES = 3;

export function planInquiry(
  scenario: Scenario,
  seen: Seen,
  budget: number,
  size: LeverSize,
): Inquiry {
  const { result, stretch, reading } = seen;
  const { seed } = scenario;
  const settings = settingsInForce(scenario, stretch.fromNs);
  const plan = planLevers(scenario, stretch, memoryNs(scenario.system, result.use), size);
  const trials = leversOf(scenario, settings, servicesOf(reading)).flatMap((lever) =>
    lever.variants
      .filter(({ change }) => change !== 'restart' || mayRestart(plan))
      .map((variant) => ({ lever, variant })),
  );
  const wholeRun = Math.max(1, expectedRequests(scenario));
  const all = counterfactualsFor(scenario, seen);
  const room = Math.floor(budget / wholeRun);
  const counterfactuals = all.slice(0, room);
  const each = Math.floor(budget / wholeRun / (counterfactuals.length + 1));
  const runs = each < RUNS.least ? 1 : Math.min(RUNS.most, each);
  const whole = { startNs: 0, stretches: [{ fromNs: 0, toNs: scenario.durationNs }] };
  const other = { ...whole, mayBreakOff: true } as const;
  const inputs = [
    ...counterfactuals.flatMap(({ settings: then, changes }) =>
      numbered(runs).map((i) => ({ ...other, settings: then, changes, seed: repSeed(seed, i) })),
    ),
    ...(runs === 1 || counterfactuals.length === 0
      ? []
      : numbered(runs).map((i) => ({
          ...whole,
          settings: scenario.system,
          changes: changesOf(scenario),
          seed: repSeed(seed, i),
        }))),
    ...excerptsOf(plan, seed, null),
    ...trials.flatMap(({ variant }) => excerptsOf(plan, seed, variant)),
  ];
  const wholeRuns = runs === 1 ? counterfactuals.length : (counterfactuals.length + 1) * runs;
  const requests = wholeRuns * wholeRun + (1 + trials.length) * plan.requests;
  return {
    ...{ plan, trials, counterfactuals, runs, inputs, requests },
    leftOut: all.length - counterfactuals.length,
  };
}

function counterfactualsFor(scenario: Scenario, { result, reading }: Seen): Counterfactual[] {
  const { onset } = result.bottleneck;
  if (onset === null) return [];
  const name = onset.instance.slice(0, onset.instance.lastIndexOf('/'));
  const index = scenario.system.services.findIndex((service) => service.name === name);
  const busiest = reading.services.findIndex((service) => service === busiestService(reading));
  const service = index < 0 ? busiest : index;
  return counterfactualsOf(scenario, result, onset.afterSeconds * SECOND, service);
}

/** Those in which most requests wait. */
function servicesOf(reading: StretchReading): number[] {
  const waiting = reading.services.map(({ instances }) =>
    instances.reduce((sum, { pending }) => sum + pending, 0),
  );
  const order = waiting.map((_, i) => i).sort((a, b) => (waiting[b] ?? 0) - (waiting[a] ?? 0));
  return order.slice(0, MOST_SERVICES).sort((a, b) => a - b);
}

function numbered(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i + 1);
}

/** The random numbers of a run's replication. */
function repSeed(seed: string, i: number): string {
  return `${seed}/rep-${String(i)}`;
}
