/** What it costs to be wrong: sizes on either side of the recommended one, and how they do. */
import type { Question } from '../question.ts';
import { rounded, roundedOrNull } from '../rounding.ts';
import type { Alternative, UpperBound } from './answer.ts';
import { type FullPools, fullPoolsOf, keepsUp } from './full-pool.ts';
import type { Asking } from './size.ts';
import { type Bench, type Trial, tryOut } from './trials.ts';

/** A size that is clearly too small, and one that is clearly too large, as parts of the edges. */
const BELOW = 0.75;
const BEYOND = 1.15;

/** Full runs up to some minutes after the peak: what a stretch costs, not what hours do. */
export function* alternativesFor(
  asking: Asking,
  low: number,
  upper: UpperBound | null,
): Question<{ readonly alternatives: Alternative[]; readonly used: number | null }> {
  const { bench, ways, known } = asking;
  const { max } = bench.target.pool;
  const beyond = upper === null || upper.by === 'max-connections' ? null : beyondOf(upper.size);
  const wanted: [number, Alternative['is']][] = [
    [Math.floor(low * BELOW), 'below'],
    [low, 'recommended'],
    ...(upper === null || upper.size <= low
      ? []
      : [[upper.size, 'upper-end'] as [number, 'upper-end']]),
    ...(beyond === null ? [] : [[beyond, 'beyond'] as [number, 'beyond']]),
  ];
  if (max < Infinity && !wanted.some(([size]) => size === max)) wanted.push([max, 'now']);
  const sizes = wanted.filter(([size]) => size >= 1).sort(([a], [b]) => a - b);
  yield* fullPoolsOf(
    bench,
    sizes.map(([size]) => size),
    known,
  );
  const way = ways.look.kind === 'run' ? { ...ways.look, stops: false } : ways.look;
  const asked = sizes.map(([size]) => ({ size, replication: 1 }));
  const trials = yield* tryOut(bench, asked, way, { part: 'sizes beside it', later: 0 });
  const alternatives = sizes.flatMap(([, is], i) => {
    const trial = trials[i] ?? null;
    return trial === null ? [] : [alternativeOf(trial, is, asking)];
  });
  return { alternatives, used: yield* usedShare(asking, low) };
}

/** Clearly beyond the upper end, and a number that people would type. */
function beyondOf(high: number): number {
  const beyond = high * BEYOND;
  const step = beyond >= 40 ? 10 : beyond >= 15 ? 5 : 1;
  return Math.max(high + 1, Math.ceil(beyond / step) * step);
}

/** Of its connections, at the highest traffic. */
function* usedShare({ bench, ways }: Asking, size: number): Question<number | null> {
  const way = { kind: 'long-run', requests: 60_000, seed: ways.look.seed } as const;
  const asked = [{ size, replication: 1 }];
  const [trial = null] = yield* tryOut(bench, asked, way, { part: 'sizes beside it', later: 0 });
  return trial?.utilisation ?? null;
}

export function alternativeOf(
  trial: Trial,
  is: Alternative['is'],
  of: {
    readonly bench: Bench;
    readonly known: FullPools;
    readonly peakRps: number;
    readonly contends: boolean;
  },
): Alternative {
  const { size, met, missed, errors, p99Ms } = trial;
  const serves = of.known.get(size) ?? null;
  return {
    size,
    connections: size * of.bench.target.instances,
    is,
    met,
    missed,
    values: valuesOf(trial),
    errors: roundedOrNull(errors),
    p99Ms: roundedOrNull(p99Ms),
    servesPerSecond: roundedOrNull(serves),
    drains: of.contends && serves !== null ? keepsUp(serves, of.peakRps) : null,
  };
}

export function valuesOf({ values }: Trial): Alternative['values'] {
  return values.map((value) => {
    if (value === Infinity) return 'infinite';
    return value === null ? null : rounded(value);
  });
}
