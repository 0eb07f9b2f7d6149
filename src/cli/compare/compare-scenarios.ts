// `tidemark compare`: read both sides, simulate them in pairs, print what differs.

import { compare, comparedRequests } from '../../experiment/compare/compare.ts';
import { compareDocument } from '../../report/compare/document.ts';
import { renderCompared } from '../../report/compare/report.ts';
import type { ExitCode } from '../exit-codes.ts';
import { carryOut } from '../question/carry-out.ts';
import { longRunWarning } from '../run/long-run.ts';
import type { Session } from '../session.ts';
import { type CompareArguments, type RawCompareOptions, readComparands } from './read.ts';

export async function compareScenarios(
  session: Session,
  given: CompareArguments,
  raw: RawCompareOptions,
): Promise<ExitCode> {
  const plan = await readComparands(given, raw, session.signal);
  const { options, sides, a, seed, warnings } = plan;
  const requests = comparedRequests(plan);
  const long = longRunWarning(requests);
  return carryOut(session, {
    name: 'compare',
    options,
    file: sides.files.join(', '),
    scenario: a,
    seed,
    warnings: long === undefined ? warnings : [...warnings, long],
    question: compare(plan),
    requests,
    text: (answer, style) => renderCompared({ answer, sides, objectives: a.objectives, style }),
    document: (answer) => compareDocument(answer, sides),
  });
}
