/** A document of `--json`. */

/**
 * The document as text: indented by two spaces, each column of the series on one line, a line feed at the
 * end. A number that is none is a fault of ours.
 */
export function renderDocument(document: object): string {
  return `${write(document, { path: '', indent: '' })}\n`;
}

interface Place {
  readonly path: string;
  readonly indent: string;
}

function write(value: unknown, place: Place): string {
  if (Array.isArray(value)) return writeList(value, place);
  if (typeof value === 'object' && value !== null) return writeMap(value, place);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Error(`bug: ${String(value)} at ${place.path} of a result`);
  }
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new Error(`bug: ${typeof value} at ${place.path} of a result`);
  return text;
}

function writeMap(map: object, { path, indent }: Place): string {
  const inner = `${indent}  `;
  const entries = Object.entries(map).map(([key, value]: [string, unknown]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return `${inner}${JSON.stringify(key)}: ${write(value, { path: at, indent: inner })}`;
  });
  return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n${indent}}`;
}

function writeList(list: readonly unknown[], { path, indent }: Place): string {
  if (list.length === 0) return '[]';
  const isColumn = /(?:^|\.)series\./.test(path);
  const inner = `${indent}  `;
  const items = list.map((item, i) =>
    // Most of a result are columns of numbers, whose places nobody needs.
    Number.isFinite(item)
      ? String(item)
      : write(item, { path: `${path}[${String(i)}]`, indent: inner }),
  );
  if (isColumn) return `[${items.join(', ')}]`;
  return `[\n${items.map((item) => inner + item).join(',\n')}\n${indent}]`;
}
