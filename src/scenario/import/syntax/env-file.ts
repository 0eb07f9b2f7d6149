/** Environment files: `NAME=value` lines, quoted and commented as dotenv reads them. */
import type { Source, SourceFault } from '../../yaml/yaml-source.ts';
import { doubleItems, sourceOf, type Item } from './source-of.ts';

type Environment =
  | { readonly ok: true; readonly items: readonly Item[] }
  | { readonly ok: false; readonly faults: readonly SourceFault[] };

/** The variables of a text with their places, or what is wrong with it; never with a value. */
export function readEnvFile(text: string): Environment {
  const lines = new EnvLines(text);
  while (!lines.isOver) lines.take();
  const faults = [...lines.faults, ...doubleItems(lines.items)];
  return faults.length > 0 ? { ok: false, faults } : { ok: true, items: lines.items };
}

/** Such a text as a document with a key for each variable. */
export function envDocuments(
  text: string,
): { readonly documents: readonly Source[] } | { readonly faults: readonly SourceFault[] } {
  const read = readEnvFile(text);
  return read.ok ? { documents: [sourceOf(read.items)] } : { faults: read.faults };
}

/** Whether a text begins like an environment file. */
export function looksLikeEnvFile(text: string): boolean {
  const first = text.split(/\r?\n/).find((line) => line.trim() !== '' && !/^\s*#/.test(line));
  return first !== undefined && /^\s*(?:export\s+)?[A-Za-z_]\w*=/.test(first);
}

const NOTHING = /[ \t]*(?:#[^\n]*)?(?:\n|$)/y;
const NAME = /[ \t]*(?:export[ \t]+)?([\w.:-]+)[ \t]*=[ \t]*/y;
/** A value in quotes may go on over several lines; after it only a comment may follow. */
const QUOTED =
  /(?:'((?:\\'|[^'])*)'|"((?:\\"|[^"])*)"|`((?:\\`|[^`])*)`)[ \t]*(?:#[^\n]*)?(?:\n|$)/y;
/** Without quotes, # begins a comment wherever it stands. */
const PLAIN = /([^#\n]*)(?:#[^\n]*)?(?:\n|$)/y;

/** Takes one line, or several with one value, at a time. */
class EnvLines {
  readonly items: Item[] = [];
  readonly faults: SourceFault[] = [];
  private readonly text: string;
  private at = 0;
  private line = 1;

  constructor(text: string) {
    this.text = text.replace(/\r\n?/g, '\n');
  }

  get isOver(): boolean {
    return this.at >= this.text.length;
  }

  take(): void {
    const { line, at: start } = this;
    if (this.match(NOTHING) !== null) return;
    const name = this.match(NAME)?.[1];
    if (name === undefined) {
      const message = 'is no line of an environment file; NAME=value is needed';
      this.faults.push({ line, column: 1, code: 'not-env', message });
      this.match(/[^\n]*(?:\n|$)/y);
      return;
    }
    const column = this.at - start + 1;
    this.items.push({ path: [name], value: this.value(), line, column });
  }

  private value(): string {
    const [, single, double, back] = this.match(QUOTED) ?? [];
    if (double !== undefined) return double.replace(/\\n/g, '\n').replace(/\\r/g, '\r');
    return single ?? back ?? (this.match(PLAIN)?.[1] ?? '').trim();
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return null;
    this.at += found[0].length;
    this.line += found[0].split('\n').length - 1;
    return found;
  }
}
