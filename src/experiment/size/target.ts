/** The pool whose size is asked for: where it is set, and the scenario with another size. */
import type { PoolSettings } from '../../model/pool/settings.ts';
import type { ServiceSettings } from '../../model/service/settings.ts';
import { sizeSetting } from '../../scenario/pool-target.ts';
import { productPools, type ProductPool } from '../../scenario/product-pools.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { vary } from '../../scenario/vary.ts';

export interface SizeTarget {
  /** Index and name of the service. */
  readonly service: number;
  readonly name: string;
  readonly instances: number;
  /** `service.pool` or `services.shop.pool`. */
  readonly poolPath: string;
  /** The setting's last step; its value is the size less `more`. */
  readonly key: string;
  readonly more: number;
  /** null: the generic pool. */
  readonly product: ProductPool | null;
  readonly pool: PoolSettings;
}

/** null: the product has no setting for its size. */
export function sizeTarget(scenario: Scenario, service: number): SizeTarget | null {
  const own = scenario.system.services[service] as ServiceSettings;
  const { name, instances, pool } = own;
  const poolPath = 'services' in scenario.document ? `services.${name}.pool` : 'service.pool';
  const product = productPools(scenario.document).find((one) => one.service === name) ?? null;
  const setting =
    product === null ? { key: 'max', more: 0 } : sizeSetting(product.product, product.values);
  if (setting === null) return null;
  return { service, name, instances, poolPath, ...setting, product, pool };
}

/** The `--set` of a size. */
function sizeSet({ poolPath, key, more }: SizeTarget, size: number): Record<string, number> {
  return { [`${poolPath}.${key}`]: size - more };
}

/** The scenario with this size and further settings; null when it would not take them. */
export function withSize(
  scenario: Scenario,
  target: SizeTarget,
  size: number,
  more: Readonly<Record<string, unknown>> = {},
): Scenario | null {
  const varied = vary(scenario, { ...sizeSet(target, size), ...more });
  if (!varied.ok) return null;
  const got = varied.scenario.system.services[target.service]?.pool.max;
  return got === size ? varied.scenario : null;
}
