// What a report says of several services, on a run whose figures can be worked out by hand.

import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/experiment/run.ts';
import { renderRun } from '../../src/report/run-report.ts';
import { finished } from '../experiment/answer-now.ts';
import { scenarioOf } from '../experiment/small-run.ts';

/** 50 ms of work ten times a second on one connection, without a wait. */
const shop = {
  traffic: { rate: 10, arrivals: 'deterministic' },
  requests: { hold: '50ms' },
  pool: { max: 1 },
};
/** Of four at once one is served, one waits for a second, and two give up after a second and a half. */
const jobs = {
  traffic: { bursts: [{ at: '0s', count: 4 }] },
  requests: { hold: '1s' },
  pool: { max: 1, acquireTimeout: '1500ms' },
};

function report(services: Record<string, unknown>, full = false): string[] {
  const scenario = scenarioOf({ duration: '10s', services, database: { maxConnections: 10 } });
  const result = finished(simulate(scenario));
  return renderRun({ result, advice: null, scenario, full }).split('\n');
}

function after(lines: readonly string[], head: string, n: number): string[] {
  const at = lines.findIndex((line) => line.startsWith(head));
  return lines.slice(at, at + n);
}

describe('a report of several services', () => {
  it('has a line for each, and one for the database', () => {
    expect(after(report({ shop, jobs }), 'By service', 6)).toEqual([
      'By service  requests  failed    p50    p99  wait p99   hold  in use  waiting',
      // The last of them arrives as the run ends.
      'shop             101     0 %  50 ms  50 ms      0 ms  50 ms  50.0 %        0',
      'jobs               4  50.0 %  1.0 s  2.0 s     1.0 s  1.0 s  20.0 %        3',
      'p50, p99: of responses; wait: for a connection; hold: mean time on one; in use:',
      'of its connections; waiting: most at once.',
      'The database: CPU 0 %, at most 2 of 7 connections, none refused.',
    ]);
  });

  it('names in its verdict the service whose pool is short, and whose requests failed', () => {
    const [cause = '', effect = ''] = after(report({ shop, jobs }), 'The pool of jobs', 2);
    expect(cause).toBe('The pool of jobs is the bottleneck: 2 requests got no connection in time.');
    expect(effect).toMatch(/^\S+ % of requests failed.*, all of jobs \(50\.0 % of its own\)\.$/);
  });

  it('names the busiest pool where none is short', () => {
    const busy = { ...shop, traffic: { rate: 5, arrivals: 'deterministic' } };
    expect(report({ busy, shop })).toContain(
      'No pool is the bottleneck: at most 50 % (shop) in use; hardly anybody waits.',
    );
  });

  it('leaves the busiest pool out where there is no room for it', () => {
    // Two at once on one connection: every other request waits for 20 ms.
    const pairs = {
      traffic: { rate: 10, arrivals: { batch: 2 } },
      requests: { hold: '20ms' },
      pool: { max: 1 },
    };
    const name = 'a-service-with-a-long-name';
    const [verdict = ''] = after(report({ [name]: pairs, shop }), 'No pool', 1);
    expect(verdict).toMatch(
      /^No pool is the bottleneck; 99 % wait less than \d+ ms for a connection\.$/,
    );
  });

  it('shows the worst of many, and all of them with --full', () => {
    const quiet = Array.from({ length: 12 }, (_, i) => [`s${String(i)}`, shop] as const);
    const services = { ...Object.fromEntries(quiet), jobs };
    const lines = after(report(services), 'By service', 10);
    expect(lines.filter((line) => line.startsWith('s'))).toHaveLength(7);
    expect(lines[8]).toMatch(/^jobs /);
    expect(lines[9]).toBe('and 5 more services (--full)');
    const all = after(report(services, true), 'By service', 14);
    expect(all.filter((line) => /^(s\d|jobs)/.test(line))).toHaveLength(13);
  });

  it('has no such table of one service', () => {
    expect(after(report({ jobs }), 'By service', 1)).toEqual([]);
  });
});
