// At a rate that stays, the answers are those of queueing theory: what can be served is servers ÷ mean
// hold, and the rate at which a percentile reaches its exact value is the rate of that case.

import { describe, expect, it } from 'vitest';
import type { Capacity, RateInterval } from '../../../src/experiment/capacity/answer.ts';
import { capacityOf } from '../../../src/experiment/capacity/capacity.ts';
import type { Condition } from '../../../src/model/control/settings.ts';
import { cases, oracle, type OracleCase, rateOf } from '../../laws/oracle.ts';
import { isNightly } from '../../support/nightly.ts';
import { answerNow } from '../answer-now.ts';
import { acquire, errors, scenarioOfCase, servedPerSecond } from './oracle-case.ts';

const seeds = (process.env['TIDEMARK_TEST_SEED'] ?? 'one').split(' ');

/** What the issue of these answers asks for, as a share of the rate. */
const OF_SATURATION = 0.005;
const OF_KNEE = 0.01;

/** The cases, each with the objective whose exact value is known at its rate. */
const objectives: readonly (readonly [string, (one: OracleCase) => Condition])[] = cases.flatMap(
  (one) => {
    const has = (name: string) => name in one.expected;
    if (has('wq_p99_ms') && !has('p_abandon') && one.params.arrival?.segments === undefined)
      return [[one.id, (o: OracleCase) => acquire(o, 'wq_p99_ms')] as const];
    if (has('acquire_wait_p99_ms'))
      return [[one.id, (o: OracleCase) => acquire(o, 'acquire_wait_p99_ms')] as const];
    if (has('p_block')) return [[one.id, (o: OracleCase) => errors(o, 'p_block')] as const];
    if (has('p_abandon')) return [[one.id, (o: OracleCase) => errors(o, 'p_abandon')] as const];
    return [];
  },
);

const QUICK = ['mmc-05', 'dmc-01'];
const chosen = isNightly ? objectives : objectives.filter(([id]) => QUICK.includes(id));

function distance({ rps }: RateInterval, truth: number): number {
  return Math.abs(rps / truth - 1);
}

describe('capacity at a rate that stays', () => {
  it.each(chosen)('finds both rates of %s', (id, condition) => {
    const one = oracle(id);
    for (const seed of seeds) {
      const answer = answerNow(capacityOf(scenarioOfCase(one, condition(one), seed)));
      expectNear(answer, one);
    }
  });
});

function expectNear({ saturation, objectiveKnee }: Capacity, one: OracleCase): void {
  if (saturation === null || objectiveKnee === null) throw new Error('nothing was found');
  const served = servedPerSecond(one);
  if (served !== null) expect(distance(saturation, served)).toBeLessThan(OF_SATURATION);
  expect(distance(objectiveKnee, rateOf(one))).toBeLessThan(OF_KNEE);
  expect(objectiveKnee.lowRps).toBeLessThan(objectiveKnee.rps);
  expect(objectiveKnee.highRps).toBeGreaterThan(objectiveKnee.rps);
}
