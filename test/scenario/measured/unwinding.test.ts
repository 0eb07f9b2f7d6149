// What becomes of a measured hold: figures that can be computed by hand, what acts on the work afterwards,
// and what is said.

import { describe, expect, it } from 'vitest';
import { lawMean } from '../../../src/engine/law.ts';
import { MILLISECOND } from '../../../src/engine/time.ts';
import type { WorkSettings } from '../../../src/model/database/settings.ts';
import { parseScenario } from '../../../src/scenario/parse-scenario.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';
import { settingsAt } from '../../../src/scenario/settings-at.ts';
import { valueOf } from '../../../src/scenario/value-of.ts';
import { vary } from '../../../src/scenario/vary.ts';
import { scenarioOf } from '../reading.ts';

/** One processor, half busy: what is measured is twice the work. */
const oneCore = `duration: 1m
traffic: { rate: 50 }
requests: { hold: { mean: 20ms, measuredAt: 50/s } }
service: { pool: { max: 50 } }
database: { cores: 1, contention: cores }
`;

function textWith(passage: string, replacement: string): string {
  if (!oneCore.includes(passage)) throw new Error(`not in the text: ${passage}`);
  return oneCore.replace(passage, replacement);
}

function worksOf({ system }: Scenario): WorkSettings[] {
  return system.services.flatMap(({ requests }) => requests.map(({ work }) => work));
}

/** Mean of the only class's query work, ms. */
function meanWorkMs(scenario: Scenario): number {
  const [work] = worksOf(scenario);
  if (work?.kind !== 'query') throw new Error(`no query: ${String(work?.kind)}`);
  return lawMean(work.work) / MILLISECOND;
}

function warningsOf(text: string, ...sets: { path: string; text: string }[]): readonly string[] {
  const reading = parseScenario({ file: 'x.yaml', text, sets });
  if (!reading.ok) throw new Error(reading.faults.map(({ message }) => message).join('\n'));
  return reading.warnings;
}

describe('a hold that was measured under load', () => {
  // One processor that is shared: hold = work ÷ (1 − rate · work), so work = hold ÷ (1 + rate · hold).
  it('is unwound to the work that one shared processor makes it of', () => {
    expect(meanWorkMs(scenarioOf(oneCore))).toBeCloseTo(10, 0);
  });

  // usl with sigma 1 lets n queries do the work of one, which is the same queue.
  it('is unwound to the work that a wholly serial database makes it of', () => {
    const text = textWith('contention: cores', 'contention: { usl: { sigma: 1, kappa: 0 } }');
    expect(meanWorkMs(scenarioOf(text))).toBeCloseTo(10, 0);
  });

  it('loses its round trip where nobody slows it down', () => {
    const text = textWith('cores: 1,', 'cores: 100, roundTrip: 5ms,');
    expect(meanWorkMs(scenarioOf(text))).toBeCloseTo(15, 6);
  });

  it('shares the processors only with its CPU part', () => {
    // Half of the work is CPU: 20 = w/2 + (w/2) ÷ (1 − 50/s · w/2), of which w = 20 · (3 − √5) ms.
    const text = textWith('measuredAt: 50/s', 'measuredAt: 50/s, cpu: 50%');
    expect(Math.abs(meanWorkMs(scenarioOf(text)) / (20 * (3 - Math.sqrt(5))) - 1)).toBeLessThan(
      0.01,
    );
  });

  it('meets its percentiles and its mean by the shape of the work', () => {
    const hold = 'hold: { p50: 12ms, p99: 180ms, mean: 24ms, measuredAt: 50/s }';
    const scenario = scenarioOf(textWith('cores: 1,', 'cores: 100,').replace(/hold: {.*?}/, hold));
    const [work] = worksOf(scenario);
    expect(work).toMatchObject({
      kind: 'query',
      cpu: 1,
      work: { family: 'percentiles', p50: 12 * MILLISECOND, p99: 180 * MILLISECOND },
    });
    expect(meanWorkMs(scenario)).toBeCloseTo(24, 2);
  });

  it('is unwound with what the services beside it do at their own rates', () => {
    // Two services at 25/s that are equal: together the one above, of which one is measured.
    const text = `duration: 1m
services:
  shop:
    traffic: { rate: 25 }
    requests: { hold: { mean: 20ms, measuredAt: 25/s } }
  mail:
    traffic: { rate: [{ at: 0s, rps: 25 }, { at: 1m, rps: 2000 }] }
    requests: { query: { exponential: 10ms } }
database: { cores: 1, contention: cores }
`;
    const [shop] = worksOf(scenarioOf(text));
    if (shop?.kind !== 'query') throw new Error('no query');
    expect(Math.abs(lawMean(shop.work) / MILLISECOND / 10 - 1)).toBeLessThan(0.01);
  });

  it('is divided between the classes of a service, of which each is measured', () => {
    const classes = `[
      { name: big, weight: 2, hold: { mean: 24ms, measuredAt: 50/s } },
      { name: small, weight: 3, hold: { mean: 16ms, measuredAt: 50/s } } ]`;
    const works = worksOf(
      scenarioOf(textWith('{ hold: { mean: 20ms, measuredAt: 50/s } }', classes)),
    );
    const means = works.map((work) => {
      if (work.kind !== 'query') throw new Error('no query');
      return lawMean(work.work) / MILLISECOND;
    });
    // On one shared processor all are slowed down alike. 20/s · 24 ms + 30/s · 16 ms = 0.96 are there, which
    // is load ÷ (1 − load): everybody is 1 ÷ (1 − load) = 1.96 times as slow.
    expect(Math.abs((means[0] ?? 0) / (24 / 1.96) - 1)).toBeLessThan(0.01);
    expect(Math.abs((means[1] ?? 0) / (16 / 1.96) - 1)).toBeLessThan(0.01);
  });

  it('is used as it is where nothing slows queries down, or by its own word', () => {
    const asItIs = { kind: 'hold', hold: { family: 'exponential', mean: 20 * MILLISECOND } };
    const none = scenarioOf(textWith('contention: cores', 'contention: none'));
    const own = scenarioOf(textWith('measuredAt: 50/s', 'measuredAt: 50/s, contention: none'));
    expect(worksOf(none)).toEqual([asItIs]);
    expect(worksOf(own)).toEqual([asItIs]);
  });

  it('is unwound by theory alone where it comes so seldom that no trial can show it', () => {
    // Once in eleven days, a minute long, on a processor that others need for half of the time.
    const text = `duration: 1m
services:
  nightly:
    traffic: { rate: 1 }
    requests: { hold: { mean: 1m, measuredAt: 0.000001/s } }
  shop:
    traffic: { rate: 50 }
    requests: { query: { exponential: 10ms } }
    pool: { max: 100 }
database: { cores: 1, contention: cores }
`;
    const [nightly] = worksOf(scenarioOf(text));
    if (nightly?.kind !== 'query') throw new Error('no query');
    expect(Math.abs(lawMean(nightly.work) / MILLISECOND / 30_000 - 1)).toBeLessThan(0.01);
  });

  it('gives the same scenario each time', () => {
    const text = textWith('mean: 20ms', 'p50: 12ms, p99: 90ms');
    expect(scenarioOf(text).hash).toBe(scenarioOf(text).hash);
  });
});

describe('what is changed beside a measured hold', () => {
  it('acts on the work, which stays what it was on the system of the file', () => {
    const before = meanWorkMs(scenarioOf(oneCore));
    const sets = [
      'database.cores=4',
      'database.roundTrip=3ms',
      'service.pool.max=3',
      'traffic.rate=5',
    ];
    for (const set of sets) expect(meanWorkMs(scenarioOf(oneCore, set)), set).toBe(before);
    expect(meanWorkMs(scenarioOf(oneCore, 'requests.query.exponential=4ms'))).toBe(4);
  });

  it('unwinds again when it is the hold itself', () => {
    const text = textWith('mean: 20ms, measuredAt: 50/s', 'mean: 60ms, measuredAt: 10/s');
    const changed = scenarioOf(oneCore, 'requests.hold.mean=60ms', 'requests.hold.measuredAt=10/s');
    expect(changed.hash).toBe(scenarioOf(text).hash);
    const added = scenarioOf(
      textWith('mean: 20ms, measuredAt: 50/s', 'mean: 60ms'),
      'database.cores=4',
      'requests.hold.measuredAt=10/s',
    );
    expect(worksOf(added)).toEqual(worksOf(scenarioOf(text)));
    expect(added.system.database.cores).toBe(4);
  });

  it('acts on the work in the timeline, in what-ifs and in sweeps', () => {
    const scenario = scenarioOf(
      `${oneCore}timeline: [{ at: 30s, title: indexes, set: { requests.query.exponential: 5ms } }]\n`,
    );
    const before = meanWorkMs(scenario);
    const [change] = scenario.timeline;
    expect(change?.settings?.services[0]?.requests[0]?.work).toMatchObject({ work: { mean: 5e6 } });
    const cores = settingsAt(scenario, 0, { 'database.cores': 2 });
    expect(cores.ok && cores.settings.services[0]?.requests[0]?.work).toEqual(worksOf(scenario)[0]);
    const varied = vary(scenario, { 'database.cores': 2 });
    expect(varied.ok && meanWorkMs(varied.scenario)).toBe(before);
  });

  it('is refused where it would be the hold of a running system', () => {
    const message =
      'these requests do query work, which a hold with measuredAt becomes when the file is read; change their query';
    const faultsOf = (path: string) => {
      const result = vary(scenarioOf(oneCore), { [path]: '5ms' });
      return result.ok ? [] : result.faults.map((fault) => fault.message);
    };
    expect(faultsOf('requests.hold')).toEqual([message]);
    expect(faultsOf('requests.hold.mean')).toEqual([message]);
    const changed = settingsAt(scenarioOf(oneCore), 0, { 'requests.hold.mean': '5ms' });
    expect(changed.ok ? [] : changed.faults.map((fault) => fault.message)).toEqual([message]);
  });

  it('leaves the grades of provenance with what they are about', () => {
    const scenario = scenarioOf(`${textWith('mean: 20ms', 'p50: 12ms, p99: 90ms')}provenance:
  requests.hold: { grade: stated, note: usage gauge }
  requests.hold.p99: assumed
  requests.hold.measuredAt: assumed
  service.pool.max: stated
`);
    expect(scenario.provenance.map(({ path, grade }) => `${path} ${grade}`)).toEqual([
      'requests.query stated',
      'requests.query.percentiles.p99 assumed',
      'requests.hold.measuredAt as measured assumed',
      'service.pool.max stated',
    ]);
    expect(valueOf(scenario, 'requests.query.percentiles.p99')).toMatch(/ms$/);
    const varied = vary(scenario, { 'service.pool.max': 20 });
    expect(varied.ok).toBe(true);
  });
});

describe('what is said of a measured hold', () => {
  it('is what Little’s law makes of it, and what was unwound', () => {
    expect(warningsOf(textWith('measuredAt: 50/s', 'measuredAt: 50/s, cpu: 100%'))).toEqual([
      'x.yaml:3:19: requests.hold: of 20ms only the mean is known; it is taken as exponential, which p50 and p99 beside it would say better',
      'x.yaml:3:45: requests.hold.measuredAt: 50/s × 20ms = 1 connection in use; what does your gauge say?',
      expect.stringMatching(
        /^x\.yaml:3:19: requests\.hold: 20ms at 50\/s is (?:9\.9\d|10(?:\.\d)?)ms of query work without contention: contention slowed the CPU part of it down 2 times$/,
      ),
    ]);
  });

  it('is the mean that two percentiles imply, and that CPU is assumed', () => {
    const [implied, little, unwound] = warningsOf(
      textWith('mean: 20ms, measuredAt: 50/s', 'p50: 12ms, p99: 180ms, measuredAt: 27000/min')
        .replace('cores: 1', 'cores: 100')
        .replace('max: 50', 'max: 12'),
    );
    expect(implied).toMatch(/p50 12ms and p99 180ms imply a mean of 23\.6ms \(lognormal\)$/);
    expect(little).toMatch(
      /: 450\/s × 23\.6ms = 10\.6 connections in use; what does your gauge say\?$/,
    );
    expect(unwound).toMatch(/; all of it is taken to be CPU, as there is no cpu$/);
  });

  it('is nothing about the mean where it is given, and which p95 it makes of another', () => {
    const law = 'p50: 12ms, p95: 60ms, p99: 180ms, mean: 23.629ms';
    const warnings = warningsOf(
      textWith('mean: 20ms', law).replace('contention: cores', 'contention: none'),
    );
    // The lognormal through p50 and p99 has this mean, and the p95 12 ms · 15^(1.6449 ÷ 2.3263).
    expect(warnings[0]).toMatch(
      /: the mean 23\.629ms goes before p95 60ms; with p50 12ms and p99 180ms it makes p95 81\.4ms$/,
    );
    expect(warnings).toHaveLength(3);
    expect(warnings[2]).toMatch(
      /: is used as it was measured, because database\.contention is none: more traffic does not make it longer$/,
    );
    const without = warningsOf(textWith('mean: 20ms', 'p50: 12ms, p99: 180ms, mean: 23.629ms'));
    expect(without.join('\n')).not.toMatch(/imply|goes before/);
  });

  it('is that cpu changes nothing where the hold is used as it is', () => {
    const text = textWith('measuredAt: 50/s', 'measuredAt: 50/s, cpu: 40%, contention: none');
    expect(warningsOf(text)[2]).toMatch(
      /is used as it was measured, because contention: none: more traffic does not make it longer; its cpu changes nothing$/,
    );
  });

  it('is nothing at all of a hold without its rate, which stays as it was', () => {
    const text = textWith('{ mean: 20ms, measuredAt: 50/s }', '20ms');
    expect(warningsOf(text)).toEqual([]);
    expect(worksOf(scenarioOf(text))).toEqual([
      { kind: 'hold', hold: { family: 'constant', value: 20 * MILLISECOND } },
    ]);
  });
});
