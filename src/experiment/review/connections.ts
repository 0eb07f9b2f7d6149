/** How many connections services can open, in which state, and how many there are for them. */
import { podsDown, podsUp } from '../../scenario/import/whole-fleet.ts';
import type { ReviewFacts, ReviewPool, ReviewService } from './facts.ts';

/** Most connections of one pool, those of a reserve included; Infinity: no limit. */
export function mostOf({ settings }: ReviewPool): number {
  return settings.max + settings.policy.reserve;
}

/** Most connections of one copy of a service: all its pools, in each of its processes. */
export function perCopy({ pools, processes }: ReviewService): number {
  return pools.reduce((sum, pool) => sum + mostOf(pool), 0) * (processes?.value ?? 1);
}

/** Connections of all services, each with so many copies; null when one of those is not known. */
export function demand(
  facts: ReviewFacts,
  copiesOf: (service: ReviewService) => number | undefined,
): number | null {
  let sum = 0;
  for (const service of facts.services) {
    const copies = copiesOf(service);
    if (copies === undefined) return null;
    // No copy of a pool without limit has no connection.
    if (copies > 0) sum += copies * perCopy(service);
  }
  return sum;
}

/** Of all services but one, as on an ordinary day; 0 for those without a limit or a known number. */
export function besides({ services }: ReviewFacts, service: ReviewService): number {
  return services
    .filter((other) => other !== service && isLimited(other))
    .reduce((sum, other) => sum + (other.replicas?.value ?? 0) * perCopy(other), 0);
}

/** Connections that the database has for the pools; undefined when nobody says how many it admits. */
export function freeConnections(facts: ReviewFacts): number | undefined {
  const { maxConnections, reserved, others } = facts;
  if (maxConnections === undefined) return undefined;
  return Math.max(0, maxConnections.value - reserved.value - others.value);
}

/** `97 are free (max_connections 100 less 3 reserved)`. */
export function freeWords(facts: ReviewFacts): string {
  const { maxConnections, reserved, others } = facts;
  const less = [
    ...(reserved.value > 0 ? [`${reserved.value} reserved`] : []),
    ...(others.value > 0 ? [`${others.value} of others`] : []),
  ];
  const rest = less.length === 0 ? '' : ` less ${less.join(' and ')}`;
  return `${freeConnections(facts) ?? 0} are free (max_connections ${maxConnections?.value ?? 0}${rest})`;
}

/** Whether the pools of a service have a limit; nothing can be counted otherwise. */
export function isLimited(service: ReviewService): boolean {
  return perCopy(service) < Infinity;
}

/** Pods of a service at the height of a rolling deployment that begins with so many. */
export function rollingPods({ maxSurge }: ReviewService, pods: number): number {
  return pods + (maxSurge === undefined ? 0 : podsUp(maxSurge.value, pods));
}

/**
 * Pods that may still be ending then: as many as are replaced at a time, which is those of the surge and
 * those that may be missing. Kubernetes counts them no more, but they have their connections.
 */
export function endingPods({ maxSurge, maxUnavailable }: ReviewService, pods: number): number {
  if (maxSurge === undefined || maxUnavailable === undefined) return 0;
  const surge = podsUp(maxSurge.value, pods);
  return Math.min(pods, surge + podsDown(maxUnavailable.value, pods));
}
