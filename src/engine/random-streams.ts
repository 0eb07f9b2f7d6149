/**
 * Named random streams: one for each source of chance, so that a changed setting leaves the other
 * streams as they were (common random numbers). Seed and name are hashed by Johannes Baagøe's Alea from
 * seedrandom, whose first numbers are the seed of the stream's own bits. Only this part of the package
 * is imported: its main file reaches for Node's crypto.
 */
import alea from 'seedrandom/lib/alea.js';
import { RandomBits } from './random-bits.ts';

/** Hands out the streams of one run: the same seed and name give the same numbers. */
export class RandomStreams {
  readonly seed: string;

  constructor(seed: string) {
    if (seed === '') throw new Error('bug: an empty seed would make a run irreproducible');
    this.seed = seed;
  }

  /** A fresh generator, at its first word. */
  stream(name: string): RandomBits {
    return new RandomBits(alea(`${this.seed}/${name}`));
  }
}
