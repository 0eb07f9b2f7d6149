/** The changes that advice tries on a backlog: sizes of the pool, a shorter timeout, parts of the fix. */
import type { PoolSettings } from '../model/pool/settings.ts';
import type { SystemSettings } from '../model/settings.ts';
import { formatDuration } from '../scenario/duration.ts';
import { pathName, poolTarget, sizeSetting } from '../scenario/pool-target.ts';
import { type ProductPool, productPools } from '../scenario/product-pools.ts';
import { settingFor } from '../scenario/profiles.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Trial } from './advice.ts';
import { settingsInForce } from './settings-history.ts';
import type { WhatIfPlan } from './what-if.ts';

/** Pool sizes that are tried, as multiples of the one in force. */
const SIZES = [1.2, 1.5, 2, 3, 4, 6];
/** A shorter acquire timeout, as a part of the one in force. */
const SHORTER = 0.4;

type Candidate = Pick<Trial, 'set' | 'kind'>;

/** The service whose pool was short first, and its pool at the change. */
interface Short {
  /** `services.shop.pool`: where its settings stand. */
  readonly path: string;
  readonly name: string;
  readonly pool: PoolSettings;
  readonly product: ProductPool | undefined;
}

/** @param instance `service/3` */
export function shortOf(scenario: Scenario, instance: string, { changeNs }: WhatIfPlan): Short {
  const name = instance.slice(0, instance.lastIndexOf('/'));
  const path = 'services' in scenario.document ? `services.${name}.pool` : 'service.pool';
  const now = settingsInForce(scenario, changeNs).services.find((s) => s.name === name);
  if (now === undefined) throw new Error(`bug: no service ${name}`);
  const product = productPools(scenario.document).find(({ service }) => service === name);
  return { path, name, pool: now.pool, product };
}

/** What is tried, each once. */
export function candidatesOf(scenario: Scenario, short: Short, plan: WhatIfPlan): Candidate[] {
  return withoutRepeats([
    ...sizeCandidates(short),
    ...timeoutCandidates(short),
    ...partsOfFix(scenario, plan),
  ]);
}

/** None where there is no limit, or no setting for it. */
function sizeCandidates({ path, pool: { max }, product }: Short): Candidate[] {
  const own = product === undefined ? null : sizeSetting(product.product, product.values);
  const setting = product === undefined ? { key: 'max', more: 0 } : own;
  if (setting === null || max === Infinity) return [];
  const sizes = SIZES.map((factor) => Math.max(Math.ceil(max * factor), max + 1));
  return [...new Set(sizes)].map((size): Candidate => {
    return { kind: 'pool-size', set: { [`${path}.${setting.key}`]: size - setting.more } };
  });
}

/** None where nobody times out, or the product has no setting for it. */
function timeoutCandidates({ path, pool: { acquireTimeoutNs }, product }: Short): Candidate[] {
  const own = product && settingFor(product.product, 'acquireTimeoutNs');
  const key = product === undefined ? 'acquireTimeout' : own && pathName(own);
  if (typeof key !== 'string' || !(acquireTimeoutNs > 0 && acquireTimeoutNs < Infinity)) return [];
  const timeout = formatDuration(Math.round(acquireTimeoutNs * SHORTER));
  return [{ kind: 'timeout', set: { [`${path}.${key}`]: timeout } }];
}

/** The last change of settings that the timeline makes after the overload began: whole, and in parts. */
function partsOfFix(scenario: Scenario, plan: WhatIfPlan): Candidate[] {
  const fix = scenario.timeline.findLast(
    (entry) => entry.settings !== null && entry.atNs > plan.changeNs,
  );
  const paths = Object.keys(fix?.set ?? {});
  if (fix === undefined || paths.length < 2) return [];
  const only = (...chosen: string[]) => Object.fromEntries(chosen.map((p) => [p, fix.set[p]]));
  const profiles = new Map(
    productPools(scenario.document).map(({ service, product }) => [service, product.id]),
  );
  const isSize = (path: string) => poolTarget(path, (name) => profiles.get(name))?.sets === 'max';
  const size = paths.find(isSize);
  const plans = paths.filter((path) => path.includes('requests'));
  const pairs = size === undefined ? [] : plans.map((path) => only(size, path));
  return [
    ...paths.map((path): Candidate => ({ kind: 'timeline-part', set: only(path) })),
    ...pairs.map((set): Candidate => ({ kind: 'timeline-part', set })),
    { kind: 'timeline-whole', set: fix.set },
  ];
}

/** What a trial makes of the size of the pool that was short; nothing when it leaves it as it was. */
export function sizeAfter({ name, pool }: Short, { services }: SystemSettings): Partial<Trial> {
  const max = services.find((s) => s.name === name)?.pool.max ?? pool.max;
  return max === pool.max || max === Infinity ? {} : { connections: max };
}

function withoutRepeats(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ set }) => {
    const key = JSON.stringify(set);
    return !seen.has(key) && seen.add(key).size > 0;
  });
}
