/** What of a pool cannot change during a run: which product it is, and how it goes about its work. */
import type { PoolPolicy } from '../model/pool/policy.ts';
import type { PoolSettings } from '../model/pool/settings.ts';
import { valueAt, type Path } from './path.ts';
import { problem, type Problem } from './problem.ts';
import { findProfile, genericProfile } from './profiles.ts';

/**
 * Says why a change of `pool.profile` is refused, or nothing. It is looked at before the pool is read,
 * because the settings of one product are unknown keys of another.
 */
export function frozenProfile(document: unknown, path: Path, value: unknown): string | null {
  if (path.at(-1) !== 'profile' || path.at(-2) !== 'pool') return null;
  // Whether there is a pooler cannot change either, and that is said of the whole.
  const isOfPooler = path.at(-3) === 'pooler';
  if (isOfPooler && valueAt(document, path.slice(0, -1)) === undefined) return null;
  const [before, after] = [valueAt(document, path) ?? genericProfile, value].map(identity);
  return before === after ? null : profileFixed(String(before));
}

function identity(name: unknown): unknown {
  return typeof name === 'string' ? (findProfile(name)?.id ?? name) : name;
}

function profileFixed(id: string): string {
  return `the profile of a pool cannot change during a run (it is ${id}); compare two scenarios instead`;
}

/** Everything that differs between a pool's settings and must not; its numbers may. */
export function frozenPool(before: PoolSettings, after: PoolSettings, path: Path): Problem[] {
  if (before.profile !== after.profile) {
    return [problem([...path, 'profile'], 'not-changeable', profileFixed(before.profile))];
  }
  // Who is served first is all that can be chosen of the generic pool, and it may change.
  if (before.profile === genericProfile) return [];
  const switches = Object.keys(before.policy) as (keyof PoolPolicy)[];
  return switches
    .filter((key) => typeof before.policy[key] !== 'number')
    .filter((key) => before.policy[key] !== after.policy[key])
    .map((key) => switchFixed(before, key, path));
}

function switchFixed(
  { profile, policy }: PoolSettings,
  key: keyof PoolPolicy,
  path: Path,
): Problem {
  const setting = findProfile(profile)?.settings.find(({ sets }) => sets === key);
  const name = setting?.name ?? key;
  const message =
    `what ${name} decides (${key}: ${String(policy[key])}) cannot change during a run; ` +
    'it is how the pool works, not a number';
  return problem(setting === undefined ? path : [...path, name], 'not-changeable', message);
}
