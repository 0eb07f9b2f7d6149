/** The properties of a Spring document: nested maps, dotted keys and both mixed, by one uniform name. */
import { formatPath, isMap, type Path } from '../../path.ts';
import type { Configuration, Place } from '../configuration.ts';
import { relaxed } from '../found-pool.ts';
import { placeAt } from '../written.ts';

export interface Property {
  /** How Spring compares it: `spring.datasource.hikari.maximumpoolsize`. */
  readonly name: string;
  /** Its parts as they are written. */
  readonly parts: readonly string[];
  /** As messages call it: the key of a file, or the variable that sets it. */
  readonly key: string;
  readonly value: unknown;
  readonly place: Place;
}

/** All values of a document, each with its place; lists are values. */
export function propertiesOf(configuration: Configuration, document: number): Property[] {
  const { value } = configuration.documents[document] ?? {};
  const found: Property[] = [];
  const collect = (inner: unknown, path: Path): void => {
    if (isMap(inner) && Object.keys(inner).length > 0) {
      for (const [key, one] of Object.entries(inner)) collect(one, [...path, key]);
      return;
    }
    if (path.length > 0) found.push(propertyAt(configuration, path, document, inner));
  };
  collect(value, []);
  return found;
}

function propertyAt(
  configuration: Configuration,
  path: Path,
  document: number,
  value: unknown,
): Property {
  const parts = path.flatMap((step) => partsOf(String(step)));
  return {
    name: uniform(parts),
    parts,
    key: harmless(path, value),
    value,
    get place() {
      return placeAt(configuration, path, document);
    },
  };
}

/** Without what is no word, or has no value: by a slip in the file it may hold a password. */
function harmless(path: Path, value: unknown): string {
  const odd = path.findIndex((step) => !/^[\w.%[\]-]{1,200}$/.test(String(step)));
  if (odd >= 0) return formatPath([...path.slice(0, odd), '…'], null);
  const key = formatPath(path, null);
  return value === '' ? key.replace(/[^.]*$/, '…') : key;
}

/** `a.b[x.y].c` has the parts a, b[x.y] and c. */
export function partsOf(key: string): string[] {
  return key.match(/(?:\[[^\]]*\]|[^.[\]])+/g) ?? [key];
}

/** Case, dashes and underscores do not count. */
export function uniform(parts: readonly string[]): string {
  return parts.map(relaxed).join('.');
}

/** The part of a property below a name, as it is written; null when it does not stand below it. */
export function below({ name, parts }: Property, base: string): string | null {
  if (!name.startsWith(`${base}.`)) return null;
  return parts.slice(base.split('.').length).join('.');
}
