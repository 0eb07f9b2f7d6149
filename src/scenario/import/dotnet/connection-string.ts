/**
 * A connection string of ADO.NET: `Host=db;Maximum Pool Size=50;Password="a;b"`, as
 * System.Data.Common.DbConnectionStringBuilder takes it apart.
 */

export interface Entry {
  readonly keyword: string;
  readonly value: string;
  /** Whether the value stands in quotes. */
  readonly quoted: boolean;
  /** Where the keyword and the value begin in the string, from 0. */
  readonly keywordAt: number;
  readonly valueAt: number;
}

export type ConnectionString =
  | { readonly ok: true; readonly entries: readonly Entry[] }
  | { readonly ok: false; readonly at: number; readonly message: string };

/** Keywords and values in their order. One without a value is not set and left out. */
export function parseConnectionString(text: string): ConnectionString {
  const entries: Entry[] = [];
  let at = beyond(text, 0, /[\s;]/);
  while (at < text.length) {
    const key = keywordFrom(text, at);
    if (key === null) return broken(at, 'is no keyword with = and a value');
    const valueAt = beyond(text, key.end, /\s/);
    const value = valueFrom(text, valueAt);
    if (value === null)
      return broken(valueAt, 'begins with a quote that is not closed before the ;');
    const { end, ...rest } = value;
    if (rest.value !== '') entries.push({ keyword: key.keyword, ...rest, keywordAt: at, valueAt });
    at = beyond(text, end, /[\s;]/);
  }
  return { ok: true, entries };
}

function broken(at: number, what: string): ConnectionString {
  return { ok: false, at, message: `${what}; a value with ; in it stands in quotes` };
}

/** The first place from here on at which no such character stands. */
function beyond(text: string, from: number, skipped: RegExp): number {
  let at = from;
  while (at < text.length && skipped.test(text[at] ?? '')) at++;
  return at;
}

/** Up to the =; two of them stand for one inside the keyword. */
function keywordFrom(text: string, from: number): { keyword: string; end: number } | null {
  let keyword = '';
  for (let at = from; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === ';') return null;
    if (char === '=' && text[at + 1] !== '=') {
      const name = keyword.trim();
      return name === '' ? null : { keyword: name, end: at + 1 };
    }
    if (char === '=') at++;
    keyword += char;
  }
  return null;
}

type Value = Pick<Entry, 'value' | 'quoted'> & { readonly end: number };

function valueFrom(text: string, from: number): Value | null {
  const quote = text[from];
  if (quote === '"' || quote === "'") return quotedFrom(text, from, quote);
  const semicolon = text.indexOf(';', from);
  const end = semicolon < 0 ? text.length : semicolon;
  return { value: text.slice(from, end).trim(), quoted: false, end };
}

/** Two quotes stand for one; after the last only blanks may come before the ;. */
function quotedFrom(text: string, from: number, quote: string): Value | null {
  let value = '';
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] !== quote) value += text[at] ?? '';
    else if (text[at + 1] === quote) value += text[at++] ?? '';
    else {
      const end = beyond(text, at + 1, /\s/);
      return end < text.length && text[end] !== ';' ? null : { value, quoted: true, end };
    }
  }
  return null;
}
