/** What configuration files say → what a review looks at. */
import { SECOND } from '../../engine/time.ts';
import type { Findings, Found, FoundPool } from '../../scenario/import/findings.ts';
import { ordinaryReplicas, wholeFleet } from '../../scenario/import/whole-fleet.ts';
import { resolveProfile } from '../../scenario/profiles.ts';
import type { Fault } from '../../scenario/fault.ts';
import type { Known, ReviewPool, ReviewService } from './facts.ts';

interface Configured {
  /** The files are of one service. */
  readonly service: ReviewService;
  readonly poolers: readonly ReviewPool[];
  readonly faults: readonly Fault[];
}

export function configured(findings: readonly Findings[]): Configured {
  const { fleet, faults } = wholeFleet(findings);
  const pools = findings.flatMap((one) => one.pools);
  const inFront = ({ profile }: FoundPool) => profile.asPooler !== undefined;
  const seconds = first(findings, (one) => one.callerTimeoutSeconds);
  const service: ReviewService = {
    name: null,
    pools: pools.filter((pool) => !inFront(pool)).map(poolOf),
    ...present({
      replicas: known(ordinaryReplicas(fleet)),
      maxSurge: known(fleet.maxSurge),
      maxUnavailable: known(fleet.maxUnavailable),
      graceSeconds: known(fleet.terminationGraceSeconds),
      ceiling: known(fleet.maxReplicas),
      processes: known(first(findings, (one) => one.processes)),
      threads: known(first(findings, (one) => one.threads)),
      callerTimeoutNs: known(seconds && { ...seconds, value: seconds.value * SECOND }),
    }),
  };
  return { service, poolers: pools.filter(inFront).map(poolOf), faults };
}

function poolOf({ profile, name, settings, place }: FoundPool): ReviewPool {
  const values = Object.fromEntries(settings.map(({ setting, value }) => [setting.name, value]));
  const written = new Map(settings.map(({ setting, place: at }) => [setting.name, at]));
  return { name, profile, settings: resolveProfile(profile, values), values, written, place };
}

/** What a file leaves to Kubernetes is a fact of the file, too: it stands where it would stand. */
function known<T>(found: Found<T> | undefined): Known<T> | undefined {
  if (found === undefined) return undefined;
  return { value: found.value, source: { kind: 'file', place: found.place } };
}

function first<T>(
  findings: readonly Findings[],
  pick: (findings: Findings) => Found<T> | undefined,
): Found<T> | undefined {
  return findings.map(pick).find((found) => found !== undefined);
}

/** Without the keys that have no value. */
export function present<T extends object>(map: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const there = Object.entries(map).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [K in keyof T]?: NonNullable<T[K]> };
}
