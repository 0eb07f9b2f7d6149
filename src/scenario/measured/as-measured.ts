/**
 * The system as it was when holds were measured: its own services, pools and database, with constant
 * Poisson traffic at the rates of the measurements and clients who wait.
 */
import { type Law, lawMean } from '../../engine/law.ts';
import { SECOND } from '../../engine/time.ts';
import type { ClientSettings } from '../../model/client/settings.ts';
import { workMeans } from '../../model/database/work-parts.ts';
import type { RequestClassSettings, ServiceSettings } from '../../model/service/settings.ts';
import type { SystemSettings } from '../../model/settings.ts';
import type { TrafficSettings } from '../../model/traffic/settings.ts';
import type { MeasuredHold } from './measured-hold.ts';

/** One service of that system: a service of the scenario, or one of its classes. */
export interface StreamSettings {
  readonly service: ServiceSettings;
  readonly perSecond: number;
  /** What is measured of it; null: its work is known. */
  readonly hold: MeasuredHold | null;
}

/**
 * The streams of requests. A service of which a class was measured is divided into its classes, each with
 * the pools of the service: a Poisson stream divided by chance is several, and the holds of each are told
 * apart. Where pools are seldom full, that changes nothing.
 */
export function streamsOf(
  { services }: SystemSettings,
  holds: readonly MeasuredHold[],
): StreamSettings[] {
  return services.flatMap((service, i): StreamSettings[] => {
    const own = holds.filter((hold) => hold.service === i);
    const [first] = own;
    const perSecond = first?.perSecond ?? usualRate(service);
    const requests = service.requests.map(({ name, work }) => ({ name, work, weight: 1 }));
    if (first === undefined) {
      const mix = service.requests.map(({ name, work, weight }) => ({ name, work, weight }));
      return [{ service: { ...service, requests: mix }, perSecond, hold: null }];
    }
    return requests.map((request, index) => ({
      service: { ...service, name: `${service.name}/${request.name}`, requests: [request] },
      perSecond: perSecond * shareOf(service, index),
      hold: own.find((hold) => hold.index === index) ?? null,
    }));
  });
}

/** Of the requests of a service, those of one class. */
export function shareOf({ requests }: ServiceSettings, index: number): number {
  return (requests[index]?.weight ?? 0) / requests.reduce((sum, { weight }) => sum + weight, 0);
}

/** The system of these streams; `workOf`: the law and the CPU share of the work of a hold. */
export function systemOf(
  { database }: SystemSettings,
  streams: readonly StreamSettings[],
  lawOf: (hold: MeasuredHold) => Law,
): SystemSettings {
  const services = streams.map(({ service, perSecond, hold }): ServiceSettings => {
    const traffic = constant(perSecond);
    const settings = { ...service, traffic, client: patient };
    if (hold === null) return settings;
    const work = { kind: 'query', work: lawOf(hold), cpu: hold.cpu ?? 1 } as const;
    const requests = service.requests.map((one): RequestClassSettings => ({ ...one, work }));
    return { ...settings, requests };
  });
  // Pools that were divided open more connections than there were.
  return { services, database: { ...database, maxConnections: Infinity } };
}

function constant(perSecond: number): TrafficSettings {
  return {
    arrivals: { kind: 'poisson' },
    rate: [{ atNs: 0, perSecond }],
    bursts: [],
    users: null,
    trace: null,
  };
}

const patient: ClientSettings = {
  timeoutNs: Infinity,
  patience: null,
  cancel: false,
  retryAttempts: 0,
  retryBackoffNs: 0,
};

/**
 * What a service without a measurement sends while others are measured: its open arrivals at the start,
 * its first users if nothing made them wait, and its trace on average.
 */
function usualRate({ traffic, requests }: ServiceSettings): number {
  const { rate, users, trace } = traffic;
  const weights = requests.reduce((sum, { weight }) => sum + weight, 0);
  const work = requests.reduce((sum, one) => sum + one.weight * workMeans(one.work, 0).wholeNs, 0);
  const roundNs = users === null ? 1 : lawMean(users.think) + work / weights;
  const fromUsers = ((users?.points[0]?.users ?? 0) / Math.max(1, roundNs)) * SECOND;
  const lastNs = trace?.atNs.at(-1) ?? 0;
  const fromTrace = lastNs > 0 ? ((trace?.atNs.length ?? 0) / lastNs) * SECOND : 0;
  return (rate[0]?.perSecond ?? 0) + fromUsers + fromTrace;
}
