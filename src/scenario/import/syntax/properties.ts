/**
 * A `.properties` file as Java reads it (java.util.Properties.load), with the place of each value. A line
 * `#---` or `!---` begins another document, as Spring Boot has it; for everybody else it is a comment.
 */
import type { Position, Source, SourceFault } from '../../yaml/yaml-source.ts';
import { sourceOf, type Item } from './source-of.ts';

type PropertiesReading =
  { readonly documents: readonly Source[] } | { readonly faults: readonly SourceFault[] };

/** The documents of the file; keys are whole, with their dots. Refuses a key that stands twice in one. */
export function readProperties(text: string): PropertiesReading {
  const documents: Map<string, Property>[] = [new Map<string, Property>()];
  const faults: SourceFault[] = [];
  for (const line of logicalLines(text)) {
    if (line === 'document') {
      documents.push(new Map<string, Property>());
      continue;
    }
    const items = documents.at(-1);
    const property = readProperty(line);
    if ('code' in property) {
      faults.push(property);
      continue;
    }
    const before = items?.get(property.name);
    if (before === undefined) items?.set(property.name, property);
    else faults.push(twice(property.key, before.key));
  }
  if (faults.length > 0) return { faults };
  return {
    documents: documents.map((items) => sourceOf([...items.values()].map(({ item }) => item))),
  };
}

/** A character and where it stands; escapes are still escapes. */
interface Char extends Position {
  readonly text: string;
}

type LogicalLine = readonly Char[];

/** Lines with those that go on after a backslash put together; blank ones and comments are gone. */
function logicalLines(text: string): (LogicalLine | 'document')[] {
  const lines: (LogicalLine | 'document')[] = [];
  let open: Char[] | null = null;
  for (const [i, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    if (open === null && /^[ \t\f]*[#!]/.test(line)) {
      if (/^[#!]---[ \t]*$/.test(line)) lines.push('document');
      continue;
    }
    const goesOn = isContinued(line);
    open ??= [];
    for (const char of charsOf(goesOn ? line.slice(0, -1) : line, i + 1)) open.push(char);
    if (goesOn) continue;
    lines.push(open);
    open = null;
  }
  if (open !== null) lines.push(open);
  return lines.filter((line) => line.length > 0);
}

/** An odd number of backslashes ends it. */
function isContinued(line: string): boolean {
  return (/\\*$/.exec(line)?.[0].length ?? 0) % 2 === 1;
}

/** The characters of a line from its first that is no blank. */
function charsOf(text: string, line: number): Char[] {
  const chars: Char[] = [];
  for (let i = /^[ \t\f]*/.exec(text)?.[0].length ?? 0; i < text.length; i++) {
    const escape =
      text[i] === '\\' ? (/^\\u[0-9a-f]{4}/i.exec(text.slice(i, i + 6)) ?? null) : null;
    const length = escape !== null ? 6 : text[i] === '\\' ? 2 : 1;
    chars.push({ text: text.slice(i, i + length), line, column: i + 1 });
    i += length - 1;
  }
  return chars;
}

interface Property {
  readonly name: string;
  readonly item: Item;
  /** Where its key stands. */
  readonly key: Position;
}

/** Key and value of a line; a fault when it holds a broken escape. */
function readProperty(line: LogicalLine): Property | SourceFault {
  const bad = line.find(({ text }) => text === '\\u');
  if (bad !== undefined) {
    const message = 'is no \\u escape with four hexadecimal digits';
    return { line: bad.line, column: bad.column, code: 'not-properties', message };
  }
  const end = endOf(line, (text) => /^[=: \t\f]$/.test(text), 0);
  const blanks = endOf(line, (text) => !isBlank(text), end);
  const isSeparated = /^[=:]$/.test(line[blanks]?.text ?? '');
  const begin = isSeparated ? endOf(line, (text) => !isBlank(text), blanks + 1) : blanks;
  const key = line[0] as Char;
  const { line: row, column } = line[begin] ?? key;
  const name = plain(line.slice(0, end));
  const item = { path: [name], value: plain(line.slice(begin)), line: row, column };
  return { name, item, key };
}

function endOf(line: LogicalLine, isEnd: (text: string) => boolean, from: number): number {
  let i = from;
  while (i < line.length && !isEnd(line[i]?.text ?? '')) i++;
  return i;
}

function isBlank(text: string): boolean {
  return /^[ \t\f]$/.test(text);
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

function plain(chars: readonly Char[]): string {
  return chars.map(({ text }) => unescaped(text)).join('');
}

function unescaped(text: string): string {
  if (!text.startsWith('\\')) return text;
  if (text.length === 6) return String.fromCharCode(Number.parseInt(text.slice(2), 16));
  const letter = text.slice(1);
  return ESCAPES[letter] ?? letter;
}

/** Without its name, which may be part of a value that somebody broke over two lines. */
function twice({ line, column }: Position, before: Position): SourceFault {
  const message = `is the same key as in line ${before.line}; Java takes the last; keep one`;
  return { line, column, code: 'duplicate-key', message };
}
