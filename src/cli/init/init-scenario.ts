// `tidemark init`: files and answers to a first scenario, and what to measure first.

import { influences } from '../../experiment/influence.ts';
import { variedInputs } from '../../experiment/varied-inputs.ts';
import { measureFirst } from '../../report/init/measure-first.ts';
import { importNotes } from '../../report/import/notes.ts';
import { type Answers, answeredFacts } from '../../scenario/draft/answers.ts';
import { assumptionsMade } from '../../scenario/draft/draft-scenario.ts';
import type { Fact } from '../../scenario/draft/fact.ts';
import { initAssumptions } from '../../scenario/draft/init-assumptions.ts';
import { scenarioOfFacts } from '../../scenario/draft/scenario-of-facts.ts';
import { formatFault } from '../../scenario/fault.ts';
import { factsOf } from '../../scenario/import/facts-of.ts';
import { isSame } from '../../scenario/path.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UserFault } from '../faults.ts';
import { scenarioName, writeScenario } from '../files/scenario-out.ts';
import { readImport, type ImportedFiles } from '../import/request.ts';
import { answered } from '../question/answered.ts';
import type { Session } from '../session.ts';
import { notEmpty } from '../settings.ts';
import { askFor, canAsk } from './ask.ts';
import { asOptions } from './as-options.ts';
import { draftFaults } from './draft-faults.ts';
import { checkAnswers, type RawInitOptions } from './options.ts';
import { FILES_QUESTION, type InitQuestion, type Known, QUESTIONS } from './questions.ts';
import { unasked } from './unasked.ts';

export async function initScenario(
  session: Session,
  paths: readonly string[],
  raw: RawInitOptions,
): Promise<ExitCode> {
  const faults: string[] = [];
  const folder = notEmpty('--out', raw.out, faults);
  checkAnswers(raw, faults);
  const said = await allAnswers(session, paths, raw, faults);
  try {
    return await writeFirst(session, said, folder);
  } catch (error) {
    if (!(error instanceof UserFault) || said.raw === raw) throw error;
    const again = `your answers, to be put right: ${asOptions(said.paths, said.raw)}`;
    throw new UserFault(error.messages, [...error.located, again]);
  }
}

async function writeFirst(
  session: Session,
  { raw, paths, files: { imported, sets } }: Said,
  folder: string | undefined,
): Promise<ExitCode> {
  const { out, err, signal } = session;
  const { facts, assumptions, leftOut } = knownFacts(imported, checkAnswers(raw, []));
  const name = scenarioName(raw.name ?? paths[0] ?? 'first');
  const outcome = scenarioOfFacts({ facts, assumptions, name, into: null, sets });
  if (!outcome.ok) throw draftFaults(outcome.faults, facts, assumptionsMade(facts, assumptions));
  const { scenario, warnings } = outcome;
  const assumed = [...facts.filter(({ grade }) => grade === 'assumed'), ...outcome.assumed];
  err.write(warnings.map((text) => `warning: ${text}\n`).join(''));
  const inputs = variedInputs(outcome.text, scenario, assumed);
  const asked = { name: 'init', workers: undefined, requests: 0 };
  const influence = await answered(session, influences(scenario, inputs), asked);
  const text = outcome.text + measureFirst(influence);
  const written = writeScenario(folder, scenario.name, text);
  out.write(text);
  err.write(importNotes(imported, { assumed, leftOut, asked: true }));
  err.write(written.map((path) => `wrote ${path}\n`).join(''));
  signal.throwIfAborted();
  return exitCodes.fine;
}

interface KnownFacts {
  readonly facts: readonly Fact[];
  readonly assumptions: readonly Fact[];
  readonly leftOut: ReturnType<typeof factsOf>['leftOut'];
}

/** @throws UserFault where files contradict each other */
function knownFacts(imported: ImportedFiles['imported'], answers: Answers): KnownFacts {
  const found = factsOf(imported);
  if (found.faults.length > 0) throw new UserFault([], found.faults.map(formatFault));
  const facts = withAnswers(found.facts, answeredFacts(answers));
  return { facts, assumptions: initAssumptions(answers, facts), leftOut: found.leftOut };
}

/** An answer counts more than a file. */
function withAnswers(found: readonly Fact[], answered: readonly Fact[]): Fact[] {
  const isAnswered = ({ path }: Fact): boolean => answered.some((one) => isSame(one.path, path));
  return [...found.filter((fact) => !isAnswered(fact)), ...answered];
}

interface Said {
  readonly raw: RawInitOptions;
  readonly paths: readonly string[];
  readonly files: ImportedFiles;
}

/** Options and, on a terminal, answers to what they leave open. */
async function allAnswers(
  session: Session,
  paths: readonly string[],
  raw: RawInitOptions,
  faults: string[],
): Promise<Said> {
  if (!canAsk(session)) faults.push(...unasked(paths, raw));
  const files = await readImport(paths, raw, { signal: session.signal, faults });
  let said: Said = { raw, paths, files };
  if (!canAsk(session)) return said;
  for (const question of QUESTIONS) {
    if (question.isAnswered(said.raw, knownFrom(said, raw))) continue;
    said =
      question.files === true
        ? await withFiles(said, session)
        : await withAnswer(said, question, session);
  }
  return said;
}

async function withAnswer(said: Said, question: InitQuestion, session: Session): Promise<Said> {
  const answer = await askFor(question, said.raw, session);
  if (answer === null) return said;
  return { ...said, raw: { ...said.raw, ...question.options(answer) } };
}

/** Files that cannot be read are asked for again, after what is wrong with them. */
async function withFiles(said: Said, session: Session): Promise<Said> {
  for (;;) {
    const answer = await askFor(FILES_QUESTION, said.raw, session);
    if (answer === null) return said;
    const paths = answer.split(/[\s,]+/);
    try {
      const files = await readImport(paths, said.raw, { signal: session.signal, faults: [] });
      return { ...said, paths, files };
    } catch (error) {
      if (!(error instanceof UserFault)) throw error;
      session.err.write([...error.messages, ...error.located].map((line) => `${line}\n`).join(''));
    }
  }
}

function knownFrom({ paths, files }: Said, given: RawInitOptions): Known {
  const pods = files.imported.findings.some(({ fleet }) => fleet.replicas !== undefined);
  return { given, files: paths.length > 0, pods };
}
