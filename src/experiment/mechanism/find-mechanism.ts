/** Names the mechanism by which requests wait, if the figures of the run show one. */
import type { Service } from '../../model/service/service.ts';
import type { System } from '../../model/system.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { PoolCourse } from '../pool-course.ts';
import type { Bottleneck, Station } from '../result.ts';
import { deadlockedOf } from './deadlocked.ts';
import { expiredOf } from './expired.ts';
import { leakedOf } from './leaked.ts';
import { longerHoldsOf } from './longer-holds.ts';
import { MECHANISM_STATION, type Mechanism, type Refused } from './mechanism.ts';
import { poolerFullOf } from './pooler-full.ts';
import { poolerNames, settingNames } from './setting-names.ts';
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
  { course, failures, poolerIsFull, station, rows }: Findings,
): Mechanism | null {
  const sights = system.services
    .map((_, i) => sightOf(system, scenario, course, i))
    .filter((sight) => sight !== null)
    .filter(isHurt)
    .sort((a, b) => b.gaveUp - a.gaveUp);
  for (const sight of sights) {
    const named = nameOf({ ...sight, failures, poolerIsFull, rows });
    if (named === null) continue;
    if (AT_ANY_STATION.includes(named.name) || MECHANISM_STATION[named.name] === 'pooler')
      return named;
    if (OPEN_QUESTION.includes(station)) return named;
  }
  return station === 'pooler' ? poolerFullOf(system, scenario, rows) : null;
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
  if (refused !== null) return refusedBy(sight, refused);
  const brokenOff = brokenOffOf(sight);
  if (brokenOff !== null) return { name: 'opening-broken-off', ...common, evidence: brokenOff };
  const expired = expiredOf(sight);
  if (expired !== null) return { name: 'expired-together', ...common, evidence: expired };
  const serial = oneAtATimeOf(sight);
  if (serial !== null) return { name: 'one-at-a-time', ...common, evidence: serial };
  const empty = nothingOpenOf(sight);
  if (empty !== null) return { name: 'nothing-open', ...common, evidence: empty };
  // The wait at a full pooler is part of each hold.
  const longer = sight.poolerIsFull ? null : longerHoldsOf(sight);
  if (longer !== null) return { name: 'longer-holds', ...common, evidence: longer };
  const random = randomOrderOf(sight);
  return random === null ? null : { name: 'random-order', ...common, evidence: random };
}

function refusedBy({ then, settings, service }: Sight, evidence: Refused): Mechanism {
  const names = settingNames(settings.pool.profile);
  const common = { service: service.name, evidence };
  const { pooler } = then.database;
  if (pooler === undefined) return { name: 'connections-refused', settings: names, ...common };
  const { clients } = poolerNames(pooler.pool.profile);
  return {
    name: 'clients-refused',
    settings: { ...names, ...(clients && { clients }) },
    ...common,
  };
}
