/** How long a request holds its connection, as queueing theory describes it: read from the settings. */
import { type Law, lawMean, lawScv } from '../../engine/law.ts';
import { SECOND } from '../../engine/time.ts';
import { slowdownOf } from '../../model/database/contention.ts';
import type { DatabaseSettings } from '../../model/database/settings.ts';
import type { RequestClassSettings, ServiceSettings } from '../../model/service/settings.ts';
import type { TwoPhases } from '../../theory/phase-service.ts';

/** The time that a request holds its connection: a delay that others do not lengthen, and work. */
export interface Hold {
  readonly delaySeconds: number;
  readonly workSeconds: number;
  /** Squared coefficient of variation of delay and work together, when nobody else runs. */
  readonly scv: number;
  readonly law: 'exponential' | 'constant' | 'general';
  /** The hold as two exponential phases, where it is that and not one. */
  readonly phases: TwoPhases | null;
  readonly contention: Contention;
}

/**
 * How much slower work is with n connections held. `cores`: work is CPU, and so many share them.
 * `held`: V(n) with n the connections held. `none`: it is not, and counts as delay.
 */
export type Contention =
  | { readonly kind: 'none' }
  | { readonly kind: 'cores'; readonly cores: number }
  | { readonly kind: 'held'; readonly slowdown: (n: number) => number };

/** The hold of a service's requests, all classes together. */
export function holdOf({ requests, pool }: ServiceSettings, database: DatabaseSettings): Hold {
  const { contention, cores, connectLatency } = database;
  const weights = requests.reduce((sum, { weight }) => sum + weight, 0);
  const drawn = requests
    .filter(({ weight }) => weight > 0)
    .map((request) => partsOf(request, request.weight / weights, database));
  const mean = (of: (part: Parts) => number) =>
    drawn.reduce((sum, part) => sum + part.share * of(part), 0);
  const reconnect = { share: pool.reconnectShare, law: connectLatency };
  const reconnectSeconds = reconnect.share * seconds(connectLatency);
  const requestSeconds = mean((part) => part.delay + part.work);
  const secondMoment =
    mean((part) => (part.delay + part.work) * (part.delay + part.work) * (1 + part.scv)) +
    2 * requestSeconds * reconnectSeconds +
    reconnectSeconds * seconds(connectLatency) * (1 + lawScv(connectLatency));
  const meanSeconds = requestSeconds + reconnectSeconds;
  const scv = Math.max(0, secondMoment / (meanSeconds * meanSeconds) - 1);
  return {
    delaySeconds: reconnectSeconds + mean((part) => part.delay),
    workSeconds: mean((part) => part.work),
    scv,
    law: reconnect.share > 0 ? 'general' : lawOf(drawn),
    phases: reconnect.share > 0 ? null : phasesOf(drawn),
    contention: contentionOf(contention.kind, cores, database),
  };
}

/** One class's hold: its means in seconds, and the variability of the two together. */
interface Parts {
  /** Of all requests. */
  readonly share: number;
  readonly delay: number;
  readonly work: number;
  readonly scv: number;
  readonly law: Law;
  /** The hold is a draw from the law, and nothing is added to it. */
  readonly isPlain: boolean;
}

function partsOf({ work }: RequestClassSettings, share: number, database: DatabaseSettings): Parts {
  const { contention } = database;
  if (work.kind === 'steps') throw new Error('bug: steps have no single hold');
  const law = work.kind === 'hold' ? work.hold : work.work;
  const mean = seconds(law);
  const scv = lawScv(law);
  if (work.kind === 'hold') return { share, delay: mean, work: 0, scv, law, isPlain: true };
  const roundTrip = database.roundTripNs / SECOND;
  const slowed = contention.kind === 'none' ? 0 : contention.kind === 'cores' ? work.cpu : 1;
  const whole = roundTrip + mean;
  return {
    share,
    delay: whole - mean * slowed,
    work: mean * slowed,
    scv: whole === 0 ? 0 : (scv * mean * mean) / (whole * whole),
    law,
    isPlain: roundTrip === 0,
  };
}

function lawOf(drawn: readonly Parts[]): Hold['law'] {
  const means = new Set(drawn.map(({ delay, work }) => delay + work));
  if (means.size !== 1) return 'general';
  if (drawn.every(({ law }) => law.family === 'constant')) return 'constant';
  const isExponential = drawn.every(({ law, isPlain }) => isPlain && law.family === 'exponential');
  return isExponential ? 'exponential' : 'general';
}

/** Two exponential classes, one of two branches, or two stages. */
function phasesOf(drawn: readonly Parts[]): TwoPhases | null {
  const [first, second] = drawn;
  if (first === undefined || drawn.length > 2 || !drawn.every(({ isPlain }) => isPlain))
    return null;
  if (second === undefined) return phasesOfLaw(first.law);
  const [one, other] = [first.law, second.law];
  const isMixture = one.family === 'exponential' && other.family === 'exponential';
  return isMixture ? eitherOf(first.share, one.mean, other.mean) : null;
}

function phasesOfLaw(law: Law): TwoPhases | null {
  if (law.family === 'erlang' && law.stages === 2 && law.mean > 0) {
    const stageSeconds = law.mean / 2 / SECOND;
    return { kind: 'in-turn', meanSeconds: [stageSeconds, stageSeconds] };
  }
  if (law.family !== 'hyperexponential' || law.branches.length !== 2) return null;
  const [one, other] = law.branches;
  return one && other ? eitherOf(one.probability, one.mean, other.mean) : null;
}

function eitherOf(firstShare: number, firstNs: number, secondNs: number): TwoPhases | null {
  if (!(Math.min(firstNs, secondNs) > 0)) return null;
  return { kind: 'either', firstShare, meanSeconds: [firstNs / SECOND, secondNs / SECOND] };
}

function contentionOf(
  kind: DatabaseSettings['contention']['kind'],
  cores: number,
  database: DatabaseSettings,
): Contention {
  if (kind === 'none') return { kind };
  return kind === 'cores' ? { kind, cores } : { kind: 'held', slowdown: slowdownOf(database) };
}

function seconds(law: Law): number {
  return lawMean(law) / SECOND;
}
