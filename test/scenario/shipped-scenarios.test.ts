import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GENERIC_POLICY } from '../../src/model/pool/policy.ts';
import { formatFault } from '../../src/scenario/fault.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { isList, isMap } from '../../src/scenario/path.ts';
import { scenarioSchema } from '../../src/scenario/scenario-schema.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { trafficOf } from '../support/small-system.ts';

const folder = new URL('../../scenarios/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .sort();

function textOf(file: string): string {
  return readFileSync(new URL(file, folder), 'utf8');
}

function load(file: string): Scenario {
  const reading = parseScenario({ file, text: textOf(file), sets: [] });
  if (!reading.ok) throw new Error(reading.faults.map(formatFault).join('\n'));
  return reading.scenario;
}

/** Every number, duration and share of a value, with its path. */
function figuresIn(value: unknown, path: string): string[] {
  if (isMap(value)) {
    return Object.entries(value).flatMap(([key, item]) => figuresIn(item, `${path}.${key}`));
  }
  if (isList(value)) {
    return value.flatMap((item, i) => {
      const name = isMap(item) && typeof item['name'] === 'string' ? `.${item['name']}` : `[${i}]`;
      return figuresIn(item, `${path}${name}`);
    });
  }
  return /\d/.test(String(value)) ? [path] : [];
}

/** The parts of a scenario whose figures somebody must answer for. */
const answeredParts = [
  'traffic',
  'requests',
  'service',
  'database',
  'objectives',
  'alerts',
  'timeline',
];

describe.each(files)('scenarios/%s', (file) => {
  it('is read without faults and warnings', () => {
    const reading = parseScenario({ file, text: textOf(file), sets: [] });
    expect(reading.ok ? reading.warnings : reading.faults.map(formatFault)).toEqual([]);
  });

  it('passes the schema that editors are given', () => {
    expect(scenarioSchema.safeParse(load(file).document).success).toBe(true);
  });

  it('bears the name of its file', () => {
    expect(load(file).name).toBe(file.replace(/^.*\//, '').replace('.yaml', ''));
  });

  it('begins with two or three lines on what it is and what to look at', () => {
    const lines = textOf(file).split('\n');
    const head = lines.slice(
      0,
      lines.findIndex((line) => !line.startsWith('#')),
    );
    expect(head.length).toBeGreaterThanOrEqual(2);
    expect(head.length).toBeLessThanOrEqual(3);
    expect(head.join(' ')).toMatch(/\bLook at\b/);
  });

  it('says of every figure how one knows it', () => {
    const { document, provenance } = load(file);
    const figures = answeredParts.flatMap((part) => figuresIn(document[part], part));
    const graded = provenance.map((entry) => entry.path);
    const unanswered = figures.filter(
      (path) =>
        !graded.some(
          (g) => path === g || (/^[.[]/.test(path.slice(g.length)) && path.startsWith(g)),
        ),
    );
    expect(figures.length).toBeGreaterThan(5);
    expect(unanswered).toEqual([]);
  });
});

it('are all listed in docs/SCENARIOS.md', () => {
  const text = readFileSync(new URL('../docs/SCENARIOS.md', folder), 'utf8');
  const names = files.map((file) => file.replace(/^.*\//, '').replace('.yaml', ''));
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

describe('january-2024', () => {
  const january = load('january-2024.yaml');

  it('holds the nine entries of the postmortem, at their times', () => {
    const minutes = january.timeline.map((entry) => entry.atNs / 60e9 + 13.5 * 60);
    expect(minutes.map((m) => `${Math.floor(m / 60)}:${String(m % 60).padStart(2, '0')}`)).toEqual([
      ...['14:00', '14:15', '14:30', '15:00', '15:30', '16:00', '16:30', '17:00', '17:30'],
    ]);
  });

  it('is the parameter set from which the facts come out', () => {
    expect(january).toMatchObject({ seed: '20240121', durationNs: 4.5 * 3600e9 });
    expect(january.startMs).toBe(Date.UTC(2024, 0, 21, 13, 30));
    expect(january.system).toEqual({
      services: [
        {
          name: 'service',
          traffic: trafficOf({
            rate: [
              { atNs: 27 * 60e9, perSecond: 600 },
              { atNs: 31 * 60e9, perSecond: 1430 },
            ],
          }),
          client: {
            timeoutNs: Infinity,
            patience: null,
            cancel: false,
            retryAttempts: 0,
            retryBackoffNs: 1e9,
          },
          requests: [
            {
              name: 'page',
              weight: 1,
              work: {
                kind: 'query',
                work: { family: 'lognormal', mean: 16.1e6, cv: 1.5 },
                cpu: 0.4,
              },
            },
          ],
          instances: 6,
          balancer: 'round-robin',
          concurrency: Infinity,
          queue: Infinity,
          pool: {
            profile: 'generic',
            max: 10,
            initial: 10,
            acquireTimeoutNs: 5e9,
            maxPending: Infinity,
            idleTimeoutNs: Infinity,
            min: 0,
            connectTimeoutNs: Infinity,
            handoverNs: 0,
            reconnectShare: 0.05,
            policy: GENERIC_POLICY,
          },
        },
      ],
      database: {
        cores: 32,
        contention: { kind: 'usl', sigma: 0.02, kappa: 0.00005 },
        roundTripNs: 2e6,
        maxConnections: 500,
        reservedConnections: 3,
        otherConnections: 0,
        connectLatency: { family: 'constant', value: 400e6 },
        connectFailure: 0,
        closingNs: 0,
      },
    });
  });

  it('changes at 15:00, 16:00 and 17:30 what was changed then', () => {
    const acts = january.timeline.filter(
      (entry) => entry.settings !== null || entry.restart !== null,
    );
    expect(acts.map((entry) => [entry.atNs / 3600e9, entry.restart])).toEqual([
      [1.5, null],
      [2.5, { service: 0, eachNs: 30e9 }],
      [4, null],
    ]);
    expect(acts[2]?.settings?.services[0]).toMatchObject({
      balancer: 'least-connections',
      requests: [{ work: { work: { family: 'lognormal', mean: 10e6, cv: 1 }, cpu: 0.4 } }],
      pool: { max: 20, acquireTimeoutNs: 2e9, reconnectShare: 0.005 },
    });
  });

  it('marks the alerts as fitted, and what nobody fitted as predicted', () => {
    const paths = (grade: string) =>
      january.provenance.filter((entry) => entry.grade === grade).map((entry) => entry.path);
    expect(paths('fitted')).toEqual(['alerts.ErrorRate', 'alerts.PoolSaturated']);
    expect(paths('predicted')).toHaveLength(3);
    expect(january.readings).toHaveLength(4);
  });
});

/** Each line that differs: `path: value in january-2024 -> value in the variant`. */
function differences(a: unknown, b: unknown, path = ''): string[] {
  if (isMap(a) && isMap(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return keys.flatMap((key) => differences(a[key], b[key], path === '' ? key : `${path}.${key}`));
  }
  if (isList(a) && isList(b)) {
    const length = Math.max(a.length, b.length);
    return Array.from({ length }, (_, i) => differences(a[i], b[i], `${path}[${i}]`)).flat();
  }
  if (Object.is(a, b)) return [];
  const show = (value: unknown): string =>
    value === undefined ? 'nothing' : JSON.stringify(value);
  return [`${path}: ${show(a)} -> ${show(b)}`];
}

const left = {
  max: 'timeline[8].set.service.pool.max: 20 -> nothing',
  timeout: 'timeline[8].set.service.pool.acquireTimeout: "2s" -> nothing',
  churn: 'timeline[8].set.service.pool.reconnectShare: "0.5%" -> nothing',
  plans: 'timeline[8].set.requests.page.query.lognormal: {"mean":"10ms","cv":1} -> nothing',
  balancer: 'timeline[3].set: {"service.balancer":"least-connections"} -> nothing',
};

/** The settings in which each variant differs from january-2024, and no others. */
const variants: Record<string, readonly string[]> = {
  'timeout-only': [left.max, left.churn, left.plans],
  'max-only': [left.timeout, left.churn, left.plans],
  'plans-only': [left.max, left.timeout, left.churn],
  'churn-only': [left.max, left.timeout, left.plans],
  'max-and-plans': [left.timeout, left.churn],
  'no-churn': [
    'requests[0].query.lognormal.mean: "16.1ms" -> "24.608ms"',
    'service.pool.reconnectShare: "5%" -> "0%"',
    left.churn,
  ],
  'balancer-random': ['service.balancer: "round-robin" -> "random"', left.balancer],
  'balancer-least-connections': [
    'service.balancer: "round-robin" -> "least-connections"',
    left.balancer,
  ],
  'network-twice-as-fast': ['timeline[2].set: nothing -> {"database.roundTrip":"1ms"}'],
  'bounded-concurrency': [
    'service.concurrency: "unlimited" -> 200',
    'service.queue: "unlimited" -> 1000',
  ],
};

describe('the variants of january-2024', () => {
  const january = load('january-2024.yaml').document;

  it('are all listed here', () => {
    const shipped = files.filter((file) => file.startsWith('january-2024/'));
    expect(shipped).toEqual(
      Object.keys(variants)
        .sort()
        .map((name) => `january-2024/${name}.yaml`),
    );
  });

  it.each(Object.entries(variants))('%s differs in nothing else', (name, expected) => {
    const { document } = load(`january-2024/${name}.yaml`);
    const words = /^(name|title|timeline\[\d\]\.title|provenance\..*): /;
    const found = differences(january, document).filter((line) => !words.test(line));
    expect(found.sort()).toEqual([...expected].sort());
  });

  it('no-churn puts the same load on the same capacity: 60 ÷ (2 ms + S·V(60)) = 1000/s', () => {
    const v = 1 + 0.02 * 59 + 0.00005 * 60 * 59;
    expect(60 / (0.002 + 0.024608 * v)).toBeCloseTo(1000, 1);
  });
});
