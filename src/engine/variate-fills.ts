/**
 * How a buffer is filled with standard variates of one family. A fill is one loop without a call: the
 * step of the generator (random-bits.ts) is written out in it, with the state in locals, because a call
 * or a state in memory would cost as much as the variate. What a loop cannot decide at once, one variate
 * in a hundred, it puts aside and settles afterwards, with further words.
 */
import { exp, log } from './math.ts';
import type { RandomBits } from './random-bits.ts';
import {
  exponential,
  exponentialBeyond,
  exponentialLayers,
  normal,
  normalBeyond,
  normalLayers,
} from './ziggurat.ts';

export type Fill = (buffer: Float64Array, bits: RandomBits) => void;

type Beyond = typeof exponentialBeyond;

/** Variates of a batch: how long a buffer is. */
export const BATCH = 256;

const WORDS = 2 ** 32;
const STEP = 2 ** -32;
/** As in `ziggurat`, whose constant would be read from memory. */
const LAYER = 255;

/** As in `ziggurat`: what is a constant of this module is at hand, without a look at what it is. */
const { scale: EXPONENTIAL_SCALE, edge: EXPONENTIAL_EDGE } = exponentialLayers;
const { scale: NORMAL_SCALE, edge: NORMAL_EDGE } = normalLayers;
/** The batch at work; copied out when it is full, which costs less than a look at the buffer at each step. */
const batch = new Float64Array(BATCH);
/** Of the batch at work, which variates are put aside: their index, times 256, and their layer. */
const aside = new Int32Array(BATCH);

export function fillZero(buffer: Float64Array): void {
  buffer.fill(0);
}

/** Uniform on [0, 1), in steps of 2^-32: a word each. */
export function fillUniform(buffer: Float64Array, { state }: RandomBits): void {
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let count = state[3] as number;
  const { length } = buffer;
  for (let i = 0; i < length; i++) {
    const word = (a + b + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    batch[i] = (word >>> 0) * STEP;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = count;
  copyOut(buffer);
}

/** Uniform on (0, 1): the odd multiples of 2^-53, two words each. */
export function fillFine(buffer: Float64Array, bits: RandomBits): void {
  for (let i = 0; i < buffer.length; i++) buffer[i] = fine(bits);
}

function fine(bits: RandomBits): number {
  const high = bits.word() >>> 12;
  return (high * WORDS + (bits.word() >>> 0) + 0.5) * 2 ** -52;
}

/** Exponential of mean 1, by the ziggurat: `exponential` in a loop. */
export function fillExponential(buffer: Float64Array, bits: RandomBits): void {
  const { state } = bits;
  const { length } = buffer;
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let count = state[3] as number;
  let left = 0;
  for (let i = 0; i < length; i++) {
    const first = (a + b + count) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + first) | 0;
    const second = (a + b + count + 1) | 0;
    count = (count + 2) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + second) | 0;
    const layer = first & LAYER;
    const place = (first >>> 12) * WORDS + ((second >>> 0) + 0.5);
    const x = place * (EXPONENTIAL_SCALE[layer] as number);
    batch[i] = x;
    if (x >= (EXPONENTIAL_EDGE[layer] as number)) aside[left++] = (i << 8) | layer;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = count;
  settle(bits, left, exponentialBeyond);
  copyOut(buffer);
}

/** Normal of mean 0 and variance 1, by the ziggurat: `normal` in a loop. */
export function fillNormal(buffer: Float64Array, bits: RandomBits): void {
  const { state } = bits;
  const { length } = buffer;
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let count = state[3] as number;
  let left = 0;
  for (let i = 0; i < length; i++) {
    const first = (a + b + count) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + first) | 0;
    const second = (a + b + count + 1) | 0;
    count = (count + 2) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + second) | 0;
    const layer = first & LAYER;
    const place = (first >> 11) * WORDS + ((second >>> 0) + 0.5);
    const x = place * (NORMAL_SCALE[layer] as number);
    batch[i] = x;
    if (Math.abs(x) >= (NORMAL_EDGE[layer] as number)) aside[left++] = (i << 8) | layer;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = count;
  settle(bits, left, normalBeyond);
  copyOut(buffer);
}

/** Settles the first `count` of those put aside. */
function settle(bits: RandomBits, count: number, beyond: Beyond): void {
  for (let k = 0; k < count; k++) {
    const i = (aside[k] as number) >> 8;
    batch[i] = beyond(bits, (aside[k] as number) & LAYER, batch[i] as number);
  }
}

/** A buffer may be shorter than a batch, never longer. */
function copyOut(buffer: Float64Array): void {
  buffer.set(buffer.length === BATCH ? batch : batch.subarray(0, buffer.length));
}

/** Mean of `stages` exponentials, added in the order of their stream: O(stages) a variate. */
export function erlangFill(stages: number): Fill {
  const exponentials = new Float64Array(BATCH);
  return (buffer, bits) => {
    let position = BATCH;
    for (let i = 0; i < buffer.length; i++) {
      let sum = 0;
      for (let k = 0; k < stages; k++) {
        if (position === BATCH) {
          fillExponential(exponentials, bits);
          position = 0;
        }
        sum += exponentials[position++] as number;
      }
      buffer[i] = sum / stages;
    }
  };
}

/**
 * Gamma variates of mean 1, shape k = 1 ÷ cv², by the method of Marsaglia and Tsang, _A simple method for
 * generating gamma variables_ (2000); below a shape of 1 by their boost, Γ(k) = Γ(k + 1)·U^(1 ÷ k), where
 * −ln U is exponential. With a cv of 0 always 1.
 */
export function gammaFill(cv: number): Fill {
  const shape = 1 / (cv * cv);
  if (shape === Infinity) return (buffer) => buffer.fill(1);
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  return (buffer, bits) => {
    for (let i = 0; i < buffer.length; i++) {
      const boost = shape < 1 ? exp(-exponential(bits) / shape) : 1;
      buffer[i] = (d * cubeOf(d, c, bits) * boost) / shape;
    }
  };
}

/** The accepted v = (1 + c·x)³, x normal: d·v has the gamma law of shape d + 1/3. */
function cubeOf(d: number, c: number, bits: RandomBits): number {
  for (;;) {
    const x = normal(bits);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const square = x * x;
    const u = fine(bits);
    // Their squeeze: below this line the logarithms would say yes as well.
    if (u < 1 - 0.0331 * square * square) return v;
    if (log(u) < square / 2 + d * (1 - v + log(v))) return v;
  }
}
