/**
 * Surges on a base as one curve of the rate. An exponential piece becomes chords: its corners lie where the
 * square root of its height falls in equal steps, so that each chord is as far off as any other, at most
 * 0.13 % of the surge's height. The last one meets the base after 8τ instead of never.
 */
import { log } from '../engine/math.ts';
import type { RatePoint } from '../model/traffic/settings.ts';
import { momentNs, type Clock, type Moment } from './clock.ts';

/** A surge as its schema leaves it: times in ns, rates per second. */
export interface Surge {
  readonly name?: string | undefined;
  readonly peak: number;
  readonly at: Moment;
  readonly rise: Slope;
  readonly for: number;
  readonly decay: Slope;
}

/** How long a linear piece takes, ns; or the time constant of an exponential one. */
type Slope = number | { readonly exponential: number };

/** Chords of an exponential piece, the last one, down to 0, among them. */
const CHORDS = 20;
/** How long the last chord takes, in time constants: its middle is then about as far off as its end. */
const LAST_CHORD = 2;

/** A corner of a surge; its share of the surge's height. */
interface Corner {
  readonly atNs: number;
  readonly share: number;
}

/** The rate of a base with surges: the sum of all, never below 0, from the start of the run on. */
export function surgeCurve(base: number, surges: readonly Surge[], clock: Clock): RatePoint[] {
  const shapes = surges.map((surge) => ({
    height: surge.peak - base,
    corners: surgeCorners(surge, clock),
  }));
  const instants = new Set(shapes.flatMap(({ corners }) => corners.map(({ atNs }) => atNs)));
  const ordered = [...instants].filter((atNs) => atNs > 0).sort((a, b) => a - b);
  const points: RatePoint[] = [];
  for (const atNs of [0, ...ordered]) {
    let [before, after] = [base, base];
    for (const { height, corners } of shapes) {
      before += height * shareAt(corners, atNs, 'before');
      after += height * shareAt(corners, atNs, 'after');
    }
    if (atNs > 0) points.push({ atNs, perSecond: before });
    if (atNs === 0 || after !== before) points.push({ atNs, perSecond: after });
  }
  return aboveZero(points);
}

/** Where a surge begins and ends, its corners between, in order of time; it may begin before the run. */
export function surgeCorners(surge: Surge, clock: Clock): Corner[] {
  const peakNs = momentNs(clock, surge.at);
  const endNs = peakNs + surge.for;
  return [
    ...cornersOf(surge.rise)
      .map(({ atNs, share }) => ({ atNs: peakNs - atNs, share }))
      .reverse(),
    ...cornersOf(surge.decay).map(({ atNs, share }) => ({ atNs: endNs + atNs, share })),
  ];
}

/** From the peak down, in time from it. */
function cornersOf(slope: Slope): Corner[] {
  if (typeof slope === 'number') {
    return [
      { atNs: 0, share: 1 },
      { atNs: slope, share: 0 },
    ];
  }
  const corners: Corner[] = [];
  let last = 0;
  for (let k = 0; k < CHORDS; k++) {
    const root = 1 - k / CHORDS;
    last = -2 * log(root);
    corners.push({ atNs: Math.round(slope.exponential * last), share: root * root });
  }
  return [...corners, { atNs: Math.round(slope.exponential * (last + LAST_CHORD)), share: 0 }];
}

/** At a jump there is a share before and one after it. O(corners). */
function shareAt(corners: readonly Corner[], atNs: number, side: 'before' | 'after'): number {
  const [first, last] = [corners[0], corners.at(-1)];
  if (first === undefined || last === undefined) return 0;
  const isOutside = side === 'before' ? atNs <= first.atNs : atNs < first.atNs;
  const isOver = side === 'before' ? atNs > last.atNs : atNs >= last.atNs;
  if (isOutside || isOver) return 0;
  const next = corners.findIndex((c) => (side === 'before' ? c.atNs >= atNs : c.atNs > atNs));
  const [from, to] = [corners[next - 1], corners[next]];
  if (from === undefined || to === undefined) return 0;
  if (to.atNs === atNs) return to.share;
  return from.share + ((to.share - from.share) * (atNs - from.atNs)) / (to.atNs - from.atNs);
}

/** Where surges are dips, they may be deeper together than the base is high. */
function aboveZero(points: readonly RatePoint[]): RatePoint[] {
  if (points.every(({ perSecond }) => perSecond >= 0)) return [...points];
  return points.flatMap((point, i) => {
    const shown = { ...point, perSecond: Math.max(0, point.perSecond) };
    const before = points[i - 1];
    if (before === undefined || before.perSecond * point.perSecond >= 0) return [shown];
    const share = before.perSecond / (before.perSecond - point.perSecond);
    const crossing = before.atNs + Math.round(share * (point.atNs - before.atNs));
    return [{ atNs: crossing, perSecond: 0 }, shown];
  });
}
