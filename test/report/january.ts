// A result of the January outage as the postmortem's figures give it, written by hand; tests change
// parts of it. Real results stand in the samples and in the replay tests.

import { readFileSync } from 'node:fs';
import type { Advice, Trial } from '../../src/experiment/advice.ts';
import type {
  Distribution,
  RunResult,
  Series,
  StretchFigures,
  TimelineResult,
} from '../../src/experiment/result.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';

/** The scenario of the outage, from its file. */
export function januaryScenario(): Scenario {
  const file = 'scenarios/january-2024.yaml';
  const parsed = parseScenario({ file, text: readFileSync(file, 'utf8'), sets: [] });
  if (!parsed.ok) throw new Error(`${file} has faults`);
  return parsed.scenario;
}

/** The outage's result; what is given replaces whole parts of it. */
export function january(changes: Partial<RunResult> = {}): RunResult {
  const requests = {
    arrived: 21_704_113,
    completed: 16_293_001,
    failed: 5_411_094,
    abandoned: 0,
    inFlight: 18,
  };
  const failures = { 'acquire-timeout': 5_411_094 };
  const response = distribution(requests.completed, 3890, 5020, 5450);
  const acquireWait = distribution(requests.completed, 3840, 4960, 5000);
  const pool = {
    max: 60,
    utilisation: 0.871,
    peakPending: 7514,
    timeouts: 5_411_094,
    opened: 871_234,
    closed: 871_174,
  };
  return {
    format: 1,
    scenario: {
      name: 'january-2024',
      title: 'Web stack outage of 21 January 2024',
      hash: '1b551a77c77dc564d1d6cab78dbafc10a2ca5e98f225135913cc36b06f00f469',
    },
    seed: '20240121',
    replications: 1,
    start: at('13:30'),
    end: at('18:00'),
    requests,
    attempts: requests.arrived,
    failures,
    response,
    acquireWait,
    use: distribution(requests.completed, 58, 41, 502),
    opening: distribution(814_650, 400, 400, 400),
    goodput: { perSecond: 1005.7 },
    wastedWork: { attempts: 0, ms: 0 },
    pool,
    database: { utilisation: 0.184, overCpu: false, peakConnections: 120, refused: 0 },
    ledgerMs: {
      network: 2,
      queue: 0,
      acquireQueue: 3832,
      opening: 20,
      databaseWork: 15.4,
      contention: 20.6,
      app: 0,
      backoff: 0,
      poolerQueue: 0,
    },
    bottleneck: {
      onset: {
        at: at('13:58:46'),
        afterSeconds: 1726,
        rps: 966.58,
        offeredLoad: 0.985,
        instance: 'service/3',
      },
      station: 'pool',
    },
    services: [{ name: 'service', instances: 6, requests, failures, response, acquireWait, pool }],
    series: januarySeries(),
    alerts: [
      { name: 'ErrorRate', kind: 'dashboard', firedAt: at('14:00:15'), resolvedAt: at('17:31') },
      {
        name: 'PoolSaturated',
        kind: 'automated',
        firedAt: at('14:14:30'),
        resolvedAt: at('16:00:15'),
      },
      {
        name: 'PoolSaturated',
        kind: 'automated',
        firedAt: at('16:18:45'),
        resolvedAt: at('17:30:15'),
      },
    ],
    timeline: januaryTimeline(),
    phases: [CALM, OVERLOAD, FIXED],
    outage: {
      ...OVERLOAD,
      from: at('14:00'),
      to: at('17:30'),
      errors: 0.3003,
      databaseUtilisation: 0.2,
      normalP50Ms: 17.7,
    },
    objectives: [
      {
        text: 'response p99 < 1s',
        value: 'infinite',
        met: false,
        from: at('13:55:10'),
        to: at('14:00:10'),
      },
      { text: 'errors < 1%', value: 0.337, met: false, from: at('15:58:10'), to: at('16:03:10') },
      {
        text: 'acquire p95 < 50ms during 14:00..17:30',
        value: 'infinite',
        met: false,
        from: at('14:00'),
        to: at('17:30'),
      },
    ],
    steady: null,
    provenance: januaryScenario().provenance,
    certificate: {
      checks: [
        {
          name: 'arrived = completed + failed + abandoned + in flight',
          exact: true,
          expected: requests.arrived,
          observed: requests.arrived,
          holds: true,
        },
      ],
      holds: true,
    },
    ...changes,
  };
}

/** What was tried on January's backlog. */
export function januaryAdvice(changes: Partial<Advice> = {}): Advice {
  const fix = januaryTimeline().at(-1)?.set ?? {};
  const only = (...paths: string[]) => Object.fromEntries(paths.map((path) => [path, fix[path]]));
  const max = 'service.pool.max';
  const plans = 'requests.page.query.lognormal';
  return {
    changedAt: at('14:00:46'),
    from: at('14:01:16'),
    to: at('14:03:16'),
    measuredSeconds: 120,
    unchanged: { errors: 0.301, p50Ms: 5020, p99Ms: 5450 },
    trials: [
      size(12, 0.2261, 5000),
      size(15, 0.1397, 4990),
      size(20, 0.0451, 4800),
      size(30, 0, 140, 0.66),
      size(40, 0, 130, 0.72),
      size(60, 0.0231, 4900, 0.86),
      trial('timeout', { 'service.pool.acquireTimeout': '2000000000ns' }, 0.2997, 2010),
      trial('timeline-part', only(max), 0.0451, 4800),
      trial('timeline-part', only('service.pool.acquireTimeout'), 0.2997, 2010),
      trial('timeline-part', only('service.pool.reconnectShare'), 0, 3300),
      trial('timeline-part', only(plans), 0.0786, 4850),
      trial('timeline-part', only(max, plans), 0, 17),
      trial('timeline-whole', fix, 0, 13.5),
    ],
    leansOn: { path: 'service.instances', grade: 'assumed', larger: 1 / 6, errors: 0.238 },
    ...changes,
  };
}

/** One thing that was tried. */
export function trial(
  kind: Trial['kind'],
  set: Trial['set'],
  errors: number | null,
  p50Ms: number | null,
  contentionShare = 0.3,
): Trial {
  return { kind, set, errors, p50Ms, p99Ms: p50Ms === null ? null : p50Ms * 1.1, contentionShare };
}

/** A pool size that was tried. */
export function size(max: number, errors: number, p50Ms: number, contentionShare = 0.3): Trial {
  return trial('pool-size', { 'service.pool.max': max }, errors, p50Ms, contentionShare);
}

/** A run in which nothing waited and nothing failed. */
export function quiet(changes: Partial<RunResult> = {}): RunResult {
  const requests = { arrived: 972_113, completed: 972_101, failed: 0, abandoned: 0, inFlight: 12 };
  return january({
    requests,
    attempts: requests.arrived,
    failures: {},
    response: distribution(requests.completed, 38, 17.7, 441),
    acquireWait: distribution(requests.completed, 0.02, 0, 0.4),
    pool: { ...january().pool, utilisation: 0.48, peakPending: 3, timeouts: 0 },
    ledgerMs: { ...NO_TIME, network: 2, opening: 20, databaseWork: 16, contention: 9 },
    bottleneck: { onset: null, station: 'none' },
    series: januarySeries(0.48),
    alerts: [],
    timeline: [],
    phases: [CALM],
    outage: null,
    objectives: [],
    ...changes,
  });
}

/** A ledger without any time. */
export const NO_TIME: RunResult['ledgerMs'] = {
  network: 0,
  queue: 0,
  acquireQueue: 0,
  opening: 0,
  databaseWork: 0,
  contention: 0,
  app: 0,
  backoff: 0,
  poolerQueue: 0,
};

/** A distribution with three figures; the others follow from them. */
export function distribution(
  count: number,
  meanMs: number,
  p50Ms: number,
  p99Ms: number,
): Distribution {
  const [p90Ms, p95Ms] = [(p50Ms + p99Ms) / 2, (p50Ms + 2 * p99Ms) / 3];
  return { count, meanMs, p50Ms, p90Ms, p95Ms, p99Ms, p999Ms: p99Ms * 1.2, maxMs: p99Ms * 2 };
}

/** A distribution of nothing. */
export const EMPTY: Distribution = {
  count: 0,
  meanMs: null,
  p50Ms: null,
  p90Ms: null,
  p95Ms: null,
  p99Ms: null,
  p999Ms: null,
  maxMs: null,
};

/** An instant of that day. */
export function at(time: string): string {
  return `2024-01-21T${time.length === 5 ? `${time}:00` : time}Z`;
}

const CALM = figures('13:30', '14:00', 0.001, 17.7, 441, 0.52);
const OVERLOAD = figures('14:00', '17:30', 0.3005, 5020, 5450, 1);
const FIXED = figures('17:30', '18:00', 0.0004, 13.5, 100, 0.24);

function figures(
  from: string,
  to: string,
  errors: number,
  p50Ms: number,
  p99Ms: number,
  poolUtilisation: number,
): StretchFigures {
  return {
    from: at(from),
    to: at(to),
    arrived: 18_018_000,
    errors,
    p50Ms,
    p99Ms,
    poolUtilisation,
    databaseUtilisation: poolUtilisation * 0.2,
  };
}

/** Ten-second windows: calm, a ramp, the overload with a dip at the rollback, the fix. */
function januarySeries(calmUtilisation?: number): Series {
  const windows = Array.from({ length: 1620 }, (_, i) => windowAt(i * 10, calmUtilisation));
  const column = <K extends keyof (typeof windows)[number]>(key: K) => windows.map((w) => w[key]);
  return {
    windowSeconds: 10,
    lastIsPartial: false,
    at: column('at'),
    arrived: column('arrived'),
    completed: column('completed'),
    failed: column('failed'),
    abandoned: windows.map(() => 0),
    responseP50Ms: column('p50Ms'),
    responseP99Ms: column('p99Ms'),
    acquireP99Ms: column('acquireP99Ms'),
    poolUsed: windows.map((w) => w.use * 57),
    poolIdle: windows.map((w) => (1 - w.use) * 60),
    poolOpening: windows.map((w) => w.use * 3),
    poolPending: column('pending'),
    poolMax: windows.map(() => 60),
    poolUtilisation: column('use'),
    databaseUtilisation: windows.map((w) => w.use * 0.2),
  };
}

function windowAt(seconds: number, calmUtilisation: number | undefined) {
  const rps = 600 + 830 * Math.min(1, Math.max(0, (seconds - 1620) / 240));
  const isFull = calmUtilisation === undefined && seconds >= 1726 && seconds < 14_400;
  const served = isFull ? Math.min(rps, 1000.6) : rps;
  const counts = {
    at: clockAt(seconds),
    arrived: Math.round(rps * 10),
    completed: Math.round(served * 10),
    failed: Math.round((rps - served) * 10),
  };
  if (!isFull) {
    const use = calmUtilisation ?? (seconds < 14_400 ? 0.48 : 0.24);
    return { ...counts, p50Ms: 17.7, p99Ms: 441, acquireP99Ms: null, pending: 0.01, use };
  }
  const use = seconds >= 9000 && seconds < 9180 ? 0.86 : 1;
  return { ...counts, p50Ms: 5020, p99Ms: 5450, acquireP99Ms: 5000, pending: 7100, use };
}

function clockAt(seconds: number): string {
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const ofDay = 13.5 * 3600 + seconds;
  return at(`${two(ofDay / 3600)}:${two((ofDay / 60) % 60)}:${two(ofDay % 60)}`);
}

function januaryTimeline(): TimelineResult[] {
  const before = { ...OVERLOAD, errors: 0.3002 };
  const entry = (time: string, title: string, changes: Partial<TimelineResult> = {}) => ({
    at: at(time),
    title,
    kind: 'note' as const,
    set: {},
    before,
    after: before,
    ...changes,
  });
  return [
    entry('14:00', 'Spike in error rate and response time seen on the dashboard', {
      before: { ...CALM, errors: 0.005 },
      after: { ...OVERLOAD, errors: 0.288 },
    }),
    entry('14:15', 'Automated alert: abnormal database connection behaviour'),
    entry('14:30', 'Network investigated, no anomaly'),
    entry('15:00', 'Load balancer assumed guilty and adjusted', {
      kind: 'set',
      set: { 'service.balancer': 'least-connections' },
    }),
    entry('15:30', 'Escalated to the database team'),
    entry('16:00', 'Deployment suspected and rolled back', {
      kind: 'restart',
      after: { ...OVERLOAD, errors: 0.336 },
    }),
    entry('16:30', 'Escalated to senior engineers'),
    entry('17:00', 'Connection pool found to be the bottleneck'),
    entry('17:30', 'Max connections, timeouts and query plans changed', {
      kind: 'set',
      set: {
        'service.pool.max': 20,
        'service.pool.acquireTimeout': '2s',
        'service.pool.reconnectShare': '0.5%',
        'requests.page.query.lognormal': { mean: '10ms', cv: 1 },
      },
      after: { ...FIXED, errors: 0.0021 },
    }),
  ];
}
