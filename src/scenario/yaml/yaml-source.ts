/**
 * YAML text → plain values, with the line and column of each of them. Refuses what would hang or fill
 * the memory (size, depth, aliases that multiply) before it does.
 */
import {
  Composer,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  type CST,
  type Document,
  type Node,
  type Scalar,
  type ScalarTag,
  type YAMLMap,
} from 'yaml';
import type { Path } from '../path.ts';
import { show } from '../reading.ts';

/** From 1, as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A mistake in the text itself. */
export interface SourceFault extends Position {
  readonly code: string;
  readonly message: string;
}

/** A document that was read. */
export interface Source {
  /** Maps, lists, strings, numbers, booleans, null. */
  readonly value: unknown;
  /** Where the key or the value at a path stands; of the nearest map or list around it if it has none. */
  position(path: Path, part: 'key' | 'value'): Position;
}

type SourceReading =
  | { readonly ok: true; readonly source: Source }
  | { readonly ok: false; readonly faults: readonly SourceFault[] };

type SourcesReading =
  | { readonly ok: true; readonly sources: readonly Source[] }
  | { readonly ok: false; readonly faults: readonly SourceFault[] };

/** Longest text that is read. A scenario has a few thousand characters. */
export const maxTextLength = 256 * 1024;
const maxDepth = 40;
const maxValues = 50_000;

/** Reads one YAML document (JSON is one too), or says everything that is wrong with the text. */
export function readYaml(text: string): SourceReading {
  const read = readYamlDocuments(text);
  if (!read.ok) return read;
  const [source, second] = read.sources;
  if (second !== undefined) {
    const { line, column } = second.position([], 'value');
    const message = 'a second document begins; one is allowed';
    return { ok: false, faults: [{ line, column, code: 'not-yaml', message }] };
  }
  if (source === undefined) throw new Error('bug: a text without a document');
  return { ok: true, source };
}

/**
 * Reads the documents of a YAML text that may have several; an empty one has none.
 * @param numbers `older`: as YAML 1.1 has them, which others still read: 30_000 is 30000
 */
export function readYamlDocuments(
  text: string,
  numbers: 'usual' | 'older' = 'usual',
): SourcesReading {
  const unreadable = refuseText(text);
  if (unreadable !== null) return { ok: false, faults: [unreadable] };
  const lines = linesOf(text);
  const faultAt = (offset: number, code: string, message: string): SourceFault => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), code, message };
  };
  const tokens = [...new Parser().parse(text)];
  if (isTooDeep(tokens)) {
    return { ok: false, faults: [faultAt(0, 'too-deep', `is nested more than ${maxDepth} deep`)] };
  }
  const composer = new Composer({
    uniqueKeys: false,
    prettyErrors: false,
    customTags: (tags) => (numbers === 'usual' ? tags : [...tags, underscored]),
  });
  const documents = [...composer.compose(tokens, true, text.length)] as Document.Parsed[];
  const faults = documents
    .flatMap((d) => [...d.errors, ...d.warnings])
    .filter((e, i) => i === 0 || !isStray(e.message))
    .map((e) => faultAt(e.pos[0], 'not-yaml', `is not valid YAML: ${firstLine(e.message)}`));
  if (faults.length > 0) return { ok: false, faults };
  const trees = documents.map((document) => {
    const tree = new TreeReader(faultAt);
    return { root: tree.read(document.contents, 0), faults: tree.faults };
  });
  const inside = trees.flatMap((tree) => tree.faults);
  if (inside.length > 0) return { ok: false, faults: inside };
  return { ok: true, sources: trees.map(({ root }) => new LocatedValue(root, lines)) };
}

/** Whole numbers with underscores between their digits. */
const underscored: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?[1-9]\d*(?:_\d+)+$/,
  resolve: (text) => Number(text.replaceAll('_', '')),
};

/** Where its lines begin. The parser itself misses those within words that it has no place for. */
function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
  return lines;
}

/** After a map has ended too early, the parser has no place for any word of the rest. */
function isStray(message: string): boolean {
  return message.includes(' in YAML stream');
}

function firstLine(message: string): string {
  const line = (message.split('\n')[0] ?? '').replace(/[.:]+$/, '');
  return line.length <= 120 ? line : `${line.slice(0, 119)}…`;
}

/** Why a text cannot be read: too long, or not text at all. `what` it should be: `a scenario`. */
export function refuseText(text: string, what = 'a scenario'): SourceFault | null {
  if (text.length > maxTextLength) {
    const message = `is ${text.length} characters long; ${what} has at most ${maxTextLength}`;
    return { line: 1, column: 1, code: 'too-long', message };
  }
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/.exec(text);
  if (control === null) return null;
  const before = text.slice(0, control.index).split('\n');
  const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return {
    line: before.length,
    column: (before.at(-1) ?? '').length + 1,
    code: 'not-text',
    message: `is not a text file: it contains the character U+${code}`,
  };
}

/** Walks the tokens without recursion, because the composer after it recurses. */
function isTooDeep(tokens: readonly CST.Token[]): boolean {
  const open: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const { token, depth } = top;
    if (depth > maxDepth) return true;
    if (token.type === 'document' && token.value) open.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key) open.push({ token: key, depth: depth + 1 });
      if (value) open.push({ token: value, depth: depth + 1 });
    }
  }
  return false;
}

/** A value, where it and its key stand, and what is in it. */
interface Located {
  readonly value: unknown;
  readonly keyOffset: number | null;
  readonly offset: number;
  readonly children: ReadonlyMap<string | number, Located>;
}

type Content = Pick<Located, 'value' | 'children'>;

/** A value with nothing in it. */
function plain(value: unknown): Content {
  return { value, children: new Map() };
}

/** YAML nodes → located plain values; collects duplicate keys and whatever else has no plain value. */
class TreeReader {
  readonly faults: SourceFault[] = [];
  private readonly anchors = new Map<string, Node>();
  private readonly faultAt: (offset: number, code: string, message: string) => SourceFault;
  private values = 0;

  constructor(faultAt: (offset: number, code: string, message: string) => SourceFault) {
    this.faultAt = faultAt;
  }

  /** What a node holds; `keyOffset` is where its key stands, if it has one. */
  read(node: Node | null, depth: number, keyOffset: number | null = null): Located {
    const offset = node?.range?.[0] ?? keyOffset ?? 0;
    if (node === null || this.isTooMuch(offset, depth))
      return { keyOffset, offset, ...plain(null) };
    return { ...this.content(node, offset, depth), keyOffset, offset };
  }

  private content(node: Node, offset: number, depth: number): Content {
    if (isAlias(node)) return this.readAlias(node.source, offset, depth);
    if (isScalar(node) || isCollection(node)) {
      if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    }
    if (isScalar(node)) return plain(node.value);
    return isMap(node) ? this.readMap(node, depth) : this.readItems(node, depth);
  }

  /** Counts a value, and says once when there are too many. */
  private isTooMuch(offset: number, depth: number): boolean {
    if (++this.values <= maxValues && depth <= maxDepth) return false;
    if (this.faults.at(-1)?.code !== 'too-many-values') {
      const message = `holds more than ${maxValues} values, or aliases that multiply without end`;
      this.faults.push(this.faultAt(offset, 'too-many-values', message));
    }
    return true;
  }

  private readAlias(name: string, offset: number, depth: number): Content {
    const target = this.anchors.get(name);
    if (target !== undefined) return this.read(target, depth + 1);
    this.faults.push(
      this.faultAt(offset, 'not-yaml', `*${name} refers to no anchor &${name} above`),
    );
    return this.read(null, depth);
  }

  private readItems(node: Node, depth: number): Content {
    const nodes = isSeq(node) ? (node.items as (Node | null)[]) : [];
    const items = nodes.map((item) => this.read(item, depth + 1));
    return { value: items.map(({ value }) => value), children: new Map(items.entries()) };
  }

  private readMap(node: YAMLMap, depth: number): Content {
    const children = new Map<string, Located>();
    for (const { key, value } of node.items as { key: Node | null; value: Node | null }[]) {
      const offset = key?.range?.[0] ?? node.range?.[0] ?? 0;
      if (!isScalar(key)) {
        this.faults.push(this.faultAt(offset, 'not-yaml', 'a key must be a plain word'));
        continue;
      }
      const name = nameOf(key);
      if (children.has(name)) {
        const message = `the key ${show(name)} stands here twice`;
        this.faults.push(this.faultAt(offset, 'duplicate-key', message));
        continue;
      }
      children.set(name, this.read(value, depth + 1, offset));
    }
    const values = [...children].map(([key, { value }]) => [key, value]);
    return { value: Object.fromEntries(values), children };
  }
}

/** A key as it is written: `.nan` and `0x10` are names, not the numbers that they would be as values. */
function nameOf({ value, source }: Scalar): string {
  return typeof value === 'string' ? value : source || String(value);
}

class LocatedValue implements Source {
  private readonly root: Located;
  private readonly lines: LineCounter;

  constructor(root: Located, lines: LineCounter) {
    this.root = root;
    this.lines = lines;
  }

  get value(): unknown {
    return this.root.value;
  }

  position(path: Path, part: 'key' | 'value'): Position {
    let here = this.root;
    let whole = true;
    for (const step of path) {
      const child = here.children.get(step);
      if (child === undefined) {
        whole = false;
        break;
      }
      here = child;
    }
    const wantsKey = (part === 'key' || !whole) && here.keyOffset !== null;
    const { line, col } = this.lines.linePos(wantsKey ? (here.keyOffset ?? 0) : here.offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}
