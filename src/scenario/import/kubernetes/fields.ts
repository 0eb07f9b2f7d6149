/** The fields of a document, read one by one; what is wrong with them is collected. */
import type { Fault } from '../../fault.ts';
import { nearMiss } from '../../near-miss.ts';
import { formatPath, isMap, valueAt, type Path } from '../../path.ts';
import { refuse, show, showText, unquoted, type Reading } from '../../reading.ts';
import type { Configuration, Place } from '../configuration.ts';
import type { Findings, Found, LeftOut } from '../findings.ts';
import { faultAt } from '../found-pool.ts';
import type { Variables } from '../variables.ts';
import { placeAt } from '../written.ts';

const START = { line: 1, column: 1 };

/** Most of anything that is counted here. */
const MOST = 1e6;

export class Fields {
  readonly faults: Fault[] = [];
  readonly leftOut: LeftOut[] = [];
  private readonly configuration: Configuration;
  private readonly variables: Variables;

  constructor(configuration: Configuration, variables: Variables) {
    this.configuration = configuration;
    this.variables = variables;
  }

  /** What was left out and what is wrong, in the order of the file. */
  inOrder(): Pick<Findings, 'leftOut' | 'faults'> {
    const leftOut = [...this.leftOut].sort((a, b) => a.place.line - b.place.line);
    return { leftOut, faults: [...this.faults].sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
  }

  /** The fields of one of its documents. */
  at(document: number): DocumentFields {
    return new DocumentFields(this, this.configuration, this.variables, document);
  }
}

/** Fields of one document by their paths. */
export class DocumentFields {
  private readonly all: Fields;
  private readonly configuration: Configuration;
  private readonly variables: Variables;
  private readonly document: number;

  constructor(all: Fields, configuration: Configuration, variables: Variables, document: number) {
    this.all = all;
    this.configuration = configuration;
    this.variables = variables;
    this.document = document;
  }

  value(path: Path): unknown {
    return valueAt(this.configuration.documents[this.document]?.value, path);
  }

  found<T>(path: Path, value: T): Found<T> {
    const root = this.configuration.documents[this.document]?.value;
    const place = placeAt(this.configuration, path, this.document);
    return { value, key: formatPath(path, root), place };
  }

  /** What holds for a field that is not there. */
  byDefault<T>(path: Path, value: T): Found<T> {
    return { ...this.found(path, value), isDefault: true };
  }

  /** What `reader` makes of the field; undefined when it is not there, or is at fault. */
  read<T>(path: Path, reader: (value: unknown) => Reading<T>): Found<T> | undefined {
    const written = this.value(path);
    if (written === undefined) return undefined;
    const reading = this.filled(path, written, reader);
    if (reading.ok) return this.found(path, reading.value);
    this.refuse(path, reading.code, reading.message);
    return undefined;
  }

  /** A whole number from `least` on. */
  count(path: Path, least: number): Found<number> | undefined {
    return this.read(path, (value) => readCount(value, least));
  }

  refuse(path: Path, code: string, message: string): void {
    this.all.faults.push(faultAt(this.found(path, null), code, message));
  }

  leaveOut(path: Path, why: string): void {
    const { place } = this.found(path, null);
    this.all.leftOut.push({ key: this.harmlessKey(path), place, why });
  }

  /** Without a step that is no word or has no value: by a colon that is missing it may hold a password. */
  private harmlessKey(path: Path): string {
    const odd = path.findIndex((step) => !/^[\w./-]{1,200}$/.test(String(step)));
    const words = this.value(path) === null ? path.slice(0, -1) : path;
    const shown = odd >= 0 ? path.slice(0, odd) : words;
    return this.found(shown.length < path.length ? [...shown, '…'] : path, null).key;
  }

  /** Refuses keys of a map that are nearly one of those that it may have, and says which were meant. */
  refuseSlips(path: Path, known: readonly string[]): string[] {
    const map = this.value(path);
    const meant: string[] = [];
    if (!isMap(map)) return meant;
    for (const key of Object.keys(map)) {
      const near = known.includes(key) ? undefined : nearMiss(key, known);
      if (near === undefined || near in map) continue;
      meant.push(near);
      const at = { ...this.found([...path, key], null), place: this.keyPlace([...path, key]) };
      this.all.faults.push(faultAt(at, 'unknown-key', `unknown key; did you mean ${near}?`));
    }
    return meant;
  }

  private keyPlace(path: Path): Place {
    const { file, documents } = this.configuration;
    const { line, column } = documents[this.document]?.position(path, 'key') ?? START;
    return { file, line, column };
  }

  /** Placeholders are filled in, and may stand for numbers. */
  private filled<T>(
    path: Path,
    written: unknown,
    reader: (value: unknown) => Reading<T>,
  ): Reading<T> {
    if (typeof written !== 'string') return reader(written);
    if (written.includes('{{'))
      return refuse('template', 'is a template; give what becomes of it (helm template)');
    if (!written.includes('${')) return reader(written);
    const filled = this.variables.resolve(written, this.found(path, null).place);
    return filled.ok ? reader(unquoted(filled.value) ?? filled.value) : filled;
  }
}

function readCount(value: unknown, least: number): Reading<number> {
  const needed = `a whole number from ${least} to ${MOST} is needed`;
  if (value === null) return refuse('empty', `is empty; ${needed}`);
  if (typeof value !== 'number') {
    const meant = unquoted(value);
    const hint = typeof meant === 'number' ? `; write ${meant} without quotes` : '';
    return refuse('wrong-type', `${showText(value, 'is no number')}; ${needed}${hint}`);
  }
  if (!Number.isInteger(value))
    return refuse('not-whole', `${show(value)} is not whole; ${needed}`);
  if (value >= least && value <= MOST) return { ok: true, value };
  return refuse('out-of-range', `${value} is out of range; ${needed}`);
}
