/** Text in columns of a terminal: how wide it is, made shorter, broken into lines. */

/** Columns that a report may take. */
export const WIDTH = 80;

/** Columns of a text without escape codes; wide scripts and pictures take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += columnsOf(char);
  return width;
}

function columnsOf(char: string): number {
  if (/[\p{Mn}\u200b-\u200d]/u.test(char)) return 0;
  return WIDE.test(char) ? 2 : 1;
}

const WIDE =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;

/** Foreign text on one line: control characters, escape codes among them, become spaces. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** At most `width` columns: cut at a space where one is near, and ended with `…`. */
export function shorten(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const head = firstColumns(text, width - 1);
  const space = head.lastIndexOf(' ');
  const cut = space > head.length * 0.6 ? head.slice(0, space) : head;
  return `${cut.replace(/[\s,;:.]+$/, '')}…`;
}

/** Breaks a text at spaces, words that are too long anywhere; a hanging indent from the second line on. */
export function wrap(text: string, width = WIDTH, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.replace(BEFORE_UNIT, '\u00a0').split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    line = (lines.length === 0 ? '' : indent) + word;
    while (widthOf(line) > width) {
      const head = firstPart(line, width);
      lines.push(head);
      line = indent + line.slice(head.length);
    }
  }
  return [...lines, line].map((each) => each.replaceAll('\u00a0', ' '));
}

/** A figure and its unit stay together. */
const BEFORE_UNIT = /(?<=\d) (?=(?:%|µs|(?:ms|s|min|h|d|million|billion|trillion)\b))/g;

/** The first of several wordings that fits; the last one is shortened if need be. */
export function firstThatFits(wordings: readonly string[], width = WIDTH): string {
  const fitting = wordings.find((wording) => widthOf(wording) <= width);
  return fitting ?? shorten(wordings.at(-1) ?? '', width);
}

/** Of a word that is too long: up to a dot or a dash where one is near, of a path for example. */
function firstPart(line: string, width: number): string {
  const head = firstColumns(line, width);
  const mark = Math.max(...['.', '/', '-', ','].map((char) => head.lastIndexOf(char))) + 1;
  return mark > head.length * 0.4 ? head.slice(0, mark) : head;
}

/** As many whole characters as fit, at least one. */
function firstColumns(text: string, width: number): string {
  let head = '';
  let taken = 0;
  for (const char of text) {
    taken += columnsOf(char);
    if (taken > width && head !== '') break;
    head += char;
  }
  return head;
}
