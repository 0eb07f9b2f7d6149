/**
 * Named random streams: one for each source of chance, so that a changed setting leaves the other
 * streams as they were (common random numbers). The generator is Johannes Baagøe's Alea from seedrandom,
 * of which only this part is imported: the package's main file reaches for Node's crypto.
 */
import alea from 'seedrandom/lib/alea.js';

/** A number in [0, 1) at each call, in steps of 2^-32. */
export type RandomSource = () => number;

/** Hands out the streams of one run: the same seed and name give the same numbers. */
export class RandomStreams {
  readonly seed: string;

  constructor(seed: string) {
    if (seed === '') throw new Error('bug: an empty seed would make a run irreproducible');
    this.seed = seed;
  }

  /** A fresh generator, at its first number. */
  stream(name: string): RandomSource {
    return alea(`${this.seed}/${name}`);
  }
}
