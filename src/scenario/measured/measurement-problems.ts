/** What a measured hold cannot have been: figures that no system with these settings could have shown. */
import { SECOND } from '../../engine/time.ts';
import type { SystemSettings } from '../../model/settings.ts';
import { formatDuration } from '../duration.ts';
import { percentilesWords, roughly } from '../percentiles.ts';
import { problem, type Problem } from '../problem.ts';
import { shareOf, streamsOf } from './as-measured.ts';
import type { MeasuredHold } from './measured-hold.ts';
import { heldAtOnce } from './mean-streams.ts';
import { canLast, steadinessOf } from './steadiness.ts';
import { figuresIn } from './trials.ts';
import type { Unwound } from './unwind.ts';

/** A figure of the hold that work cannot come closer to than this share is not explained by it. */
const EXPLAINED = 0.02;

/** Connections in use at once; a trial fills the database several times over. */
const MOST_HELD = 30_000;

/** What is wrong before anything is unwound. */
export function measurementProblems(
  system: SystemSettings,
  holds: readonly MeasuredHold[],
  unwound: readonly MeasuredHold[],
): Problem[] {
  const alone = [
    ...holds.flatMap((hold) => rateProblems(hold, holds)),
    ...holds.flatMap((hold) => weightProblems(hold, system)),
    ...unwound.flatMap((hold) => roundTripProblems(hold, system)),
  ];
  if (alone.length > 0) return alone;
  const pools = system.services.flatMap((_, i) => poolProblems(i, system, holds));
  if (pools.length > 0) return pools;
  const server = serverProblems(system, holds);
  return server.length > 0 ? server : sizeProblems(system, unwound);
}

function rateProblems(hold: MeasuredHold, holds: readonly MeasuredHold[]): Problem[] {
  const first = holds.find(({ service }) => service === hold.service);
  if (first === undefined || first.perSecond === hold.perSecond) return [];
  const message = `${rate(hold.perSecond)} here and ${rate(first.perSecond)} before; the classes of a service are measured at one rate, that of all its requests`;
  return [ofRate(hold, 'out-of-range', message)];
}

function weightProblems(hold: MeasuredHold, { services }: SystemSettings): Problem[] {
  const service = services[hold.service];
  if (service === undefined || shareOf(service, hold.index) > 0) return [];
  const message = `the weight of the class is 0: at ${rate(hold.perSecond)} none of it was there to be measured`;
  return [ofRate(hold, 'no-weight', message)];
}

function roundTripProblems(hold: MeasuredHold, { database }: SystemSettings): Problem[] {
  const [shortest = 0] = hold.figures;
  if (shortest > database.roundTripNs) return [];
  const name = hold.shape === 'mean' ? 'mean' : 'p50';
  const message = `${name} ${formatDuration(shortest)} leaves no time for work: database.roundTrip, which is in it, is ${formatDuration(database.roundTripNs)}`;
  return [problem([...hold.path, 'hold', name], 'out-of-range', message)];
}

/** More connections in use than there are. */
function poolProblems(
  i: number,
  system: SystemSettings,
  holds: readonly MeasuredHold[],
): Problem[] {
  const own = holds.filter(({ service }) => service === i);
  const [first] = own;
  const service = system.services[i];
  if (first === undefined || service === undefined) return [];
  const used = own.reduce((sum, hold) => sum + usedBy(hold, system), 0);
  const { instances, pool } = service;
  if (used < instances * pool.max) return [];
  const there =
    instances === 1
      ? `the pool has ${pool.max}`
      : `${instances} × ${pool.max} = ${instances * pool.max} are there`;
  const message = `${usedWords(own, system)}, but ${there}: it cannot have served that; measuredAt is the rate of all instances together, and a hold is one use of a connection`;
  return [ofRate(first, 'impossible', message)];
}

function serverProblems(system: SystemSettings, holds: readonly MeasuredHold[]): Problem[] {
  const { maxConnections, reservedConnections, otherConnections, pooler } = system.database;
  const admitted = maxConnections - reservedConnections - otherConnections;
  const used = heldAtOnce(streamsOf(system, holds), system);
  const [first] = holds;
  if (first === undefined || pooler !== undefined || used < admitted) return [];
  const message = `${digits(used)} connections in use on the database when it was measured, but database.maxConnections leaves ${admitted}: it cannot have served that`;
  return [ofRate(first, 'impossible', message)];
}

/** More than any server has. */
function sizeProblems(system: SystemSettings, unwound: readonly MeasuredHold[]): Problem[] {
  const used = heldAtOnce(streamsOf(system, unwound), system);
  const [first] = unwound;
  if (first === undefined || used <= MOST_HELD) return [];
  const message = `${digits(used)} connections in use on the database when it was measured; up to ${MOST_HELD} can be unwound. Is the rate right? contention: none beside it uses the hold as it is`;
  return [ofRate(first, 'out-of-range', message)];
}

/** What unwinding has shown to be impossible. */
export function unwindingProblems(system: SystemSettings, found: Unwound): Problem[] {
  const { works, missed } = found;
  const { hold } = missed;
  const { cores } = system.database;
  const { busy, held, peak } = steadinessOf(system, streamsOf(system, [...works.keys()]), works);
  if (!canLast({ busy, held, peak })) {
    const what = `${roughly(hold.meanNs)} at ${rate(hold.perSecond)}`;
    const message =
      held > peak
        ? `${what}: ${digits(held)} connections in use, but under this database.contention more than ${digits(peak)} get less done the more they are, which does not last; another law of contention, or contention: none beside measuredAt explains it`
        : `${what} would have kept ${cores === 1 ? 'the only core' : `the ${cores} cores`} ${digits(100 * busy)}% busy, which does not last; more cores, less cpu of the work, or contention: none beside measuredAt explains it`;
    return [ofRate(hold, 'unexplained', message)];
  }
  if (missed.share <= EXPLAINED) return [];
  const gives =
    missed.seen === null ? 'has no steady state' : `gives ${figureWords(hold, missed.seen)}`;
  const work = figuresIn(works, hold);
  const message = `no query work explains ${figureWords(hold, hold.figures)} at ${rate(hold.perSecond)}; the nearest, ${figureWords(hold, work)}, ${gives}; check database.contention, or write contention: none beside measuredAt to use the hold as it is`;
  return [problem([...hold.path, 'hold'], 'unexplained', message)];
}

function figureWords({ shape }: MeasuredHold, figures: readonly number[]): string {
  const [first = 0, second = 0, third = 0] = figures.map((ns) =>
    Math.round(Number(ns.toPrecision(3))),
  );
  switch (shape) {
    case 'percentiles':
      return percentilesWords({ p50: first, p95: second, p99: third });
    case 'with-mean':
      return `${percentilesWords({ p50: first, p99: second })}, mean ${formatDuration(third)}`;
    case 'mean':
      return `a mean of ${formatDuration(first)}`;
  }
}

function ofRate(hold: MeasuredHold, code: string, message: string): Problem {
  return problem([...hold.path, 'hold', 'measuredAt'], code, message);
}

/** Connections in use for a class, by Little's law. */
function usedBy(hold: MeasuredHold, system: SystemSettings): number {
  return (classRate(hold, system) * hold.meanNs) / SECOND;
}

function classRate(
  { service, index, perSecond }: MeasuredHold,
  { services }: SystemSettings,
): number {
  const settings = services[service];
  return settings === undefined ? 0 : perSecond * shareOf(settings, index);
}

/** `450/s × 23.6ms = 10.6 connections in use`. */
export function usedWords(holds: readonly MeasuredHold[], system: SystemSettings): string {
  const products = holds.map(
    (hold) => `${rate(classRate(hold, system))} × ${roughly(hold.meanNs)}`,
  );
  const used = holds.reduce((sum, hold) => sum + usedBy(hold, system), 0);
  return `${products.join(' + ')} = ${digits(used)} ${digits(used) === '1' ? 'connection' : 'connections'} in use`;
}

/** `450/s`. */
export function rate(perSecond: number): string {
  return `${digits(perSecond)}/s`;
}

export function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
