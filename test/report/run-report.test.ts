import { describe, expect, it } from 'vitest';
import type { Advice } from '../../src/experiment/advice.ts';
import type { RunResult } from '../../src/experiment/result.ts';
import { renderRun } from '../../src/report/run-report.ts';
import type { Style } from '../../src/report/style.ts';
import { widthOf } from '../../src/report/text.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import {
  at,
  distribution,
  EMPTY,
  january,
  januaryAdvice,
  januaryScenario,
  NO_TIME,
  quiet,
} from './january.ts';

const scenario = januaryScenario();
const plain: Scenario = { ...scenario, objectives: [], alerts: [], timeline: [], readings: [] };

/** The lines of a report, after checking what holds for each. */
function linesOf(
  result: RunResult,
  {
    advice = null,
    of = plain,
    full = false,
  }: { advice?: Advice | null; of?: Scenario; full?: boolean } = {},
): string[] {
  const text = renderRun({ result, advice, scenario: of, full });
  expect(text).not.toMatch(/NaN|undefined|null|Infinity|\[object/);
  expect(text).not.toMatch(/[ \t]\n|\n\n\n|^\n/);
  expect(text.endsWith('\n')).toBe(true);
  const lines = text.slice(0, -1).split('\n');
  expect(lines.filter((line) => widthOf(line) > 80)).toEqual([]);
  return lines;
}

const januaryLines = (full: boolean) =>
  linesOf(january(), { advice: januaryAdvice(), of: scenario, full });

describe("January's report", () => {
  it('fits 60 lines of 80 columns', () => {
    expect(januaryLines(false).length).toBeLessThanOrEqual(60);
  });

  it('says which run it is, then the verdict', () => {
    expect(januaryLines(false).slice(0, 4)).toEqual([
      'january-2024: Web stack outage of 21 January 2024',
      '21 Jan 2024, 13:30 to 18:00, 21.7 million requests, seed 20240121, hash 1b551a77',
      '',
      'The pool is the bottleneck: full since 13:58:46, at 967 requests/s.',
    ]);
  });

  it('goes on with timeline, alerts, pool, time, objectives and what it leans on', () => {
    const starts = [
      'Time   What people did ',
      '14:00  Spike in error rate and response time…      0.5 → 28.8 %   18 ms → 5.0 s',
      '17:30  Max connections, timeouts and query plans…  30.0 → 0.2 %   5.0 s → 14 ms',
      'Alerts and dashboards ',
      'ErrorRate              dashboard  14:00:15 to 17:31',
      'PoolSaturated          automated  14:14:30 to 16:00:15, 16:18:45 to 17:30:15',
      'The first automated alert, PoolSaturated at 14:14:30, already named the pool:',
      'PoolSaturated resolved at 16:00:15 only because restarting instances left',
      'Pool full since 13:58:46 (first service/3), at 967 requests/s.',
      '99 % of what the pool can serve then, 143 % later; at most 7,514 waited at once.',
      'Connections in use, of all that are configured',
      'Requests waiting for a connection',
      'Where the time went ',
      'waiting for a connection           3.8 s  98.5 %',
      'Objectives ',
      'response p99 < 1s                       missed  over 1 % failed    13:55:10',
      'errors < 1%                             missed  33.7 %             15:58:10',
      'acquire p95 < 50ms during 14:00..17:30  missed  over 5 % got none',
      'From 14:00 to 17:30 at least 65 % of requests failed or took over 1.0 s.',
      'It leans most on service.instances (assumed): with 17 % more 23.8 % fail, not',
    ];
    const lines = januaryLines(false);
    const found = starts.map((start) => lines.findIndex((line) => line.startsWith(start)));
    expect(found).not.toContain(-1);
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(lines.filter((line) => /^1\d:\d\d {2}/.test(line))).toHaveLength(9);
  });

  it('begins with the same summary when everything is asked for, titles in full', () => {
    const full = januaryLines(true);
    expect(full.slice(0, 9)).toEqual(januaryLines(false).slice(0, 9));
    expect(full.join(' ').replace(/\s+/g, ' ')).toContain(
      'response time seen 0.5 → 28.8 % 18 ms → 5.0 s on the dashboard',
    );
    const heads = [
      'Requests/s: arrivals (line) against completions (dots)',
      'Waiting for a connection: one in a hundred waits longer',
      'Response time: one in a hundred takes longer (line), half do (dots)',
      'Phases ',
      'What became of the requests ',
      'Times ',
      'Services ',
      'Settings ',
      'What was tried ',
      'What it can mean ',
      'How one knows ',
      'Certificate ',
    ].map((head) => full.findIndex((line) => line.startsWith(head)));
    expect(heads).not.toContain(-1);
    expect(heads).toEqual([...heads].sort((a, b) => a - b));
  });

  it('is the same text under its colours', () => {
    const paint = (code: number) => (text: string) => `\u001B[${code}m${text}\u001B[0m`;
    const [bold, dim, red, green, yellow] = [1, 2, 31, 32, 33].map(paint) as [
      Style['bold'],
      Style['dim'],
      Style['red'],
      Style['green'],
      Style['yellow'],
    ];
    const style = { bold, dim, red, green, yellow };
    for (const full of [false, true]) {
      const run = { result: january(), advice: januaryAdvice(), scenario, full };
      const coloured = renderRun({ ...run, style });
      expect(coloured).toContain('\u001B[31m');
      // eslint-disable-next-line no-control-regex -- escape codes are what this is about
      expect(coloured.replace(/\u001B\[\d+m/g, '')).toBe(renderRun(run));
    }
  });
});

describe('other reports', () => {
  it('are short when there is nothing to tell', () => {
    const lines = linesOf(quiet());
    expect(lines).toContain(
      'Pool never full for long: 48 % in use, 48 % at the busiest; at most 3 waited at',
    );
    expect(lines.join('\n')).not.toMatch(/Time {2}|Alerts|Objectives/);
    linesOf(quiet(), { full: true });
  });

  it('bear a run in which nobody arrived', () => {
    const empty = quiet({
      requests: { arrived: 0, completed: 0, failed: 0, abandoned: 0, inFlight: 0 },
      response: EMPTY,
      acquireWait: EMPTY,
      use: EMPTY,
      opening: EMPTY,
      ledgerMs: NO_TIME,
      phases: [],
      certificate: { checks: [], holds: true },
    });
    for (const full of [false, true]) {
      expect(linesOf(empty, { full })).toContain(
        'Nobody arrived: the run says nothing about the pool.',
      );
    }
  });

  it.each([0, 1, 2])('bear a series of %i windows without percentiles', (n) => {
    const { series } = january();
    const columns = Object.entries(series).map(([key, column]) => {
      if (!Array.isArray(column)) return [key, column] as const;
      const some = column.slice(0, n) as unknown[];
      return [key, /Ms$/.test(key) ? some.map(() => null) : some] as const;
    });
    const short = { ...Object.fromEntries(columns), lastIsPartial: true } as unknown;
    linesOf(january({ series: short as RunResult['series'] }), { full: true, of: scenario });
  });

  it('bear long names, foreign scripts and control characters', () => {
    const long = '長い名前'.repeat(30);
    const [entry] = january().timeline;
    if (entry === undefined) throw new Error('the fixture has a timeline');
    const of = { ...scenario, alerts: scenario.alerts.map((rule) => ({ ...rule, name: long })) };
    const alerts = january().alerts.map((alert) => ({ ...alert, name: long }));
    const result = january({
      scenario: { name: 'a\u001B[31m\nb', title: long, hash: '12' },
      seed: 'x'.repeat(300),
      alerts,
      timeline: [{ ...entry, title: `${long}\n${'y'.repeat(200)}` }],
      provenance: [{ path: 'z'.repeat(200), grade: 'other', note: long }],
    });
    for (const full of [false, true]) {
      expect(linesOf(result, { of, full }).join('')).not.toContain('\u001B');
    }
  });

  it('bear many large services', () => {
    const [service] = january().services;
    if (service === undefined) throw new Error('the fixture has a service');
    const services = Array.from({ length: 12 }, (_, i) => ({
      ...service,
      name: `a-service-with-a-long-name-${i}`,
      instances: 1000,
      pool: { ...service.pool, max: 20_000_000, peakPending: 1_234_567, timeouts: 98_765_432_100 },
      response: distribution(1e12, 1e9, 1e8, 1e10),
    }));
    linesOf(january({ services }), { full: true, of: scenario });
  });

  it('only count the firings of an alert beyond the second', () => {
    const alerts = Array.from({ length: 60 }, (_, i) => ({
      name: 'PoolSaturated',
      kind: 'automated' as const,
      instance: `service/${i}`,
      firedAt: at('14:14:30'),
      resolvedAt: i === 1 ? at('16:00:15') : null,
    }));
    const text = linesOf(january({ alerts }), { of: scenario }).join(' ').replace(/\s+/g, ' ');
    expect(text).toContain(
      'PoolSaturated automated service/0 14:14:30 to the end, service/1 14:14:30 to 16:00:15, 58 more times',
    );
    expect(text).toContain('ErrorRate dashboard never');
  });

  it("show the scenario's own clock", () => {
    const of = { ...scenario, utcOffsetMinutes: 120 };
    const lines = linesOf(january(), { of });
    expect(lines[1]).toContain('15:30 to 20:00');
    expect(lines[3]).toContain('15:58:46');
  });

  it('name a broken identity', () => {
    const exact = true as const;
    const check = { name: 'flow', exact, expected: 1, observed: 2, holds: false };
    const certificate = { checks: [check], holds: false };
    expect(linesOf(january({ certificate }), { full: true })).toContain(
      'Broken: flow. This is a fault in tidemark.',
    );
  });

  describe('with closed forms', () => {
    const wait = {
      name: 'mean wait for a connection 13:30 to 13:57, M/M/c',
      exact: false as const,
      expected: 4.0918015,
      observed: 4.1234567,
      z: 0.3456,
      holds: true,
      figure: 'mean wait',
      unit: 'ms' as const,
      form: 'M/M/c',
      from: at('13:30'),
      to: at('13:57'),
    };
    const near = {
      name: 'requests that get no connection 14:02 to 15:00, full pool',
      exact: false as const,
      expected: 0.3,
      observed: 0.33,
      ratio: 1.1,
      holds: true,
      figure: 'who get none',
      unit: 'share' as const,
      form: 'full pool, approximate',
      from: at('14:02'),
      to: at('15:00'),
    };
    const lost = { ...near, z: -5.123, holds: false, form: 'full pool' };
    const withForms = (...forms: (typeof wait | typeof lost | typeof near)[]) => {
      const { checks } = january().certificate;
      return january({ certificate: { checks: [...checks, ...forms], holds: true } });
    };

    it('count those that agree with theory', () => {
      expect(linesOf(withForms(wait, near)).join(' ')).toContain(
        '1 check of the bookkeeping holds, 2 closed forms agree. --full',
      );
      expect(linesOf(withForms(wait)).join(' ')).toContain('holds, 1 closed form agrees. --full');
    });

    it('name those that deviate, and only count them beyond the second', () => {
      const text = (...forms: Parameters<typeof withForms>) =>
        linesOf(withForms(...forms))
          .slice(-6)
          .join(' ');
      expect(text(wait, lost)).toContain(
        '1 closed form agrees, 1 deviates from theory: requests that get no connection 14:02 to 15:00, full pool.',
      );
      expect(text(lost, lost, lost, lost)).toContain(
        '0 closed forms agree, 4 deviate from theory: requests',
      );
      expect(text(lost, lost, lost, lost)).toContain('full pool; 2 more.');
    });

    it('stand in a table of their own, with theory, simulation and z', () => {
      const lines = linesOf(withForms(wait, lost, near), { full: true });
      const head = lines.findIndex((line) => line.startsWith('Closed forms'));
      expect(lines[head - 1]).toBe('');
      const rows = lines.slice(head).map((line) => line.split(/ {2,}/));
      expect(rows[1]).toEqual([
        'mean wait',
        '13:30 to 13:57',
        'M/M/c',
        '4.092 ms',
        '4.123 ms',
        '0.3',
      ]);
      expect(rows[2]).toEqual([
        'who get none',
        '14:02 to 15:00',
        'full pool',
        '30.00 %',
        '33.00 %',
        '-5.1 deviates',
      ]);
      expect(rows[3]?.slice(3)).toEqual(['30.00 %', '33.00 %', 'near']);
      const identities = lines.slice(
        lines.findIndex((line) => line.startsWith('Certificate')),
        head,
      );
      expect(identities.join(' ')).not.toContain('full pool');
    });
  });
});

describe('values of objectives', () => {
  it.each([
    ['response p95 < 300ms', 0.1234, '123 ms'],
    ['response mean < 300ms', 2, '2.0 s'],
    ['errors < 1%', 0.001, '0.1 %'],
    ['pool utilisation < 90%', 1, '100 %'],
    ['goodput > 100', 99.6, '100 requests/s'],
    ['response p99.9 < 1s', 'infinite', 'over 0.1 % failed'],
    ['response p99 < 1s', null, 'nothing observed'],
  ] as const)('of %s', (text, value, words) => {
    const metrics: Record<string, Scenario['objectives'][number]['condition']['metric']> = {
      'response p95': { kind: 'percentile', of: 'response', p: 0.95 },
      'response p99': { kind: 'percentile', of: 'response', p: 0.99 },
      'response p99.9': { kind: 'percentile', of: 'response', p: 0.999 },
      'response mean': { kind: 'mean', of: 'response' },
      errors: { kind: 'errors' },
      'pool utilisation': { kind: 'pool-utilisation' },
      goodput: { kind: 'goodput' },
    };
    const metric = metrics[text.replace(/ [<>].*/, '')];
    if (metric === undefined) throw new Error(`no metric for ${text}`);
    const condition = { metric, comparison: '<' as const, limit: 1 };
    const of: Scenario = { ...plain, objectives: [{ text, condition, scope: { kind: 'run' } }] };
    const objectives = [{ text, value, met: false, from: at('13:30'), to: at('18:00') }];
    const lines = linesOf(quiet({ objectives }), { of });
    expect(lines).toContain(`${text}  missed  ${words}`);
  });
});
