/**
 * The numbers that chance has for the next requests: batches of the system's streams, copied to where they
 * are read without a look at anything else. What is left of a batch goes back by its position alone.
 */
import { BATCH as LENGTH } from '../../../engine/variate-fills.ts';
import type { VariateStream } from '../../../engine/variates.ts';
import { INT, memory, NUM } from './plain-memory.ts';
import { outside } from './plain-outside.ts';

const { num, int, gaps, demands, draws } = memory;
/** A constant of this module, see `plain-memory`. */
const BATCH = LENGTH;

/** The next batch of gaps between arrivals, on the axis of the integrated rate. */
const renewGaps = (): void => {
  renew(outside.gaps, gaps, INT.GAP_AT);
};

/** The next demand of the only class, and the next number that decides about a new connection. */
const drawRequest = (): void => {
  if (int[INT.DEMAND_AT] === BATCH) renew(outside.demands, demands, INT.DEMAND_AT);
  num[NUM.DEMAND] = demands[int[INT.DEMAND_AT]++] as number;
  if (int[INT.RECONNECTS] === 1) drawChance();
};

/** The next number that decides whether a connection is established anew. */
const drawChance = (): void => {
  if (int[INT.DRAW_AT] === BATCH) renew(outside.draws, draws, INT.DRAW_AT);
  num[NUM.DRAWN] = draws[int[INT.DRAW_AT]++] as number;
};

const renew = (stream: VariateStream | null, batch: Float64Array, at: number): void => {
  if (stream === null) throw new Error('bug: numbers drawn from no stream');
  stream.refill();
  batch.set(stream.buffer);
  int[at] = 0;
};

/** Copies what is left of the batches here. */
const takeBatches = (): void => {
  for (const [stream, batch, at] of batches()) {
    if (stream === null) continue;
    batch.set(stream.buffer);
    int[at] = stream.position;
  }
};

/** Tells the streams how far their batches have been used. */
const giveBatches = (): void => {
  for (const [stream, , at] of batches()) if (stream !== null) stream.position = int[at];
};

const batches = () =>
  [
    [outside.gaps, gaps, INT.GAP_AT],
    [int[INT.CLASSES] === 1 ? outside.demands : null, demands, INT.DEMAND_AT],
    [outside.draws, draws, INT.DRAW_AT],
  ] as const;

export const plainDraws = { renewGaps, drawRequest, drawChance, takeBatches, giveBatches };
