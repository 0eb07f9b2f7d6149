/** A check as text: what fails and why, a table, or hardly anything when all is well. */
import {
  type CheckAnswer,
  type CheckedFile,
  type CheckVerdict,
} from '../../experiment/check/answer.ts';
import { placeWords } from '../../scenario/import/configuration.ts';
import type { Style } from '../style.ts';
import { tableLines } from '../table.ts';
import { wrap } from '../text.ts';
import { HEADS, rowOf } from './figures.ts';
import { placeOfFile } from './places.ts';
import { reviewerSentence } from './sentence.ts';
import { detectableLine, summaryLine } from './summary-line.ts';
import { todosOf } from './todo.ts';

/** @param full also the table of what passes */
export function renderCheck(answer: CheckAnswer, style: Style, full: boolean): string {
  const { files, verdict, notices } = answer;
  const bad = files.filter((file) => file.verdict !== 'pass');
  const detectable = detectableLine(answer);
  const lines = [
    ...wrap(summaryLine(answer)).map((line) => PAINT[verdict](style)(line)),
    ...(detectable === null ? [] : wrap(detectable)),
    ...notices.flatMap((notice) => wrap(notice)),
    ...bad.flatMap((file) => ['', ...blockOf(file, style)]),
    ...(bad.length > 0 || full ? ['', ...table(files, style)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function blockOf(file: CheckedFile, style: Style): string[] {
  const place = placeOfFile(file);
  const text = wrap(reviewerSentence(file), 78).map((line) => `  ${line}`);
  const todo = todosOf(file).flatMap((line) => wrap(line, 78).map((part) => `  ${part}`));
  return [`${PAINT[file.verdict](style)(file.verdict)}  ${placeWords(place)}`, ...text, ...todo];
}

const PAINT: Readonly<Record<CheckVerdict, (style: Style) => (text: string) => string>> = {
  pass: ({ green }) => green,
  fail:
    ({ red, bold }) =>
    (text) =>
      bold(red(text)),
  undecided: ({ yellow }) => yellow,
};

function table(files: readonly CheckedFile[], style: Style): string[] {
  const columns = HEADS.map((head, i) => ({
    head,
    ...(i === 0 ? { whenLong: 'shorten' as const } : {}),
    ...(i === HEADS.length - 1 ? { align: 'right' as const } : {}),
  }));
  const [head = '', ...rows] = tableLines(columns, files.map(rowOf));
  return [style.bold(head), ...rows];
}
