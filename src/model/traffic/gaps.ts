/** Gaps between arrivals on the axis of the integrated rate: in requests expected, with mean 1. */
import type { RandomStreams } from '../../engine/random-streams.ts';
import { erlangFill, fillExponential } from '../../engine/variate-fills.ts';
import { exponentialStream, VariateStream } from '../../engine/variates.ts';

/** Gaps of a Poisson process. */
export function exponentialGaps(streams: RandomStreams, name: string): VariateStream {
  return exponentialStream(streams, name);
}

/** Sums of `stages` exponential numbers ÷ stages: their squared coefficient of variation is 1 ÷ stages. */
export function erlangGaps(streams: RandomStreams, name: string, stages: number): VariateStream {
  return new VariateStream(streams.stream(name), erlangFill(stages));
}

/** Exponential gaps of this mean. */
export function longGaps(streams: RandomStreams, name: string, mean: number): VariateStream {
  return new VariateStream(streams.stream(name), (buffer, bits) => {
    fillExponential(buffer, bits);
    for (let i = 0; i < buffer.length; i++) buffer[i] = mean * (buffer[i] as number);
  });
}
