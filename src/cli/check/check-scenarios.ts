// `tidemark check`: read scenarios and what they were, simulate both, say what fails, write what is asked for.

import {
  check,
  checkRequests,
  mostCheckRequests,
  type CheckPlan,
} from '../../experiment/check/check.ts';
import { checkAnswer, type CheckAnswer, type CheckVerdict } from '../../experiment/check/answer.ts';
import { blame } from '../blame.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UserFault } from '../faults.ts';
import { OutputFiles } from '../files/output-files.ts';
import { answered } from '../question/answered.ts';
import type { Session } from '../session.ts';
import { annotateFault, openOutputs, printAnswer } from './outputs.ts';
import { checkCheckOptions, type CheckOptions, type RawCheckOptions } from './options.ts';
import { longRunWarning } from '../run/long-run.ts';
import { readProject } from './project.ts';
import { scenarioArguments } from './scenario-files.ts';
import { readSubjects, type Subjects } from './subjects.ts';

export async function checkScenarios(
  session: Session,
  given: readonly string[],
  raw: RawCheckOptions,
): Promise<ExitCode> {
  try {
    return await readAndCheck(session, given, raw);
  } catch (error) {
    await annotateFault(session, error);
    throw error;
  }
}

async function readAndCheck(
  session: Session,
  given: readonly string[],
  raw: RawCheckOptions,
): Promise<ExitCode> {
  const { signal, err } = session;
  const faults: string[] = [];
  const project = await readProject(signal);
  const options = checkCheckOptions(raw, project, faults);
  const wanted = given.length > 0 ? given : project.scenarios;
  if (wanted.length === 0) {
    faults.push(
      'check: which scenarios? Name files or folders, or list them in tidemark.config.yaml',
    );
  }
  const files = scenarioArguments(wanted, faults);
  const subjects = await readSubjects(files, options, { signal, faults });
  const plan = planOf(subjects, options);
  const long = longRunWarning(checkRequests(plan));
  const warnings = long === undefined ? subjects.warnings : [...subjects.warnings, long];
  err.write(warnings.map((text) => `warning: ${text}\n`).join(''));
  return carryOut(session, { plan, subjects, options });
}

function planOf({ subjects }: Subjects, { seed, tolerances, budget }: CheckOptions): CheckPlan {
  const items = subjects.map(({ now, before }) => ({
    scenario: now.scenario,
    before: before?.scenario ?? null,
  }));
  return { items, seed, tolerances, budget };
}

/** A command line that was read, with sound scenarios. */
interface Asked {
  readonly plan: CheckPlan;
  readonly subjects: Subjects;
  readonly options: CheckOptions;
}

async function carryOut(session: Session, asked: Asked): Promise<ExitCode> {
  const { options } = asked;
  const outputs = new OutputFiles();
  try {
    checkWritable(options);
    const answer = await answerOf(session, asked);
    const files = openOutputs(outputs, options);
    await printAnswer(session, answer, { options, files });
    outputs.publish();
    session.err.write(outputs.paths.map((path) => `wrote ${path}\n`).join(''));
    return EXIT_CODES[answer.verdict];
  } finally {
    outputs.discard();
  }
}

const EXIT_CODES: Readonly<Record<CheckVerdict, ExitCode>> = {
  pass: exitCodes.fine,
  fail: exitCodes.objectiveMissed,
  undecided: exitCodes.undecided,
};

/** Before the work begins, as nobody waits a minute to hear that the disk is read-only. */
function checkWritable(options: CheckOptions): void {
  const files = new OutputFiles();
  try {
    openOutputs(files, options);
  } finally {
    files.discard();
  }
}

async function answerOf(
  session: Session,
  { plan, subjects: { subjects, against, notices }, options }: Asked,
): Promise<CheckAnswer> {
  const { undecided, workers } = options;
  const { seed, tolerances } = plan;
  const [first] = subjects;
  if (first === undefined) throw new UserFault(['check: there is nothing to check']);
  try {
    const asking = { name: 'check', workers, requests: mostCheckRequests(plan) };
    const checked = await answered(session, check(plan), asking);
    return checkAnswer(subjects, checked, { against, tolerances, undecided, notices });
  } catch (error) {
    const { scenario } = first.now;
    const file = subjects.length === 1 ? first.file : 'check';
    throw blame(error, { file, scenario, seed: seed ?? scenario.seed });
  }
}
