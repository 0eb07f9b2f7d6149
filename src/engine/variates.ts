/**
 * Standard variates in batches: uniform on [0, 1), exponential with mean 1, normal (0, 1), erlang and
 * gamma of mean 1. A buffer is filled in one tight loop and handed out one by one; each stream is private
 * to one purpose, so the batches change no order.
 */
import type { Law } from './law.ts';
import type { RandomBits } from './random-bits.ts';
import type { RandomStreams } from './random-streams.ts';
import {
  BATCH,
  erlangFill,
  type Fill,
  fillExponential,
  fillFine,
  fillNormal,
  fillUniform,
  fillZero,
  gammaFill,
} from './variate-fills.ts';

/**
 * A stream of one kind of standard variate. Who draws very many may take `buffer[position++]` himself,
 * after a `refill()` whenever `position` has reached the buffer's length: that is all that `next()` does.
 */
export class VariateStream {
  readonly buffer = new Float64Array(BATCH);
  /** Of the next variate in the buffer; its length when all are drawn. */
  position = BATCH;
  private readonly bits: RandomBits;
  private fill: Fill;
  private shape: number;

  /** @param shape what the variates depend on besides their family; changed by `reshape` */
  constructor(bits: RandomBits, fill: Fill, shape = 0) {
    this.bits = bits;
    this.fill = fill;
    this.shape = shape;
  }

  next(): number {
    if (this.position === this.buffer.length) this.refill();
    return this.buffer[this.position++] as number;
  }

  /** Draws the next batch, and drops what is left of this one. */
  refill(): void {
    this.fill(this.buffer, this.bits);
    this.position = 0;
  }

  /** Writes the next one into an array: as a result it might be boxed. */
  nextInto(array: Float64Array, at: number): void {
    if (this.position === this.buffer.length) this.refill();
    array[at] = this.buffer[this.position++] as number;
  }

  /**
   * Takes over the shape of a changed law of the same family: the next variate has it. The rest of a
   * batch with the old shape is dropped, so the numbers depend on how many were drawn before, not on when.
   */
  reshape(law: Law): void {
    const shape = shapeOf(law);
    if (shape === this.shape) return;
    this.shape = shape;
    this.fill = fillOf(law);
    this.position = BATCH;
  }
}

export function uniformStream(streams: RandomStreams, name: string): VariateStream {
  return new VariateStream(streams.stream(name), fillUniform);
}

export function exponentialStream(streams: RandomStreams, name: string): VariateStream {
  return new VariateStream(streams.stream(name), fillExponential);
}

/** The standard variates from which this law makes its durations; constants need none. */
export function standardVariates(streams: RandomStreams, name: string, law: Law): VariateStream {
  return new VariateStream(streams.stream(name), fillOf(law), shapeOf(law));
}

/** What of a law's parameters is in its variates. */
function shapeOf(law: Law): number {
  if (law.family === 'erlang') return law.stages;
  return law.family === 'gamma' ? law.cv : 0;
}

function fillOf(law: Law): Fill {
  switch (law.family) {
    case 'constant':
      return fillZero;
    case 'uniform':
      return fillUniform;
    case 'exponential':
    case 'pareto':
      return fillExponential;
    case 'lognormal':
    case 'percentiles':
      return fillNormal;
    case 'hyperexponential':
    case 'empirical':
      return fillFine;
    case 'erlang':
      return erlangFill(law.stages);
    case 'gamma':
      return gammaFill(law.cv);
  }
}
