/** The pools of one file, each read by itself → what the file says. */
import { NOTHING_FOUND, type Findings } from './findings.ts';
import type { PoolReading } from './found-pool.ts';

/** `more` of what the file says comes before what the pools say. */
export function findingsOf(
  kind: string,
  readings: readonly PoolReading[],
  more: Partial<Findings> = {},
): Findings {
  const { leftOut = [], faults = [] } = more;
  return {
    ...NOTHING_FOUND,
    ...more,
    kind,
    pools: [...(more.pools ?? []), ...readings.map(({ pool }) => pool)],
    leftOut: [...leftOut, ...readings.flatMap((reading) => reading.leftOut)],
    faults: [...faults, ...readings.flatMap((reading) => reading.faults)],
  };
}
