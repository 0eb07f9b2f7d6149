// Every kind of open arrivals keeps the mean rate, on ramps and at jumps, and has the scatter that its
// name promises.

import { describe, expect, it } from 'vitest';
import { RandomStreams } from '../../../src/engine/random-streams.ts';
import { MILLISECOND, SECOND } from '../../../src/engine/time.ts';
import { exponentialStream } from '../../../src/engine/variates.ts';
import { type OpenArrivals, openArrivals } from '../../../src/model/traffic/open-arrivals.ts';
import { RateCurve } from '../../../src/model/traffic/rate-curve.ts';
import type { Arrivals, TrafficSettings } from '../../../src/model/traffic/settings.ts';
import { sized } from '../../support/sized.ts';
import { trafficOf } from '../../support/small-system.ts';
import { correlation, mean, STANDARD_ERRORS, variance } from '../../support/statistics.ts';

const SEED = process.env['TIDEMARK_TEST_SEED'] ?? 'arrivals';

/** No test expects as many: without a bound, a fault that stops time would fill the memory. */
const MOST_ARRIVALS = 1_000_000;

type Corners = readonly (readonly [s: number, perSecond: number])[];

function traffic(arrivals: Arrivals, corners: Corners): TrafficSettings {
  return trafficOf({
    arrivals,
    rate: corners.map(([s, perSecond]) => ({ atNs: s * SECOND, perSecond })),
  });
}

function drawn(settings: TrafficSettings, run = 0): OpenArrivals {
  return openArrivals(settings, new RandomStreams(`${SEED}/${run}`), 'service');
}

/** The instant of each request up to one. */
function until(endNs: number, arrivals: OpenArrivals): number[] {
  const at: number[] = [];
  while (arrivals.nextAt <= endNs) {
    const now = arrivals.nextAt;
    const count = arrivals.advance();
    for (let i = 0; i < count; i++) at.push(now);
    if (at.length > MOST_ARRIVALS) throw new Error('arrivals without end');
  }
  return at;
}

function counts(at: readonly number[], binNs: number, bins: number): Float64Array {
  const found = new Float64Array(bins);
  for (const t of at) {
    const bin = Math.floor((t - 1) / binNs);
    if (bin < bins) found[bin] = (found[bin] as number) + 1;
  }
  return found;
}

/** Gaps on the axis of expected requests. */
function gapsOf(at: readonly number[], rate: RateCurve): number[] {
  return at.slice(1).map((t, i) => rate.expected(at[i] as number, t));
}

const ramps: Corners = [
  [10, 0],
  [20, 400],
  [20, 100],
  [40, 100],
  [40, 0],
  [45, 0],
  [45, 300],
  [60, 300],
];

const mmpp = { kind: 'mmpp', ratio: 9, calmNs: 0.6 * SECOND, busyNs: 0.2 * SECOND } as const;
const sizes = [
  { size: 1, weight: 3 },
  { size: 9, weight: 1 },
];

describe('the mean number of requests is ∫ rate dt in every stretch', () => {
  it.each([
    ['deterministic', { kind: 'deterministic' }],
    ['erlang', { kind: 'erlang', stages: 5 }],
    ['batch', { kind: 'batch', sizes }],
    ['mmpp', mmpp],
  ] as const)('%s', (_, arrivals) => {
    const settings = traffic(arrivals, ramps);
    const curve = new RateCurve(settings.rate);
    const edges = [0, 10, 15, 20, 21, 30, 40, 45, 46, 60].map((s) => s * SECOND);
    const runs = sized(400);
    const found = edges.slice(1).map(() => new Float64Array(runs));
    for (let run = 0; run < runs; run++) {
      for (const t of until(60 * SECOND, drawn(settings, run))) {
        const k = edges.findIndex((edge) => t <= edge) - 1;
        // The instants of the deterministic kind begin a stretch, the others end one.
        const stretch = arrivals.kind === 'deterministic' && t === edges[k + 1] ? k + 1 : k;
        const bin = found[Math.max(0, stretch)];
        if (bin !== undefined) bin[run] = (bin[run] as number) + 1;
      }
    }
    found.forEach((values, k) => {
      const expected = curve.expected(edges[k] as number, edges[k + 1] as number);
      // A gap that crosses the edge may be counted on either side of it.
      const slack = arrivals.kind === 'deterministic' || arrivals.kind === 'erlang' ? 1 : 0;
      const error = STANDARD_ERRORS * Math.sqrt(variance(values) / runs) + slack;
      expect(Math.abs(mean(values) - expected), `stretch ${k}`).toBeLessThanOrEqual(error);
    });
  });
});

describe('deterministic arrivals', () => {
  const surge: Corners = [
    [0, 100],
    [10, 100],
    [10, 300],
    [30, 300],
    [30, 100],
    [60, 100],
    [60, 0],
  ];

  it('come at the start of each segment and then every 1/rate, 10,000 in a minute of surge', () => {
    const at = until(100 * SECOND, drawn(traffic({ kind: 'deterministic' }, surge)));
    const segments = [
      [0, 10, 100],
      [10, 30, 300],
      [30, 60, 100],
    ] as const;
    const expected = segments.flatMap(([from, to, perSecond]) =>
      Array.from(
        { length: (to - from) * perSecond },
        (_, k) => from * SECOND + Math.ceil((k * SECOND) / perSecond),
      ),
    );
    expect(at).toEqual(expected);
    expect(at).toHaveLength(10_000);
  });

  it('do not drift: the millionth of three a second is where it should be', () => {
    const arrivals = drawn(traffic({ kind: 'deterministic' }, [[0, 3]]));
    let wrong = 0;
    for (let i = 0; i <= sized(1_000_000); i++) {
      if (arrivals.nextAt !== Math.ceil((i * SECOND) / 3)) wrong++;
      arrivals.advance();
    }
    expect(wrong).toBe(0);
  });

  it('begin where the rate is first above 0, and wait out a pause', () => {
    const pause: Corners = [
      [5, 0],
      [5, 2],
      [6, 2],
      [6, 0],
      [8, 0],
      [8, 2],
    ];
    const at = until(9 * SECOND, drawn(traffic({ kind: 'deterministic' }, pause)));
    expect(at.map((t) => t / SECOND)).toEqual([5, 5.5, 8, 8.5, 9]);
  });

  it('run down what is left of the gap at a changed rate', () => {
    const arrivals = drawn(traffic({ kind: 'deterministic' }, [[0, 1]]));
    arrivals.advance();
    arrivals.apply(traffic({ kind: 'deterministic' }, [[0, 10]]), 0.5 * SECOND);
    expect(until(0.7 * SECOND, arrivals)).toEqual([0.55, 0.65].map((s) => s * SECOND));
    arrivals.apply(traffic({ kind: 'deterministic' }, [[0, 0]]), 0.7 * SECOND);
    expect(arrivals.nextAt).toBe(Infinity);
    arrivals.apply(traffic({ kind: 'deterministic' }, [[0, 1]]), 2 * SECOND);
    expect(arrivals.nextAt).toBe(2.5 * SECOND);
  });

  it('never come at rate 0', () => {
    expect(drawn(traffic({ kind: 'deterministic' }, [[0, 0]])).nextAt).toBe(Infinity);
  });
});

describe('Erlang arrivals', () => {
  it.each([1, 2, 10])('of %d stages have gaps with a squared variation of 1/stages', (stages) => {
    const settings = traffic({ kind: 'erlang', stages }, ramps);
    const at = until(60 * SECOND, drawn(settings)).concat();
    const more = Array.from({ length: sized(9) }, (_, run) =>
      gapsOf(until(60 * SECOND, drawn(settings, run + 1)), new RateCurve(settings.rate)),
    );
    const gaps = [...gapsOf(at, new RateCurve(settings.rate)), ...more.flat()];
    const n = gaps.length;
    // Var of the sample variance of a gamma law: σ⁴·(2 + excess kurtosis)/n, excess 6/stages.
    const error = (Math.sqrt((2 + 6 / stages) / n) / stages) * STANDARD_ERRORS;
    expect(Math.abs(variance(gaps) - 1 / stages)).toBeLessThan(error);
    // No longer than the bias of gaps that the end of a run cuts off.
    expect(Math.abs(mean(gaps) - 1)).toBeLessThan(STANDARD_ERRORS / Math.sqrt(n * stages) + 10 / n);
  });
});

describe('batches', () => {
  it('have the sizes in their shares, all requests at one instant', () => {
    const at = until(sized(1000) * SECOND, drawn(traffic({ kind: 'batch', sizes }, [[0, 60]])));
    const bySize = new Map<number, number>();
    let size = 0;
    at.forEach((t, i) => {
      size++;
      if (at[i + 1] === t) return;
      bySize.set(size, (bySize.get(size) ?? 0) + 1);
      size = 0;
    });
    expect([...bySize.keys()].sort((a, b) => a - b)).toEqual([1, 9]);
    const [ones = 0, nines = 0] = [bySize.get(1), bySize.get(9)];
    const share = nines / (ones + nines);
    const error = Math.sqrt((0.25 * 0.75) / (ones + nines));
    expect(Math.abs(share - 0.25)).toBeLessThan(STANDARD_ERRORS * error);
  });

  it('scatter as their sizes: variance of the count ÷ its mean is E[size²] ÷ E[size]', () => {
    const bins = sized(4000);
    const at = until(bins * SECOND, drawn(traffic({ kind: 'batch', sizes }, [[0, 60]])));
    const found = counts(at, SECOND, bins);
    // (3·1 + 1·81)/4 over (3·1 + 1·9)/4.
    const expected = 84 / 12;
    const error = STANDARD_ERRORS * expected * Math.sqrt((2 + 0.3) / bins);
    expect(Math.abs(variance(found) / 60 - expected)).toBeLessThan(error);
  });
});

describe('sizes of batches and lengths of phases', () => {
  it('are drawn for each service anew', () => {
    const of = (arrivals: Arrivals, perSecond: number, service: string) => {
      const streams = new RandomStreams(SEED);
      const process = openArrivals(traffic(arrivals, [[0, perSecond]]), streams, service);
      return Array.from({ length: 100 }, () => {
        const at = process.nextAt;
        const count = process.advance();
        return perSecond === 0 ? at : count;
      });
    };
    const batch: Arrivals = { kind: 'batch', sizes };
    expect(of(batch, 100, 'a')).not.toEqual(of(batch, 100, 'b'));
    // Without arrivals only the ends of phases are left.
    expect(of(mmpp, 0, 'a')).not.toEqual(of(mmpp, 0, 'b'));
  });
});

describe('arrivals in phases', () => {
  const steady: Corners = [[0, 100]];
  const bins = sized(20_000);
  const binNs = 100 * MILLISECOND;
  const countsFound = () => counts(until(bins * binNs, drawn(traffic(mmpp, steady))), binNs, bins);

  // With phases that last a and b on the average, the rate's autocovariance at lag t is
  // V·e^(−r·t), V = p·q·(busy − calm)², r = 1/a + 1/b (Fischer and Meier-Hellstern).
  const [p, q] = [0.25, 0.75];
  const calm = 1 / (q + 9 * p);
  const spread = p * q * (8 * calm * 100) ** 2;
  const r = 1 / 0.6 + 1 / 0.2;
  const h = 0.1;

  it('have the rate as their long-run mean', () => {
    // Var of the count over a long time T is about (mean + 2·V/r)·T.
    const seconds = (bins * binNs) / SECOND;
    const error = Math.sqrt((100 + (2 * spread) / r) / seconds);
    expect(Math.abs(mean(countsFound()) / h - 100)).toBeLessThan(STANDARD_ERRORS * error);
  });

  it('are overdispersed and correlated as the phases are long', () => {
    const found = countsFound();
    const mu = 100 * h;
    const integrated = ((2 * spread) / (r * r)) * (r * h - 1 + Math.exp(-r * h));
    const lagged = (spread / (r * r)) * (1 - Math.exp(-r * h)) ** 2;
    // Correlated over 1/r, so that this many bins say something of their own.
    const independent = bins * Math.tanh((r * h) / 2);
    const total = mu + integrated;
    expect(Math.abs(variance(found) / total - 1)).toBeLessThan(
      STANDARD_ERRORS * Math.sqrt(3 / independent),
    );
    const observed = correlation(found.subarray(0, bins - 1), found.subarray(1));
    expect(Math.abs(observed - lagged / total)).toBeLessThan(
      STANDARD_ERRORS * Math.sqrt(2 / independent),
    );
  });

  it('lay the gaps of their stream end to end on the axis of the switched rate', () => {
    const arrivals = drawn(traffic(mmpp, [[0, 5]]));
    const events = Array.from({ length: 2000 }, () => ({
      at: arrivals.nextAt,
      count: arrivals.advance(),
    }));
    const mostApart = (isBusyFirst: boolean) => {
      const gaps = exponentialStream(new RandomStreams(`${SEED}/0`), 'service/arrivals');
      let [isBusy, last, area, due, most] = [isBusyFirst, 0, 0, 0, 0];
      for (const { at, count } of events) {
        area += (5 * calm * (isBusy ? 9 : 1) * (at - last)) / SECOND;
        last = at;
        if (count === 0) isBusy = !isBusy;
        else most = Math.max(most, Math.abs(area - (due += gaps.next())));
      }
      return most;
    };
    // An arrival is rounded up to whole nanoseconds, at 15 a second at most.
    expect(Math.min(mostApart(true), mostApart(false))).toBeLessThan(1e-7);
  });

  it('begin in a busy phase as often as time is busy', () => {
    // So many in busy phases, and so few in calm ones, that the first arrival tells the phase.
    const clear = traffic({ ...mmpp, ratio: 1e9 }, [[0, 1e6]]);
    const runs = sized(4000);
    let busy = 0;
    for (let run = 0; run < runs; run++) if (drawn(clear, run).nextAt < 10_000) busy++;
    expect(Math.abs(busy / runs - p)).toBeLessThan(STANDARD_ERRORS * Math.sqrt((p * q) / runs));
  });

  it('cannot become another kind', () => {
    const arrivals = drawn(traffic(mmpp, steady));
    expect(() => {
      arrivals.apply(traffic({ kind: 'poisson' }, steady), 1);
    }).toThrow('bug: the kind of arrivals has changed');
  });

  it('are Poisson when both phases have the same rate', () => {
    const same = { ...mmpp, ratio: 1 };
    const n = sized(5000);
    const equal = counts(until(n * binNs, drawn(traffic(same, steady))), binNs, n);
    const index = variance(equal) / mean(equal);
    expect(Math.abs(index - 1)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(2 / n));
  });

  it('pass one phase an event while nothing arrives', () => {
    const arrivals = drawn(traffic(mmpp, [[0, 0]]));
    const first = arrivals.nextAt;
    expect(arrivals.advance()).toBe(0);
    expect(arrivals.nextAt).toBeGreaterThan(first);
    expect(arrivals.nextAt).toBeLessThan(Infinity);
  });

  it('go on in their phase when the rate changes, and stretch it when its mean does', () => {
    const arrivals = drawn(traffic(mmpp, [[0, 0]]));
    const end = arrivals.nextAt;
    arrivals.apply(traffic(mmpp, [[0, 0]]), Math.floor(end / 2));
    expect(arrivals.nextAt).toBe(end);
    const twice = { ...mmpp, calmNs: 2 * mmpp.calmNs, busyNs: 2 * mmpp.busyNs };
    arrivals.apply(traffic(twice, [[0, 0]]), Math.floor(end / 2));
    expect(arrivals.nextAt).toBe(end + (end - Math.floor(end / 2)));
  });
});

describe('any kind of arrivals', () => {
  const kinds: readonly (readonly [string, Arrivals])[] = [
    ['poisson', { kind: 'poisson' }],
    ['erlang', { kind: 'erlang', stages: 3 }],
    ['deterministic', { kind: 'deterministic' }],
    ['batch', { kind: 'batch', sizes }],
    ['mmpp', mmpp],
  ];

  it.each(kinds)('ends and begins with the rate: %s', (_, arrivals) => {
    const process = drawn(traffic(arrivals, [[0, 1000]]));
    expect(until(SECOND, process).length).toBeGreaterThan(100);
    process.apply(traffic(arrivals, [[0, 0]]), SECOND);
    expect(until(3 * SECOND, process)).toEqual([]);
    process.apply(traffic(arrivals, [[0, 1000]]), 3 * SECOND);
    expect(until(4 * SECOND, process).length).toBeGreaterThan(100);
  });

  it.each(kinds.filter(([name]) => name !== 'deterministic'))(
    'has numbers of its own in each service: %s',
    (_, arrivals) => {
      const first = (service: string) => {
        const process = openArrivals(
          traffic(arrivals, [[0, 100]]),
          new RandomStreams(SEED),
          service,
        );
        return until(10 * SECOND, process);
      };
      expect(first('a')).not.toEqual(first('b'));
    },
  );

  it.each(kinds)('is not moved by changes that leave all as it is: %s', (_, arrivals) => {
    const settings = traffic(arrivals, ramps);
    const plain = until(60 * SECOND, drawn(settings));
    const changed = drawn(settings);
    const at: number[] = [];
    for (let tenth = 1; tenth <= 600; tenth++) {
      at.push(...until((tenth * SECOND) / 10 - 1, changed));
      changed.apply(settings, (tenth * SECOND) / 10);
    }
    at.push(...until(60 * SECOND, changed));
    expect(at).toHaveLength(plain.length);
    const apart = plain.map((t, i) => Math.abs(t - (at[i] ?? NaN)));
    expect(Math.max(...apart)).toBeLessThanOrEqual(1);
    expect(at.every(Number.isSafeInteger)).toBe(true);
  });
});
