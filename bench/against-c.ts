/**
 * The product beside the yardstick: the cost of one request more, which is the slope between a run of few
 * and a run of many, so that starting up and compiling do not count. January is taken whole.
 */
import { type ProductRun, runProduct } from './product.ts';
import { januaryText, plainText, type PlainWorkload, type WorkloadName } from './workloads.ts';
import type { Yardstick } from './yardstick.ts';

/** Customers of the small and of the large run, in millions. */
export interface Sizes {
  readonly small: number;
  readonly large: number;
}

export interface AgainstC {
  readonly workload: WorkloadName;
  /** CPU time a request. */
  readonly oursNs: number;
  /** Elapsed time a request, of what is taken whole: the compiler works beside it. */
  readonly elapsedNs: number | null;
  readonly peakMegabytes: number;
  /** null without a C compiler. */
  readonly yardstickNs: number | null;
  /** Speed of ours ÷ speed of the yardstick. */
  readonly ratio: number | null;
}

export function plainAgainstC(
  workload: PlainWorkload,
  sizes: Sizes,
  yardstick: Yardstick | null,
): AgainstC {
  const small = runProduct(plainText(workload, sizes.small * 1e6));
  const large = runProduct(plainText(workload, sizes.large * 1e6));
  requireRight(workload, large);
  const oursNs = slopeNs(small, large);
  const runs = [sizes.small, sizes.large].map((size) => yardstick?.run(workload, size * 1e6));
  const [few, many] = runs.map((r) => r && { arrived: r.customers, cpuSeconds: r.cpuSeconds });
  const yardstickNs = few && many ? slopeNs(few, many) : null;
  return compared(workload, oursNs, null, large.peakMegabytes, yardstickNs);
}

export function januaryAgainstC(whole: boolean, yardstick: Yardstick | null): AgainstC {
  const { arrived, cpuSeconds, elapsedSeconds, peakMegabytes } = runProduct(januaryText(whole));
  const yardstickNs = yardstick?.run('january', 0).nsPerCustomer ?? null;
  const cpuNs = (1e9 * cpuSeconds) / arrived;
  const elapsedNs = (1e9 * elapsedSeconds) / arrived;
  return compared('january', cpuNs, elapsedNs, peakMegabytes, yardstickNs);
}

function compared(
  workload: WorkloadName,
  oursNs: number,
  elapsedNs: number | null,
  peakMegabytes: number,
  yardstickNs: number | null,
): AgainstC {
  const ratio = yardstickNs === null ? null : yardstickNs / oursNs;
  return { workload, oursNs, elapsedNs, peakMegabytes, yardstickNs, ratio };
}

interface Cost {
  readonly arrived: number;
  readonly cpuSeconds: number;
}

function slopeNs(small: Cost, large: Cost): number {
  return (1e9 * (large.cpuSeconds - small.cpuSeconds)) / (large.arrived - small.arrived);
}

/** Erlang C's mean wait for A; what overload leaves of B. Wide enough for the shortest runs. */
function requireRight(workload: PlainWorkload, run: ProductRun): void {
  const isRight =
    workload === 'a'
      ? Math.abs(run.meanWaitMs - 13.37) < 1.5
      : Math.abs(run.timeouts / run.arrived - 0.25) < 0.03;
  if (!isRight) throw new Error(`bug: ${workload} came out wrong: ${JSON.stringify(run)}`);
}
