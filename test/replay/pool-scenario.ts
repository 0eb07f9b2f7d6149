/** Runs of the scenarios of scenarios/pools, and what their results and verdicts say. */

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Mechanism } from '../../src/experiment/mechanism/mechanism.ts';
import type { RunResult } from '../../src/experiment/result.ts';
import { simulate } from '../../src/experiment/run.ts';
import { verdict } from '../../src/report/verdict.ts';
import { formatFault } from '../../src/scenario/fault.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { isNightly } from '../support/nightly.ts';

/** The scenarios' own seed; the nightly run sees whether all of this is luck. */
export const seeds = isNightly
  ? ['1', ...Array.from({ length: 10 }, (_, i) => `other-${i}`)]
  : ['1'];

export type Sets = Readonly<Record<string, string>>;

export function simulated(name: string, seed: string, sets: Sets): RunResult {
  const file = `scenarios/pools/${name}.yaml`;
  const parsed = parseScenario({
    file,
    text: readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'),
    sets: Object.entries(sets).map(([path, text]) => ({ path, text })),
  });
  if (!parsed.ok) throw new Error(parsed.faults.map(formatFault).join('\n'));
  const steps = simulate(parsed.scenario, { seed });
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  expect(step.value.certificate.holds).toBe(true);
  return step.value;
}

type Evidence<Name> = Extract<Mechanism, { name: Name }>['evidence'];

/** The figures of the mechanism that was named, which must be this one. */
export function evidenceOf<Name extends Mechanism['name']>(
  { bottleneck: { mechanism } }: RunResult,
  name: Name,
): Evidence<Name> {
  expect(mechanism?.name).toBe(name);
  return mechanism?.evidence as Evidence<Name>;
}

/** The verdict, after checking its shape. */
export function said(result: RunResult): string[] {
  const lines = verdict(result, null);
  expect(lines.length).toBeLessThanOrEqual(5);
  for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
  return lines;
}

/** Requests that failed in the windows from one second of the run to another. */
export function failedBetween({ series }: RunResult, from: number, to: number): number {
  return series.failed
    .filter((_, i) => i * series.windowSeconds >= from && i * series.windowSeconds < to)
    .reduce((a, b) => a + b, 0);
}

export function failedShare({ requests }: RunResult): number {
  return requests.failed / requests.arrived;
}

/** Nobody fails, and no reason is given for anything. */
export function isFine(result: RunResult): void {
  expect(result.requests.failed).toBe(0);
  expect(result.bottleneck.mechanism).toBeUndefined();
}
