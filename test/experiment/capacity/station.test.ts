import { expect, it } from 'vitest';
import { stationBeyond } from '../../../src/experiment/capacity/station-beyond.ts';
import { answerNow } from '../answer-now.ts';
import { scenarioOf } from '../small-run.ts';

const bouncer = { pool: { profile: 'pgbouncer', default_pool_size: 1 } };

/** Each serves less than the 600 requests/s that arrive. */
it.each([
  ['pool', { service: { pool: { max: 5 } } }],
  ['database-cores', { database: { cores: 2, contention: 'cores' } }],
  ['service-concurrency', { service: { concurrency: 4, pool: { max: 20 } } }],
  ['pooler', { database: { pooler: bouncer } }],
])('names what holds requests up beyond what can be served: %s', (station, own) => {
  const { system } = scenarioOf({
    duration: '1m',
    traffic: { rate: 600 },
    requests: { query: { exponential: '10ms' } },
    service: { pool: { max: 20 } },
    ...own,
    database: { contention: 'none', roundTrip: '0s', ...('database' in own ? own.database : {}) },
  });
  expect(answerNow(stationBeyond(system, '1'))).toBe(station);
});
