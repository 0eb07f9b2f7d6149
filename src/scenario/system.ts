/** The system part of a document → complete settings, or everything that is wrong with it. */
import { z } from 'zod';
import type { SystemSettings } from '../model/settings.ts';
import type { DatabaseSettings, WorkSettings } from '../model/database/settings.ts';
import type { RequestClassSettings, ServiceSettings } from '../model/service/settings.ts';
import type { Clock } from './clock.ts';
import { onlyClass } from './document-path.ts';
import { resolveLaw } from './law-schema.ts';
import { entry, isMap, type Path } from './path.ts';
import { check, problem, type Checked, type Problem } from './problem.ts';
import { resolveClient } from './resolve-client.ts';
import { resolvePool } from './resolve-pool.ts';
import { resolveTraffic, trafficOrderProblems } from './resolve-traffic.ts';
import { systemShape } from './system-schema.ts';

const systemSchema = z.object(systemShape);

/** The system part of a scenario as the schema leaves it. */
type WrittenSystem = z.output<typeof systemSchema>;

/** The name of the service of a scenario that has only one, written as `service:`. */
export const onlyService = 'service';

/** Reads the system part of a document and checks all of it. */
export function checkSystem(document: unknown, clock: Clock): Checked<SystemSettings> {
  const checked = check(systemSchema, document);
  const problems = [...(checked.ok ? [] : checked.problems), ...systemProblems(document, clock)];
  if (!checked.ok || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: resolveSystem(checked.value, clock) };
}

/** What the schema cannot see: which parts belong together, and the order of points. */
export function systemProblems(document: unknown, clock: Clock): Problem[] {
  return [
    ...placementProblems(document),
    ...trafficPaths(document).flatMap((path) => trafficOrderProblems(document, path, clock)),
  ];
}

function placementProblems(document: unknown): Problem[] {
  const has = (key: string): boolean => entry(document, key) !== undefined;
  if (!has('service') && !has('services')) {
    const missing = problem(['service'], 'missing', 'is missing; service or services is needed');
    return [missing, ...missingBeside(document)];
  }
  if (has('service') && has('services')) {
    return [problem(['services'], 'too-many', 'service and services exclude each other; keep one')];
  }
  if (has('service')) return missingBeside(document);
  const services = entry(document, 'services');
  if (isMap(services) && Object.keys(services).length === 0) {
    return [problem(['services'], 'empty', 'holds no service; at least one is needed')];
  }
  return besideService.filter(has).map((key): Problem => {
    const message = 'stands inside each service when there are services';
    return { path: [key], part: 'key', code: 'misplaced-key', message };
  });
}

/** What stands at the top of the file with `service`, and inside each of `services`. */
const besideService = ['traffic', 'requests'];

function missingBeside(document: unknown): Problem[] {
  return besideService
    .filter((key) => entry(document, key) === undefined)
    .map((key) => problem([key], 'missing', 'is missing; it stands beside service'));
}

/** Where traffic is described: at the top, or in each service. */
export function trafficPaths(document: unknown): Path[] {
  const services = entry(document, 'services');
  if (!isMap(services)) return [['traffic']];
  return Object.keys(services).map((name) => ['services', name, 'traffic']);
}

/** Settings of a system that passed all checks. */
export function resolveSystem(written: WrittenSystem, clock: Clock): SystemSettings {
  const { traffic, requests, service, services } = written;
  const database = resolveDatabase(written.database);
  if (services !== undefined) {
    const entries = Object.entries(services);
    return { services: entries.map(([name, s]) => resolveService(name, s, clock)), database };
  }
  if (service === undefined || traffic === undefined || requests === undefined) {
    throw new Error('bug: a system without a service passed the checks');
  }
  return {
    services: [resolveService(onlyService, { ...service, traffic, requests }, clock)],
    database,
  };
}

type WrittenService = NonNullable<WrittenSystem['services']>[string];

function resolveService(name: string, written: WrittenService, clock: Clock): ServiceSettings {
  const { traffic, requests, instances, balancer, concurrency, queue, pool } = written;
  return {
    name,
    traffic: resolveTraffic(traffic, clock),
    client: resolveClient(traffic.client),
    requests: (Array.isArray(requests) ? requests : [requests]).map(resolveClass),
    instances,
    balancer,
    concurrency,
    queue,
    pool: resolvePool(pool),
  };
}

/** One class of a mix, written alone or in a list. */
export type WrittenClass = Exclude<WrittenService['requests'], readonly unknown[]>;

function resolveClass(written: WrittenClass): RequestClassSettings {
  const { name = onlyClass, weight } = written;
  return { name, weight, work: resolveWork(written) };
}

function resolveWork({ query, hold }: WrittenClass): WorkSettings {
  if (hold !== undefined) return { kind: 'hold', hold: resolveLaw(hold) };
  if (query === undefined) throw new Error('bug: a request class without work passed the checks');
  const cpu = typeof query === 'number' ? 1 : query.cpu;
  return { kind: 'query', work: resolveLaw(query), cpu };
}

function resolveDatabase(written: WrittenSystem['database']): DatabaseSettings {
  const { cores, contention, roundTrip, maxConnections, reservedConnections } = written;
  const usl = typeof contention === 'string' ? undefined : contention.usl;
  const { otherConnections, connect } = written;
  return {
    cores,
    contention:
      usl !== undefined
        ? { kind: 'usl', ...usl }
        : { kind: contention === 'cores' ? 'cores' : 'none' },
    roundTripNs: roundTrip,
    maxConnections,
    reservedConnections,
    otherConnections,
    connectLatency: resolveLaw(connect.latency),
  };
}
