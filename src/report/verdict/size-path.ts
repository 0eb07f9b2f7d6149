/** Under which path the size of the pool that is short can be set. */
import type { RunResult } from '../../experiment/result.ts';
import { sizeSetting } from '../../scenario/pool-target.ts';
import { findProfile } from '../../scenario/profiles.ts';
import { shortService } from './names.ts';

/** For `--set`; that of the first service where none was short. */
export function sizePath(result: RunResult): string {
  const { services } = result;
  const name = shortService(result) ?? services[0]?.name ?? '';
  const product = services.find((s) => s.name === name)?.product;
  const profile = findProfile(product?.profile ?? '');
  const own = profile === undefined ? null : sizeSetting(profile, product?.settings ?? {});
  const key = own?.key ?? 'max';
  return services.length > 1 ? `services.${name}.pool.${key}` : `service.pool.${key}`;
}
