/**
 * YAML with Ruby in it, `pool: <%= ENV.fetch("POOL") { 5 } %>`, as Rails reads it: the Ruby is put aside, so
 * that YAML can be read and all places stay, and stands in the values again as the file has it.
 */
import { isList, isMap } from '../../path.ts';
import type { Source, SourceFault } from '../../yaml/yaml-source.ts';

/** Characters for private use, which no file has: one that begins what is put aside, and the first that numbers it. */
const MARK = '\ue000';
const FIRST = 0xe100;
const EXPRESSION = /<%=([\s\S]*?)-?%>/g;
const STATEMENT = /<%(?![#=%])/;
const COMMENT = /<%#[\s\S]*?%>/g;

/** Whether a text has Ruby in it. */
export function hasErb(text: string): boolean {
  return text.includes('<%');
}

/** What stands in a value that is nothing but Ruby; null for any other value. */
export function erbIn(value: unknown): string | null {
  const found = typeof value === 'string' ? /^<%=([\s\S]*?)-?%>$/.exec(value.trim()) : null;
  return found === null ? null : (found[1] ?? '').trim();
}

/** The text without its Ruby, of the same lines and columns, and a way to put the Ruby back. */
export interface Masked {
  readonly text: string;
  readonly restore: (source: Source) => Source;
}

/** Puts Ruby aside; refuses statements, because what they do to the file only Ruby knows. */
export function maskErb(text: string): Masked | { readonly faults: readonly SourceFault[] } {
  const plain = text.replace(COMMENT, blank);
  const statement = STATEMENT.exec(plain);
  if (statement !== null) return { faults: [statementFault(plain, statement.index)] };
  const aside: string[] = [];
  const masked = plain.replace(EXPRESSION, (whole) => {
    const name = MARK + String.fromCharCode(FIRST + aside.push(whole) - 1);
    return name + blank(whole.slice(name.length));
  });
  const restore = (source: Source): Source => ({
    value: restoreIn(source.value, aside),
    position: (path, part) => source.position(path, part),
  });
  return { text: masked, restore };
}

/** Blanks of the same length in the same lines. */
function blank(whole: string): string {
  return whole.replace(/[^\n]/g, ' ');
}

function statementFault(text: string, offset: number): SourceFault {
  const before = text.slice(0, offset).split('\n');
  const message =
    'is Ruby that decides what the file says, which is not run here; import what erb makes of the file';
  return {
    line: before.length,
    column: (before.at(-1) ?? '').length + 1,
    code: 'not-supported',
    message,
  };
}

const PUT_ASIDE = new RegExp(`${MARK}(.)`, 'g');

function restoreIn(value: unknown, aside: readonly string[]): unknown {
  if (typeof value === 'string')
    return value.replace(
      PUT_ASIDE,
      (_, number: string) => aside[number.charCodeAt(0) - FIRST] ?? '',
    );
  if (isList(value)) return value.map((inner) => restoreIn(inner, aside));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, restoreIn(inner, aside)]),
  );
}
