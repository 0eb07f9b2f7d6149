import { describe, expect, it } from 'vitest';
import { RandomStreams } from '../../src/engine/random-streams.ts';
import { fillExponential, fillNormal } from '../../src/engine/variate-fills.ts';
import {
  exponential,
  exponentialBeyond,
  exponentialLayers,
  normal,
  normalBeyond,
  normalLayers,
} from '../../src/engine/ziggurat.ts';
import {
  ANDERSON_DARLING_LIMIT,
  andersonDarling,
  kolmogorovLimit,
  kolmogorovSmirnov,
  normalCdf,
} from '../support/statistics.ts';

const BATCH = 256;
const BATCHES = 40;
const streams = new RandomStreams(process.env['TIDEMARK_TEST_SEED'] ?? 'ziggurat');

const kinds = [
  {
    name: 'exponential',
    layers: exponentialLayers,
    density: (x: number) => Math.exp(-x),
    tail: (x: number) => Math.exp(-x),
    place: (first: number, second: number) => (first >>> 12) * 2 ** 32 + second + 0.5,
    cdf: (x: number) => -Math.expm1(-x),
    fill: fillExponential,
    draw: exponential,
    beyond: exponentialBeyond,
  },
  {
    name: 'normal',
    layers: normalLayers,
    density: (x: number) => Math.exp((-x * x) / 2),
    tail: (x: number) => Math.sqrt(2 * Math.PI) * normalCdf(-x),
    place: (first: number, second: number) => (first >> 11) * 2 ** 32 + second + 0.5,
    cdf: normalCdf,
    fill: fillNormal,
    draw: normal,
    beyond: normalBeyond,
  },
];

describe.each(kinds)('the $name ziggurat', ({ layers, density, tail, ...kind }) => {
  const { scale, edge, height } = layers;
  const width = scale.map((x) => x * 2 ** 52);

  it('has 256 layers of one area, of which the lowest holds the tail, and ends at f(0) = 1', () => {
    expect([scale.length, edge.length, height.length]).toEqual([BATCH, BATCH, BATCH + 1]);
    const r = edge[0] as number;
    const lowest = r * density(r) + tail(r);
    expect((width[0] as number) * density(r)).toBeCloseTo(lowest, 15);
    for (let layer = 1; layer < BATCH; layer++) {
      const rise = (height[layer + 1] as number) - (height[layer] as number);
      expect(((width[layer] as number) * rise) / lowest).toBeCloseTo(1, 10);
      expect(width[layer]).toBe(edge[layer - 1]);
    }
    expect([edge.at(-1), height.at(-1)]).toEqual([0, 1]);
  });

  // The naive twin: all words of a batch first, then each point, then those beyond an edge in order.
  it('fills a batch as the words of its stream say, bit for bit', () => {
    const bits = streams.stream('twin');
    const twin = streams.stream('twin');
    const buffer = new Float64Array(BATCH);
    for (let batch = 0; batch < BATCHES; batch++) {
      const points = Array.from({ length: BATCH }, () => {
        const first = twin.word();
        const layer = first % 256 < 0 ? (first % 256) + 256 : first % 256;
        return { layer, x: kind.place(first, twin.word() >>> 0) * (scale[layer] as number) };
      });
      const expected = points.map(({ layer, x }) =>
        Math.abs(x) < (edge[layer] as number) ? x : kind.beyond(twin, layer, x),
      );
      kind.fill(buffer, bits);
      expect([...buffer]).toEqual(expected);
      expect(bits.state).toEqual(twin.state);
    }
  });

  it('has its law also one by one', () => {
    const bits = streams.stream('single');
    const drawn = Float64Array.from({ length: 500_000 }, () => kind.draw(bits));
    expect(kolmogorovSmirnov(drawn, kind.cdf)).toBeLessThan(kolmogorovLimit(drawn.length));
    expect(andersonDarling(drawn, kind.cdf)).toBeLessThan(ANDERSON_DARLING_LIMIT);
  });
});
