/** Runs named tests in a copy of the checkout and tells a failed assertion from everything else. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { NamedTest } from './planted-fault.ts';

/** What became of a test: it passed, an assertion failed, or something else went wrong. */
interface Verdict {
  readonly outcome: 'passed' | 'failed' | 'broken';
  /** First line of the failure, or what is broken. */
  readonly reason: string;
}

/** The part of vitest's JSON report that is read. */
interface Report {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** A fault may make a loop endless, and nothing inside that process would notice. */
const LONGEST_RUN_MS = 120_000;
/** … and for each of several tests that are run at once. */
const EACH_MS = 3_000;

/** How a failed assertion begins: of vitest, of fast-check, of the program about itself. */
const ASSERTION = /^(AssertionError|Error: Property failed|Error: bug:)/;

/** Runs one test of the copy in `folder`. */
export async function judgeTest(folder: string, test: NamedTest): Promise<Verdict> {
  const [verdict] = await judgeTests(folder, [test]);
  return verdict ?? broken('no such test');
}

/** Runs several tests at once; the verdicts are in the order of the tests. */
export async function judgeTests(folder: string, tests: readonly NamedTest[]): Promise<Verdict[]> {
  const report = await runVitest(folder, tests);
  if (typeof report === 'string') return tests.map(() => broken(report));
  return tests.map(({ title }) => verdictOn(report, title));
}

function verdictOn({ testResults }: Report, title: string): Verdict {
  const results = testResults.flatMap((file) => file.assertionResults);
  // One in an `each` runs several times, under its one title or with its parameters in it.
  const pattern = new RegExp(`^${titlePattern(title)}$`);
  const ran = results.filter((r) => pattern.test(r.title) && r.status !== 'skipped');
  if (ran.length === 0) {
    const message = testResults.map((file) => file.message).find((text) => text !== '');
    return broken(firstLine(message ?? 'no such test'));
  }
  const failures = ran.filter((r) => r.status !== 'passed').flatMap((r) => r.failureMessages);
  const [failure] = failures;
  if (failure === undefined) return { outcome: 'passed', reason: '' };
  const outcome = ASSERTION.test(failure) ? 'failed' : 'broken';
  return { outcome, reason: firstLine(failure) };
}

/** The report, or why there is none. */
async function runVitest(folder: string, tests: readonly NamedTest[]): Promise<Report | string> {
  const reportFile = join(folder, 'vitest-report.json');
  rmSync(reportFile, { force: true });
  const options = ['--config', 'test/setup/unbuilt.config.ts', '--reporter', 'json'];
  const files = [...new Set(tests.map((test) => test.file))];
  const pattern = `(${tests.map((test) => titlePattern(test.title)).join('|')})$`;
  const program = join('node_modules', 'vitest', 'vitest.mjs');
  const timeout = LONGEST_RUN_MS + tests.length * EACH_MS;
  const child = spawn(
    process.execPath,
    [program, 'run', ...options, '--outputFile', reportFile, '-t', pattern, ...files],
    { cwd: folder, stdio: 'ignore', env: plainEnvironment(), timeout },
  );
  await once(child, 'close');
  if (child.signalCode !== null) return 'the test does not come to an end';
  if (!existsSync(reportFile)) return 'vitest left no report';
  return JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
}

/** The tests run as `npm test` runs them, whoever asks for it: also a nightly run, itself a test. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('VITEST') && !name.startsWith('TIDEMARK'),
  );
  return Object.fromEntries(kept);
}

function broken(reason: string): Verdict {
  return { outcome: 'broken', reason };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** Matches the titles that `it.each` makes of this one. */
function titlePattern(title: string): string {
  return title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/%[dfijos]/g, '.*');
}
