/** A connection pool, from a file's words to settings. */
import { GENERIC_POLICY } from '../model/pool/policy.ts';
import type { PoolSettings } from '../model/pool/settings.ts';
import type { WrittenPool } from './pool-schema.ts';
import type { WrittenProduct } from './product-pool.ts';
import { resolveProfile } from './profiles.ts';

/** Settings of a pool that passed all checks. */
export function resolvePool(written: WrittenPool): PoolSettings {
  if ('product' in written) return resolveProduct(written);
  const { max, initial, acquireTimeout, idleTimeout, handover, order, ...same } = written;
  return {
    ...same,
    max,
    initial: initial === 'max' ? max : initial,
    acquireTimeoutNs: acquireTimeout,
    idleTimeoutNs: idleTimeout,
    connectTimeoutNs: Infinity,
    handoverNs: handover,
    policy: { ...GENERIC_POLICY, order },
  };
}

function resolveProduct({ product, values, initial }: WrittenProduct): PoolSettings {
  const settings = resolveProfile(product, values);
  if (initial === undefined) return settings;
  return { ...settings, initial: initial === 'max' ? settings.max : initial };
}
