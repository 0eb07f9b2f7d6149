// Small scenarios that use every part of the format: seconds of simulated time, tens of requests a second.

import type { ReadFile } from '../../src/scenario/files.ts';

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
  `start: 2024-01-21T13:30:00Z
traffic:
  base: 30/s
  surges:
    - { name: lunch, peak: 60/s, at: "13:30:08", rise: 5s, for: 1s, decay: 4s }
    - { name: flash sale, peak: 3000/min, at: 14s, rise: 0s, decay: { exponential: 500ms } }
requests: { hold: { p50: 12ms, p99: 120ms, mean: 24ms, measuredAt: 30/s, cpu: 40% } }
service: { instances: 2, pool: { max: 3, acquireTimeout: 2s } }
database: { cores: 4, contention: cores, roundTrip: 1ms, maxConnections: 30 }
objectives: [ response p99 < 1s, errors < 1% ]
`,
  `traffic:
  arrivals: deterministic
  startRate: 10/s
  stages: [ { duration: 5s, target: 60/s }, { duration: 0s, target: 1800/min }, { duration: 8s, target: 20 } ]
requests:
  - { name: read, weight: 3, hold: { mean: 10ms, measuredAt: 1800/min } }
  - { name: report, hold: { p50: 20ms, p95: 60ms, p99: 90ms, measuredAt: 30/s, contention: none } }
service: { instances: 2, pool: { from: ./application.yml, environment: prod, maximumPoolSize: 3 } }
database: { cores: 8, contention: { usl: { sigma: 0.01, kappa: 0.0005 } }, roundTrip: 500us }
`,
  `traffic:
  stairs: { from: 20/s, to: 100/s, step: 30/s, each: 4s }
  trace: ./trace.csv
  speed: 2
requests: { hold: { empirical: { file: ./holds.csv, column: hold_ms } } }
service: { pool: { from: ./knexfile.json, envFile: ./.env } }
database: { pooler: { pool: { from: ./pgbouncer.ini } }, connect: { latency: 5ms } }
`,
];

/** What the scenarios name. */
const FILES: Readonly<Record<string, string>> = {
  './application.yml': `spring.datasource.hikari: { maximum-pool-size: 5, connection-timeout: 500 }
---
spring.config.activate.on-profile: prod
spring.datasource.hikari.connection-timeout: 700
`,
  './knexfile.json':
    '{ "production": { "client": "pg", "pool": { "min": 0, "max": 6, "acquireTimeoutMillis": 900 } } }',
  './.env': 'PG_POOL_MAX=4\n',
  './pgbouncer.ini':
    '[databases]\nshop = host=db pool_size=4\n[pgbouncer]\npool_mode = transaction\n',
  './trace.csv': 'at_ms,hold_ms\n100,12\n150,\n2000,30\n9000,8\n',
  './holds.csv': 'hold_ms,wait_ms\n5,0\n9,1\n14,0\n80,3\n',
};

export const readSmallFile: ReadFile = (path) => {
  const text = FILES[path];
  if (text === undefined) return { ok: false, message: `cannot read ${path}: there is none` };
  return { ok: true, text };
};

/** Each with its text. */
export const SMALL_SCENARIOS = texts.map((text) => ({ text: head + text }));
