/** Wait against rate: simulated, and by theory where it has a formula. */
import type { SystemSettings } from '../../model/settings.ts';
import { ask, type Question } from '../question.ts';
import { rounded, roundedOrNull } from '../rounding.ts';
import { scaledSystem } from '../scaled-traffic.ts';
import { ratePerSecond, type SteadyFigures } from '../steady/steady-run.ts';
import type { CurvePoint } from './answer.ts';
import { waitInTheory } from './theory.ts';

/** Rates at which the wait is looked at, as shares of what can be served. */
const SHARES = [
  0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.84,
  0.88, 0.91, 0.94, 0.96, 0.98,
];
/** Requests at each of them. */
const REQUESTS = 100_000;

/** @param saturationRps what can be served, requests a second */
export function* waitCurve(
  system: SystemSettings,
  saturationRps: number,
  seed: string,
): Question<CurvePoint[]> {
  const own = ratePerSecond(system);
  const factors = SHARES.map((share) => (share * saturationRps) / own);
  const metrics = [{ kind: 'mean' as const, of: 'acquire' as const }];
  const inputs = factors.map((factor) => {
    const scaled = scaledSystem(system, factor);
    return { system: scaled, seed, replication: 1, requests: REQUESTS, metrics };
  });
  const requests = REQUESTS * inputs.length;
  const runs = yield* ask('steady-run', inputs, { part: 'waits', requests, later: 0 });
  return runs.map((run, i) => pointAt(system, factors[i] ?? 1, run, own));
}

function pointAt(
  system: SystemSettings,
  factor: number,
  { values, arrivedPerSecond }: SteadyFigures,
  own: number,
): CurvePoint {
  const isUsers = system.services.some(({ traffic }) => traffic.users !== null);
  const [seconds = null] = values;
  const theory = waitInTheory(system, factor);
  return {
    rps: rounded(isUsers ? arrivedPerSecond : own * factor),
    waitMs: roundedOrNull(seconds === null ? null : seconds * 1000),
    theoryWaitMs: roundedOrNull(theory === null ? null : theory.waitMs),
  };
}
