// Small scenarios that use every part of the format: seconds of simulated time, tens of requests a second.

const head = 'duration: 20s\nseed: 3\n';

const texts: readonly string[] = [
  `name: plain
title: A small one
start: 2024-01-21T13:30:00Z
traffic:
  arrivals: poisson
  rate:
    - { at: "13:30:00", rps: 30 }
    - { at: "13:30:10", rps: 90 }
  client: { timeout: 3s, retry: { attempts: 2, backoff: 200ms } }
requests: { query: { lognormal: { mean: 40ms, cv: 1.5 }, cpu: 40% } }
service: { instances: 2, balancer: least-connections, pool: { max: 2, acquireTimeout: 1s, reconnectShare: 5% } }
database:
  cores: 4
  contention: { usl: { sigma: 0.02, kappa: 0.001 } }
  roundTrip: 1ms
  maxConnections: 20
  connect: { latency: { lognormal: { mean: 30ms, cv: 0.5 } } }
objectives: [ response p99 < 1s, errors < 1%, acquire p95 < 50ms over run ]
alerts:
  - { name: Errors, kind: dashboard, when: errors > 5% over 5s, every: 1s }
  - { name: Full, when: pool utilisation >= 95% over 2s, for: 3s, every: 1s, per: instance }
timeline:
  - { at: "13:30:12", title: Larger, set: { service.pool.max: 5, service.balancer: random } }
  - { at: "13:30:15", title: Restarted, restart: { each: 1s } }
provenance:
  service.pool.max: { grade: assumed, note: a guess }
`,
  `traffic: { arrivals: { mmpp: { ratio: 3, calm: 2s, busy: 1s } }, rate: 40, bursts: [ { at: 5s, count: 30 } ] }
requests:
  - { name: page, weight: 3, hold: { p50: 12ms, p99: 180ms } }
  - name: order
    steps: [ { app: 3ms }, { transaction: [ { query: { exponential: 9ms } }, { app: 1ms }, { transaction: [ { query: 2ms } ] } ] } ]
    leak: 1%
service:
  concurrency: 20
  queue: 50
  pool: { profile: hikaricp, maximumPoolSize: 5, connectionTimeout: 500, idleTimeout: 10000, minimumIdle: 1, maxLifetime: 40000 }
database: { cores: 2, contention: cores, connect: { latency: 20ms, failure: 2%, closing: 1ms } }
timeline: [ { at: 8s, title: gone, outage: { lasts: 2s, silent: true } } ]
`,
  `traffic: { users: [ { at: 0s, users: 5 }, { at: 10s, users: 40 } ], think: { exponential: 500ms } }
requests: { query: { gamma: { mean: 20ms, cv: 2 } } }
service: { pool: { profile: pg-pool, max: 4, connectionTimeoutMillis: 700, maxUses: 50 } }
database:
  pooler: { pool: { profile: pgbouncer, pool_mode: transaction, default_pool_size: 3, max_client_conn: 50 }, connect: { latency: 1ms } }
  connect: { latency: 25ms }
warmup: 2s
`,
  `services:
  shop:
    traffic: { rate: 30, arrivals: { batch: { 1: 80%, 5: 20% } } }
    requests: { hold: { hyperexponential: { mean: 30ms, cv: 2 } } }
    instances: 2
    pool: { profile: database-sql, SetMaxOpenConns: 6, context.WithTimeout: 1s }
  report:
    traffic: { rate: 2, client: { timeout: 5s } }
    requests: { query: { pareto: { mean: 200ms, shape: 2.5 } } }
    pool: { profile: sqlalchemy, pool_size: 2, max_overflow: 1, pool_timeout: 2 }
database: { cores: 4, contention: { usl: { sigma: 0, kappa: 0.0002 } }, maxConnections: 30, otherConnections: 3 }
objectives: [ goodput > 10/s ]
`,
];

/** Each with its text. */
export const SMALL_SCENARIOS = texts.map((text) => ({ text: head + text }));
