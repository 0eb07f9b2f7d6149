// Where the answer of a check goes: one thing to standard output, the rest to files and to the build server.

import { appendFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { CheckAnswer } from '../../experiment/check/answer.ts';
import { renderCheck } from '../../report/check/check-report.ts';
import { checkDocument } from '../../report/check/document.ts';
import { checkMarkdown } from '../../report/check/markdown.ts';
import { renderDocument } from '../../report/document.ts';
import { coloursFor } from '../colour.ts';
import { fileFault } from '../../files/file-fault.ts';
import type { OutputFile } from '../files/output-file.ts';
import type { OutputFiles } from '../files/output-files.ts';
import { UserFault } from '../faults.ts';
import type { Session } from '../session.ts';
import type { CheckOptions } from './options.ts';
import { updatedBaseline } from './update-baseline.ts';

/** Each file that was asked for, and what goes there. */
export interface AskedFiles {
  readonly junit: OutputFile | null;
  readonly markdown: OutputFile | null;
  readonly baseline: OutputFile | null;
}

export function openOutputs(files: OutputFiles, options: CheckOptions): AskedFiles {
  const { junit, markdown, baseline, updateBaseline } = options;
  const opened = (path: string | undefined) =>
    path === undefined || path === '-' ? null : files.open(path);
  return {
    junit: opened(junit),
    markdown: opened(markdown),
    baseline: opened(updateBaseline ? baseline : undefined),
  };
}

export async function printAnswer(
  session: Session,
  answer: CheckAnswer,
  { options, files }: { readonly options: CheckOptions; readonly files: AskedFiles },
): Promise<void> {
  const { out, env } = session;
  const junit = options.junit === undefined ? '' : await junitOf(answer);
  files.junit?.write(junit);
  files.markdown?.write(checkMarkdown(answer));
  if (files.baseline !== null) {
    files.baseline.write(await updatedBaseline(options.baseline, answer, session.signal));
  }
  if (options.json) out.write(renderDocument(checkDocument(answer)));
  else if (options.junit === '-') out.write(junit);
  else if (options.markdown === '-') out.write(checkMarkdown(answer));
  else {
    const { isTerminal } = out;
    const style = coloursFor({ isTerminal, color: options.color, env });
    out.write(renderCheck(answer, style, options.full));
  }
  if (env['GITHUB_ACTIONS'] === 'true') await tellGitHub(session, answer, options);
}

async function junitOf(answer: CheckAnswer): Promise<string> {
  const { checkJunit } = await import('../../report/check/junit.ts');
  return checkJunit(answer);
}

/** Faults of files appear at their lines, too, where GitHub shows them. */
export async function annotateFault({ err, env }: Session, error: unknown): Promise<void> {
  if (env['GITHUB_ACTIONS'] !== 'true' || !(error instanceof UserFault)) return;
  const { faultAnnotations } = await import('../../report/check/annotations.ts');
  err.write(faultAnnotations(error.located, pathsIn(env)));
}

/** Paths as they are from here → from the root of the repository, with slashes. */
function pathsIn(env: Session['env']): (path: string) => string {
  const root = resolve(env['GITHUB_WORKSPACE'] ?? '.');
  return (path) => relative(root, resolve(path)).split(sep).join('/');
}

/** Its log is read for commands, on both streams; a document on standard output stays one. */
async function tellGitHub(
  { out, err, env }: Session,
  answer: CheckAnswer,
  { json, junit, markdown }: CheckOptions,
): Promise<void> {
  const { annotations } = await import('../../report/check/annotations.ts');
  const fromRoot = pathsIn(env);
  const isDocument = json || junit === '-' || markdown === '-';
  (isDocument ? err : out).write(annotations(answer, fromRoot));
  const summary = env['GITHUB_STEP_SUMMARY'] ?? '';
  if (summary === '') return;
  try {
    appendFileSync(summary, checkMarkdown(answer));
  } catch (error) {
    throw fileFault(error, 'write', summary);
  }
}
