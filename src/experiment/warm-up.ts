/**
 * The warm-up: times measured before its end are left out of the distributions and the ledger, counts are
 * not. Its length is given, or found by MSER-5 when the run has ended; then the readings that it may end
 * at are kept until it is known.
 */
import { copyTimes, type ServiceTimes, timesSince } from '../model/meters/service-times.ts';
import type { System } from '../model/system.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { mser5 } from '../stats/mser5.ts';
import type { SeriesRow } from './series.ts';
import type { Cut } from './windows.ts';

export class WarmUp {
  private readonly warmupNs: number | 'auto';
  private readonly candidates: ReadonlySet<number>;
  private readonly kept = new Map<number, readonly ServiceTimes[]>();

  constructor({ warmupNs }: Scenario, { grid }: Cut) {
    this.warmupNs = warmupNs;
    this.candidates = new Set(warmupNs === 'auto' ? grid : [warmupNs]);
  }

  /** To be called at each of the cut's instants. */
  record({ simulation: { now }, services }: System): void {
    const isWanted = this.warmupNs !== 0 && now > 0 && this.candidates.has(now);
    if (isWanted)
      this.kept.set(
        now,
        services.map(({ meters }) => copyTimes(meters)),
      );
  }

  /** The end of the warm-up, and what each service measured after it; the run must have ended. */
  after(
    { services }: System,
    rows: readonly SeriesRow[],
    { grid }: Cut,
  ): { readonly endNs: number; readonly times: readonly ServiceTimes[] } {
    const endNs = this.warmupNs === 'auto' ? settledAt(rows, grid).atNs : this.warmupNs;
    const earlier = this.kept.get(endNs);
    const times = services.map(({ meters }, i) => {
      const then = earlier?.[i];
      return then === undefined ? meters : timesSince(meters, then);
    });
    return { endNs: earlier === undefined ? 0 : endNs, times };
  }
}

/**
 * When the run has settled: MSER-5 on the mean response time of its windows, rounded up to the grid.
 * `reached` is false when the best end is no earlier than half the run, or nothing can be said.
 */
export function settledAt(
  rows: readonly SeriesRow[],
  grid: readonly number[],
): { readonly atNs: number; readonly reached: boolean } {
  const observed = rows.filter(({ responses }) => responses.count > 0);
  const found = mser5(observed.map(({ responses: { total, count } }) => total / count));
  if (found === null) return { atNs: 0, reached: false };
  const cutNs = found.cut === 0 ? 0 : (observed[found.cut]?.fromNs ?? Infinity);
  const atNs = grid.slice(0, -1).find((instant) => instant >= cutNs);
  return atNs === undefined ? { atNs: 0, reached: false } : { atNs, reached: found.reached };
}
