import { describe, expect, it } from 'vitest';
import { RandomBits } from '../../src/engine/random-bits.ts';
import { RandomStreams } from '../../src/engine/random-streams.ts';

const N = 10_000;

/** The generator as it is published, with big integers: the words, and what is left as state. */
function published(seed: readonly [bigint, bigint, bigint], n: number): bigint[] {
  const mod = (x: bigint) => BigInt.asUintN(32, x);
  let [a, b, c] = seed;
  let counter = 1n;
  return Array.from({ length: n }, () => {
    const word = mod(a + b + counter);
    counter = mod(counter + 1n);
    a = b ^ (b >> 9n);
    b = mod(c + (c << 3n));
    c = mod((mod(c << 21n) | (c >> 11n)) + word);
    return word;
  });
}

function seeded(...numbers: number[]): RandomBits {
  return new RandomBits(() => numbers.shift() ?? NaN);
}

describe('random bits', () => {
  it.each([
    [0, 0, 0],
    [0.5, 2 ** -32, 1 - 2 ** -32],
    [0.1234567, 0.7654321, 0.9999999],
  ])('are those of sfc32, after 15 words, when they are seeded with %f, %f and %f', (...seed) => {
    const bits = seeded(...seed);
    const [a, b, c] = seed.map((u) => BigInt(Math.floor(u * 2 ** 32)));
    const words = Array.from({ length: N }, () => BigInt(bits.word() >>> 0));
    expect(words).toEqual(published([a ?? 0n, b ?? 0n, c ?? 0n], N + 15).slice(15));
  });

  it('count on beyond 2^32 words', () => {
    const bits = seeded(0.1, 0.2, 0.3);
    bits.state[3] = -1;
    bits.word();
    expect(bits.state[3]).toBe(0);
    bits.state[3] = 2 ** 31 - 1;
    bits.word();
    expect(bits.state[3]).toBe(-(2 ** 31));
  });

  it('have each bit set half of the time, and none like its neighbour or like itself a word before', () => {
    const bits = new RandomStreams('bits').stream('bits');
    const words = Int32Array.from({ length: 100_000 }, () => bits.word());
    const counts = (of: (word: number, before: number) => number) =>
      Array.from({ length: 32 }, (_, bit) =>
        words.reduce((sum, word, i) => sum + ((of(word, words[i - 1] ?? 0) >>> bit) & 1), 0),
      );
    const tolerance = 4.5 * Math.sqrt(words.length / 4);
    for (const set of [
      counts((word) => word),
      counts((word) => word ^ ((word << 1) | (word >>> 31))),
      counts((word, before) => word ^ before),
    ]) {
      for (const count of set) expect(Math.abs(count - words.length / 2)).toBeLessThan(tolerance);
    }
  });
});
