/** What a comparison keeps of a run: a few numbers, however long it was. */
import { SimulationLimit } from '../../model/simulation-limit.ts';
import { errorShareOf, figuresOf } from '../across.ts';
import type { ObjectiveResult, RunResult } from '../result.ts';
import { type RunInput, runOnce } from '../run-once.ts';

export interface Observed {
  /** By their place in the result, in order of weight; null where nothing was observed. */
  readonly figures: Readonly<Record<string, number | null>>;
  readonly objectives: readonly Pick<ObjectiveResult, 'text' | 'value' | 'met'>[];
}

export interface ObserveInput extends RunInput {
  /** How messages call the scenario. */
  readonly side: string;
}

/** One run. What breaks off says which side it was. */
export function* observe({ side, ...input }: ObserveInput): Generator<number, Observed, undefined> {
  return observedOf(yield* runOfSide(input, side));
}

/** A run whose breaking off says which side it was. */
export function* runOfSide(input: RunInput, side: string): Generator<number, RunResult, undefined> {
  try {
    return yield* runOnce(input);
  } catch (error) {
    if (!(error instanceof SimulationLimit)) throw error;
    throw new SimulationLimit(error.code, error.atNs, `${side}: ${error.message}`);
  }
}

/** The figures of a run that two settings are compared by. */
export function observedOf(result: RunResult): Observed {
  const figures = figuresOf(result);
  const objectives = result.objectives.map(({ text, value, met }) => ({ text, value, met }));
  return {
    figures: {
      errors: figures.errors,
      'response.p99Ms': figures['response.p99Ms'],
      'response.p50Ms': figures['response.p50Ms'],
      'response.meanMs': figures['response.meanMs'],
      'acquireWait.p99Ms': figures['acquireWait.p99Ms'],
      'acquireWait.meanMs': figures['acquireWait.meanMs'],
      ...poolerFigures(result),
      'goodput.perSecond': figures['goodput.perSecond'],
      'pool.utilisation': figures['pool.utilisation'],
      'pool.peakPending': figures['pool.peakPending'],
      'database.utilisation': figures['database.utilisation'],
      ...serviceFigures(result),
    },
    objectives,
  };
}

function poolerFigures({ pooler }: RunResult): Observed['figures'] {
  if (pooler === undefined) return {};
  return { 'pooler.wait.p99Ms': pooler.wait.p99Ms, 'pooler.wait.meanMs': pooler.wait.meanMs };
}

/** Of several services each, as one may gain what another loses. */
function serviceFigures({ services }: RunResult): Observed['figures'] {
  if (services.length === 1) return {};
  const entries = services.flatMap(({ name, requests, response }) => [
    [`services.${name}.errors`, errorShareOf(requests)] as const,
    [`services.${name}.response.p99Ms`, response.p99Ms] as const,
  ]);
  return Object.fromEntries(entries);
}
