/**
 * What `init` does not ask and a scenario needs, by what is known of databases in general, and so that it does
 * not contradict what was measured. Each is marked as assumed, with its reason.
 */
import { formatDuration } from '../duration.ts';
import { MILLISECOND } from '../../engine/time.ts';
import type { Path } from '../path.ts';
import type { Answers } from './answers.ts';
import { assumedContention } from './assumed-contention.ts';
import { assumedFleet, USUAL_CONNECTIONS, USUAL_POOL } from './assumed-fleet.ts';
import type { Fact } from './fact.ts';
import { measuredLoad } from './measured-load.ts';
import { durationWith } from './surge-facts.ts';

const UNSAID_CORES = 4;
const UNSAID_RATE = '20/s';
const UNSAID_HOLD = { mean: '20ms' };
const UNSAID_HOLD_NOTE = 'nobody said how long a connection is out';
const MEAN_HOLD: Path = ['requests', 'hold', 'mean'];
/** Of the shortest hold, what a round trip is at most. */
const ROUND_TRIPS = 10;

/** Assumptions that hold where neither a file nor an answer says otherwise. `facts`: what those say. */
export function initAssumptions(answers: Answers, facts: readonly Fact[]): Fact[] {
  const { rate, surges, hold, measuredAt } = answers;
  const cores = answers.cores ?? UNSAID_CORES;
  const base = rate ?? UNSAID_RATE;
  const load = measuredLoad(hold ?? UNSAID_HOLD, measuredAt ?? base);
  const { instances, poolMax, maxConnections } = assumedFleet(facts, load.inUse);
  const { usl, cpu, note } = assumedContention(cores, load.inUse);
  return [
    assumed(['duration'], durationWith(surges), 'long enough for what is asked'),
    assumed(['traffic', 'base'], base, 'nobody said how many requests arrive'),
    assumed(['traffic', 'client', 'timeout'], '60s', 'what proxies wait unless told otherwise'),
    ...(hold === null ? [assumed(MEAN_HOLD, UNSAID_HOLD.mean, UNSAID_HOLD_NOTE)] : []),
    assumed(['requests', 'hold', 'measuredAt'], base, 'nobody said at which rate that holds'),
    assumed(['requests', 'hold', 'cpu'], cpu, 'what fits the contention'),
    assumed(
      ['service', 'instances'],
      instances,
      `nobody said how many pods there are${soMany(instances > 1)}`,
    ),
    assumed(
      ['service', 'pool'],
      { max: poolMax },
      `no file says how large the pool is${soMany(poolMax > USUAL_POOL)}`,
    ),
    assumed(['database', 'cores'], cores, 'nobody said how many processors it has'),
    assumed(['database', 'contention'], { usl }, note),
    assumed(['database', 'roundTrip'], roundTrip(load.shortestNs), 'a network within one site'),
    assumed(
      ['database', 'maxConnections'],
      maxConnections,
      maxConnections > USUAL_CONNECTIONS ? 'enough for these pools' : 'the default of PostgreSQL',
    ),
    assumed(
      ['database', 'connect', 'latency'],
      { lognormal: { mean: '50ms', cv: 0.5 } },
      'usual with TLS',
    ),
    assumed(['objectives'], ['response p99 < 1s', 'errors < 1%'], 'nobody said what must hold'),
  ];
}

/** Why a fleet is larger than the smallest. */
function soMany(isLarger: boolean): string {
  return isLarger ? '; so many can have served what was measured' : '';
}

/** A millisecond, and less where a hold is too short for one. */
function roundTrip(shortestNs: number): string {
  return formatDuration(Math.max(1, Math.round(Math.min(MILLISECOND, shortestNs / ROUND_TRIPS))));
}

function assumed(path: Path, value: unknown, note: string): Fact {
  return { path, value, grade: 'assumed', note };
}
