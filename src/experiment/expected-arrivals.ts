/** How many requests one may expect: what a run costs, not what it will show. */
import { lawMean } from '../engine/law.ts';
import type { DatabaseSettings, WorkSettings } from '../model/database/settings.ts';
import { workMeans } from '../model/database/work-parts.ts';
import type { ServiceSettings } from '../model/service/settings.ts';
import { countBefore } from '../model/traffic/instant-list.ts';
import { PopulationCurve } from '../model/traffic/population-curve.ts';
import { RateCurve } from '../model/traffic/rate-curve.ts';

/**
 * Expected arrivals at a service from one instant to a later one under settings that do not change.
 * Users are taken to be answered at once: nobody waits, so they send as many requests as they can.
 */
export function expectedArrivals(
  service: ServiceSettings,
  database: DatabaseSettings,
  fromNs: number,
  toNs: number,
): number {
  const { rate, bursts, users, trace } = service.traffic;
  let sum = new RateCurve(rate).expected(fromNs, toNs);
  for (const { atNs, count } of bursts) if (atNs >= fromNs && atNs < toNs) sum += count;
  if (trace !== null) sum += countBefore(trace.atNs, toNs) - countBefore(trace.atNs, fromNs);
  if (users === null) return sum;
  // A cycle of no length would be an infinite rate; time stands still in one anyway.
  const cycle = Math.max(1, lawMean(users.think) + meanHold(service, database));
  return sum + new PopulationCurve(users.points).userTime(fromNs, toNs) / cycle;
}

/** Mean time in ns for which a request keeps its connection when nobody slows it down. */
function meanHold({ requests }: ServiceSettings, { roundTripNs }: DatabaseSettings): number {
  const weights = requests.reduce((sum, { weight }) => sum + weight, 0);
  const holds = requests.map(({ weight, work }) => weight * holdOf(work, roundTripNs));
  return weights === 0 ? 0 : holds.reduce((a, b) => a + b, 0) / weights;
}

function holdOf(work: WorkSettings, roundTripNs: number): number {
  return workMeans(work, roundTripNs).wholeNs;
}
