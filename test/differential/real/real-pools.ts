import type { Product } from '../products.ts';
import type { Workload } from '../workload.ts';
import { runGenericPool } from './generic-pool.ts';
import { runMysql2 } from './mysql2.ts';
import { runPgPool } from './pg-pool.ts';
import type { RealTrace } from './replay.ts';
import { runSequelizePool } from './sequelize-pool.ts';
import { runTarn } from './tarn.ts';

const RUNS: Readonly<Record<Product, (workload: Workload) => Promise<RealTrace>>> = {
  'pg-pool': runPgPool,
  tarn: runTarn,
  knex: runTarn,
  'generic-pool': runGenericPool,
  'sequelize-pool': runSequelizePool,
  mysql2: runMysql2,
};

/** Runs a workload on the package that it is meant for. */
export function runReal(workload: Workload): Promise<RealTrace> {
  return RUNS[workload.product](workload);
}
