/** How large the pool may be: where the database contends, runs miss, or it admits no more. */
import type { Question } from '../question.ts';
import type { UpperBound } from './answer.ts';
import { fleetOf } from './fleet.ts';
import { largestThatKeepsUp } from './full-pool.ts';
import type { Screened } from './screening.ts';
import type { Asking } from './size.ts';
import { tryOut } from './trials.ts';

/** Runs of the upper end. */
const RUNS = 2;
/** So often it is moved in by a part of the band. */
const MOST_STEPS = 6;
const STEP = 8;

/** null: neither database nor runs end it, up to what was tried. */
export function* upperEndOf(
  asking: Asking,
  low: number,
  { largest, hasUpperEnd }: Screened,
): Question<UpperBound | null> {
  const { bench, peakRps, contends, known } = asking;
  const { instances, service } = bench.target;
  const ends: { size: number; by: UpperBound['by'] }[] = [];
  if (hasUpperEnd) ends.push({ size: Math.max(low, largest), by: 'objectives' });
  if (contends) {
    const range = { least: low, most: Math.max(low, largest), peakRps };
    const size = yield* largestThatKeepsUp(bench, range, known);
    if (size !== null && (hasUpperEnd || size < largest)) ends.push({ size, by: 'contention' });
  }
  const { most } = fleetOf(bench.scenario.system, service, low);
  if (most !== null && most >= low) ends.push({ size: most, by: 'max-connections' });
  const [first] = ends.sort((a, b) => a.size - b.size);
  if (first === undefined) return null;
  const size = yield* whereRunsDo(asking, low, first.size);
  // Where the database contends, that is why runs miss: a backlog has come up by chance and stays.
  const by = size < first.size && first.by === 'max-connections' ? 'objectives' : first.by;
  return { size, connections: size * instances, by };
}

/** The upper end, or less where its runs miss an objective. */
function* whereRunsDo({ bench, ways }: Asking, low: number, high: number): Question<number> {
  let size = high;
  for (let step = 0; step < MOST_STEPS && size > low; step++) {
    const asked = Array.from({ length: RUNS }, (_, i) => ({ size, replication: i + 1 }));
    const cost = { part: 'the upper end', later: 0 };
    const trials = yield* tryOut(bench, asked, ways.close, cost);
    if (trials.every((trial) => trial?.met === true)) return size;
    size -= Math.max(1, Math.round((high - low) / STEP));
  }
  return Math.max(low, size);
}
