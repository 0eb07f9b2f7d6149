/**
 * Placeholders in configuration files and what they stand for. `${NAME}`, `${NAME:default}` as Spring
 * writes them and `${NAME:-default}` as shells do; one may stand inside the default of another.
 */
import { didYouMean } from '../near-miss.ts';
import { read, refuse, type Reading } from '../reading.ts';
import type { Place } from './configuration.ts';

/** Where values of variables come from, the first that has one wins. */
export interface VariableLayer {
  /** As reports call it: `--set`, `prod.env`, `deployment.yaml`. */
  readonly from: string;
  readonly values: ReadonlyMap<string, string>;
  /** Where they stand, if that is known. */
  readonly places?: ReadonlyMap<string, Place>;
  /** Values hold placeholders themselves, as those of a configuration file do. */
  readonly nested?: boolean;
}

/** A placeholder that was filled in. */
export interface Filled {
  readonly name: string;
  /** `…` where the name is that of a secret. */
  readonly value: string;
  /** `--set`, a file, or `its default`. */
  readonly from: string;
  readonly place: Place;
}

interface FoundVariable {
  readonly value: string;
  readonly from: string;
  readonly place?: Place;
  readonly nested: boolean;
}

/** Whether a variable, or a text with placeholders, is likely to stand for a secret by its name. */
export function isSecret(name: string): boolean {
  return /pass(?!ive)|pwd|secret|token|credential|api_?key|private_?key/i.test(name);
}

/** Placeholders inside placeholders: deeper ones nobody writes. */
const DEEPEST = 10;

export class Variables {
  /** What was filled in so far, in the order in which it was asked for. */
  readonly filled: Filled[];
  /** Names that somebody asked for, whether they have a value or not. */
  readonly asked: Set<string>;
  private readonly layers: readonly VariableLayer[];

  constructor(
    layers: readonly VariableLayer[],
    filled: Filled[] = [],
    asked: Set<string> = new Set<string>(),
  ) {
    this.layers = layers;
    this.filled = filled;
    this.asked = asked;
  }

  /** These, and below them what else one file knows; what is filled in goes on the same record. */
  above(...layers: readonly VariableLayer[]): Variables {
    return new Variables([...this.layers, ...layers], this.filled, this.asked);
  }

  /** The value of a variable, where it comes from, and where it stands if that is known. */
  find(name: string): FoundVariable | undefined {
    this.asked.add(name);
    for (const { from, values, places, nested = false } of this.layers) {
      const value = values.get(name);
      const place = places?.get(name);
      if (value !== undefined)
        return { value, from, nested, ...(place === undefined ? {} : { place }) };
    }
    return undefined;
  }

  /** All names that have a value. */
  names(): string[] {
    return [...new Set(this.layers.flatMap(({ values }) => [...values.keys()]))];
  }

  /** A variable for the record of what was filled in; its default when nobody sets it. */
  fill(name: string, fallback: string | null, place: Place): Reading<string> {
    const { value = fallback, from = 'its default' } = this.find(name) ?? {};
    if (value === null) return refuse('unresolved', this.missing(name));
    this.note({ name, value, from, place });
    return read(value);
  }

  /** A text with all its placeholders filled in. */
  resolve(text: string, place: Place): Reading<string> {
    return this.resolveDeep(text, place, 0);
  }

  private resolveDeep(text: string, place: Place, depth: number): Reading<string> {
    const start = text.indexOf('${');
    if (start < 0) return read(text);
    const end = closing(text, start + 2);
    if (end < 0) return refuse('unresolved', 'a placeholder is not closed; } is missing');
    if (depth >= DEEPEST)
      return refuse('unresolved', `placeholders stand inside each other more than ${DEEPEST} deep`);
    const filled = this.placeholder(text.slice(start + 2, end), place, depth);
    if (!filled.ok) return filled;
    const rest = this.resolveDeep(text.slice(end + 1), place, depth);
    return rest.ok ? read(text.slice(0, start) + filled.value + rest.value) : rest;
  }

  private placeholder(inside: string, place: Place, depth: number): Reading<string> {
    const [, name = '', fallback] = /^\s*([\w.-]+?)\s*(?::-?([\s\S]*))?$/.exec(inside) ?? [];
    if (name === '')
      return refuse('unresolved', 'a placeholder has no name; write ${NAME} or ${NAME:default}');
    const found = this.find(name);
    if (found?.nested === true) return this.fillNested(name, found, place, depth);
    if (found !== undefined || fallback === undefined) return this.fill(name, null, place);
    const value = this.resolveDeep(fallback, place, depth + 1);
    return value.ok ? this.fill(name, value.value, place) : value;
  }

  private fillNested(
    name: string,
    { value, from }: FoundVariable,
    place: Place,
    depth: number,
  ): Reading<string> {
    const resolved = this.resolveDeep(value, place, depth + 1);
    if (resolved.ok) this.note({ name, value: resolved.value, from, place });
    return resolved;
  }

  /** Once, however often one place is read: several maps of YAML may take it over. */
  private note(found: Filled): void {
    const one = isSecret(found.name) ? { ...found, value: '…' } : found;
    const isIt = ({ name, place: { file, line, column } }: Filled): boolean =>
      name === one.name &&
      file === one.place.file &&
      line === one.place.line &&
      column === one.place.column;
    if (!this.filled.some(isIt)) this.filled.push(one);
  }

  private missing(name: string): string {
    return `\${${name}} has no value and no default; give one with --set ${name}=… or --env-file${didYouMean(name, this.names())}`;
  }
}

/** Where the placeholder ends whose inside begins at `from`; −1 when it does not. */
function closing(text: string, from: number): number {
  let open = 1;
  for (let i = from; i < text.length; i++) {
    if (text.startsWith('${', i)) open++;
    else if (text[i] === '}' && --open === 0) return i;
  }
  return -1;
}
