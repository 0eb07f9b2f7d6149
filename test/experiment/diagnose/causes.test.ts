import { describe, expect, it } from 'vitest';
import { diagnosisOf, leverOf, surge } from './small-diagnosis.ts';

const page = (mean: string, cpu = '20%') => [
  { name: 'page', query: { lognormal: { mean, cv: 1 }, cpu } },
];
const database = { cores: 16, contention: 'none', roundTrip: '1ms', connect: { latency: '20ms' } };

/** Scenarios in which one thing is at fault: what is, and the lever that must help most of those of its kind. */
const cases = [
  {
    what: 'a pool that is too small',
    scenario: surge([100, 500], {
      requests: page('20ms'),
      service: { instances: 2, pool: { max: 4, acquireTimeout: '2s' } },
      database: { ...database, contention: 'cores' },
    }),
    expected: { station: 'pool', cause: 'pool' },
    lever: 'service.pool.max',
  },
  {
    what: "the database's processors",
    scenario: surge([100, 400], {
      requests: page('20ms', '80%'),
      service: { instances: 3, pool: { max: 20, acquireTimeout: '2s' } },
      database: { ...database, cores: 4, contention: 'cores' },
    }),
    expected: { station: 'database-cores', cause: 'database-cpu' },
    lever: 'database.cores',
  },
  {
    what: 'connections that are opened anew all the time',
    scenario: surge([30, 120], {
      requests: page('20ms'),
      service: { instances: 2, pool: { max: 5, acquireTimeout: '2s', reconnectShare: '30%' } },
      database: { ...database, connect: { latency: '300ms' } },
    }),
    expected: { station: 'connection-opening', cause: 'opening' },
    lever: 'service.pool.reconnectShare',
  },
  {
    what: 'a pool that opens its connections as requests come',
    scenario: surge([5, 400], {
      requests: page('10ms'),
      service: {
        instances: 2,
        pool: { max: 10, initial: 0, min: 0, idleTimeout: '1s', acquireTimeout: '1s' },
      },
      database: { ...database, connect: { latency: '2s' } },
    }),
    expected: { station: 'connection-opening', cause: 'opening' },
    lever: null,
  },
  {
    what: "the service's concurrency",
    scenario: surge([100, 450], {
      requests: [
        {
          name: 'page',
          steps: [{ app: '80ms' }, { query: { lognormal: { mean: '5ms', cv: 1 } } }],
        },
      ],
      service: {
        instances: 2,
        concurrency: 16,
        queue: 100,
        pool: { max: 10, acquireTimeout: '2s' },
      },
      database,
    }),
    expected: { station: 'service-concurrency', cause: 'concurrency' },
    lever: 'service.concurrency',
  },
  {
    what: 'a small max_connections, with a generic pool',
    scenario: surge([100, 700], {
      requests: page('40ms'),
      service: { instances: 4, pool: { max: 10, initial: 0, acquireTimeout: '2s' } },
      database: { ...database, maxConnections: 23 },
    }),
    expected: { station: 'connection-slots', cause: 'slots' },
    lever: 'database.maxConnections',
  },
  {
    what: 'a small max_connections, with HikariCP',
    scenario: surge([100, 700], {
      requests: page('40ms'),
      service: {
        instances: 4,
        pool: { profile: 'hikaricp', maximumPoolSize: 10, minimumIdle: 2, connectionTimeout: 2000 },
      },
      database: { ...database, maxConnections: 23 },
    }),
    expected: { station: 'connection-slots', cause: 'slots' },
    lever: 'database.maxConnections',
  },
  {
    what: 'a slow plan',
    scenario: surge([200, 200], {
      requests: page('20ms'),
      service: { instances: 2, pool: { max: 5, acquireTimeout: '2s' } },
      database: { ...database, contention: { usl: { sigma: 0.01, kappa: 0.0001 } } },
      timeline: [
        {
          at: '20s',
          title: 'Statistics went stale',
          set: { 'requests.page.query.lognormal': { mean: '100ms', cv: 1 } },
        },
      ],
    }),
    expected: { station: 'pool', cause: 'slow-plan' },
    lever: 'requests',
  },
  {
    what: 'a slow network',
    scenario: surge([100, 180], {
      requests: page('5ms'),
      service: { instances: 2, pool: { max: 5, acquireTimeout: '2s' } },
      database,
      timeline: [{ at: '20s', title: 'Another route', set: { 'database.roundTrip': '80ms' } }],
    }),
    expected: { station: 'pool', cause: 'network' },
    lever: 'database.roundTrip',
  },
  {
    what: 'queries that slow each other down',
    scenario: surge([100, 900], {
      requests: page('20ms'),
      service: { instances: 4, pool: { max: 50, acquireTimeout: '2s' } },
      database: { ...database, contention: { usl: { sigma: 0.03, kappa: 0.001 } } },
    }),
    expected: { station: 'database-contention', cause: null },
    lever: 'database.contention.usl',
    size: { replications: 12, most: 12, windowRequests: 5000 },
  },
];

describe('a diagnosis', () => {
  it.each(cases)('names $what', ({ scenario, expected, lever, size }) => {
    const diagnosis = diagnosisOf(scenario, size === undefined ? {} : { size });
    expect(diagnosis.bottleneck).toMatchObject(expected);
    if (lever !== null) expect(leverOf(diagnosis, lever).verdict).toBe('helps');
  });

  it('names nothing where nobody waits', () => {
    const scenario = surge([50, 50], {
      requests: page('10ms'),
      service: { instances: 2, pool: { max: 10, acquireTimeout: '2s' } },
      database,
    });
    const { bottleneck, yardstick } = diagnosisOf(scenario);
    expect(bottleneck).toMatchObject({ station: 'none', cause: null });
    expect(yardstick).toBe('response');
  });

  it('judges a lever before the entry that changes it', () => {
    const [first] = cases;
    const { document } = first?.scenario ?? surge([1, 1], {});
    const timeline = [{ at: '30s', title: 'More', set: { 'service.pool.max': 40 } }];
    const scenario = surge([100, 500], { ...document, timeline, traffic: document['traffic'] });
    const lever = leverOf(diagnosisOf(scenario, { fromNs: 20e9, toNs: 38e9 }), 'service.pool.max');
    expect(lever.change).toMatchObject({ from: 4, to: 5 });
    expect(lever.effect).toBeGreaterThan(0.08);
  });
});
