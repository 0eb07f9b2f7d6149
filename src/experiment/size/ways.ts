/** With how much effort sizes are tried: a first look, a close one, and with which random numbers. */
import { MINUTE, SECOND } from '../../engine/time.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { waitInTheory } from '../capacity/theory.ts';
import { expectedBetween } from '../settings-history.ts';
import { isStationary } from '../stability.ts';
import type { SteadyTraffic } from '../steady/steady-traffic.ts';
import type { Effort } from './smallest.ts';
import type { Way } from './trials.ts';

export interface Ways {
  /** Short, and so approximate where it is not the long run. */
  readonly look: Way;
  readonly close: Way;
  readonly effort: Effort;
  /** With random numbers that none of the others has seen. */
  readonly fresh: Way;
  readonly freshRuns: number;
  /** Requests of one replication of a close look. */
  readonly requests: number;
}

/** @param guess a scenario of about the right size, at the traffic that stays */
export function waysFor(scenario: Scenario, guess: SteadyTraffic): Ways {
  const { seed } = scenario;
  const fresh = `${seed}/fresh`;
  if (isStationary(scenario)) {
    const requests = requestsFor(guess);
    const way = { kind: 'long-run', requests, seed } as const;
    return {
      look: way,
      close: way,
      effort: effortOfLongRuns(requests),
      fresh: { ...way, seed: fresh },
      freshRuns: 10,
      requests,
    };
  }
  const untilNs = scenario.durationNs;
  const whole = { kind: 'run', untilNs, seed, stops: true } as const;
  return {
    look: { ...whole, untilNs: lookUntil(scenario) },
    close: whole,
    effort: { first: 5, round: 4, most: 13 },
    fresh: { ...whole, seed: fresh, stops: false },
    freshRuns: 5,
    requests: expectedBetween(scenario, 0, untilNs),
  };
}

/** Of one replication in the long run: so many relaxation times, but not too few and not too many. */
const RELAXATIONS = 400;
const FEWEST = 60_000;
const MOST = 1_000_000;
/** Requests of one decision at most. */
const MOST_OF_A_DECISION = 80_000_000;

function requestsFor({ system, rps }: SteadyTraffic): number {
  const relaxation = waitInTheory(system, 1)?.relaxationSeconds ?? 0;
  return Math.ceil(Math.min(MOST, Math.max(FEWEST, RELAXATIONS * relaxation * rps)));
}

function effortOfLongRuns(requests: number): Effort {
  return { first: 10, round: 10, most: Math.max(20, Math.floor(MOST_OF_A_DECISION / requests)) };
}

/** So long after the peak has been reached a first look ends. */
const AFTER_PEAK = 10 * MINUTE;
/** A first look that takes more than this share of the requests saves nothing. */
const WORTH_CUTTING = 0.6;

/** Some minutes after the traffic has reached its peak; the end where that is not much earlier. */
function lookUntil(scenario: Scenario): number {
  const { durationNs } = scenario;
  const peak = peakMinute(scenario);
  const windows = scenario.objectives.map(({ scope }) =>
    scope.kind === 'worst-window' ? scope.windowNs : 0,
  );
  const untilNs = Math.min(durationNs, peak.toNs + Math.max(AFTER_PEAK, ...windows));
  const share =
    expectedBetween(scenario, 0, untilNs) / Math.max(1, expectedBetween(scenario, 0, durationNs));
  return share > WORTH_CUTTING ? durationNs : untilNs;
}

interface Stretch {
  readonly toNs: number;
  readonly rps: number;
}

/** Most that arrives in any minute (of a grid; in a thirtieth of shorter runs), nearly: the first such. */
export function peakMinute(scenario: Scenario): Stretch {
  const { durationNs } = scenario;
  const length = Math.min(MINUTE, Math.ceil(durationNs / 30));
  const stretches: Stretch[] = [];
  for (let from = 0; from + length <= durationNs; from += length) {
    const arrivals = expectedBetween(scenario, from, from + length);
    stretches.push({ toNs: from + length, rps: (arrivals / length) * SECOND });
  }
  const most = Math.max(...stretches.map(({ rps }) => rps));
  return stretches.find(({ rps }) => rps >= most * 0.999) ?? { toNs: durationNs, rps: most };
}
