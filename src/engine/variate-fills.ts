/** How a buffer is filled with standard variates of one family. */
import { cos, exp, log } from './math.ts';
import type { RandomSource } from './random-streams.ts';

export type Fill = (buffer: Float64Array, random: RandomSource) => void;

const TWO_PI = 2 * Math.PI;
/** Below this a second draw fills in the bits that a 32-bit uniform lacks. */
const COARSE_BELOW = 2 ** -11;
const STEP = 2 ** -32;

export function fillZero(buffer: Float64Array): void {
  buffer.fill(0);
}

/** Uniform on [0, 1), in steps of 2^-32. */
export function fillUniform(buffer: Float64Array, random: RandomSource): void {
  for (let i = 0; i < buffer.length; i++) buffer[i] = random();
}

/** Uniform on (0, 1): the odd multiples of 2^-53, from two draws. */
export function fillFine(buffer: Float64Array, random: RandomSource): void {
  for (let i = 0; i < buffer.length; i++) {
    buffer[i] = random() + (Math.floor(random() * 2 ** 20) + 0.5) * 2 ** -52;
  }
}

/** Inversion: −ln U, U in (0, 1). */
export function fillExponential(buffer: Float64Array, random: RandomSource): void {
  for (let i = 0; i < buffer.length; i++) buffer[i] = -log(openUniform(random));
}

/** Box and Muller (1958), the cosine branch only: two uniforms a normal, no state between calls. */
export function fillNormal(buffer: Float64Array, random: RandomSource): void {
  for (let i = 0; i < buffer.length; i++) buffer[i] = normal(random);
}

/** Mean of `stages` exponentials, added one by one: O(stages) a variate. */
export function erlangFill(stages: number): Fill {
  return (buffer, random) => {
    for (let i = 0; i < buffer.length; i++) {
      let sum = 0;
      for (let k = 0; k < stages; k++) sum -= log(openUniform(random));
      buffer[i] = sum / stages;
    }
  };
}

/**
 * Gamma variates of mean 1, shape k = 1 ÷ cv², by the method of Marsaglia and Tsang, _A simple method for
 * generating gamma variables_ (2000); below a shape of 1 by their boost, Γ(k) = Γ(k + 1)·U^(1 ÷ k). With
 * a cv of 0 always 1.
 */
export function gammaFill(cv: number): Fill {
  const shape = 1 / (cv * cv);
  if (shape === Infinity) return (buffer) => buffer.fill(1);
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  return (buffer, random) => {
    for (let i = 0; i < buffer.length; i++) {
      const boost = shape < 1 ? exp(log(openUniform(random)) / shape) : 1;
      buffer[i] = (d * cubeOf(d, c, random) * boost) / shape;
    }
  };
}

/** The accepted v = (1 + c·x)³, x normal: d·v has the gamma law of shape d + 1/3. */
function cubeOf(d: number, c: number, random: RandomSource): number {
  for (;;) {
    const x = normal(random);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (log(openUniform(random)) < (x * x) / 2 + d * (1 - v + log(v))) return v;
  }
}

function normal(random: RandomSource): number {
  const radius = Math.sqrt(-2 * log(openUniform(random)));
  return radius * cos(TWO_PI * random());
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
