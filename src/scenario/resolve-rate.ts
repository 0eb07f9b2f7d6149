/** The rate of open arrivals, however it is written, as the points of one curve. */
import type { RatePoint } from '../model/traffic/settings.ts';
import { momentNs, type Clock } from './clock.ts';
import type { WrittenTraffic } from './resolve-traffic.ts';
import { stairLevels } from './stair-levels.ts';
import { surgeCurve } from './surge-curve.ts';

/** Points in order of time; one of rate 0 where nothing is scheduled. */
export function resolveRate(written: WrittenTraffic, clock: Clock): RatePoint[] {
  const { rate, base, surges = [], stages, startRate = 0, stairs } = written;
  if (base !== undefined) return surgeCurve(base, surges, clock);
  if (stages !== undefined) return stagePoints(startRate, stages);
  if (stairs !== undefined) return stairPoints(stairs);
  if (rate === undefined || typeof rate === 'number') return [{ atNs: 0, perSecond: rate ?? 0 }];
  return rate.map(({ at, rps }) => ({ atNs: momentNs(clock, at), perSecond: rps }));
}

/** As in k6: linear from one target to the next, and the end of the last stage is that of the load. */
function stagePoints(
  startRate: number,
  stages: NonNullable<WrittenTraffic['stages']>,
): RatePoint[] {
  const points: RatePoint[] = [{ atNs: 0, perSecond: startRate }];
  let atNs = 0;
  for (const { duration, target } of stages) {
    atNs += duration;
    points.push({ atNs, perSecond: target });
  }
  return [...points, { atNs, perSecond: 0 }];
}

function stairPoints(stairs: NonNullable<WrittenTraffic['stairs']>): RatePoint[] {
  const { from, to, step, each } = stairs;
  const levels = stairLevels(stairs);
  const points: RatePoint[] = [];
  for (let k = 0; k < levels; k++) {
    const perSecond = k === levels - 1 ? to : from + Math.sign(to - from) * k * step;
    points.push({ atNs: k * each, perSecond }, { atNs: (k + 1) * each, perSecond });
  }
  return [...points, { atNs: levels * each, perSecond: 0 }];
}
