// The way of every command that asks a question of scenarios: warn, open files, simulate, print, write.

import { join } from 'node:path';
import { answer } from '../../experiment/executor.ts';
import type { Question } from '../../experiment/question.ts';
import { renderDocument } from '../../report/document.ts';
import type { Style } from '../../report/style.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { blame } from '../blame.ts';
import { coloursFor } from '../colour.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { fileStem } from '../files/file-stem.ts';
import { createFolder, OutputFiles } from '../files/output-files.ts';
import { progressOn } from '../progress-on.ts';
import type { Session } from '../session.ts';
import { executorFor } from './executor-for.ts';
import type { QuestionOptions } from './options.ts';

/** A command whose arguments are read and whose scenarios are sound. */
export interface Asked<R> {
  /** `capacity`: how progress and files call it. */
  readonly name: string;
  readonly options: QuestionOptions;
  /** How messages call the scenario's file. */
  readonly file: string;
  readonly scenario: Scenario;
  readonly seed: string;
  readonly warnings: readonly string[];
  readonly question: Question<R>;
  /** Requests that the question will simulate, roughly: few are simulated without threads. */
  readonly requests: number;
  /** The report for people. */
  readonly text: (answer: R, style: Style) => string | Promise<string>;
  /** The document for programs. */
  readonly document: (answer: R) => object;
}

/** Simulates and prints. Files appear when all is done, or not at all. */
export async function carryOut<R>(session: Session, asked: Asked<R>): Promise<ExitCode> {
  const { options, name, scenario, warnings } = asked;
  session.err.write(warnings.map((text) => `warning: ${text}\n`).join(''));
  const files = new OutputFiles();
  try {
    const { out } = options;
    if (out !== undefined) createFolder(out);
    const stem = out === undefined ? undefined : join(out, `${fileStem(scenario.name)}.${name}`);
    const text = stem === undefined ? undefined : files.open(`${stem}.txt`);
    const json = stem === undefined ? undefined : files.open(`${stem}.json`);
    const result = await simulate(session, asked);
    const document = renderDocument(asked.document(result));
    const { isTerminal } = session.out;
    const words = (to: { isTerminal: boolean }) =>
      asked.text(result, coloursFor({ ...to, color: options.color, env: session.env }));
    session.out.write(options.json ? document : await words({ isTerminal }));
    text?.write(await words({ isTerminal: false }));
    json?.write(document);
    files.publish();
    session.err.write(files.paths.map((path) => `wrote ${path}\n`).join(''));
    return exitCodes.fine;
  } catch (error) {
    throw blame(error, asked);
  } finally {
    files.discard();
  }
}

async function simulate<R>(session: Session, asked: Asked<R>): Promise<R> {
  const { err, signal } = session;
  const executor = await executorFor(asked.options.workers, asked.requests, signal);
  const progress = await progressOn(err);
  try {
    return await answer(asked.question, executor, {
      onProgress: ({ part, done, of }) => {
        const requests = { requests: done, totalRequests: of };
        progress?.show(asked.name, { simulatedNs: done, durationNs: of, ...requests }, `: ${part}`);
      },
    });
  } finally {
    progress?.clear();
    await executor.close();
  }
}
