/** Gaps between arrivals on the axis of the integrated rate: in requests expected, with mean 1. */
import type { RandomStreams } from '../../engine/random-streams.ts';
import { exponentialStream, VariateStream } from '../../engine/variates.ts';

/** Gaps of a Poisson process. */
export function exponentialGaps(streams: RandomStreams, name: string): VariateStream {
  return exponentialStream(streams, name);
}

/** Sums of `stages` exponential numbers ÷ stages: their squared coefficient of variation is 1 ÷ stages. */
export function erlangGaps(streams: RandomStreams, name: string, stages: number): VariateStream {
  const exponentials = exponentialStream(streams, name);
  const next = () => exponentials.next();
  return new VariateStream(next, (buffer, exponential) => {
    for (let i = 0; i < buffer.length; i++) {
      let sum = 0;
      for (let stage = 0; stage < stages; stage++) sum += exponential();
      buffer[i] = sum / stages;
    }
  });
}

/** Exponential gaps of this mean. */
export function longGaps(streams: RandomStreams, name: string, mean: number): VariateStream {
  const exponentials = exponentialStream(streams, name);
  const next = () => exponentials.next();
  return new VariateStream(next, (buffer, exponential) => {
    for (let i = 0; i < buffer.length; i++) buffer[i] = mean * exponential();
  });
}
