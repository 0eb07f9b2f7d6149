/** What the closed forms are compared with: meters of one service between instants of the run. */
import { SECOND } from '../../engine/time.ts';
import { total } from '../../model/meters/snapshot.ts';
import { QUEUE_FULL } from '../../model/request/failure.ts';
import type { Service } from '../../model/service/service.ts';
import type { Parts } from '../../stats/ratio-estimate.ts';
import type { FigureKind, Requirement } from './closed-form.ts';

/** Cumulative meters of a service. Times are ns, integrals connection-nanoseconds. */
export interface ServiceReading {
  readonly atNs: number;
  /** Requests that got a connection; of them, those that got it at once; and all their waiting. */
  readonly granted: number;
  readonly grantedAtOnce: number;
  readonly waited: number;
  /** Attempts that got none: timed out, or turned away. */
  readonly lost: number;
  /** Requests whose client left first. */
  readonly left: number;
  /** Requests whose outcome was not good. */
  readonly unserved: number;
  readonly owned: number;
  readonly configured: number;
  /** Connections that are open and not being opened. */
  readonly established: number;
}

/** Reads the meters without changing anything. O(instances). */
export function readService({ meters, pool, configured }: Service, now: number): ServiceReading {
  const { acquireWait } = meters;
  return {
    atNs: now,
    granted: acquireWait.count,
    grantedAtOnce: acquireWait.counts[0] as number,
    waited: acquireWait.total.value,
    lost: meters.acquireFailures + (meters.failures[QUEUE_FULL] as number),
    left: total(meters.abandoned),
    unserved: total(meters.failed) + total(meters.abandoned),
    owned: pool.owned.totalIntegral(now),
    configured: configured.totalIntegral(now),
    established: pool.open.totalIntegral(now) - pool.opening.totalIntegral(now),
  };
}

/** A figure between two readings. */
export function partsOf(kind: FigureKind, from: ServiceReading, to: ServiceReading): Parts {
  const since = (read: (reading: ServiceReading) => number) => read(to) - read(from);
  const granted = since((r) => r.granted);
  const asked = granted + since((r) => r.lost);
  switch (kind) {
    case 'mean-wait':
      return { numerator: since((r) => r.waited) / SECOND, denominator: granted };
    case 'wait-share':
      return { numerator: asked - since((r) => r.grantedAtOnce), denominator: asked };
    case 'lost-share':
      return { numerator: since((r) => r.lost), denominator: asked };
    case 'left-share': {
      const left = since((r) => r.left);
      return { numerator: left, denominator: granted + left };
    }
    case 'throughput':
      return { numerator: granted, denominator: since((r) => r.atNs) / SECOND };
    case 'utilisation':
      return { numerator: since((r) => r.owned), denominator: since((r) => r.configured) };
  }
}

/** Whether a requirement was met between two readings. */
export function isMet(requirement: Requirement, from: ServiceReading, to: ServiceReading): boolean {
  switch (requirement) {
    case 'all-open':
      return isSame(to.established - from.established, to.configured - from.configured);
    case 'nobody-waits':
      return to.granted - from.granted === to.grantedAtOnce - from.grantedAtOnce;
    case 'nobody-lost':
      return to.unserved === from.unserved;
  }
}

/** Integrals are doubles: of two that are equal the last digits may differ. */
function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * b;
}
