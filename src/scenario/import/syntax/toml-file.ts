/** TOML, with the places of its keys, which the parser does not tell. */
import { parse, TomlError } from 'smol-toml';
import type { Source, SourceFault } from '../../yaml/yaml-source.ts';
import { positionIn, type Item } from './source-of.ts';

/** Deeper nobody nests tables. */
const maxDepth = 40;

/** The one document of a text, or its first mistake, without the words of the text. */
export function tomlDocuments(
  text: string,
): { readonly documents: readonly Source[] } | { readonly faults: readonly SourceFault[] } {
  try {
    const value = parse(text, { maxDepth, unsafeKeyBehaviour: 'keep' });
    const places = placesIn(text);
    return { documents: [{ value, position: (path) => positionIn(places, path) }] };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const { line, column } = error;
    const message = /^[^\n]*redefine/.test(error.message)
      ? 'is not valid TOML: a key or a table stands here twice'
      : 'is not valid TOML here';
    return { faults: [{ line, column, code: 'not-toml', message }] };
  }
}

type PlacedKey = Omit<Item, 'value'>;

const PART = String.raw`(?:[\w-]+|"(?:\\.|[^"\\])*"|'[^']*')`;
const DOTTED = String.raw`${PART}(?:\s*\.\s*${PART})*`;
const TABLE = new RegExp(String.raw`^\s*\[\[?\s*(${DOTTED})\s*\]`);
const KEY = new RegExp(String.raw`^\s*(${DOTTED})\s*=\s*`);

/** Where the value of each key stands that has a line of its own. */
function placesIn(text: string): PlacedKey[] {
  const places: PlacedKey[] = [];
  let table: readonly string[] = [];
  let closing: string | null = null;
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    if (closing !== null) {
      if (raw.includes(closing)) closing = null;
      continue;
    }
    const head = TABLE.exec(raw)?.[1];
    if (head !== undefined) {
      table = stepsOf(head);
      places.push({ path: table, line: i + 1, column: raw.indexOf('[') + 1 });
      continue;
    }
    const found = KEY.exec(raw);
    if (found === null) continue;
    const column = found[0].length + 1;
    places.push({ path: [...table, ...stepsOf(found[1] ?? '')], line: i + 1, column });
    closing = unclosed(raw.slice(found[0].length));
  }
  return places;
}

/** The quotes that end a text of several lines which begins here; null when it ends here, or none does. */
function unclosed(value: string): string | null {
  const quotes = /^(?:"""|''')/.exec(value)?.[0];
  return quotes === undefined || value.includes(quotes, 3) ? null : quotes;
}

function stepsOf(dotted: string): string[] {
  const parts = dotted.match(new RegExp(PART, 'g')) ?? [];
  return parts.map((part) => (/^["']/.test(part) ? part.slice(1, -1) : part));
}
