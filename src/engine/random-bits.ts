/**
 * The bits behind one stream: sfc32, the small fast counting generator of C. Doty-Humphrey (PractRand,
 * https://pracrand.sourceforge.net). It passes PractRand and TestU01. Its state is 128 bits, one word of
 * which is a counter. Streams begin at the same count, and a step can be undone: two streams that differ
 * at the beginning are never in the same state before 2^32 words. The mean period is 2^127.
 */

/** A word of 32 random bits, as a signed integer, at each call. */
export class RandomBits {
  /** a, b, c and the counter. A fill takes them into locals, and must write back what it took. */
  readonly state = new Int32Array(4);

  /** @param seed a number in [0, 1) at each call */
  constructor(seed: () => number) {
    const { state } = this;
    for (let i = 0; i < 3; i++) state[i] = seed() * 2 ** 32;
    state[3] = 1;
    for (let i = 0; i < STEPS_TO_MIX; i++) this.word();
  }

  word(): number {
    const { state } = this;
    const b = state[1] as number;
    const c = state[2] as number;
    const count = state[3] as number;
    const word = ((state[0] as number) + b + count) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + word;
    state[3] = count + 1;
    return word;
  }
}

/** After these every bit of the seed has reached every bit of the state. */
const STEPS_TO_MIX = 15;
