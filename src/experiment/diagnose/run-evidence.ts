/** The figures of a dashboard, read from a run instead: of the instance that uses most connections. */
import { lawMean } from '../../engine/law.ts';
import { MILLISECOND } from '../../engine/time.ts';
import type { SystemSettings } from '../../model/settings.ts';
import { admittedBy } from '../mechanism/refused.ts';
import { rounded, roundedOrNull } from '../rounding.ts';
import { type Evidence, type Filling, noEvidence } from './evidence.ts';
import type { InstanceReading, ServiceReading, StretchReading } from './stretch-reading.ts';

export interface Comparisons {
  /** When all was well; null: never, or not before. */
  readonly usual: StretchReading | null;
  /** Just before the last restart that came before the stretch; null: there was none. */
  readonly beforeDeploy: StretchReading | null;
}

export function evidenceFrom(
  reading: StretchReading,
  settings: SystemSettings,
  { usual, beforeDeploy }: Comparisons,
): Evidence {
  const service = busiestService(reading);
  const own = settings.services.find(({ name }) => name === service?.name);
  if (service === undefined || own === undefined) return noEvidence;
  const { database } = settings;
  const useP50Ms = reading.useMs.p50Ms;
  return {
    ...noEvidence,
    ...ofFullest(service, reading),
    waitP99Ms: roundedOrNull(reading.acquireMs.p99Ms),
    useP50Ms: roundedOrNull(useP50Ms),
    useUsualMs: roundedOrNull(usual?.useMs.p50Ms ?? null),
    useBeforeDeployMs: roundedOrNull(beforeDeploy === null ? useP50Ms : beforeDeploy.useMs.p50Ms),
    connectMs: rounded(lawMean(database.connectLatency) / MILLISECOND),
    roundTripMs: rounded(database.roundTripNs / MILLISECOND),
    databaseCpu: rounded(reading.databaseUtilisation),
    leastActive: leastActive(service.instances),
    slots: filling(reading.connections, admittedBy(database)),
    threads: threadsOf(reading, own.concurrency * service.instances.length),
  };
}

/** The figures of the instance that uses most connections. */
function ofFullest({ instances }: ServiceReading, reading: StretchReading): Partial<Evidence> {
  const fullest = largest(instances, ({ used }) => used);
  if (fullest === undefined) return {};
  return {
    active: rounded(fullest.used),
    max: roundedOrNull(fullest.max),
    pending: Math.round(fullest.pending),
    opening: rounded(openingOf(fullest, reading)),
    running: rounded(Math.max(0, fullest.used - fullest.lost)),
  };
}

/** null: there is no limit. */
function filling(used: number, of: number): Filling | null {
  return of === Infinity ? null : { used: rounded(used), of: Math.max(1, of) };
}

/** Requests wait there most; where none do, it uses most connections. */
export function busiestService({ services }: StretchReading): ServiceReading | undefined {
  const sum = (service: ServiceReading, read: (instance: InstanceReading) => number) =>
    service.instances.reduce((total, instance) => total + read(instance), 0);
  return largest(services, (service) => {
    return sum(service, ({ pending }) => pending) * 1e6 + sum(service, ({ used }) => used);
  });
}

/** Connections that are being opened, those inside a hold included: by Little, as many as are in that stage. */
function openingOf(fullest: InstanceReading, reading: StretchReading): number {
  const all = reading.services.flatMap(({ instances }) => instances);
  const used = all.reduce((sum, instance) => sum + instance.used, 0);
  const inHolds = (reading.ledgerMs.opening * reading.completed) / 1000 / reading.seconds;
  const share = used === 0 ? 0 : Math.min(1, inHolds / used);
  return Math.max(fullest.opening, share * fullest.used);
}

function leastActive(instances: readonly InstanceReading[]): number | null {
  if (instances.length < 2) return null;
  return rounded(Math.min(...instances.map(({ used }) => used)));
}

/** Requests that the fleet works on: by Little, from all the time that is spent beyond its own queue. */
function threadsOf({ ledgerMs, completed, seconds }: StretchReading, most: number): Filling | null {
  const all = Object.values(ledgerMs).reduce((a, b) => a + b, 0);
  const ms = all - ledgerMs.queue - ledgerMs.backoff;
  return filling(Math.min(most, (ms * completed) / 1000 / seconds), most);
}

function largest<T>(items: readonly T[], read: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || read(item) > read(best) ? item : best),
    undefined,
  );
}
