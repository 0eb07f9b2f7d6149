/** Under which path the size of the pool that is short can be set. */
import type { ProductSummary } from '../../experiment/pool-result.ts';
import type { RunResult } from '../../experiment/result.ts';
import { sizeSetting } from '../../scenario/pool-target.ts';
import { findProfile } from '../../scenario/profiles.ts';
import { shortService } from './names.ts';

/** For `--set`; that of the first service where none was short. */
export function sizePath(result: RunResult): string {
  const { services } = result;
  const name = shortService(result) ?? services[0]?.name ?? '';
  const key = sizeKey(services.find((s) => s.name === name)?.product);
  return services.length > 1 ? `services.${name}.pool.${key}` : `service.pool.${key}`;
}

function sizeKey(product: ProductSummary | undefined): string {
  const profile = product === undefined ? undefined : findProfile(product.profile);
  if (product === undefined || profile === undefined) return 'max';
  return sizeSetting(profile, product.settings)?.key ?? 'max';
}
