/** Paths into a document: dots, list items by name or `[i]`, as users write and read them. */

/** Keys of maps and indexes of lists, from the document's root. */
export type Path = readonly (string | number)[];

/** A map of plain values. */
export type PlainMap = Readonly<Record<string, unknown>>;

/** Whether a value is a map (not a list, not null). */
export function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a list. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** The value of a map's own key; undefined when the value is no map or has no such key. */
export function entry(value: unknown, key: string): unknown {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** What stands at a path; undefined when nothing does. */
export function valueAt(document: unknown, path: Path): unknown {
  let here = document;
  for (const step of path) {
    if (typeof step === 'string') here = entry(here, step);
    else here = isList(here) ? here[step] : undefined;
  }
  return here;
}

/** Whether two paths lead to the same place. */
export function isSame(a: Path, b: Path): boolean {
  return a.length === b.length && startsWith(a, b);
}

/** Whether `path` is `prefix` or lies below it. */
export function startsWith(path: Path, prefix: Path): boolean {
  return prefix.length <= path.length && prefix.every((step, i) => step === path[i]);
}

/** The path as users write it; items of lists by their `name` where they have one. */
export function formatPath(path: Path, document: unknown): string {
  let text = '';
  for (const [i, step] of path.entries()) {
    if (typeof step === 'string') text += text === '' ? step : `.${step}`;
    else text += itemName(valueAt(document, path.slice(0, i + 1)), step, path[i - 1]);
  }
  return text;
}

/** Only names of surges may hold blanks; any other that does is no name, and the item goes by its index. */
function itemName(item: unknown, index: number, list: string | number | undefined): string {
  const name = entry(item, 'name');
  const word = typeof name === 'string' ? pathWord(name) : null;
  return word === null || (word !== name && list !== 'surges') ? `[${index}]` : `.${word}`;
}

/** What stands for a name in paths: its blanks are hyphens; null: it has none, and goes by its index. */
export function pathWord(name: string): string | null {
  const word = name.trim().replace(/\s+/g, '-');
  return /^[\w-]+$/.test(word) ? word : null;
}

/** `a.b[0].c` → ['a', 'b', 0, 'c']; null when it is no path. */
export function parsePath(text: string): Path | null {
  if (!/^[\w-]+(\[\d{1,6}\])*(\.[\w-]+(\[\d{1,6}\])*)*$/.test(text)) return null;
  const steps = text.match(/\[\d+\]|[\w-]+/g) ?? [];
  return steps.map((step) => (step.startsWith('[') ? Number(step.slice(1, -1)) : step));
}
