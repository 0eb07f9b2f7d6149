// Workloads of a few requests, written down in a test, on the real packages and on the simulator.

import { RandomStreams } from '../../src/engine/random-streams.ts';
import { Draw } from './draw.ts';
import type { Product } from './products.ts';
import { runReal } from './real/real-pools.ts';
import { runSimulated } from './simulated.ts';
import type { RequestTrace, Trace } from './trace.ts';
import { drawFailures, type Request, type Workload } from './workload.ts';

/** What a test says of a workload; the rest is `PLAIN`. */
export type Scenario = Partial<Omit<Workload, 'product' | 'requests'>> & {
  readonly requests: Request[];
};

type Run = (product: Product, scenario: Scenario) => Promise<Trace>;

/** Both halves of the comparison. */
export const HALVES: readonly [string, Run][] = [
  ['the package', (product, scenario) => runReal({ ...PLAIN, ...scenario, product })],
  ['the simulator', (product, scenario) => Promise.resolve(simulated(product, scenario))],
];

/** The simulator draws which attempts fail: by a seed that makes the first ones do what is written down. */
function simulated(product: Product, scenario: Scenario): Trace {
  const workload: Workload = { ...PLAIN, ...scenario, product };
  const { fails } = workload;
  for (let k = 0; ; k++) {
    const seed = `small-${String(k)}`;
    const drawn = drawFailures(new Draw(new RandomStreams(seed)), LIKELY);
    if (FIRST.some((n) => drawn.fails(n) !== fails(n))) continue;
    const failureProbability = FIRST.some(fails) ? LIKELY : 0;
    return runSimulated({ ...workload, failureProbability }, seed);
  }
}

/** Attempts that are looked at, and how likely each fails: some hundred seeds find any order of them. */
const FIRST = [0, 1, 2, 3, 4, 5, 6, 7];
const LIKELY = 0.5;

const PLAIN: Omit<Workload, 'product' | 'requests'> = {
  max: 3,
  timeout: null,
  connect: 100,
  fails: () => false,
  failureProbability: 0,
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
