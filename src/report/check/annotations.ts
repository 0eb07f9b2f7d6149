/**
 * A check as commands of GitHub Actions, which shows them at the lines of a pull request. (Workflow commands
 * for GitHub Actions: `::error file=,line=,col=,title=::message`.)
 */
import { newBreaks, type CheckAnswer, type CheckedFile } from '../../experiment/check/answer.ts';
import type { Place } from '../../scenario/import/configuration.ts';
import { placeOfFile } from './places.ts';
import { reviewerSentence } from './sentence.ts';
import { todosOf } from './todo.ts';

type Level = 'error' | 'warning' | 'notice';

/** GitHub shows so many of each kind in a step. */
const MOST = 10;

/** @param fromRoot a path as people here call it → from the root of the repository */
export function annotations(answer: CheckAnswer, fromRoot: (path: string) => string): string {
  const all = [
    ...answer.files.flatMap((file) => ofFile(file)),
    ...answer.notices.map((text) => ({ level: 'notice' as const, place: null, title: '', text })),
  ];
  const shown = all.filter(({ level }, i) => {
    return all.slice(0, i).filter((other) => other.level === level).length < MOST;
  });
  return shown.map((one) => `${command(one, fromRoot)}\n`).join('');
}

/** What is wrong with files that were to be checked, at their lines; each begins with `file:line:column`. */
export function faultAnnotations(
  located: readonly string[],
  fromRoot: (path: string) => string,
): string {
  const all = located.flatMap((fault): Annotation[] => {
    const [, file, line, column, text] = /^(.+?):(\d+):(\d+): (.*)$/s.exec(fault) ?? [];
    if (file === undefined || text === undefined) return [];
    const place = { file, line: Number(line), column: Number(column) };
    return [{ level: 'error', place, title: '', text }];
  });
  return all
    .slice(0, MOST)
    .map((one) => `${command(one, fromRoot)}\n`)
    .join('');
}

interface Annotation {
  readonly level: Level;
  readonly place: Place | null;
  readonly title: string;
  readonly text: string;
}

function ofFile(file: CheckedFile): Annotation[] {
  const title = `tidemark: ${file.now.scenario.name}`;
  const more = newBreaks(file).slice(1);
  const text = [reviewerSentence(file), ...todosOf(file).slice(0, 1)].join(' ');
  const hurts = file.findings.filter(({ isNew, weight }) => isNew && weight === 'hurts');
  return [
    ...(file.verdict === 'pass'
      ? []
      : [{ level: LEVELS[file.verdict], place: placeOfFile(file), title, text }]),
    ...more.map(({ place, says, mend }): Annotation => {
      return { level: 'error', place, title, text: `${says} Do: ${mend}` };
    }),
    ...hurts.map(({ place, says, mend }): Annotation => {
      return { level: 'warning', place, title, text: `${says} Do: ${mend}` };
    }),
  ];
}

const LEVELS = { fail: 'error', undecided: 'warning' } as const;

function command(
  { level, place, title, text }: Annotation,
  fromRoot: (path: string) => string,
): string {
  const properties = [
    ...(place === null
      ? []
      : [`file=${property(fromRoot(place.file))}`, `line=${place.line}`, `col=${place.column}`]),
    `title=${property(title === '' ? 'tidemark' : title)}`,
  ];
  return `::${level} ${properties.join(',')}::${escaped(text)}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
