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
const { GAP, DEMAND, DRAWN } = NUM;
const { GAP_AT, DEMAND_AT, DRAW_AT, RECONNECTS } = INT;

/** The next gap between arrivals, on the axis of the integrated rate. */
const drawGap = (): void => {
  if (int[GAP_AT] === BATCH) renew(outside.gaps, gaps, GAP_AT);
  num[GAP] = gaps[int[GAP_AT]++] as number;
};

/** The next demand of the only class, and the next number that decides about a new connection. */
const drawRequest = (): void => {
  if (int[DEMAND_AT] === BATCH) renew(outside.demands, demands, DEMAND_AT);
  num[DEMAND] = demands[int[DEMAND_AT]++] as number;
  if (int[RECONNECTS] === 1) drawChance();
};

/** The next number that decides whether a connection is established anew. */
const drawChance = (): void => {
  if (int[DRAW_AT] === BATCH) renew(outside.draws, draws, DRAW_AT);
  num[DRAWN] = draws[int[DRAW_AT]++] as number;
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
    [outside.gaps, gaps, GAP_AT],
    [int[INT.CLASSES] === 1 ? outside.demands : null, demands, DEMAND_AT],
    [outside.draws, draws, DRAW_AT],
  ] as const;

export const plainDraws = { drawGap, drawRequest, drawChance, takeBatches, giveBatches };
