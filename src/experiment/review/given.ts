/** Facts of configuration files, of a scenario, and of the command line → those that hold. */
import type { Findings } from '../../scenario/import/findings.ts';
import type { Fault } from '../../scenario/fault.ts';
import { configured, present } from './configured.ts';
import {
  NO_OTHERS,
  USUAL_RESERVED,
  type Known,
  type ReviewFacts,
  type ReviewService,
} from './facts.ts';
import { simulated, type ScenarioRead } from './simulated.ts';

/** What options say; it wins over files. */
export interface GivenFacts {
  readonly replicas?: number;
  readonly dbMax?: number;
  readonly callerTimeoutNs?: number;
  readonly idleLimitNs?: number;
  readonly connectNs?: number;
  readonly surgePerSecond?: number;
  readonly connectionsPerRequest?: number;
}

interface FactsReading {
  readonly facts: ReviewFacts;
  readonly faults: readonly Fault[];
}

/**
 * Configuration files beside a scenario are those of its service, and newer than it: their pool and pods
 * take the place of the scenario's.
 */
export function factsOf(
  findings: readonly Findings[],
  scenario: ScenarioRead | null,
  given: GivenFacts,
): FactsReading {
  const { service, poolers, faults } = configured(findings);
  const base = scenario === null ? null : simulated(scenario);
  const several = scenario !== null && findings.length > 0 ? tooMany(scenario) : [];
  const unclear = scenario === null ? [] : ofWhich(scenario, given);
  const services = servicesOf(service, base, findings.length > 0);
  const facts: ReviewFacts = {
    reserved: USUAL_RESERVED,
    others: NO_OTHERS,
    poolers: [],
    ...base,
    ...(poolers.length > 0 ? { poolers } : {}),
    ...present({
      maxConnections: option('--db-max', given.dbMax),
      connectNs: option('--connect', given.connectNs),
      idleLimitNs: option('--idle-limit', given.idleLimitNs),
    }),
    services: services.map((one) => withGiven(one, given)),
  };
  return { facts, faults: [...faults, ...several, ...unclear] };
}

function tooMany({ file, scenario }: ScenarioRead): Fault[] {
  if (scenario.system.services.length === 1) return [];
  const message = 'has several services, and configuration files are of one; review them apart';
  return [{ file, line: null, column: null, path: 'services', code: 'ambiguous', message }];
}

/** Options that say something of one service, where there are several. */
const OF_ONE: readonly (readonly [keyof GivenFacts, option: string, path: string])[] = [
  ['replicas', '--replicas', 'instances'],
  ['surgePerSecond', '--surge', 'traffic'],
  ['connectionsPerRequest', '--connections-per-request', 'requests'],
];

function ofWhich({ file, scenario }: ScenarioRead, given: GivenFacts): Fault[] {
  const { services } = scenario.system;
  if (services.length === 1) return [];
  const names = services.map(({ name }) => name).join(', ');
  return OF_ONE.filter(([key]) => given[key] !== undefined).map(([, option, path]) => {
    const message = `is of one service, and ${file} has several (${names}); there services.NAME.${path} says it`;
    return { file: option, line: null, column: null, path: '', code: 'ambiguous', message };
  });
}

function servicesOf(
  configuredOne: ReviewService,
  base: ReviewFacts | null,
  hasFiles: boolean,
): readonly ReviewService[] {
  if (base === null) return [configuredOne];
  return hasFiles ? [merged(base, configuredOne)] : base.services;
}

function merged({ services: [own] }: ReviewFacts, service: ReviewService): ReviewService {
  const pools = service.pools.length > 0 ? service.pools : (own?.pools ?? []);
  return { ...own, ...service, pools };
}

/** What Kubernetes does unless told otherwise; of pods that no file of Kubernetes describes it is a guess. */
const USUAL_SURGE: NonNullable<ReviewService['maxSurge']> = {
  value: { share: 0.25 },
  source: { kind: 'default', of: 'Kubernetes' },
};

function withGiven(service: ReviewService, given: GivenFacts): ReviewService {
  return {
    maxSurge: USUAL_SURGE,
    ...service,
    ...present({
      replicas: option('--replicas', given.replicas),
      callerTimeoutNs: option('--caller-timeout', given.callerTimeoutNs),
      surgePerSecond: option('--surge', given.surgePerSecond),
      connectionsPerRequest: option('--connections-per-request', given.connectionsPerRequest),
    }),
  };
}

function option<T>(name: string, value: T | undefined): Known<T> | undefined {
  return value === undefined ? undefined : { value, source: { kind: 'option', name } };
}
