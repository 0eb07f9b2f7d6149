// Which settings hold when.

import { expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/engine/time.ts';
import { expectedBetween, settingsInForce } from '../../src/experiment/settings-history.ts';
import { scenarioOf } from './small-run.ts';

const scenario = scenarioOf({
  duration: '1m',
  traffic: { rate: 10 },
  requests: { query: '10ms' },
  service: { pool: { max: 5 } },
  timeline: [
    { at: '20s', title: 'larger', set: { 'service.pool.max': 7 } },
    { at: '30s', title: 'busier', set: { 'traffic.rate': 20 } },
  ],
});

it('has a change in force at its own instant', () => {
  const max = [0, 20 * SECOND - 1, 20 * SECOND, MINUTE].map(
    (at) => settingsInForce(scenario, at).services[0]?.pool.max,
  );
  expect(max).toEqual([5, 5, 7, 7]);
});

it('expects the requests of each stretch by the rate in force in it', () => {
  expect(expectedBetween(scenario, 0, MINUTE)).toBeCloseTo(900, 9);
  expect(expectedBetween(scenario, 25 * SECOND, 31 * SECOND)).toBeCloseTo(70, 9);
});
