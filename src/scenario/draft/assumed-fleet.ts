/** How many pods there are, how large their pool is, and what the database admits, where nobody says it. */
import { findProfile, resolveProfile, type NativeValues } from '../profiles.ts';
import { isSame, startsWith, type Path } from '../path.ts';
import type { Fact } from './fact.ts';

export interface AssumedFleet {
  readonly instances: number;
  readonly poolMax: number;
  readonly maxConnections: number;
}

/** The default of most pools, and of PostgreSQL. */
export const USUAL_POOL = 10;
export const USUAL_CONNECTIONS = 100;
const RESERVED = 3;
const MOST_PODS = 100_000;
/** What was measured is taken to have been a day on which half of the connections were free. */
const ROOM = 2;

const INSTANCES: Path = ['service', 'instances'];
const MAX_CONNECTIONS: Path = ['database', 'maxConnections'];
const POOL: Path = ['service', 'pool'];

/** A fleet that can have served what was measured. `facts`: what files and answers say of it. */
export function assumedFleet(facts: readonly Fact[], inUse: number): AssumedFleet {
  const instances = knownNumber(facts, INSTANCES);
  const poolMax = knownPool(facts);
  const admitted = knownNumber(facts, MAX_CONNECTIONS) ?? Infinity;
  const fitting = (each: number): number => Math.floor((admitted - RESERVED) / each);
  const enough = (each: number): number =>
    Math.min(Math.ceil((ROOM * inUse) / each), fitting(each));
  const max = poolMax ?? Math.max(USUAL_POOL, instances === null ? 0 : enough(instances));
  const wanted = max === Infinity ? 1 : Math.max(1, enough(max));
  const pods = instances ?? Math.min(MOST_PODS, wanted);
  const isKnown = instances !== null && poolMax !== null;
  const opened = isKnown || max === Infinity ? Math.ceil(ROOM * inUse) : pods * max;
  const maxConnections = Math.max(USUAL_CONNECTIONS, opened + RESERVED);
  return { instances: pods, poolMax: max, maxConnections };
}

function knownNumber(facts: readonly Fact[], wanted: Path): number | null {
  const value = facts.find(({ path }) => isSame(path, wanted))?.value;
  return typeof value === 'number' ? value : null;
}

/** What the product makes of the settings in the files; null: no file sets up a pool. */
function knownPool(facts: readonly Fact[]): number | null {
  const settings = new Map(
    facts
      .filter(({ path }) => startsWith(path, POOL))
      .map(({ path, value }) => [path.at(-1), value]),
  );
  const profile = settings.get('profile');
  const product = typeof profile === 'string' ? findProfile(profile) : undefined;
  if (product === undefined) return null;
  settings.delete('profile');
  return resolveProfile(product, Object.fromEntries(settings) as NativeValues).max;
}
