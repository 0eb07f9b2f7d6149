/** Plain values → YAML text for people, and changes of a YAML text that leave its comments alone. */
import { Document, isMap, isScalar, isSeq, parseDocument, visit, type Node } from 'yaml';
import type { Path } from '../path.ts';

/** Lines of more columns are broken where that is possible. */
const WIDTH = 100;
/** A map or list whose text is no longer stands on one line. */
const SHORT = 90;

/** A document as somebody would write it: what is small stands on one line. `head`: lines of comment. */
export function writeYaml(value: unknown, head: readonly string[] = []): string {
  const document = new Document(value);
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

/** The text with the changes; comments and the order of keys stay. The text must be valid YAML. */
export function editYaml(text: string, edits: readonly Edit[]): string {
  const document = parseDocument(text, { keepSourceTokens: true });
  for (const { path, value } of edits) {
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, changed(document.getIn(path, true), value, document));
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** The node with another value: a scalar keeps its comment. */
function changed(before: unknown, value: unknown, document: Document): unknown {
  if (isScalar(before) && (typeof value !== 'object' || value === null)) {
    before.value = value;
    return before;
  }
  const node = document.createNode(value);
  flatten(node, 2);
  return node;
}

/** Puts maps and lists of scalars on one line if that is short; the outermost ones stay in lines. */
function flatten(node: Node | null, depth: number): void {
  visit(new Document(node), {
    Collection: (_key, collection, ancestors) => {
      const isSmall = isFlat(collection) && JSON.stringify(collection.toJSON()).length < SHORT;
      if (isSmall && depth + ancestors.length > 2) collection.flow = true;
    },
  });
}

function isFlat(node: unknown): boolean {
  if (isSeq(node)) return node.items.length > 0 && node.items.every((item) => isScalar(item));
  return isMap(node) && node.items.every(({ value }) => isScalar(value) || isFlat(value));
}
