// Checks for tests of what is said of them: scenarios that differ by what a test says.

import {
  checkedFile,
  overallVerdict,
  type CheckAnswer,
} from '../../../src/experiment/check/answer.ts';
import { check } from '../../../src/experiment/check/check.ts';
import { parseScenario } from '../../../src/scenario/parse-scenario.ts';
import { answerNow } from '../../experiment/answer-now.ts';

/** Of a pool that is nearly full; each line can be replaced. */
export const busy = `name: busy
duration: 1m
seed: 7
traffic: { rate: 200 }
requests: { query: { exponential: 40ms } }
service: { instances: 2, pool: { max: 6 } }
database: { cores: 64, contention: none, maxConnections: 100 }
objectives: [ response p99 < 700ms over run, errors < 1% over run ]
`;

function side(file: string, text: string) {
  const read = parseScenario({ file, text, sets: [] });
  if (!read.ok) throw new Error(read.faults[0]?.message);
  return read;
}

interface Given {
  readonly file: string;
  readonly now: string;
  readonly before: string | null;
}

/** The answer to a check of these scenarios. */
export function answerOf(given: readonly Given[], more: Partial<CheckAnswer> = {}): CheckAnswer {
  const tolerances = { usual: 0.05, own: {} };
  const subjects = given.map(({ file, now, before }) => ({
    file,
    now: side(file, now),
    before: before === null ? null : side(file, before),
  }));
  const items = subjects.map(({ now, before }) => ({
    scenario: now.scenario,
    before: before?.scenario ?? null,
  }));
  const checked = answerNow(check({ items, seed: null, tolerances, budget: 1_000_000 }));
  const files = subjects.map((subject, i) => {
    const one = checked[i];
    if (one === undefined) throw new Error('a scenario was not checked');
    return checkedFile(subject, one, more.undecided ?? 'undecided');
  });
  const verdict = overallVerdict(files);
  return {
    files,
    against: 'main',
    tolerances,
    undecided: 'undecided',
    notices: [],
    verdict,
    ...more,
  };
}

/** The answer to a check of one change. */
export function changed(from: string, to: string, more: Partial<CheckAnswer> = {}): CheckAnswer {
  return answerOf([{ file: 'busy.yaml', before: busy, now: busy.replace(from, to) }], more);
}
