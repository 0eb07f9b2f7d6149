/** The plot of `capacity`: mean wait against the rate, theory in dots, with both points marked. */
import type { Capacity, CurvePoint } from '../../experiment/capacity/answer.ts';
import { chartOver } from '../chart.ts';
import { milliseconds, rate } from '../words.ts';
import { type Mark, rateAxis } from './rate-axis.ts';

/** Values of a curve that is drawn. */
const POINTS = 120;
/** The scale ends at the wait at this share of what can be served; beyond it the curve leaves the plot. */
const SCALE_TO = 0.95;

export function waitChart({ curve, saturation, objectiveKnee }: Capacity): string[] {
  if (saturation === null || curve.length === 0) return [];
  const most = Math.max(saturation.rps, objectiveKnee?.rps ?? 0) * 1.02;
  const points = curve.map((point) => point);
  const lines = [evenly(points, most, 'waitMs'), evenly(points, most, 'theoryWaitMs')];
  const hasTheory = curve.some(({ theoryWaitMs }) => theoryWaitMs !== null);
  const seen = waitAt(points, saturation.rps * SCALE_TO, 'waitMs') ?? 0;
  const marks: Mark[] = [
    ...(objectiveKnee === null
      ? []
      : [{ rps: objectiveKnee.rps, label: `${rate(objectiveKnee.rps)}: objectives` }]),
    { rps: saturation.rps, label: `${rate(saturation.rps)}: full` },
  ];
  const title = `Mean wait for a connection, at a rate that stays${hasTheory ? ' (dots: theory)' : ''}`;
  const shown = hasTheory ? lines : lines.slice(0, 1);
  const scale = seen > 0 ? { max: niceAbove(seen) } : {};
  return chartOver(
    [{ title, curves: shown, label: milliseconds, merge: 'mean', ...scale }],
    rateAxis(most, marks),
  );
}

type Curve = 'waitMs' | 'theoryWaitMs';

/** A curve at evenly spaced rates from 0 to `most`; null beyond what was looked at. */
function evenly(points: readonly CurvePoint[], most: number, of: Curve): (number | null)[] {
  return Array.from({ length: POINTS }, (_, i) => waitAt(points, (i / (POINTS - 1)) * most, of));
}

/** Linear between the rates that were looked at, 0 at rate 0. */
function waitAt(points: readonly CurvePoint[], rps: number, of: Curve): number | null {
  let before: { rps: number; wait: number | null } = { rps: 0, wait: 0 };
  for (const point of points) {
    const here = { rps: point.rps, wait: point[of] };
    if (rps <= here.rps) {
      if (before.wait === null || here.wait === null) return null;
      const share = here.rps === before.rps ? 1 : (rps - before.rps) / (here.rps - before.rps);
      return before.wait + share * (here.wait - before.wait);
    }
    before = here;
  }
  return null;
}

/** Round figures that divide by four. */
function niceAbove(value: number): number {
  let size = 1e-6;
  while (size * 10 < value) size *= 10;
  return ([1, 1.2, 1.6, 2, 3, 4, 6, 8, 10].find((step) => step * size >= value) ?? 10) * size;
}
