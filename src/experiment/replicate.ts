/**
 * Independent replications of a scenario: the same run with other random numbers. Replication i of every
 * setting has the same ones, so that two settings differ by what they are and not by chance.
 */
import type { Scenario } from '../scenario/scenario.ts';
import { acrossOf, type Figures, figuresOf } from './across.ts';
import { judgePrecision } from './precision.ts';
import type { Certificate, RunResult } from './result.ts';
import { type Progress, type RunOptions, simulate } from './run.ts';

/** Replications of a round. Whether to go on is decided between rounds only, however they are carried out. */
const ROUND = 10;
/**
 * Rounds in a row after which the precision must be there. A first interval that is narrow may be so by
 * chance, and stopping at it picks those: 93 of 100 would hold the truth, not 95.
 */
const ROUNDS_IN_A_ROW = 2;

/** How many replications: a number, or as many as a precision takes, but not more than `most`. */
export type Replications =
  | { readonly kind: 'fixed'; readonly count: number }
  | { readonly kind: 'precise'; readonly precision: number; readonly most: number };

/**
 * Simulates replications; yields now and then. The result is that of the first one, with figures over
 * all of them when there are several. Memory holds one run and a few numbers of each replication.
 * @throws SimulationLimit when a replication breaks off
 */
export function* replicate(
  scenario: Scenario,
  replications: Replications,
  options: Omit<RunOptions, 'replication'> = {},
): Generator<Progress, RunResult, undefined> {
  const { seed, maxInFlight } = options;
  const silent = {
    ...(seed === undefined ? {} : { seed }),
    ...(maxInFlight === undefined ? {} : { maxInFlight }),
  };
  let planned = nextRound(replications, 0);
  const first = yield* numbered(simulate(scenario, options), 1, planned);
  const figures: Figures[] = [figuresOf(first)];
  let { certificate } = first;
  let roundsPrecise = 0;
  while (figures.length < planned) {
    const number = figures.length + 1;
    const run = simulate(scenario, { ...silent, replication: number });
    const result = yield* numbered(run, number, planned);
    figures.push(figuresOf(result));
    if (!result.certificate.holds) certificate = result.certificate;
    if (figures.length < planned) continue;
    roundsPrecise = isPrecise(figures, replications) ? roundsPrecise + 1 : 0;
    if (roundsPrecise < ROUNDS_IN_A_ROW) planned = nextRound(replications, planned);
  }
  return over(first, certificate, figures, replications);
}

/** Replications in all at the end of the next round. */
function nextRound(replications: Replications, done: number): number {
  if (replications.kind === 'fixed') return replications.count;
  return Math.min(done + ROUND, replications.most);
}

function isPrecise(figures: readonly Figures[], replications: Replications): boolean {
  if (replications.kind === 'fixed') return true;
  return judgePrecision(figures, replications.precision).reached;
}

function over(
  first: RunResult,
  certificate: Certificate,
  figures: readonly Figures[],
  replications: Replications,
): RunResult {
  if (figures.length === 1) return first;
  const precision =
    replications.kind === 'fixed'
      ? {}
      : { precision: judgePrecision(figures, replications.precision) };
  return {
    ...first,
    replications: figures.length,
    certificate,
    across: acrossOf(figures),
    ...precision,
  };
}

/** The same run, with progress over all replications that are planned. */
function* numbered(
  run: Generator<Progress, RunResult, undefined>,
  number: number,
  of: number,
): Generator<Progress, RunResult, undefined> {
  for (;;) {
    const step = run.next();
    if (step.done === true) return step.value;
    const { simulatedNs, durationNs, requests, totalRequests } = step.value;
    if (of === 1) yield step.value;
    else
      yield {
        simulatedNs: (number - 1) * durationNs + simulatedNs,
        durationNs: of * durationNs,
        requests: Math.round((number - 1) * totalRequests) + requests,
        totalRequests: of * totalRequests,
        replication: { number, of },
      };
  }
}
