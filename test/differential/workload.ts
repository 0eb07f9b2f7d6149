/**
 * What both halves of the differential test run: requests, settings and faults, drawn by a seed. Times are
 * whole ticks: a millisecond of the real packages' fake clock, a microsecond of the simulator's.
 */
import { RandomStreams } from '../../src/engine/random-streams.ts';
import { Draw } from './draw.ts';
import { FEATURES, type Features, type Product } from './products.ts';

export interface Workload {
  readonly product: Product;
  readonly max: number;
  readonly requests: readonly Request[];
  /** Acquire timeout. */
  readonly timeout: number | null;
  /** Time that an attempt to connect takes, whether it succeeds or not. */
  readonly connect: number;
  /** Whether the n-th attempt of the run fails, from 0; the same answer whenever it is asked. */
  readonly fails: (n: number) => boolean;
  readonly failureProbability: number;
  /** tarn's pause between a failed attempt and the next. */
  readonly retryAfter: number;
  /** Connections below which none is closed for being idle; some pools open as many at once. */
  readonly min: number;
  readonly idle: IdleSettings | null;
  readonly lifetime: number | null;
  readonly maxUses: number | null;
  readonly validation: Validation | null;
  /** Requests that may wait; others are turned away. */
  readonly maxWaiting: number | null;
  /** Time that closing a connection takes. */
  readonly closeTakes: number;
  /** The run stops here, whatever is pending: far beyond the last arrival. */
  readonly end: number;
}

export interface Request {
  readonly at: number;
  readonly hold: number;
}

export interface IdleSettings {
  readonly timeout: number;
  /** Interval between two checks; pg-pool has a timer for each connection instead. */
  readonly check: number;
  /** mysql2 alone: idle connections beyond these are closed at each check, however young. */
  readonly maxIdle: number;
}

/** Each connection is tested when it is given out. */
export interface Validation {
  readonly takes: number;
  /** The server drops all connections at this instant: those opened before it are found dead after it. */
  readonly diesAt: number;
}

const RETRY_AFTER = 200_000;

/** Enough for almost every queue to drain; the few that do not show what becomes of who still waits. */
const PACES_AFTER_ARRIVALS = 15;

/** @param probability that an attempt to connect fails */
export function drawWorkload(seed: string, product: Product, probability: number): Workload {
  const draw = new Draw(new RandomStreams(seed));
  const features = FEATURES[product];
  const max = draw.integer('max', 1, 5);
  const connect = draw.integer('connect', 20_000, 170_000);
  const meanHold = draw.integer('mean-hold', 10_000, 150_000);
  const requests = drawRequests(draw, { max, meanHold });
  const lastArrival = requests.at(-1)?.at ?? 0;
  return {
    product,
    max,
    requests,
    timeout: features.timeout ? drawTimeout(draw, connect) : null,
    connect,
    ...drawFailures(draw, probability),
    retryAfter: RETRY_AFTER,
    ...drawIdle(draw, features, { max, pace: connect + meanHold }),
    lifetime:
      features.lifetime && draw.chance('has-lifetime', 1 / 3)
        ? draw.scaled('lifetime', connect + meanHold, [0.5, 4])
        : null,
    maxUses:
      features.maxUses && draw.chance('has-max-uses', 1 / 3)
        ? draw.integer('max-uses', 1, 5)
        : null,
    validation: drawValidation(draw, features, lastArrival),
    maxWaiting:
      features.maxWaiting && draw.chance('has-max-waiting', 1 / 6)
        ? draw.integer('max-waiting', 1, 6)
        : null,
    closeTakes: 0,
    end: lastArrival + PACES_AFTER_ARRIVALS * (connect + meanHold),
  };
}

/** Offered load from 0.3 to 2.3 of what the largest pool could hold: queues form, some drain. */
function drawRequests(draw: Draw, { max, meanHold }: { max: number; meanHold: number }): Request[] {
  const load = draw.between('load', 0.3, 2.3);
  const meanGap = meanHold / (max * load);
  let at = 0;
  return Array.from({ length: draw.integer('requests', 5, 35) }, () => {
    at += Math.floor(draw.exponential('gap') * meanGap);
    return { at, hold: Math.max(1, Math.floor(draw.exponential('hold') * meanHold)) };
  });
}

/** Half have none; a quarter is of the size of a connect, where the order of the two matters most. */
function drawTimeout(draw: Draw, connect: number): number | null {
  if (draw.chance('has-timeout', 1 / 2)) return null;
  const range = draw.chance('near-connect', 1 / 2) ? [0.4, 1.6] : [0.5, 6];
  return draw.scaled('timeout', connect, range as [number, number]);
}

/** The stream has the name that the simulator gives to its own draws of the same thing. */
export function drawFailures(
  draw: Draw,
  probability: number,
): Pick<Workload, 'fails' | 'failureProbability'> {
  const drawn: boolean[] = [];
  const fails = (n: number): boolean => {
    while (drawn.length <= n) drawn.push(draw.chance('database/connect/failure', probability));
    return drawn[n] as boolean;
  };
  return { fails, failureProbability: probability };
}

function drawIdle(
  draw: Draw,
  features: Features,
  { max, pace }: { max: number; pace: number },
): { idle: IdleSettings | null; min: number } {
  if (!draw.chance('has-idle', 1 / 3)) return { idle: null, min: 0 };
  const timeout = draw.scaled('idle-timeout', pace, [0.1, 2]);
  return {
    idle: {
      timeout,
      check: features.idleCheck ?? draw.scaled('idle-check', timeout, [0.1, 1.5]),
      maxIdle: features.maxIdle ? draw.integer('max-idle', 0, max - 1) : max,
    },
    min: features.min ? draw.integer('min', 0, max) : 0,
  };
}

function drawValidation(draw: Draw, features: Features, lastArrival: number): Validation | null {
  if (features.validation === 'none' || !draw.chance('has-validation', 1 / 3)) return null;
  const takesTime = features.validation === 'any' && draw.chance('validation-takes-time', 1 / 2);
  return {
    takes: takesTime ? draw.integer('validation', 1_000, 40_000) : 0,
    diesAt: draw.integer('dies-at', 0, lastArrival),
  };
}
