/**
 * Standard variates in batches: uniform on [0, 1), exponential with mean 1, normal (0, 1). A buffer is
 * filled in one tight loop and handed out one by one; each stream is private to one purpose, so the
 * batches change no order.
 */
import { cos, log } from './math.ts';
import type { LawFamily } from './law.ts';
import type { RandomSource, RandomStreams } from './random-streams.ts';

const BATCH = 256;
const TWO_PI = 2 * Math.PI;
/** Below this a second draw fills in the bits that a 32-bit uniform lacks. */
const COARSE_BELOW = 2 ** -11;
const STEP = 2 ** -32;

type Fill = (buffer: Float64Array, random: RandomSource) => void;

/** A stream of one kind of standard variate. */
export class VariateStream {
  private readonly buffer = new Float64Array(BATCH);
  private position = BATCH;
  private readonly random: RandomSource;
  private readonly fill: Fill;

  constructor(random: RandomSource, fill: Fill) {
    this.random = random;
    this.fill = fill;
  }

  next(): number {
    if (this.position === BATCH) {
      this.fill(this.buffer, this.random);
      this.position = 0;
    }
    return this.buffer[this.position++] as number;
  }
}

export function uniformStream(streams: RandomStreams, name: string): VariateStream {
  return new VariateStream(streams.stream(name), fillUniform);
}

export function exponentialStream(streams: RandomStreams, name: string): VariateStream {
  return new VariateStream(streams.stream(name), fillExponential);
}

/** The standard variates from which a law of this family makes its durations; constants need none. */
export function standardVariates(
  streams: RandomStreams,
  name: string,
  family: LawFamily,
): VariateStream {
  const fill: Record<LawFamily, Fill> = {
    constant: fillZero,
    uniform: fillUniform,
    exponential: fillExponential,
    lognormal: fillNormal,
  };
  return new VariateStream(streams.stream(name), fill[family]);
}

function fillZero(buffer: Float64Array): void {
  buffer.fill(0);
}

function fillUniform(buffer: Float64Array, random: RandomSource): void {
  for (let i = 0; i < buffer.length; i++) buffer[i] = random();
}

/** Inversion: −ln U, U in (0, 1). */
function fillExponential(buffer: Float64Array, random: RandomSource): void {
  for (let i = 0; i < buffer.length; i++) buffer[i] = -log(openUniform(random));
}

/** Box and Muller (1958), the cosine branch only: two uniforms a normal, no state between calls. */
function fillNormal(buffer: Float64Array, random: RandomSource): void {
  for (let i = 0; i < buffer.length; i++) {
    const radius = Math.sqrt(-2 * log(openUniform(random)));
    buffer[i] = radius * cos(TWO_PI * random());
  }
}

/**
 * A uniform in (0, 1) whose small values, which make the far tails, have a resolution of 2^-64 instead of
 * the generator's 2^-32.
 */
function openUniform(random: RandomSource): number {
  const u = random();
  if (u >= COARSE_BELOW) return u;
  return u + (random() || STEP) * STEP;
}
