/** What is allowed in surges and stages, and perhaps not what was meant. */
import { formatClock, momentNs, type Clock } from './clock.ts';
import { formatDuration } from './duration.ts';
import type { Path } from './path.ts';
import { problem, type Problem } from './problem.ts';
import type { WrittenTraffic } from './resolve-traffic.ts';
import type { WrittenScenario } from './scenario-schema.ts';
import { stairLevels } from './stair-levels.ts';

/** Dips, peaks that the run does not reach, and load tests that it cuts off. */
export function rateNotices(written: WrittenScenario, clock: Clock): Problem[] {
  const { traffic, services = {}, duration } = written;
  const all: [Path, WrittenTraffic][] = Object.entries(services).map(([name, service]) => [
    ['services', name, 'traffic'],
    service.traffic,
  ]);
  if (traffic !== undefined) all.push([['traffic'], traffic]);
  return all.flatMap(([path, one]) => [
    ...surgeNotices(one, path, clock, duration),
    ...cutNotices(one, path, duration),
  ]);
}

function surgeNotices(
  { base = 0, surges = [] }: WrittenTraffic,
  path: Path,
  clock: Clock,
  durationNs: number,
): Problem[] {
  return surges.flatMap(({ peak, at }, i) => {
    const here = [...path, 'surges', i];
    const notices: Problem[] = [];
    if (peak < base) {
      const message = `${perSecond(peak)} is below the base, ${perSecond(base)}: a dip; peak is the whole rate, base included`;
      notices.push(problem([...here, 'peak'], 'dip', message));
    }
    if (momentNs(clock, at) > durationNs) {
      const end = formatClock(clock, durationNs, { seconds: 'when-needed' });
      const message = `the run ends at ${end}, before the peak is reached`;
      notices.push(problem([...here, 'at'], 'beyond-end', message));
    }
    return notices;
  });
}

function cutNotices({ stages, stairs }: WrittenTraffic, path: Path, durationNs: number): Problem[] {
  const cut = (key: string, lengthNs: number): Problem[] => {
    if (lengthNs <= durationNs) return [];
    const [length, run] = [lengthNs, durationNs].map(formatDuration);
    return [problem([...path, key], 'beyond-end', `take ${length}, and the run ends after ${run}`)];
  };
  return [
    ...cut(
      'stages',
      (stages ?? []).reduce((sum, { duration }) => sum + duration, 0),
    ),
    ...cut('stairs', stairs === undefined ? 0 : stairLevels(stairs) * stairs.each),
  ];
}

function perSecond(rate: number): string {
  return `${Number(rate.toPrecision(6))}/s`;
}
