/** The system part of a document → complete settings, or everything that is wrong with it. */
import { z } from 'zod';
import type { SystemSettings } from '../model/settings.ts';
import type { TrafficSettings } from '../model/traffic/settings.ts';
import type { DatabaseSettings, Step, WorkSettings } from '../model/database/settings.ts';
import type { RequestClassSettings, ServiceSettings } from '../model/service/settings.ts';
import { onOneConnection } from '../model/service/thread-work.ts';
import type { PoolerSettings } from '../model/pooler/settings.ts';
import { onlyClass } from './document-path.ts';
import { empiricalProblems } from './file-problems.ts';
import { usualHold } from './trace.ts';
import { missingRequests, traceProblems } from './trace-problems.ts';
import type { Files, Surroundings } from './files.ts';
import { resolveLaw } from './law-schema.ts';
import { entry, isMap, type Path } from './path.ts';
import { check, problem, type Checked, type Problem } from './problem.ts';
import { measuredHolds } from './measured/measured-hold.ts';
import { resolveClient } from './resolve-client.ts';
import { resolvePool } from './resolve-pool.ts';
import { resolveTraffic, trafficOrderProblems } from './resolve-traffic.ts';
import { systemShape, type WrittenStep } from './system-schema.ts';

const systemSchema = z.object(systemShape);

/** The system part of a scenario as the schema leaves it. */
type WrittenSystem = z.output<typeof systemSchema>;

/** The name of the service of a scenario that has only one, written as `service:`. */
export const onlyService = 'service';

/** Reads the system part of a document and checks all of it. */
export function checkSystem(
  document: unknown,
  surroundings: Surroundings,
): Checked<SystemSettings> {
  const checked = check(systemSchema, document);
  const problems = [
    ...(checked.ok ? [] : checked.problems),
    ...systemProblems(document, surroundings),
  ];
  if (!checked.ok || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: resolveSystem(checked.value, surroundings) };
}

/** What the schema cannot see: which parts belong together, the order of points, and what is in files. */
export function systemProblems(document: unknown, surroundings: Surroundings): Problem[] {
  const { files } = surroundings;
  const traffic = trafficPaths(document);
  return [
    ...placementProblems(document, files),
    ...traffic.flatMap((path) => trafficOrderProblems(document, path, surroundings)),
    ...traffic.flatMap((path) => traceProblems(document, path, files)),
    ...empiricalProblems(document, files),
    ...lateMeasurements(document, files),
  ];
}

/** A hold is unwound when a file is read; one that is left has come later. */
function lateMeasurements(document: unknown, files: Files): Problem[] {
  return measuredHolds(document, files).map(({ path }) => {
    const message =
      'is for the file: a hold is unwound when it is read, not by a change; leave measuredAt out, and the hold is used as it is';
    return problem([...path, 'hold', 'measuredAt'], 'not-changeable', message);
  });
}

function placementProblems(document: unknown, files: Files): Problem[] {
  const has = (key: string): boolean => entry(document, key) !== undefined;
  if (!has('service') && !has('services')) {
    const missing = problem(['service'], 'missing', 'is missing; service or services is needed');
    return [missing, ...missingBeside(document, files)];
  }
  if (has('service') && has('services')) {
    return [problem(['services'], 'too-many', 'service and services exclude each other; keep one')];
  }
  if (has('service')) return missingBeside(document, files);
  const services = entry(document, 'services');
  if (isMap(services) && Object.keys(services).length === 0) {
    return [problem(['services'], 'empty', 'holds no service; at least one is needed')];
  }
  const misplaced = besideService.filter(has).map((key): Problem => {
    const message = 'stands inside each service when there are services';
    return { path: [key], part: 'key', code: 'misplaced-key', message };
  });
  return [...misplaced, ...missingInside(services, files)];
}

/** What stands at the top of the file with `service`, and inside each of `services`. */
const besideService = ['traffic', 'requests'];

function missingBeside(document: unknown, files: Files): Problem[] {
  const traffic = entry(document, 'traffic');
  return besideService
    .filter((key) => entry(document, key) === undefined)
    .flatMap((key) => {
      const why = key === 'requests' ? missingRequests(traffic, files) : 'is missing';
      if (why === null) return [];
      const message = why === 'is missing' ? 'is missing; it stands beside service' : why;
      return [problem([key], 'missing', message)];
    });
}

/** Services without requests whose traffic does not say what those would be. */
function missingInside(services: unknown, files: Files): Problem[] {
  const entries = isMap(services) ? Object.entries(services) : [];
  return entries.flatMap(([name, service]) => {
    if (!isMap(service) || 'requests' in service) return [];
    const message = missingRequests(service['traffic'], files);
    return message === null ? [] : [problem(['services', name, 'requests'], 'missing', message)];
  });
}

/** Where traffic is described: at the top, or in each service. */
export function trafficPaths(document: unknown): Path[] {
  const services = entry(document, 'services');
  if (!isMap(services)) return [['traffic']];
  return Object.keys(services).map((name) => ['services', name, 'traffic']);
}

/** Settings of a system that passed all checks. */
export function resolveSystem(written: WrittenSystem, surroundings: Surroundings): SystemSettings {
  const { traffic, requests, service, services } = written;
  const database = resolveDatabase(written.database, surroundings.files);
  if (services !== undefined) {
    const entries = Object.entries(services);
    return {
      services: entries.map(([name, s]) => resolveService(name, s, surroundings)),
      database,
    };
  }
  if (service === undefined || traffic === undefined) {
    throw new Error('bug: a system without a service passed the checks');
  }
  return {
    services: [resolveService(onlyService, { ...service, traffic, requests }, surroundings)],
    database,
  };
}

type WrittenService = NonNullable<WrittenSystem['services']>[string];

function resolveService(
  name: string,
  written: WrittenService,
  surroundings: Surroundings,
): ServiceSettings {
  const { traffic, requests, instances, balancer, concurrency, queue, pool } = written;
  const arriving = resolveTraffic(traffic, surroundings);
  const ownPool = resolvePool(pool);
  const classes =
    requests === undefined ? recordedClass(arriving) : classesOf(requests, surroundings);
  const isSticky = ownPool.policy.stickiness === 'thread';
  return {
    name,
    traffic: arriving,
    client: resolveClient(traffic.client, surroundings.files),
    requests: isSticky ? classes.map((c) => ({ ...c, work: onOneConnection(c.work) })) : classes,
    instances,
    balancer,
    concurrency,
    queue,
    pool: ownPool,
  };
}

function classesOf(
  requests: NonNullable<WrittenService['requests']>,
  { files }: Surroundings,
): RequestClassSettings[] {
  return (Array.isArray(requests) ? requests : [requests]).map((c) => resolveClass(c, files));
}

/** The only class of a trace that says itself how long connections are out. */
function recordedClass({ trace }: TrafficSettings): RequestClassSettings[] {
  const hold = trace === null ? null : usualHold(trace);
  if (hold === null) throw new Error('bug: a service without requests passed the checks');
  return [{ name: 'recorded', weight: 1, work: { kind: 'hold', hold } }];
}

/** One class of a mix, written alone or in a list. */
export type WrittenClass = Exclude<NonNullable<WrittenService['requests']>, readonly unknown[]>;

function resolveClass(written: WrittenClass, files: Files): RequestClassSettings {
  const { name = onlyClass, weight, leak } = written;
  const work = resolveWork(written, files);
  return leak === 0 ? { name, weight, work } : { name, weight, work, leak };
}

function resolveStep({ app, query, transaction }: WrittenStep, files: Files): Step {
  if (app !== undefined) return { kind: 'app', time: resolveLaw(app, files) };
  if (query !== undefined) return queryOf(query, files);
  const steps = (transaction ?? []).map((step) => resolveStep(step, files));
  return { kind: 'transaction', steps };
}

function queryOf(query: NonNullable<WrittenStep['query']>, files: Files) {
  const cpu = typeof query === 'number' ? 1 : query.cpu;
  return { kind: 'query', work: resolveLaw(query, files), cpu } as const;
}

function resolveWork({ query, hold, steps }: WrittenClass, files: Files): WorkSettings {
  if (steps !== undefined)
    return { kind: 'steps', steps: steps.map((step) => resolveStep(step, files)) };
  if (hold !== undefined) return { kind: 'hold', hold: resolveLaw(hold, files) };
  if (query === undefined) throw new Error('bug: a request class without work passed the checks');
  return queryOf(query, files);
}

/** How many clients it admits counts its connections, not those of them that wait. */
function resolvePooler(
  { pool: written, connect }: NonNullable<WrittenSystem['database']['pooler']>,
  files: Files,
): PoolerSettings {
  const pool = resolvePool(written);
  return {
    pool: { ...pool, maxPending: Infinity },
    clientLimit: pool.maxPending,
    clientLatency: resolveLaw(connect.latency, files),
  };
}

function resolveDatabase(written: WrittenSystem['database'], files: Files): DatabaseSettings {
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
    connectLatency: resolveLaw(connect.latency, files),
    connectFailure: connect.failure,
    closingNs: connect.closing,
    ...(written.pooler === undefined ? {} : { pooler: resolvePooler(written.pooler, files) }),
  };
}
