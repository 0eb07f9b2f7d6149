// What has to be said where there is nobody to ask.

import type { RawInitOptions } from './options.ts';
import { QUESTIONS, type InitQuestion } from './questions.ts';

/**
 * One line for each question that nothing could be assumed for, and one for the others that are open; none where
 * all that is needed has been said.
 */
export function unasked(paths: readonly string[], raw: RawInitOptions): string[] {
  const files = paths.length > 0;
  // Which pods there are may stand in the files.
  const open = QUESTIONS.filter(
    ({ isAnswered }) => !isAnswered(raw, { given: raw, files, pods: files }),
  );
  const needed = open.filter(({ isNeeded }) => isNeeded === true);
  if (needed.length === 0) return [];
  const others = open.filter((question) => !needed.includes(question)).map(({ said }) => said);
  const rest =
    others.length === 0 ? [] : [`also open, and otherwise assumed: ${others.join('; ')}`];
  return [...needed.map(lineOf), ...rest];
}

function lineOf({ asks, said }: InitQuestion): string {
  return `${asks} There is no terminal to ask on; say it with ${said}`;
}
