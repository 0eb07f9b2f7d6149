/** Traffic that passed the schema → settings; and what the schema cannot see of it. */
import type { z } from 'zod';
import type { Arrivals, TraceSettings, TrafficSettings } from '../model/traffic/settings.ts';
import { formatClock, momentNs, parseMoment, type Clock } from './clock.ts';
import type { Files, Surroundings } from './files.ts';
import { resolveLaw } from './law-schema.ts';
import { entry, isList, isMap, valueAt, type Path } from './path.ts';
import { problem, type Problem } from './problem.ts';
import { parseRate } from './rate.ts';
import { resolveRate } from './resolve-rate.ts';
import { resolveTrace } from './trace.ts';
import type { trafficSchema } from './traffic-schema.ts';

/** Traffic as the schema leaves it; what stands in `client` is resolved elsewhere. */
export type WrittenTraffic = z.output<typeof trafficSchema>;

/** Settings of traffic that passed all checks. */
export function resolveTraffic(
  written: WrittenTraffic,
  surroundings: Surroundings,
): TrafficSettings {
  const { files } = surroundings;
  const { arrivals = 'poisson', bursts = [], users, think } = written;
  return {
    arrivals: resolveArrivals(arrivals),
    rate: resolveRate(written, surroundings),
    bursts: bursts.map(({ at, count }) => ({ atNs: momentNs(surroundings, at), count })),
    users:
      users === undefined || think === undefined
        ? null
        : { points: resolveUsers(users, surroundings), think: resolveLaw(think, files) },
    trace: traceOf(written, files),
  };
}

function traceOf({ trace: file, speed = 1 }: WrittenTraffic, files: Files): TraceSettings | null {
  if (file === undefined) return null;
  const trace = resolveTrace({ file, speed }, files);
  if (!trace.ok) throw new Error(`bug: a trace with a fault passed the checks: ${trace.message}`);
  return trace.value;
}

function resolveUsers(users: NonNullable<WrittenTraffic['users']>, clock: Clock) {
  if (typeof users === 'number') return [{ atNs: 0, users }];
  return users.map((point) => ({ atNs: momentNs(clock, point.at), users: point.users }));
}

function resolveArrivals(written: NonNullable<WrittenTraffic['arrivals']>): Arrivals {
  if (typeof written === 'string') return { kind: written };
  const { erlang, batch, mmpp } = written;
  if (erlang !== undefined) return { kind: 'erlang', stages: erlang };
  if (mmpp !== undefined) {
    return { kind: 'mmpp', ratio: mmpp.ratio, calmNs: mmpp.calm, busyNs: mmpp.busy };
  }
  if (batch === undefined) throw new Error('bug: arrivals of no kind passed the schema');
  if (typeof batch === 'number') return { kind: 'batch', sizes: [{ size: batch, weight: 1 }] };
  const sizes = Object.entries(batch).map(([size, weight]) => ({ size: Number(size), weight }));
  return { kind: 'batch', sizes: sizes.filter(({ weight }) => weight > 0) };
}

/** Points and bursts of the traffic at a path that are not in order of time. */
export function trafficOrderProblems(document: unknown, path: Path, clock: Clock): Problem[] {
  return [
    ...orderProblems(document, [...path, 'rate'], 'point', clock),
    ...orderProblems(document, [...path, 'bursts'], 'burst', clock),
    ...orderProblems(document, [...path, 'users'], 'point', clock),
  ];
}

function orderProblems(document: unknown, path: Path, what: string, clock: Clock): Problem[] {
  const points = valueAt(document, path);
  if (!isList(points)) return [];
  const problems: Problem[] = [];
  let latest = -1;
  for (const [i, point] of points.entries()) {
    const moment = parseMoment(entry(point, 'at'));
    if (!moment.ok) continue;
    const ns = momentNs(clock, moment.value);
    if (ns < latest) {
      const before = formatClock(clock, latest, { seconds: 'when-needed' });
      const message = `${String(entry(point, 'at'))} comes before the ${what} above it (${before}); ${what}s stand in order of time`;
      problems.push(problem([...path, i, 'at'], 'out-of-order', message));
    }
    latest = Math.max(latest, ns);
  }
  return problems;
}

/** Whether traffic as written never sends anything: where it says so, or null when it does send. */
export function silentAt(document: unknown, path: Path): Path | null {
  const traffic = valueAt(document, path);
  if (isList(entry(traffic, 'bursts')) || entry(traffic, 'trace') !== undefined) return null;
  const present = curves.filter(({ key }) => entry(traffic, key) !== undefined);
  const [first] = present;
  const isSilent = ({ key, of }: (typeof curves)[number]) => {
    const curve = entry(traffic, key);
    return isList(curve) && curve.length === 0 ? key === 'surges' : isZero(curve, of);
  };
  return first !== undefined && present.every(isSilent) ? [...path, first.key] : null;
}

/** Keys of traffic that are rates or numbers of users, and those of their parts that are. */
const curves = [
  { key: 'rate', of: ['rps'] },
  { key: 'base', of: [] },
  { key: 'surges', of: ['peak'] },
  { key: 'startRate', of: [] },
  { key: 'stages', of: ['target'] },
  { key: 'stairs', of: ['from', 'to'] },
  { key: 'users', of: ['users'] },
] as const;

function isZero(curve: unknown, keys: readonly string[]): boolean {
  const isNothing = (value: unknown) => {
    const rate = parseRate(value);
    return rate.ok && rate.value === 0;
  };
  const parts = isList(curve) ? curve : [curve];
  if (!isList(curve) && !isMap(curve)) return isNothing(curve);
  return parts.every((part) => keys.every((key) => isNothing(entry(part, key))));
}
