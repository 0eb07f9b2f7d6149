/** Of several services, the one whose pool is short first. */
import type { Scenario } from '../../scenario/scenario.ts';
import { ask, type Question } from '../question.ts';
import { expectedRequests } from '../settings-history.ts';
import type { SizeTarget } from './target.ts';

/** One run of the scenario as it is; where no pool was short, the one that is used most. */
export function* shortestOf(
  scenario: Scenario,
  targets: readonly SizeTarget[],
): Question<SizeTarget> {
  const [first] = targets;
  if (first === undefined) throw new Error('bug: no pool to size');
  if (targets.length === 1) return first;
  const input = { scenario, seed: scenario.seed, replication: 1 };
  const cost = { part: 'which pool is short', requests: expectedRequests(scenario), later: 0 };
  const [result] = yield* ask('run', [input], cost);
  if (result === undefined) throw new Error('bug: a run without a result');
  const instance = result.bottleneck.onset?.instance ?? '';
  const short = targets.find(({ name }) => instance.startsWith(`${name}/`));
  if (short !== undefined) return short;
  const use = ({ service }: SizeTarget) => result.services[service]?.pool.utilisation ?? 0;
  return targets.reduce((a, b) => (use(b) > use(a) ? b : a));
}
