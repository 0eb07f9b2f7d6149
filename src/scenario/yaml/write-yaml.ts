/** Plain values → YAML text for people, and changes of a YAML text that leave its comments alone. */
import {
  Document,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  visit,
  type Node,
} from 'yaml';
import type { Path } from '../path.ts';

/** Lines of more columns are broken where that is possible; what fits stands on one line. */
const WIDTH = 80;

/** A document as somebody would write it: what is small stands on one line. `head`: lines of comment. */
export function writeYaml(value: unknown, head: readonly string[] = []): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  const { contents } = document;
  if (isMap(contents)) for (const pair of contents.items) flatten(pair.value as Node, 1);
  const text = document.toString({ lineWidth: WIDTH, flowCollectionPadding: true });
  return [...head.map((line) => `# ${line}`.trimEnd()), ''].join('\n') + text;
}

/** A change of a text: what stands at the path becomes the value; `undefined` takes it away. */
export interface Edit {
  readonly path: Path;
  readonly value: unknown;
}

/** The text with the changes; comments and the order of keys stay, JSON stays JSON. The text must be valid. */
export function editYaml(text: string, edits: readonly Edit[]): string {
  const document = parseDocument(text, { keepSourceTokens: true });
  for (const { path, value } of edits) {
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, changed(document.getIn(path, true), value, document));
  }
  if (isJson(text)) return `${JSON.stringify(document.toJS(), null, 2)}\n`;
  for (const { path } of edits) unfold(document, path);
  return document.toString({ lineWidth: 0, indent: indentOf(text), flowCollectionPadding: true });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The columns by which the text indents. */
function indentOf(text: string): number {
  const columns = /^( +)[\w"'-]/m.exec(text)?.[1]?.length ?? 2;
  return Math.min(columns, 8);
}

/** The node with another value: what stands there keeps its comments. */
function changed(before: unknown, value: unknown, document: Document): unknown {
  if (isScalar(before) && (typeof value !== 'object' || value === null)) {
    before.value = value;
    return before;
  }
  const node = document.createNode(value);
  flatten(node, 2);
  if (!isNode(before)) return node;
  const { comment, commentBefore, spaceBefore } = before;
  if (isCollection(before) && isCollection(node)) node.flow = before.flow === true;
  return Object.assign(node, { comment, commentBefore, spaceBefore });
}

/** Maps on one line that a change has made too long for it stand in lines. */
function unfold(document: Document, path: Path): void {
  for (const [i] of path.entries()) {
    const node = document.getIn(path.slice(0, i));
    if (!isCollection(node) || node.flow !== true) continue;
    if (i + flatLength(node) <= WIDTH) continue;
    node.flow = false;
    const comments = [node.commentBefore, node.comment].filter((one) => typeof one === 'string');
    Object.assign(node, { comment: null, commentBefore: comments.join('\n') || null });
  }
}

/** Puts maps and lists of scalars on one line if they fit; the outermost ones stay in lines. */
function flatten(node: Node | null, depth: number): void {
  visit(new Document(node), {
    Collection: (_key, collection, ancestors) => {
      const pair = ancestors.at(-1);
      const key = isPair(pair) ? `${String(pair.key)}: `.length : 0;
      const indent = ancestors.filter((one) => isCollection(one)).length * 2;
      const isSmall = isFlat(collection) && indent + key + flatLength(collection) < WIDTH;
      if (isSmall && depth + ancestors.length > 2) collection.flow = true;
    },
  });
}

/** About the columns that a map or list takes on one line. */
function flatLength(collection: { readonly toJSON: () => unknown }): number {
  const json = JSON.stringify(collection.toJSON());
  return json.replaceAll('"', '').length + (json.match(/[,:]/g) ?? []).length + 2;
}

function isFlat(node: unknown): boolean {
  if (isSeq(node)) return node.items.length > 0 && node.items.every((item) => isScalar(item));
  return isMap(node) && node.items.every(({ value }) => isScalar(value) || isFlat(value));
}
