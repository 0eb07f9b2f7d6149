/** The products under test, and which settings each of them has. */
export const PRODUCTS = [
  'pg-pool',
  'tarn',
  'knex',
  'generic-pool',
  'sequelize-pool',
  'mysql2',
] as const;

/** `knex` is tarn with `propagateCreateError`, as knex sets it. */
export type Product = (typeof PRODUCTS)[number];

export interface Features {
  readonly timeout: boolean;
  readonly min: boolean;
  /** An idle check whose interval cannot be set; undefined: it can, or there is none. */
  readonly idleCheck: number | undefined;
  readonly maxIdle: boolean;
  readonly lifetime: boolean;
  readonly maxUses: boolean;
  /** `at-once`: the test of a connection is a plain function, so that it takes no time. */
  readonly validation: 'none' | 'at-once' | 'any';
  readonly maxWaiting: boolean;
}

const BARE: Features = {
  timeout: true,
  min: true,
  idleCheck: undefined,
  maxIdle: false,
  lifetime: false,
  maxUses: false,
  validation: 'none',
  maxWaiting: false,
};

export const FEATURES: Readonly<Record<Product, Features>> = {
  'pg-pool': { ...BARE, lifetime: true, maxUses: true },
  tarn: { ...BARE, validation: 'any' },
  knex: { ...BARE, validation: 'any' },
  'generic-pool': { ...BARE, validation: 'any', maxWaiting: true },
  'sequelize-pool': { ...BARE, maxUses: true, validation: 'at-once' },
  mysql2: { ...BARE, timeout: false, min: false, idleCheck: 1000, maxIdle: true, maxWaiting: true },
};
