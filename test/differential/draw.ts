import type { RandomStreams } from '../../src/engine/random-streams.ts';
import { exponentialStream, uniformStream, type VariateStream } from '../../src/engine/variates.ts';

/** Draws each setting from a stream of its own, so that a new one leaves the others as they were. */
export class Draw {
  private readonly streams: RandomStreams;
  private readonly opened = new Map<string, VariateStream>();

  constructor(streams: RandomStreams) {
    this.streams = streams;
  }

  between(name: string, low: number, high: number): number {
    return low + this.uniform(name) * (high - low);
  }

  /** A whole number; both ends are possible. */
  integer(name: string, low: number, high: number): number {
    return Math.floor(this.between(name, low, high + 1));
  }

  /** A whole number of a size's order. */
  scaled(name: string, size: number, [low, high]: readonly [number, number]): number {
    return Math.max(1, Math.round(size * this.between(name, low, high)));
  }

  chance(name: string, probability: number): boolean {
    return this.uniform(name) < probability;
  }

  oneOf<T>(name: string, values: readonly T[]): T {
    return values[this.integer(name, 0, values.length - 1)] as T;
  }

  exponential(name: string): number {
    return this.stream(name, exponentialStream).next();
  }

  private uniform(name: string): number {
    return this.stream(name, uniformStream).next();
  }

  private stream(name: string, open: typeof uniformStream): VariateStream {
    const known = this.opened.get(name);
    if (known !== undefined) return known;
    const opened = open(this.streams, name);
    this.opened.set(name, opened);
    return opened;
  }
}
