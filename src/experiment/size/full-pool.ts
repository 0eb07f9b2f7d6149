/**
 * What a full pool of a size serves. Where the database contends, more connections serve less from some
 * size on; a backlog then drains only if a full pool serves more than arrives.
 */
import type { SystemSettings } from '../../model/settings.ts';
import { momentsOf } from '../../stats/moments.ts';
import { fullHold, usableConnections } from '../full-hold.ts';
import { ask, type Question } from '../question.ts';
import { ratePerSecond } from '../steady/steady-run.ts';
import { type Bench } from './trials.ts';
import { withSize } from './target.ts';
import { SECOND } from '../../engine/time.ts';

/** A full pool must serve this much more than arrives, or what it serves is not known to be more. */
const MARGIN = 0.01;

/** Requests of a replication, and how many there are. */
const REQUESTS = 200_000;
const REPLICATIONS = 4;
/** Times what can be served: enough to keep the pool full, where a line may be long and where not. */
const BEYOND = 1.25;
const FAR_BEYOND = 4;
/** Times what arrives: a pool that serves this much keeps up, however much more it would serve. */
const MOST_LOAD = 4;

/** Requests a second of the whole system while the pool is full, by size. */
export type FullPools = Map<number, number>;

/** Looks at sizes that have not been looked at. */
export function* fullPoolsOf(
  bench: Bench,
  sizes: readonly number[],
  known: FullPools,
): Question<void> {
  const open = [...new Set(sizes)].filter((size) => !known.has(size));
  const inputs = open.flatMap((size) => {
    const scenario = withSize(bench.scenario, bench.target, size, bench.sets);
    if (scenario === null) return [];
    const system = overloaded(bench.steady(scenario), bench.target.service);
    return Array.from({ length: REPLICATIONS }, (_, i) => {
      const seed = `${bench.scenario.seed}/full`;
      return { size, input: { system, seed, replication: i + 1, requests: REQUESTS, factor: 1 } };
    });
  });
  const cost = { part: 'what full pools serve', requests: REQUESTS * inputs.length, later: 0 };
  const rates = yield* ask(
    'saturation',
    inputs.map(({ input }) => input),
    cost,
  );
  for (const size of open) {
    const own = rates.filter((_, i) => inputs[i]?.size === size);
    const moments = momentsOf(own);
    if (moments !== null) known.set(size, moments.mean);
  }
}

/** The same traffic, but at the service that is sized more than its pool can serve. */
function overloaded(system: SystemSettings, service: number): SystemSettings {
  const own = system.services[service];
  if (own === undefined) return system;
  const { fullNs, leastNs } = fullHold(system, own);
  const servesAtMost = (usableConnections(own) / (fullNs ?? leastNs)) * SECOND;
  const isShortLine = own.pool.maxPending < usableConnections(own) / own.instances;
  const alone = ratePerSecond({ ...system, services: [own] });
  const rate = servesAtMost * (isShortLine ? FAR_BEYOND : BEYOND);
  const traffic = {
    ...own.traffic,
    users: null,
    rate: [{ atNs: 0, perSecond: Math.max(alone, Math.min(rate, alone * MOST_LOAD)) }],
  };
  const services = system.services.map((each, i) => (i === service ? { ...own, traffic } : each));
  return { ...system, services };
}

/** Whether a full pool serves enough more than arrives. */
export function keepsUp(servedPerSecond: number, peakRps: number): boolean {
  return servedPerSecond >= (1 + MARGIN) * peakRps;
}

/**
 * The largest size up to `most` whose full pool keeps up, given that `least` is the smallest wanted; null
 * when not even that does. Takes the throughput to rise to one summit and to fall from there.
 */
export function* largestThatKeepsUp(
  bench: Bench,
  {
    least,
    most,
    peakRps,
  }: { readonly least: number; readonly most: number; readonly peakRps: number },
  known: FullPools,
): Question<number | null> {
  const does = (size: number) => keepsUp(known.get(size) ?? 0, peakRps);
  yield* fullPoolsOf(bench, [least, most], known);
  if (does(most)) return most;
  let [low, high] = [least, most];
  while (high - low > 1) {
    const third = Math.max(1, Math.round((high - low) / 3));
    const sizes = [low + third, Math.max(low + third, high - third)].filter((n) => n < high);
    yield* fullPoolsOf(bench, sizes, known);
    // From below the summit on, the last that keeps up is the one sought.
    const good = sizes.filter(does);
    const best = Math.max(low, ...good);
    const above = sizes.filter((n) => n > best);
    if (good.length === 0 && !does(low)) return null;
    low = best;
    high = Math.min(high, ...above);
  }
  return does(low) ? low : null;
}
