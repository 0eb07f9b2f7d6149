// The simulated pools against the real packages, on random workloads: every wait, every outcome, every
// instant at which a connection is opened or closed.

import { describe, expect, it } from 'vitest';
import { PRODUCTS, type Product } from './products.ts';
import { runReal } from './real/real-pools.ts';
import { runSimulated } from './simulated.ts';
import type { Trace } from './trace.ts';
import { drawWorkload } from './workload.ts';

const nightly = process.env['TIDEMARK_NIGHTLY'] === '1';
const WORKLOADS = nightly ? 1000 : 100;
/** Workloads with ties are drawn again; of mysql2, which checks each 1000 ticks, there are the most. */
const MOST_TIED = 0.05;

/** Other workloads than the usual ones. */
const FAMILY = process.env['TIDEMARK_TEST_SEED'] ?? (nightly ? 'nightly' : 'daily');

interface Comparison {
  /** Seeds of the workloads that came out differently. */
  readonly differing: readonly string[];
  readonly tied: number;
}

/** @param as the product whose profile the simulator uses */
async function compare(product: Product, probability: number, as = product): Promise<Comparison> {
  const differing: string[] = [];
  let tied = 0;
  for (let k = 0; k < WORKLOADS + tied; k++) {
    const seed = `${FAMILY}/${String(k)}`;
    const workload = drawWorkload(seed, product, probability);
    const { tied: isTied, ...real } = await runReal(workload);
    if (isTied) tied++;
    else if (!isSame(real, runSimulated(workload, seed, as))) differing.push(seed);
  }
  return { differing, tied };
}

function isSame(real: Trace, simulated: Trace): boolean {
  const text = ({ requests, opens, closes }: Trace) => JSON.stringify({ requests, opens, closes });
  return text(real) === text(simulated);
}

describe.each(PRODUCTS)('%s', (product) => {
  it.each([0, 0.1, 0.4, 0.7])('is simulated exactly if %d of the connects fail', async (p) => {
    const { differing, tied } = await compare(product, p);
    expect(differing).toEqual([]);
    expect(tied).toBeLessThanOrEqual(MOST_TIED * WORKLOADS);
  });
});

describe('a wrong profile', () => {
  it.each<[Product, Product]>([
    ['tarn', 'pg-pool'],
    ['knex', 'pg-pool'],
    ['generic-pool', 'pg-pool'],
    ['sequelize-pool', 'pg-pool'],
    ['pg-pool', 'tarn'],
    ['mysql2', 'tarn'],
  ])('of %s, that of %s, is found out in a fifth of the workloads', async (product, wrong) => {
    const { differing } = await compare(product, 0.1, wrong);
    expect(differing.length).toBeGreaterThanOrEqual(WORKLOADS / 5);
  });
});
