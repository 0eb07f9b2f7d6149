/** What configuration files say together → facts of a scenario, and what has no place in one. */
import type { Fact } from '../draft/fact.ts';
import type { Fault } from '../fault.ts';
import type { Path } from '../path.ts';
import { placeWords } from './configuration.ts';
import type { Findings, Fleet, Found, FoundPool, LeftOut } from './findings.ts';
import { faultAt } from './found-pool.ts';
import type { Imported } from './import-files.ts';
import { ordinaryReplicas, wholeFleet } from './whole-fleet.ts';

interface ImportedFacts {
  readonly facts: readonly Fact[];
  readonly leftOut: readonly LeftOut[];
  readonly faults: readonly Fault[];
}

/** Where the pool of a service stands, and that of a pooler in front of the database. */
export const SERVICE_POOL: Path = ['service', 'pool'];
export const POOLER_POOL: Path = ['database', 'pooler', 'pool'];

/** Of several files; a pool that stands in front of the database is the database's pooler. */
export function factsOf({ findings }: Imported): ImportedFacts {
  const [pooler, service] = [true, false].map((inFront) =>
    findings.map((one) => mainPool(one, inFront)),
  ) as [Chosen[], Chosen[]];
  const pools = [chosenOf(service, SERVICE_POOL), chosenOf(pooler, POOLER_POOL)];
  const { fleet, faults } = wholeFleet(findings);
  return {
    facts: [...fleetFacts(findings, fleet), ...pools.flatMap(({ facts }) => facts)],
    leftOut: [
      ...findings.flatMap(({ leftOut }) => leftOut),
      ...pools.flatMap(({ leftOut }) => leftOut),
      ...fleetLeftOut(fleet),
    ],
    faults: [...faults, ...pools.flatMap((pool) => pool.faults)],
  };
}

/** The pool of a file that is simulated, and the others in it. */
interface Chosen {
  readonly pool: FoundPool | undefined;
  readonly others: readonly FoundPool[];
}

const USUAL_NAMES = ['primary', 'default', 'writer', 'main'];

/** The one with a usual name, or the first. */
function mainPool({ pools }: Findings, inFront: boolean): Chosen {
  const fitting = pools.filter(({ profile }) => (profile.asPooler !== undefined) === inFront);
  const usual = USUAL_NAMES.map((name) => fitting.find((pool) => pool.name === name));
  const pool = usual.find((one) => one !== undefined) ?? fitting[0];
  return { pool, others: fitting.filter((one) => one !== pool) };
}

function chosenOf(all: readonly Chosen[], path: Path): ImportedFacts {
  const pools = all.flatMap(({ pool }) => (pool === undefined ? [] : [pool]));
  const [first, ...more] = pools;
  const faults = more.map(({ profile, place }) => {
    const message = `sets up a second pool (${profile.product}); ${first?.place.file ?? ''} has one, and a service has one`;
    return faultAt({ key: '', place }, 'too-many', message);
  });
  const leftOut = all.flatMap(({ others }) =>
    others.map(({ name, place }): LeftOut => {
      const why = 'is another pool; a service has one here';
      return { key: `pool ${name ?? ''}`.trim(), place, why };
    }),
  );
  return { facts: first === undefined ? [] : poolFacts(first, path), leftOut, faults };
}

/** The profile, and each setting with the line that says it. */
function poolFacts({ profile, settings, place }: FoundPool, path: Path): Fact[] {
  const product = stated([...path, 'profile'], profile.id, place.file);
  const rest = settings.map(({ setting, value, key, place: at }): Fact => {
    const fact = stated([...path, setting.name], value, placeWords(at));
    return { ...fact, found: { key, place: at } };
  });
  return [product, ...rest];
}

function stated(path: Path, value: unknown, note: string): Fact {
  return { path, value, grade: 'stated', note };
}

/** Instances are replicas, or replicas × processes: each process has a pool of its own. */
function fleetFacts(findings: readonly Findings[], fleet: Fleet): Fact[] {
  const replicas = ordinaryReplicas(fleet);
  const processes = firstOf(findings, (one) => one.processes);
  const threads = firstOf(findings, (one) => one.threads);
  return [
    ...instanceFacts(replicas, processes),
    ...(threads === undefined
      ? []
      : [stated(['service', 'concurrency'], threads.value, placeWords(threads.place))]),
  ];
}

function instanceFacts(
  replicas: Found<number> | undefined,
  processes: Found<number> | undefined,
): Fact[] {
  const path: Path = ['service', 'instances'];
  if (processes === undefined || processes.value === 1) {
    return replicas === undefined ? [] : [replicasFact(path, replicas)];
  }
  const each = `${processes.value} processes (${placeWords(processes.place)}), each with its pool`;
  const [pods, from] =
    replicas === undefined ? [1, '1 replica'] : [replicas.value, placeWords(replicas.place)];
  const note = `${pods} (${from}) × ${each}`;
  return [{ path, value: pods * processes.value, grade: 'derived', note }];
}

/** How many there are when nobody says is a fact about Kubernetes, and hardly what somebody runs. */
function replicasFact(path: Path, { value, place, isDefault }: Found<number>): Fact {
  if (!isDefault) return stated(path, value, placeWords(place));
  return { path, value, grade: 'assumed', note: `${placeWords(place)} does not say how many` };
}

/** The first file that says something says it. */
function firstOf<T>(
  findings: readonly Findings[],
  pick: (findings: Findings) => Found<T> | undefined,
): Found<T> | undefined {
  return findings.map(pick).find((found) => found !== undefined);
}

const NO_DEPLOYMENT = 'is about a deployment; `tidemark review` counts its pods';

const AUTOSCALER = 'is the autoscaler’s; the simulation has a fixed number of instances';

const FLEET_LEFT_OUT: Readonly<Partial<Record<keyof Fleet, string>>> = {
  maxSurge: NO_DEPLOYMENT,
  maxUnavailable: NO_DEPLOYMENT,
  terminationGraceSeconds: NO_DEPLOYMENT,
  minReplicas: AUTOSCALER,
  maxReplicas: AUTOSCALER,
  cpuLimit: 'limits the service; the simulation has no processors of a service',
  memoryLimitBytes: 'limits the service; the simulation has no memory of a service',
};

function fleetLeftOut(fleet: Fleet): LeftOut[] {
  const instances = ordinaryReplicas(fleet);
  return Object.entries(FLEET_LEFT_OUT).flatMap(([name, why]) => {
    const found = fleet[name as keyof Fleet];
    const isWritten = found !== undefined && !found.isDefault && found !== instances;
    return isWritten ? [{ key: found.key, place: found.place, why }] : [];
  });
}
