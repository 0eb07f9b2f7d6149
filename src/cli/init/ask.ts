// Asks on a terminal for what no option and no file says.

import { isCancel, text } from '@clack/prompts';
import { Interrupted } from '../faults.ts';
import type { Session } from '../session.ts';
import { checkAnswers, type RawInitOptions } from './options.ts';
import type { InitQuestion } from './questions.ts';

/** Whether there is somebody to ask: the scenario itself may go to a file. */
export function canAsk({ err }: Session): boolean {
  return process.stdin.isTTY && err.isTerminal;
}

/**
 * The answer in one line; null when there is none. An answer that cannot be read is asked for again.
 * `said`: what options and other answers have said, beside which it has to stand.
 */
export async function askFor(
  question: InitQuestion,
  said: RawInitOptions,
  { signal }: Session,
): Promise<string | null> {
  const answer = await text({
    message: question.asks,
    placeholder: question.example,
    output: process.stderr,
    signal,
    validate: (value) => faultOf(question, said, value?.trim() ?? ''),
  });
  signal.throwIfAborted();
  if (isCancel(answer)) throw new Interrupted('SIGINT');
  const given = answer.trim();
  return given === '' ? null : given;
}

function faultOf(question: InitQuestion, said: RawInitOptions, answer: string): string | undefined {
  if (answer === '' || question.files === true) return undefined;
  const faults: string[] = [];
  checkAnswers({ ...said, ...question.options(answer) }, faults);
  return faults[0]
    ?.replaceAll('--hold-', '')
    .replace(/^--[\w-]+ ?/, '')
    .replace(/^: /, '');
}
