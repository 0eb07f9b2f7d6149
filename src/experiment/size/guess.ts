/** Where to begin: the size that the settings let one expect, by arithmetic alone. */
import { SECOND } from '../../engine/time.ts';
import type { ServiceSettings } from '../../model/service/settings.ts';
import type { SystemSettings } from '../../model/settings.ts';
import { fullHold } from '../full-hold.ts';
import { ratePerSecond } from '../steady/steady-run.ts';

/** No size beyond this is thought of. */
export const LARGEST = 20_000;

/** Connections of one instance that its share of the traffic uses on average, and a margin of √. */
export function guessSize(system: SystemSettings, service: number): number {
  const own = system.services[service] as ServiceSettings;
  const rps = ratePerSecond({ ...system, services: [own] });
  const enough = smallestThatServes(system, service, rps) ?? summit(system, service);
  const most = own.concurrency < Infinity ? own.concurrency : LARGEST;
  return Math.max(1, Math.min(LARGEST, most, Math.ceil(enough + Math.sqrt(enough))));
}

/** Requests a second that a full pool of a size serves, by the settings alone. */
function servesInTheory(system: SystemSettings, service: number, size: number): number {
  const own = system.services[service] as ServiceSettings;
  const sized = { ...own, pool: { ...own.pool, max: size } };
  const services = system.services.map((each, i) => (i === service ? sized : each));
  const { fullNs, leastNs } = fullHold({ ...system, services }, sized);
  const usable = own.instances * Math.min(size, own.concurrency);
  return (usable / (fullNs ?? leastNs)) * SECOND;
}

/** null: none does. */
function smallestThatServes(system: SystemSettings, service: number, rps: number): number | null {
  let high = 1;
  while (servesInTheory(system, service, high) < rps) {
    if (high > LARGEST) return null;
    const next = Math.max(high + 1, Math.ceil(high * 1.1));
    if (servesInTheory(system, service, next) < servesInTheory(system, service, high)) return null;
    high = next;
  }
  let low = Math.floor(high / 1.1) - 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (middle >= 1 && servesInTheory(system, service, middle) >= rps) high = middle;
    else low = middle;
  }
  return high;
}

/** The size whose full pool serves most. */
export function summit(system: SystemSettings, service: number): number {
  let best = 1;
  for (let size = 1; size <= LARGEST; size = Math.max(size + 1, Math.floor(size * 1.02))) {
    const better = servesInTheory(system, service, size) > servesInTheory(system, service, best);
    if (better) best = size;
  }
  return best;
}
