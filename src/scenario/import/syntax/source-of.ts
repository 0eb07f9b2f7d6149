/** Keys and values with their lines → a source such as YAML gives, for syntaxes that have no tree of nodes. */
import { isMap, type Path } from '../../path.ts';
import { show } from '../../reading.ts';
import type { Position, Source, SourceFault } from '../../yaml/yaml-source.ts';

/** One key and its value; a later one at the same path takes the place of the earlier. */
export interface Item extends Position {
  /** Keys from the outermost: `['pgbouncer', 'pool_mode']`. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/** A document of these items; places are those of the items, or of the first inside a map. */
export function sourceOf(items: readonly Item[]): Source {
  const value: Record<string, unknown> = {};
  for (const { path, value: inner } of items) put(value, path, inner);
  return { value, position: (path) => positionIn(items, path) };
}

/** Keys that stand twice, as faults like those of YAML. */
export function doubleItems(items: readonly Item[]): SourceFault[] {
  const seen = new Map<string, Item>();
  return items.flatMap((item): SourceFault[] => {
    const key = JSON.stringify(item.path);
    const first = seen.get(key);
    seen.set(key, first ?? item);
    if (first === undefined) return [];
    const { line, column, path } = item;
    const message = `the key ${show(path.at(-1))} stands here twice, first in line ${first.line}`;
    return [{ line, column, code: 'duplicate-key', message }];
  });
}

function put(
  map: Record<string, unknown>,
  [key = '', ...rest]: readonly string[],
  value: unknown,
): void {
  if (rest.length === 0) {
    define(map, key, value);
    return;
  }
  const inner = Object.hasOwn(map, key) ? map[key] : undefined;
  if (!isMap(inner)) define(map, key, {});
  put(map[key] as Record<string, unknown>, rest, value);
}

/** A key may be called `__proto__`. */
function define(map: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Of the last item at the path; else of the first below it; else of what is around it. */
export function positionIn(items: readonly Omit<Item, 'value'>[], path: Path): Position {
  for (let length = path.length; length >= 0; length--) {
    const around = path.slice(0, length);
    const at = items.findLast((item) => isWithin(item.path, around) && item.path.length === length);
    const { line, column } = at ?? items.find((item) => isWithin(item.path, around)) ?? {};
    if (line !== undefined && column !== undefined) return { line, column };
  }
  return { line: 1, column: 1 };
}

function isWithin(path: readonly string[], around: Path): boolean {
  return around.every((step, i) => path[i] === step);
}
