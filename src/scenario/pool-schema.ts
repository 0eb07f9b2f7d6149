/** A connection pool as scenario files write it. */
import { z } from 'zod';
import { keyed, rule } from './keyed.ts';
import { entry, isMap } from './path.ts';
import { NOT_FROM_HERE } from './pool-source-keys.ts';
import { initialKey, productPool, type WrittenProduct } from './product-pool.ts';
import { findProfile, genericProfile, POOLERS, profileHint, profileMeant } from './profiles.ts';
import { refuse, show, type Reading } from './reading.ts';
import { durationOf, numberOf, scalar, share, wordOf } from './scalars.ts';

/** The pool without a product's manners. */
export const genericPool = rule(
  keyed(
    {
      profile: wordOf([genericProfile])
        .prefault(genericProfile)
        .meta({ description: 'Which pool it behaves like' }),
      max: numberOf({ whole: true, min: 1, max: 1e6 })
        .prefault(10)
        .meta({ description: 'Most connections of one instance' }),
      initial: initialKey
        .prefault('max')
        .meta({ description: 'Connections open at the start; 0 is a cold pool, max a full one' }),
      acquireTimeout: durationOf({ none: 'none' })
        .prefault('none')
        .meta({ description: 'How long a request waits for a connection' }),
      maxPending: numberOf({ whole: true, min: 0, max: 1e9, word: 'unlimited' })
        .prefault('unlimited')
        .meta({ description: 'How many wait for that; beyond it a request is rejected' }),
      order: wordOf(['fifo', 'lifo'])
        .prefault('fifo')
        .meta({ description: 'Who gets the next connection: the first or the last to have come' }),
      idleTimeout: durationOf({ none: 'none' })
        .prefault('none')
        .meta({ description: 'A connection that has been idle for so long is closed' }),
      min: numberOf({ whole: true, min: 0, max: 1e6 })
        .prefault(0)
        .meta({ description: 'Open connections that idleTimeout leaves' }),
      handover: durationOf({ zero: true })
        .prefault('0s')
        .meta({ description: 'Time from a release until who waits has the connection' }),
      reconnectShare: share.prefault(0).meta({
        description: 'Share of acquisitions that must establish their connection first',
      }),
    },
    {
      later: [
        ...['minIdle', 'minimumIdle', 'maxLifetime'],
        ...['maxUses', 'leak', 'validation', 'keepaliveTime', 'fair'],
      ],
      elsewhere: NOT_FROM_HERE,
      synonyms: {
        ...{ maximumPoolSize: 'max', maxPoolSize: 'max', poolSize: 'max', size: 'max' },
        ...{ maxConnections: 'max', maxActive: 'max', maxTotal: 'max', max_connections: 'max' },
        ...{ connectionTimeout: 'acquireTimeout', connectionTimeoutMillis: 'acquireTimeout' },
        ...{ timeout: 'acquireTimeout', acquireTimeoutMillis: 'acquireTimeout' },
        ...{ maxWait: 'acquireTimeout', initialSize: 'initial', idleTimeoutMillis: 'idleTimeout' },
        ...{ queueLimit: 'maxPending', maxWaitingClients: 'maxPending', maxWaiters: 'maxPending' },
        ...{ discipline: 'order', handoff: 'handover' },
      },
    },
  ),
  ({ initial, min, max }, report) => {
    if (typeof max !== 'number') return;
    if (typeof initial === 'number' && initial > max) {
      const message = `${initial} is more than max (${max}); at most that, or max, is needed`;
      report(['initial'], 'out-of-range', message);
    }
    if (typeof min === 'number' && min > max) {
      report(['min'], 'out-of-range', `${min} is more than max (${max}); at most that is needed`);
    }
  },
);

/** A pool as its schema leaves it: the generic one, or a product's. */
export type WrittenPool = z.output<typeof genericPool> | WrittenProduct;

/**
 * The key `pool` of a service. Which keys it has depends on `profile`; while that names no pool, the rest
 * cannot be judged.
 */
export const poolSchema = z.unknown().transform((value, context): WrittenPool => {
  if (!isMap(value)) {
    const message = noMap(value);
    if (message !== null) {
      context.addIssue({ code: 'custom', message, params: { code: 'wrong-type' } });
      return z.NEVER;
    }
  }
  const found = entry(value, 'profile');
  const written = found === undefined ? genericProfile : found;
  const product = typeof written === 'string' ? findProfile(written) : undefined;
  const known = written === genericProfile || product !== undefined;
  const schema = product === undefined ? genericPool : productPool(product);
  const result = (known ? schema : unknownProfile).safeParse(value, { jitless: true });
  if (result.success) return result.data as WrittenPool;
  context.issues.push(...(result.error.issues as z.core.$ZodRawIssue[]));
  return z.NEVER;
});

/** What somebody meant who wrote a product's name or a number where a pool's map is needed; null: neither. */
function noMap(value: unknown): string | null {
  const stands = `${show(value)} stands where a map is needed`;
  if (typeof value === 'number') return `${stands}; the size of a pool is pool.max`;
  const near = typeof value === 'string' ? profileMeant(value) : undefined;
  return near === undefined ? null : `${stands}; write pool: { profile: ${near}, … }`;
}

/** The key `pool` of what stands in front of the database: the pool of a product that can stand there. */
export const poolerPool = z
  .unknown()
  .transform((value, context): WrittenPool => {
    const fault = noPooler(value);
    if (fault !== null) {
      const { path, code, message } = fault;
      context.addIssue({ code: 'custom', path, message, params: { code } });
      return z.NEVER;
    }
    const result = poolSchema.safeParse(value, { jitless: true });
    if (result.success) return result.data;
    context.issues.push(...(result.error.issues as z.core.$ZodRawIssue[]));
    return z.NEVER;
  })
  .meta({ description: 'Its connections to the database, and how it uses them' });

/** Why a value cannot be the pool of a pooler, if that is not for its profile's name or settings. */
function noPooler(value: unknown): { path: string[]; code: string; message: string } | null {
  const write = `write pool: { profile: ${poolerMeant(value)}, … }`;
  if (value === undefined) return { path: [], code: 'missing', message: `is missing; ${write}` };
  if (!isMap(value)) {
    const what = value === null ? 'is empty' : `${show(value)} stands where a map is needed`;
    return { path: [], code: 'wrong-type', message: `${what}; ${write}` };
  }
  const path = ['profile'];
  const allowed = `allowed: ${POOLERS.map(({ id }) => id).join(', ')}`;
  const written = value['profile'];
  if (written === undefined) return { path, code: 'missing', message: `is missing; ${allowed}` };
  if (written === null) return { path, code: 'empty', message: `is empty; ${allowed}` };
  const product = typeof written === 'string' ? findProfile(written) : undefined;
  const isKnown = product !== undefined || written === genericProfile;
  if (!isKnown || product?.asPooler !== undefined) return null;
  const message = `${show(written)} cannot stand in front of the database; ${allowed}`;
  return { path, code: 'unknown-value', message };
}

function poolerMeant(value: unknown): string {
  const near = typeof value === 'string' ? (profileMeant(value) ?? '') : '';
  return findProfile(near)?.asPooler === undefined ? 'pgbouncer' : near;
}

const unknownProfile = z.looseObject({
  profile: scalar<never>(refuseProfile, {}),
});

function refuseProfile(value: unknown): Reading<never> {
  const list = '`tidemark profiles` lists all';
  if (value === null) return refuse('empty', `is empty; ${list}`);
  if (typeof value !== 'string') {
    return refuse('wrong-type', `${show(value)} is no name of a pool; ${list}`);
  }
  const mode = /^pgbouncer-(session|transaction|statement)$/.exec(value)?.[1];
  if (mode !== undefined) {
    const message = `${value} is no profile of its own; write profile: pgbouncer, pool_mode: ${mode}`;
    return refuse('unknown-value', message);
  }
  const hint = profileHint(value);
  return refuse(
    'unknown-value',
    `${show(value)} is unknown${hint === '' ? `; ${list}` : `${hint} (${list})`}`,
  );
}
