import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/scenario/parse-scenario.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';
import { MINUTE } from '../../../src/engine/time.ts';
import { LEVER_SIZE } from '../../../src/experiment/diagnose/lever-plan.ts';
import { isNightly } from '../../support/nightly.ts';
import { diagnosisOf, leverOf } from './small-diagnosis.ts';

/** January until 14:12, or the whole of it by night, in the stretch from 14:05 on. */
function january(): Scenario {
  const file = new URL('../../../scenarios/january-2024.yaml', import.meta.url);
  const cuts = { duration: '42m', timeline: '[]', provenance: '{}', objectives: '[]' };
  const seed = process.env['TIDEMARK_TEST_SEED'];
  const changes = { ...(isNightly ? {} : cuts), ...(seed === undefined ? {} : { seed }) };
  const sets = Object.entries(changes).map(([path, text]) => ({ path, text }));
  const source = { file: 'january', text: readFileSync(file, 'utf8'), sets };
  const parsed = parseScenario(source);
  if (!parsed.ok) throw new Error('January is wrong');
  return parsed.scenario;
}

const fromNs = 35 * MINUTE;
/** By day. Of eight windows, a mean is more than 6 standard errors off once in 1,800 times. */
const WINDOWS = 8;
/** Half of a 95 % interval of eight windows, in standard errors; a little more than of 32. */
const HALF_WIDTH = 2.365;
const diagnosis = isNightly
  ? diagnosisOf(january(), {
      fromNs,
      toNs: 60 * MINUTE,
      budget: 130e6,
      size: LEVER_SIZE,
    })
  : diagnosisOf(january(), {
      fromNs,
      toNs: 41 * MINUTE,
      size: { replications: WINDOWS, most: WINDOWS, windowRequests: 60_000 },
    });

/** Requests per second that n busy connections serve: n ÷ (a + S·V(n)), seconds. */
function served({ n = 60, delay = 0.022, work = 0.0161, part = 1 }): number {
  const slowdown = 1 + part * (0.02 * (n - 1) + 0.00005 * n * (n - 1));
  return n / (delay + work * slowdown);
}

const gain = (after: number) => after / served({}) - 1;

describe('the diagnosis of January, from 14:05 on', () => {
  it('names the pool', () => {
    expect(diagnosis.bottleneck).toMatchObject({ station: 'pool', cause: 'pool' });
    expect(diagnosis.hypotheses[0]).toMatchObject({ cause: 'pool', state: 'shown' });
    expect(diagnosis.yardstick).toBe('served');
  });

  it('has the size of the pool first among the settings, and query work first of all', () => {
    const [first] = diagnosis.levers;
    expect(first).toMatchObject({ group: 'settings', path: 'service.pool.max', aheadOfNext: true });
    const strongest = diagnosis.levers.reduce((a, b) => (b.effect > a.effect ? b : a));
    expect(strongest).toMatchObject({ group: 'demand', path: 'requests' });
  });

  // Intervals of a few windows; the closed form is of busy connections without a pause between them.
  it.each([
    ['service.pool.max', gain(served({ n: 66 }))],
    ['requests', gain(served({ work: 0.01449 }))],
    ['service.pool.reconnectShare', gain(served({ delay: 0.02 }))],
    ['database.connect.latency', gain(served({ delay: 0.02 }))],
    ['database.roundTrip', gain(served({ delay: 0.0218 }))],
    ['database.contention.usl', gain(served({ part: 0.9 }))],
    ['service.instances', gain(served({ n: 70 })) * 0.6],
  ])('measures of %s what the closed form says: %d', (path, expected) => {
    const { effect, low, high } = leverOf(diagnosis, path);
    const standardError = (high - low) / 2 / HALF_WIDTH;
    expect(Math.abs(effect - expected)).toBeLessThan(0.002 + 6 * standardError);
  });

  it('finds nothing in network, balancer and rollback', () => {
    const tenth = leverOf(diagnosis, 'service.pool.max').effect / 10;
    for (const path of ['database.roundTrip', 'service.balancer', 'timeline.restart']) {
      const { low, high } = leverOf(diagnosis, path);
      const holdsNothing = low <= 0 && high >= 0;
      const isSmall = low > -tenth && high < tenth;
      // By day eight windows of a minute cannot tell that much.
      const mayBeSmall = low < tenth && high > -tenth;
      expect(isNightly ? holdsNothing || isSmall : mayBeSmall, path).toBe(true);
    }
  });

  it('tells the pool from the network by what a dashboard has', () => {
    const network = diagnosis.hypotheses.find(({ cause }) => cause === 'network');
    expect(network?.state).toBe('excluded');
    expect(diagnosis.evidence).toMatchObject({ active: 10, max: 10, roundTripMs: 2 });
    expect(diagnosis.evidence.pending).toBeGreaterThan(500);
  });

  it.runIf(isNightly)('says what an earlier fix, and each action alone, would have been', () => {
    const [twenty] = diagnosis.counterfactuals;
    expect(twenty).toMatchObject({ kind: 'pool-size', size: 20, at: '2024-01-21T14:15:00Z' });
    expect(twenty?.errors).toBeCloseTo(0.054, 2);
    const alert = diagnosis.counterfactuals.findLast(({ kind }) => kind === 'fix-earlier');
    expect(alert?.fewer).toBeGreaterThan(4.9e6);
  });
});
