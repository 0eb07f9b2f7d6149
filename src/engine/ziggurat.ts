/**
 * The ziggurat method of Marsaglia and Tsang, _The ziggurat method for generating random variables_
 * (2000), for the exponential and the normal law: the area under a falling density f is cut into 256
 * layers of equal area. A point of a random layer lies under f for certain when it is not beyond the
 * width of the layer above, in 98.9 % of all cases; else `…Beyond` decides.
 *
 *     1 |##
 *       |##-----.              x        a layer reaches from 0 to here
 *       |#######'---.          edge     here the layer above ends: f is above this one up to here
 *       |###########|--.
 *     0 +-------------------   the lowest layer is as wide as its area asks, and beyond its edge
 *                              stands for the whole tail
 *
 * A point costs two words. Layer and place share no bit, as Doornik asks (_An improved ziggurat method
 * to generate normal random samples_, 2005), and the place has 53 bits with its sign: an exponential
 * near 0 is known in steps of at most 2^-49, while f, hence the chance of each step, is exact there.
 */
import { exp, log } from './math.ts';
import type { RandomBits } from './random-bits.ts';

const LAYERS = 256;
/** The bits of a word that choose the layer. */
const LAYER = LAYERS - 1;
/** Places are odd multiples of 1/2 below 2^52; the scale takes this in. */
const PLACES = 2 ** 52;
const WORDS = 2 ** 32;

/** Of each layer, the lowest first. */
export interface Layers {
  /** Width ÷ 2^52: times a place, a point. */
  readonly scale: Float64Array;
  /** Up to here every point is under f. */
  readonly edge: Float64Array;
  /** f at the layer's width; one more, f(0) = 1. */
  readonly height: Float64Array;
}

/**
 * @param edge where the tail begins
 * @param area of each layer; edge and area are the one pair with which the highest layer ends at f(0)
 */
function layersOf(
  edge: number,
  area: number,
  density: (x: number) => number,
  inverse: (y: number) => number,
): Layers {
  const width = Float64Array.of(area / density(edge), edge, ...new Float64Array(LAYERS - 1));
  for (let i = 2; i < LAYERS; i++) {
    const below = width[i - 1] as number;
    width[i] = inverse(density(below) + area / below);
  }
  return {
    scale: width.subarray(0, LAYERS).map((x) => x / PLACES),
    edge: width.slice(1),
    height: width.map(density),
  };
}

/** Where the tail of the exponential law begins. */
const EXPONENTIAL_EDGE = 7.69711747013105;
/** Where those of the normal law begin. */
const NORMAL_EDGE = 3.654152885361009;

export const exponentialLayers = layersOf(
  EXPONENTIAL_EDGE,
  0.003949659822581557,
  (x) => exp(-x),
  (y) => -log(y),
);

export const normalLayers = layersOf(
  NORMAL_EDGE,
  0.004928673233974655,
  (x) => exp((-x * x) / 2),
  (y) => Math.sqrt(-2 * log(y)),
);

/** An exponential variate of mean 1; never 0. */
export function exponential(bits: RandomBits): number {
  const word = bits.word();
  const layer = word & LAYER;
  const { scale, edge } = exponentialLayers;
  const x = ((word >>> 12) * WORDS + (bits.word() >>> 0) + 0.5) * (scale[layer] as number);
  return x < (edge[layer] as number) ? x : exponentialBeyond(bits, layer, x);
}

/** What becomes of a point x beyond the edge of its layer. */
export function exponentialBeyond(bits: RandomBits, layer: number, x: number): number {
  if (layer > 0 && isUnder(bits, layer, exponentialLayers, exp(-x))) return x;
  // What is left beyond an instant of an exponential time is exponential again.
  return (layer > 0 ? 0 : EXPONENTIAL_EDGE) + exponential(bits);
}

/** A standard normal variate; never 0. */
export function normal(bits: RandomBits): number {
  const word = bits.word();
  const layer = word & LAYER;
  const { scale, edge } = normalLayers;
  const x = ((word >> 11) * WORDS + (bits.word() >>> 0) + 0.5) * (scale[layer] as number);
  return Math.abs(x) < (edge[layer] as number) ? x : normalBeyond(bits, layer, x);
}

/** What becomes of a point x, of either sign, beyond the edge of its layer. */
export function normalBeyond(bits: RandomBits, layer: number, x: number): number {
  if (layer === 0) return x < 0 ? -normalTail(bits) : normalTail(bits);
  return isUnder(bits, layer, normalLayers, exp((-x * x) / 2)) ? x : normal(bits);
}

/** Marsaglia, _Generating a variable from the tail of the normal distribution_ (1964). */
function normalTail(bits: RandomBits): number {
  for (;;) {
    const x = exponential(bits) / NORMAL_EDGE;
    if (2 * exponential(bits) > x * x) return NORMAL_EDGE + x;
  }
}

/** Whether a random height within this layer is below f at the point, which is `density`. */
function isUnder(bits: RandomBits, layer: number, { height }: Layers, density: number): boolean {
  const bottom = height[layer] as number;
  const share = ((bits.word() >>> 0) + 0.5) / WORDS;
  return bottom + share * ((height[layer + 1] as number) - bottom) < density;
}
