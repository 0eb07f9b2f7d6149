// The incident's own figures (docs/MODEL.md: V(n), h and C of a full pool).

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fullPoolsOf, type FullPools, keepsUp } from '../../../src/experiment/size/full-pool.ts';
import { prepare, sizeOf } from '../../../src/experiment/size/size.ts';
import { screenSizes } from '../../../src/experiment/size/screening.ts';
import { sizeTarget } from '../../../src/experiment/size/target.ts';
import { parseScenario } from '../../../src/scenario/parse-scenario.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';
import { withoutTimeline } from '../../../src/scenario/vary.ts';
import { isNightly } from '../../support/nightly.ts';
import { answered } from './answered.ts';

function january(seed = 'x'): Scenario {
  const text = readFileSync('scenarios/january-2024.yaml', 'utf8');
  const parsed = parseScenario({ file: 'january', text, sets: [] });
  if (!parsed.ok) throw new Error('january is wrong');
  return { ...withoutTimeline(parsed.scenario), seed };
}

function askingOf(scenario: Scenario) {
  const target = sizeTarget(scenario, 0);
  if (target === null) throw new Error('no size');
  return prepare(scenario, target);
}

/** C(n) = n ÷ (roundTrip + φ·t + S·V(n)), requests a second. */
function servedWhenFull(connections: number): number {
  const n = connections;
  const slowdown = 1 + 0.02 * (n - 1) + 5e-5 * n * (n - 1);
  return n / (0.002 + 0.05 * 0.4 + 0.0161 * slowdown);
}

it('a full pool serves what its formula says, less at 60 an instance than arrive', () => {
  const { bench, peakRps } = askingOf(january());
  expect(peakRps).toBe(1430);
  const known: FullPools = new Map();
  answered(fullPoolsOf(bench, [36, 60], known));
  for (const [size, served] of known) {
    expect(Math.abs(served / servedWhenFull(6 * size) - 1)).toBeLessThan(0.01);
  }
  expect(keepsUp(known.get(36) ?? 0, peakRps)).toBe(true);
  expect(keepsUp(known.get(60) ?? 0, peakRps)).toBe(false);
});

it('a first look at the surge finds that it takes about 30 connections an instance', () => {
  const { bench, ways } = askingOf(january());
  const range = { guess: 32, most: 40 };
  const found = answered(screenSizes(bench, range, ways.look, { edges: 'lower' }));
  expect(found.smallest).toBeGreaterThanOrEqual(29);
  expect(found.smallest).toBeLessThanOrEqual(36);
  expect(found.tried.get(24)?.met).toBe(false);
}, 120_000);

it.runIf(isNightly)(
  'the whole of it: 30 to 45 an instance, safe within 26 to 52, met in fresh runs',
  () => {
    const scenario = january('another');
    const { recommended, safe, upperBound, alternatives, inputs } = answered(
      sizeOf(scenario, [askingOf(scenario).bench.target]),
    );
    expect(recommended?.size).toBeGreaterThanOrEqual(30);
    expect(recommended?.size).toBeLessThanOrEqual(45);
    expect(safe?.low).toBeGreaterThanOrEqual(26);
    expect(safe?.high).toBeLessThanOrEqual(52);
    expect(recommended?.verified).toMatchObject({ runs: 5, met: 5 });
    expect(upperBound?.by).toBe('contention');
    expect(alternatives.find(({ size }) => size === 60)).toMatchObject({ drains: false });
    expect(inputs?.effects[0]?.path).toBe('traffic.rate');
  },
  3_600_000,
);
