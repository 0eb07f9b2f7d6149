/** Names the mechanism by which requests wait, if the figures of the run show one. */
import type { Service } from '../../model/service/service.ts';
import type { System } from '../../model/system.ts';
import { findProfile, settingFor } from '../../scenario/profiles.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { PoolCourse } from '../pool-course.ts';
import type { Bottleneck, Station } from '../result.ts';
import { deadlockedOf } from './deadlocked.ts';
import { expiredOf } from './expired.ts';
import { leakedOf } from './leaked.ts';
import { longerHoldsOf } from './longer-holds.ts';
import { MECHANISM_STATION, type Mechanism, type SettingNames } from './mechanism.ts';
import { brokenOffOf, nothingOpenOf, oneAtATimeOf } from './opening.ts';
import { randomOrderOf } from './random-order.ts';
import { outageOf } from './outage.ts';
import { type Failed, refusedOf } from './refused.ts';
import { type Sight, sightOf, waitingIn } from './sight.ts';

/** From this share of all requests on, and this many, those who gave up are worth a reason. */
const WORTH = 0.001;
const FEW = 5;
/** From this share of their time in the system on, requests mostly wait for connections. */
const MOSTLY = 0.5;

/** Stations that say nothing against connections that are slow to come. */
const OPEN_QUESTION: readonly Station[] = [
  'none',
  'pool',
  'connection-opening',
  'connection-slots',
];

/** What is named at any station: it changes none, or is why the queue before it is long. */
const AT_ANY_STATION: readonly Mechanism['name'][] = [
  'database-outage',
  'longer-holds',
  'nested-deadlock',
  'leak',
];

export interface Findings extends Failed {
  readonly course: PoolCourse;
  /** Where requests wait by failures and ledger. */
  readonly station: Station;
}

/** Where requests wait, and why, if the figures of the run show a mechanism. */
export function reasonsOf(
  system: System,
  scenario: Scenario,
  findings: Findings,
): Pick<Bottleneck, 'station' | 'mechanism'> {
  const mechanism = mechanismOf(system, scenario, findings);
  if (mechanism === null) return { station: findings.station };
  return { station: MECHANISM_STATION[mechanism.name] ?? findings.station, mechanism };
}

/** The mechanism at the service that lost most requests; null: no figures show one. */
function mechanismOf(
  system: System,
  scenario: Scenario,
  { course, failures, station }: Findings,
): Mechanism | null {
  const sights = system.services
    .map((_, i) => sightOf(system, scenario, course, i))
    .filter((sight) => sight !== null)
    .filter(isHurt)
    .sort((a, b) => b.gaveUp - a.gaveUp);
  for (const sight of sights) {
    const named = nameOf({ ...sight, failures });
    if (named === null) continue;
    if (AT_ANY_STATION.includes(named.name) || OPEN_QUESTION.includes(station)) return named;
  }
  return null;
}

/** Whether requests gave up, or waited for most of their time. */
function isHurt(sight: Sight): boolean {
  return losesMany(sight) || waitsMostly(sight);
}

function losesMany({ gaveUp, cutOff, arrived }: Sight): boolean {
  const bad = gaveUp + cutOff;
  return bad >= FEW && bad >= WORTH * arrived;
}

function waitsMostly({ stretches, service, system }: Sight): boolean {
  return waitingIn(stretches) > MOSTLY * inSystem(service, system);
}

function inSystem({ meters }: Service, { simulation }: System): number {
  return meters.inSystem.totalIntegral(simulation.now);
}

/** The first that applies: what keeps connections from opening comes before what makes that slow. */
function nameOf(sight: Sight & Failed): Mechanism | null {
  const { settings, service } = sight;
  const common = { service: service.name, settings: settingNames(settings.pool.profile) };
  const outage = outageOf(sight, { byLoss: losesMany(sight), byWaiting: waitsMostly(sight) });
  if (outage !== null) return { name: 'database-outage', ...common, evidence: outage };
  const deadlocked = deadlockedOf(sight);
  if (deadlocked !== null) return { name: 'nested-deadlock', ...common, evidence: deadlocked };
  const leaked = leakedOf(sight);
  if (leaked !== null) return { name: 'leak', ...common, evidence: leaked };
  const refused = refusedOf(sight);
  if (refused !== null) return { name: 'connections-refused', ...common, evidence: refused };
  const brokenOff = brokenOffOf(sight);
  if (brokenOff !== null) return { name: 'opening-broken-off', ...common, evidence: brokenOff };
  const expired = expiredOf(sight);
  if (expired !== null) return { name: 'expired-together', ...common, evidence: expired };
  const serial = oneAtATimeOf(sight);
  if (serial !== null) return { name: 'one-at-a-time', ...common, evidence: serial };
  const empty = nothingOpenOf(sight);
  if (empty !== null) return { name: 'nothing-open', ...common, evidence: empty };
  const longer = longerHoldsOf(sight);
  if (longer !== null) return { name: 'longer-holds', ...common, evidence: longer };
  const random = randomOrderOf(sight);
  return random === null ? null : { name: 'random-order', ...common, evidence: random };
}

function settingNames(profileName: string): SettingNames {
  const profile = findProfile(profileName);
  if (profile === undefined) return { max: 'max', min: 'min', acquireTimeout: 'acquireTimeout' };
  const targets = [
    ['max', 'max'],
    ['min', 'min'],
    ['acquireTimeout', 'acquireTimeoutNs'],
    ['connectTimeout', 'connectTimeoutNs'],
    ['lifetime', 'lifetimeNs'],
  ] as const;
  const names = targets.map(([key, target]) => [key, settingFor(profile, target)?.name] as const);
  return Object.fromEntries(names.filter(([, name]) => name !== undefined));
}
