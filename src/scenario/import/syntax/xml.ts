/**
 * XML → elements with their attributes and the place of each. Only what is declared in XML itself is an
 * entity, so that nothing multiplies and nothing is fetched; texts between tags are not kept.
 */
import { SaxesParser } from 'saxes';
import type { PlainMap } from '../../path.ts';
import type { Position, Source, SourceFault } from '../../yaml/yaml-source.ts';
import { placesIn } from './text-source.ts';

type XmlReading =
  { readonly documents: readonly Source[] } | { readonly faults: readonly SourceFault[] };

/**
 * One document: attributes are texts under their names; elements are lists under their names in angle
 * brackets, so that both may have the same one: `{ '<Context>': [{ '<Resource>': [{ name: 'jdbc/shop' }] }] }`.
 */
export function readXml(text: string): XmlReading {
  const reader = new XmlReader(text);
  const fault = reader.read();
  return fault === null ? { documents: [reader.source()] } : { faults: [fault] };
}

const maxDepth = 40;

/** An element, and where it and its attributes stand. */
interface Element {
  readonly at: Position;
  readonly attributes: Map<string, { readonly value: string; readonly at: Position }>;
  readonly children: Map<string, Element[]>;
}

class XmlReader {
  private readonly text: string;
  private readonly placeOf: (offset: number) => Position;
  private readonly parser = new SaxesParser();
  private readonly root: Element = element({ line: 1, column: 1 });
  private readonly open: Element[] = [this.root];
  private fault: SourceFault | null = null;
  /** Up to where all is well. */
  private sound = 0;

  constructor(text: string) {
    this.text = text;
    this.placeOf = placesIn(text);
  }

  /** The first mistake in the text; null: there is none. */
  read(): SourceFault | null {
    const { parser } = this;
    parser.on('error', () => {
      const message = 'is not well-formed XML here; in a value & is written &amp;';
      this.refuse(this.brokenAt(), 'not-xml', message);
    });
    parser.on('comment', () => {
      this.sound = parser.position;
    });
    parser.on('opentagstart', ({ name }) => {
      this.sound = parser.position;
      this.enter(name);
    });
    parser.on('attribute', ({ name, value }) => {
      this.sound = parser.position;
      const at = this.placeOf(this.startOfValue(this.sound));
      this.open.at(-1)?.attributes.set(name, { value, at });
    });
    parser.on('closetag', () => this.open.pop());
    parser.write(this.text).close();
    return this.fault;
  }

  source(): Source {
    return { value: valueOf(this.root), position: (path) => positionIn(this.root, path) };
  }

  private enter(name: string): void {
    const at = this.placeOf(this.text.lastIndexOf('<', this.parser.position - 1));
    if (this.open.length > maxDepth)
      this.refuse(at, 'too-deep', `is nested more than ${maxDepth} deep`);
    const child = element(at);
    const { children } = this.open.at(-1) ?? this.root;
    const siblings = children.get(`<${name}>`);
    if (siblings === undefined) children.set(`<${name}>`, [child]);
    else siblings.push(child);
    this.open.push(child);
  }

  /** Where the value begins, with its quote, whose closing quote the parser has just read. */
  private startOfValue(end: number): number {
    const quote = this.text[end - 1] ?? '"';
    return this.text.lastIndexOf(quote, end - 2);
  }

  private refuse(at: Position, code: string, message: string): void {
    this.fault ??= { ...at, code, message };
  }

  /** Where the text is broken: the parser takes all up to the next ; for the name of an entity. */
  private brokenAt(): Position {
    const { position } = this.parser;
    const unknown = this.text.slice(this.sound, position);
    const ampersand = unknown.search(/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i);
    return this.placeOf(ampersand < 0 ? Math.max(position - 1, 0) : this.sound + ampersand);
  }
}

function element(at: Position): Element {
  return { at, attributes: new Map(), children: new Map() };
}

function valueOf({ attributes, children }: Element, depth = 0): PlainMap {
  const texts = [...attributes].map(([name, { value }]) => [name, value] as const);
  if (depth > maxDepth) return Object.fromEntries(texts);
  const elements = [...children].map(
    ([name, all]) => [name, all.map((child) => valueOf(child, depth + 1))] as const,
  );
  return Object.fromEntries<unknown>([...texts, ...elements]);
}

function positionIn(root: Element, path: readonly (string | number)[]): Position {
  let here = root;
  let all: readonly Element[] = [];
  for (const step of path) {
    const attribute = typeof step === 'string' ? here.attributes.get(step) : undefined;
    if (attribute !== undefined) return attribute.at;
    if (typeof step === 'string') all = here.children.get(step) ?? [];
    here = (typeof step === 'string' ? all[0] : all[step]) ?? here;
  }
  return here.at;
}
