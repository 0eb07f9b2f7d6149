// Where requests wait, in small systems whose answer is known beforehand.

import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/experiment/run.ts';
import type { RunResult } from '../../src/experiment/result.ts';
import { formatFault } from '../../src/scenario/fault.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';

function run(scenario: Record<string, unknown>): RunResult {
  const text = JSON.stringify(scenario);
  const parsed = parseScenario({ file: 'station', text, sets: [] });
  if (!parsed.ok) throw new Error(parsed.faults.map(formatFault).join('\n'));
  const steps = simulate(parsed.scenario);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

const stations: readonly (readonly [string, string, Record<string, unknown>])[] = [
  [
    'none',
    'a pool with room to spare',
    { traffic: { rate: 20 }, requests: { query: '10ms' }, service: { pool: { max: 5 } } },
  ],
  [
    'pool',
    'a pool that answers nobody within the run',
    { traffic: { rate: 100 }, requests: { query: '5m' }, service: { pool: { max: 2 } } },
  ],
  [
    'pool',
    'a full pool whose clients leave before they get a connection',
    {
      traffic: { rate: 100, client: { timeout: '50ms', cancel: true } },
      requests: { query: '20ms' },
      service: { pool: { max: 1 } },
    },
  ],
  [
    'pool',
    'a full pool at which nobody may wait',
    {
      traffic: { rate: 100 },
      requests: { query: '20ms' },
      service: { pool: { max: 1, maxPending: 0 } },
    },
  ],
  [
    'database-cores',
    'a pool at which nobody may wait, full because of two busy processors',
    {
      traffic: { rate: 400 },
      requests: { query: '20ms' },
      service: { pool: { max: 20, maxPending: 0 } },
      database: { cores: 2, contention: 'cores' },
    },
  ],
  [
    'service-concurrency',
    'one worker and no queue before a large pool',
    {
      traffic: { rate: 100 },
      requests: { query: '20ms' },
      service: { concurrency: 1, queue: 0, pool: { max: 10 } },
    },
  ],
  [
    'database-cores',
    'two processors for twice the work that they can do',
    {
      traffic: { rate: 200 },
      requests: { query: '20ms' },
      service: { pool: { max: 40, acquireTimeout: '1s' } },
      database: { cores: 2, contention: 'cores' },
    },
  ],
  [
    'connection-slots',
    'a database that admits three of forty connections',
    {
      traffic: { rate: 400 },
      requests: { query: '20ms' },
      service: { pool: { max: 40, initial: 0 } },
      database: { maxConnections: 6, connect: { latency: '1ms' } },
    },
  ],
  [
    'instances',
    'the only instance restarts',
    {
      traffic: { rate: 100 },
      requests: { query: '20ms' },
      service: { pool: { max: 10 } },
      timeline: [{ at: '30s', title: 'restart', restart: { each: '10s' } }],
    },
  ],
];

describe('the station where requests wait', () => {
  it.each(stations)('is %s with %s', (station, _, scenario) => {
    const result = run({ duration: '2m', ...scenario });
    expect(result.bottleneck.station).toBe(station);
    expect(result.certificate.holds).toBe(true);
  });
});

describe('the processors of the database', () => {
  const work = {
    duration: '1m',
    traffic: { rate: 300 },
    requests: { query: '20ms' },
    service: { pool: { max: 60, acquireTimeout: '1s' } },
  };

  it('are asked for more than there is under a law that does not know them, and it is said', () => {
    const { database } = run({ ...work, database: { cores: 2 } });
    expect(database.overCpu).toBe(true);
  });

  it('are never asked for more than there is under `cores`', () => {
    const { database, series } = run({ ...work, database: { cores: 2, contention: 'cores' } });
    expect(database.overCpu).toBe(false);
    expect(Math.max(...series.databaseUtilisation)).toBeLessThanOrEqual(1);
  });
});

it('a request that is retried again and again within one instant is stopped and named', () => {
  const loop = () =>
    run({
      duration: '10s',
      traffic: { rate: 1000, client: { retry: { attempts: 1000, backoff: '0s' } } },
      requests: { query: '20ms' },
      service: { concurrency: 1, queue: 0 },
    });
  expect(loop).toThrow(/^at 00:00:00\.\d{3} time stands still: .*queue-full.*backoff/);
});
