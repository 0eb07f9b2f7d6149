// Workloads of a few requests, written down in a test, on the real packages.

import type { Product } from './products.ts';
import type { RealTrace } from './real/replay.ts';
import { runReal } from './real/real-pools.ts';
import type { RequestTrace, Trace } from './trace.ts';
import type { Request, Workload } from './workload.ts';

/** What a test says of a workload; the rest is `PLAIN`. */
type Scenario = Partial<Omit<Workload, 'product' | 'requests'>> & { readonly requests: Request[] };

export function run(product: Product, scenario: Scenario): Promise<RealTrace> {
  return runReal({ ...PLAIN, ...scenario, product });
}

const PLAIN: Omit<Workload, 'product' | 'requests'> = {
  max: 3,
  timeout: null,
  connect: 100,
  fails: () => false,
  retryAfter: 200,
  min: 0,
  idle: null,
  lifetime: null,
  maxUses: null,
  validation: null,
  maxWaiting: null,
  closeTakes: 0,
  end: 10_000,
};

export function together(n: number, hold: number): Request[] {
  return Array.from({ length: n }, () => ({ at: 0, hold }));
}

/** Each request as `served 100` or `timeout 120`, the time being its wait. */
export function waits({ requests }: Trace, { requests: asked }: Scenario): string[] {
  return requests.map(({ outcome, at }: RequestTrace, i) => {
    return `${outcome} ${at - (asked[i]?.at ?? 0)}`;
  });
}

export const served = (...waited: number[]) => waited.map((wait) => `served ${wait}`);
