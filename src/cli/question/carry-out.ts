// The way of every command that asks a question of scenarios: warn, open files, simulate, print, write.

import { join } from 'node:path';
import type { Question } from '../../experiment/question.ts';
import { renderDocument } from '../../report/document.ts';
import type { Style } from '../../report/style.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { blame } from '../blame.ts';
import { coloursFor } from '../colour.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { fileStem } from '../files/file-stem.ts';
import type { OutputFile } from '../files/output-file.ts';
import { createFolder, OutputFiles } from '../files/output-files.ts';
import type { Session } from '../session.ts';
import { answered } from './answered.ts';
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
  /** For spreadsheets, where that makes sense; `chosen`: this is what is printed. */
  readonly csv?: { readonly chosen: boolean; readonly text: (answer: R) => string };
  /** Hears of each piece of work that is done. */
  readonly onOutput?: (output: unknown) => void;
}

/** Simulates and prints. Files appear when all is done, or not at all. */
export async function carryOut<R>(session: Session, asked: Asked<R>): Promise<ExitCode> {
  session.err.write(asked.warnings.map((text) => `warning: ${text}\n`).join(''));
  const files = new OutputFiles();
  try {
    checkFiles(asked);
    const { name, question, requests, options, onOutput } = asked;
    const result = await answered(session, question, {
      name,
      requests,
      workers: options.workers,
      ...(onOutput === undefined ? {} : { onOutput }),
    });
    session.out.write(await formatted(chosenFormat(asked), result, { asked, session }));
    for (const [format, file] of openFiles(files, asked)) {
      file.write(await formatted(format, result, { asked }));
    }
    files.publish();
    session.err.write(files.paths.map((path) => `wrote ${path}\n`).join(''));
    return exitCodes.fine;
  } catch (error) {
    throw blame(error, asked);
  } finally {
    files.discard();
  }
}

/** In the order in which files are written; also how they end. */
type Format = 'txt' | 'json' | 'csv';

/**
 * Before the work begins, as nobody waits an hour to hear that the disk is read-only. They are opened again
 * when there is something to write: whoever is killed meanwhile leaves none behind.
 */
function checkFiles<R>(asked: Asked<R>): void {
  const files = new OutputFiles();
  try {
    openFiles(files, asked);
  } finally {
    files.discard();
  }
}

function openFiles<R>(
  files: OutputFiles,
  { options, name, scenario, csv }: Asked<R>,
): (readonly [Format, OutputFile])[] {
  const { out } = options;
  if (out === undefined) return [];
  createFolder(out);
  const stem = join(out, `${fileStem(scenario.name)}.${name}`);
  const formats: Format[] = ['txt', 'json', ...(csv === undefined ? [] : (['csv'] as const))];
  return formats.map((format) => [format, files.open(`${stem}.${format}`)]);
}

function chosenFormat<R>({ options, csv }: Asked<R>): Format {
  if (csv?.chosen === true) return 'csv';
  return options.json ? 'json' : 'txt';
}

/** @param to the terminal or pipe that it is for; a file when there is none */
async function formatted<R>(
  format: Format,
  result: R,
  to: { asked: Asked<R>; session?: Session },
): Promise<string> {
  const { asked, session } = to;
  switch (format) {
    case 'json':
      return renderDocument(asked.document(result));
    case 'csv':
      return asked.csv?.text(result) ?? '';
    case 'txt': {
      const isTerminal = session?.out.isTerminal === true;
      const { color } = asked.options;
      return asked.text(result, coloursFor({ isTerminal, color, env: session?.env ?? {} }));
    }
  }
}
