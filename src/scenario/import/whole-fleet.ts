/** What several files together say of the copies of a service. */
import type { Fault } from '../fault.ts';
import { placeWords } from './configuration.ts';
import type { Findings, Fleet, Found, Pods } from './findings.ts';
import { faultAt } from './found-pool.ts';

interface FleetReading {
  readonly fleet: Fleet;
  /** Where two files say different things. */
  readonly faults: readonly Fault[];
}

/** Of each thing what a file says of it, before what holds when none does. */
export function wholeFleet(findings: readonly Findings[]): FleetReading {
  const faults: Fault[] = [];
  const fleet = findings.reduce<Fleet>((all, one) => joined(all, one.fleet, faults), {});
  return { fleet, faults };
}

function joined(before: Fleet, more: Fleet, faults: Fault[]): Fleet {
  const all: Record<string, Found<unknown>> = { ...before };
  for (const [key, found] of Object.entries(more) as [string, Found<unknown>][]) {
    const there = all[key];
    if (there === undefined || (there.isDefault && !found.isDefault)) all[key] = found;
    else if (!found.isDefault && !isSame(there, found))
      faults.push(faultAt(found, 'ambiguous', otherwise(there)));
  }
  return all;
}

function isSame(a: Found<unknown>, b: Found<unknown>): boolean {
  return JSON.stringify(a.value) === JSON.stringify(b.value);
}

function otherwise({ key, place }: Found<unknown>): string {
  return `says something else than ${key} in ${placeWords(place)}; give the files of one service`;
}

/** How many pods run on an ordinary day: what a file says, within the bounds of the autoscaler. */
export function ordinaryReplicas(fleet: Fleet): Found<number> | undefined {
  const { replicas, minReplicas, maxReplicas } = fleet;
  if (replicas === undefined || (replicas.isDefault && minReplicas !== undefined))
    return minReplicas;
  if (minReplicas !== undefined && replicas.value < minReplicas.value) return minReplicas;
  if (maxReplicas !== undefined && replicas.value > maxReplicas.value) return maxReplicas;
  return replicas;
}

/** Pods that a share is of so many replicas, rounded up as Kubernetes does for a surge. */
export function podsUp(pods: Pods, replicas: number): number {
  return 'pods' in pods ? pods.pods : Math.ceil((percentOf(pods.share) * replicas) / 100);
}

/** The same rounded down, as for pods that may be missing. */
export function podsDown(pods: Pods, replicas: number): number {
  return 'pods' in pods ? pods.pods : Math.floor((percentOf(pods.share) * replicas) / 100);
}

/** Files have whole percents; as such a product of them is exact. */
function percentOf(share: number): number {
  return Math.round(share * 100);
}
