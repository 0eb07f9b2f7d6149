/**
 * Batches: several requests at one instant. The batches are Poisson, and so much rarer than requests
 * that the rate stays that of requests; their sizes are independent.
 */
import type { RandomStreams } from '../../engine/random-streams.ts';
import { uniformStream, type VariateStream } from '../../engine/variates.ts';
import { GapArrivals } from './gap-arrivals.ts';
import { longGaps } from './gaps.ts';
import type { OpenArrivals } from './open-arrivals.ts';
import type { BatchSize, RatePoint, TrafficSettings } from './settings.ts';

export class BatchArrivals implements OpenArrivals {
  private readonly batches: GapArrivals;
  private readonly sizes: Float64Array;
  /** Upper end of each size's part of [0, 1). */
  private readonly ends: Float64Array;
  private readonly draws: VariateStream;

  /** @param name stream of the gaps; that of the sizes is `name/size` */
  constructor(
    rate: readonly RatePoint[],
    sizes: readonly BatchSize[],
    streams: RandomStreams,
    name: string,
  ) {
    const weights = sizes.reduce((sum, { weight }) => sum + weight, 0);
    let end = 0;
    this.sizes = Float64Array.from(sizes, ({ size }) => size);
    this.ends = Float64Array.from(sizes, ({ weight }) => (end += weight / weights));
    this.batches = new GapArrivals(rate, longGaps(streams, name, meanBatchSize(sizes)));
    this.draws = uniformStream(streams, `${name}/size`);
  }

  get nextAt(): number {
    return this.batches.nextAt;
  }

  advance(): number {
    this.batches.advance();
    const { sizes, ends } = this;
    const draw = this.draws.next();
    let i = 0;
    while (i < sizes.length - 1 && draw >= (ends[i] as number)) i++;
    return sizes[i] as number;
  }

  apply(settings: TrafficSettings, now: number): void {
    this.batches.apply(settings, now);
  }
}

/** Mean number of requests of a batch. */
function meanBatchSize(sizes: readonly BatchSize[]): number {
  const weights = sizes.reduce((sum, { weight }) => sum + weight, 0);
  return sizes.reduce((sum, { size, weight }) => sum + size * weight, 0) / weights;
}
