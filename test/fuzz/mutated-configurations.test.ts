import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { factsOf } from '../../src/experiment/review/given.ts';
import { review } from '../../src/experiment/review/review.ts';
import { renderDocument } from '../../src/report/document.ts';
import { importDocument } from '../../src/report/import/document.ts';
import { importNotes } from '../../src/report/import/notes.ts';
import { reviewDocument } from '../../src/report/review/review-json.ts';
import { renderReview } from '../../src/report/review/review-report.ts';
import { plainStyle } from '../../src/report/style.ts';
import { type Fault, formatFault } from '../../src/scenario/fault.ts';
import type { ReadFile } from '../../src/scenario/files.ts';
import {
  type FileText,
  type Imported,
  importFiles,
} from '../../src/scenario/import/import-files.ts';
import { importScenario } from '../../src/scenario/import/import-scenario.ts';
import { IMPORTERS } from '../../src/scenario/import/importers.ts';
import { poolFileExpander } from '../../src/scenario/import/pools-from.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { findProfile } from '../../src/scenario/profiles.ts';
import { fuzzed } from '../support/fuzz.ts';
import { type Ending, runToTheEnd } from './cut-short.ts';
import { inTime } from './in-time.ts';
import { type Mutated, mutatedOf } from './mutations.ts';
import { expectFaults, expectWords } from './plain-words.ts';
import { SECRET, SMALL_CONFIGURATIONS, type SmallConfiguration } from './small-configurations.ts';

/** To read it, review it and run it: hundredths of a second. */
const MOST_SECONDS = 20;

type Outcome = Ending | 'refused';

/** A configuration file may be of no use, and must not be repeated where it holds a password. */
function expectSaid(text: string, files: readonly FileText[]): void {
  expectWords(text, files);
  if (text.includes(SECRET)) expect(text).toBe('said without the password');
}

function refused(faults: readonly Fault[], files: readonly FileText[]): Outcome {
  expectFaults(faults, files);
  expectSaid(faults.map(formatFault).join('\n'), files);
  return 'refused';
}

function filesOf({ base, text }: Mutated<SmallConfiguration>): FileText[] {
  return [{ file: base.file, text }, ...(base.besides ?? [])];
}

function importOf(one: Mutated<SmallConfiguration>) {
  const { environment = null, profile = '', envFiles = [] } = one.base;
  const files = filesOf(one);
  return importFiles({
    files,
    envFiles,
    variables: [],
    environment,
    profile: findProfile(profile) ?? null,
  });
}

/** A file ends in faults that say something, or in a review and a run. */
function endingOf(one: Mutated<SmallConfiguration>): Outcome {
  const files = [...filesOf(one), ...(one.base.envFiles ?? [])];
  const imported = importOf(one);
  if (!imported.ok) return refused(imported.faults, files);
  expectReview(imported, files, {});
  expectReview(imported, files, EVERYTHING);
  return endingOfImport(imported, files);
}

/** What a review can be told. */
const EVERYTHING = {
  dbMax: 60,
  callerTimeoutNs: 2e9,
  idleLimitNs: 300e9,
  connectNs: 30e6,
  surgePerSecond: 700,
  connectionsPerRequest: 2,
};

function expectReview(
  imported: Imported,
  files: readonly FileText[],
  given: Partial<typeof EVERYTHING>,
): void {
  const { facts, faults } = factsOf(imported.findings, null, given);
  if (faults.length > 0) {
    refused(faults, files);
    return;
  }
  const answer = review(facts);
  expectSaid(renderReview(answer, plainStyle), files);
  // It refuses numbers that are none.
  expectSaid(renderDocument(reviewDocument(answer, imported.files)), files);
}

const SHORT = [
  { path: 'duration', text: '5s' },
  { path: 'traffic.rate', text: '60' },
];

function endingOfImport(imported: Imported, files: readonly FileText[]): Outcome {
  const outcome = importScenario(imported, { name: 'mutated', into: null, sets: SHORT });
  if (!outcome.ok) return refused(outcome.faults, files);
  const notes = importNotes(imported, outcome);
  expectSaid([outcome.text, ...outcome.warnings, notes].join('\n'), files);
  expectSaid(renderDocument(importDocument(imported, outcome)), files);
  return runToTheEnd(outcome.scenario);
}

/** A scenario takes its pool from the file. */
function endingInScenario(one: Mutated<SmallConfiguration>): Outcome {
  const files = [...filesOf(one), ...(one.base.envFiles ?? [])];
  const readFile: ReadFile = (path) => {
    const found = files.find(({ file }) => path === `./${file}`);
    return found === undefined
      ? { ok: false, message: `cannot read ${path}: there is none` }
      : { ok: true, text: found.text };
  };
  const text = scenarioAround(one.base);
  const parsed = parseScenario({
    ...{ file: 'x.yaml', text, sets: [], readFile, poolFiles: poolFileExpander },
  });
  if (!parsed.ok) return refused(parsed.faults, [...files, { file: 'x.yaml', text }]);
  expectSaid([...parsed.warnings, JSON.stringify(parsed.scenario)].join('\n'), files);
  return runToTheEnd(parsed.scenario);
}

function scenarioAround({ file, environment, profile, envFiles = [] }: SmallConfiguration): string {
  const [envFile] = envFiles.map((one) => `./${one.file}`);
  const pool = { from: `./${file}`, environment, profile, envFile };
  const isInFront = file === 'pgbouncer.ini';
  return JSON.stringify({
    duration: '5s',
    traffic: { rate: 60 },
    requests: { query: { exponential: '20ms' } },
    service: { pool: isInFront ? { max: 10 } : pool },
    ...(isInFront ? { database: { pooler: { pool } } } : {}),
  });
}

const endings = new Map<Outcome, number>();

function noted(ending: Outcome): void {
  endings.set(ending, (endings.get(ending) ?? 0) + 1);
}

const asTheyAre = SMALL_CONFIGURATIONS.map((base) => ({ base, text: base.text }));
const withPools = SMALL_CONFIGURATIONS.filter(
  ({ file }) => !['deployment.yaml', 'values.yaml'].includes(file),
);

describe('a mutated configuration file', () => {
  it('was sound before', () => {
    for (const one of asTheyAre) expect([one.base, endingOf(one)]).toEqual([one.base, 'sound']);
    for (const one of asTheyAre.filter(({ base }) => withPools.includes(base)))
      expect([one.base, endingInScenario(one)]).toEqual([one.base, 'sound']);
  });

  it('is of any kind that can be imported', () => {
    const kinds = asTheyAre.flatMap((one) => {
      const read = importOf(one);
      return read.ok ? read.files.map(({ kind }) => kind) : [];
    });
    expect(new Set(kinds)).toEqual(new Set(IMPORTERS.map(({ kind }) => kind)));
  });

  it('is refused in words without its password, or reviewed and run with sound books', () => {
    fc.assert(
      fc.property(mutatedOf(SMALL_CONFIGURATIONS, SECRET), (one) => {
        noted(inTime(MOST_SECONDS, () => endingOf(one)));
      }),
      fuzzed(200),
    );
  });

  it('is no less so where a scenario takes its pool from it', () => {
    fc.assert(
      fc.property(mutatedOf(withPools, SECRET), (one) => {
        noted(inTime(MOST_SECONDS, () => endingInScenario(one)));
      }),
      fuzzed(50),
    );
  });

  afterAll(() => {
    const all = [...endings.values()].reduce((a, b) => a + b, 0);
    expect(endings.get('sound') ?? 0).toBeGreaterThan(all / 4);
    expect(endings.get('refused') ?? 0).toBeGreaterThan(all / 10);
    expect(endings.get('cut short') ?? 0).toBeLessThan(all / 5);
  });
});
