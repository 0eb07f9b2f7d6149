/** A check in Markdown: for the comment on a pull request, and the summary of a build. */
import type { CheckAnswer, CheckedFile } from '../../experiment/check/answer.ts';
import { placeWords } from '../../scenario/import/configuration.ts';
import { HEADS, rowOf } from './figures.ts';
import { placeOfFile } from './places.ts';
import { reviewerSentence } from './sentence.ts';
import { detectableLine, summaryLine } from './summary-line.ts';
import { todosOf } from './todo.ts';

export function checkMarkdown(answer: CheckAnswer): string {
  const { files, notices, verdict } = answer;
  const detectable = detectableLine(answer);
  const blocks = [
    `### Tidemark: ${verdict}`,
    [summaryLine(answer), ...(detectable === null ? [] : [detectable])].map(escaped).join(' '),
    ...files.filter((file) => file.verdict !== 'pass' || hasChanges(file)).map(blockOf),
    table(files),
    ...notices.map((notice) => `_${escaped(notice)}_`),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function hasChanges({ changes }: CheckedFile): boolean {
  return changes.length > 0;
}

function blockOf(file: CheckedFile): string {
  const sentence = escaped(reviewerSentence(file)).replace(', but ', ', **but** ');
  const place = file.verdict === 'pass' ? '' : ` (${code(placeWords(placeOfFile(file)))})`;
  const mends = todosOf(file).map((line) => `  - ${escaped(line)}`);
  return [`- **${file.verdict}**${place}: ${sentence}`, ...mends].join('\n');
}

function table(files: readonly CheckedFile[]): string {
  const rows = [HEADS, HEADS.map(() => '---'), ...files.map((file) => rowOf(file).map(escaped))];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Names and values are the user's: none of them is markup. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~]/g, (sign) => `\\${sign}`);
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}
