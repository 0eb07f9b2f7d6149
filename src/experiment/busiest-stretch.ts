/** The stretch of a run in which most requests arrive. */
import type { Scenario } from '../scenario/scenario.ts';
import { expectedBetween } from './settings-history.ts';

/** From an instant to a later one, ns after the start of the run. */
export interface Stretch {
  readonly fromNs: number;
  readonly toNs: number;
}

/** The instants at which a stretch may begin and end. */
const PARTS = 600;
/** Of its length, what lies before the busiest instant: the rise of a surge. */
const BEFORE = 1 / 3;

/**
 * Around the busiest instant of a run, as long as no more requests than `mostRequests` are expected in it (at
 * least a 600th of the run); the whole run if it has no more.
 */
export function busiestStretch(scenario: Scenario, mostRequests: number): Stretch {
  const { durationNs } = scenario;
  const at = (part: number): number => Math.round((durationNs / PARTS) * part);
  const expected = Array.from({ length: PARTS }, (_, i) =>
    expectedBetween(scenario, at(i), at(i + 1)),
  );
  const busiest = expected.reduce((best, x, i) => (x > (expected[best] as number) ? i : best), 0);
  let [from, to] = [busiest, busiest + 1];
  for (let sum = expected[busiest] as number; to - from < PARTS;) {
    const isBefore = from > 0 && (to === PARTS || busiest - from < BEFORE * (to - from));
    sum += expected[isBefore ? from - 1 : to] as number;
    if (sum > mostRequests) break;
    if (isBefore) from--;
    else to++;
  }
  return { fromNs: at(from), toNs: at(to) };
}
