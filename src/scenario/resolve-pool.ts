/** A connection pool, from a file's words to settings. */
import type { z } from 'zod';
import type { PoolSettings } from '../model/pool/settings.ts';
import type { poolSchema } from './pool-schema.ts';

/** Settings of a pool that passed all checks. */
export function resolvePool(written: z.output<typeof poolSchema>): PoolSettings {
  const { max, initial, acquireTimeout, idleTimeout, handover, ...same } = written;
  return {
    ...same,
    max,
    initial: initial === 'max' ? max : initial,
    acquireTimeoutNs: acquireTimeout,
    idleTimeoutNs: idleTimeout,
    handoverNs: handover,
  };
}
