/** The outcome of reading one value: the value in inner units, or what is wrong with it. */

export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** A value that was read. */
export function read<T>(value: T): Reading<T> {
  return { ok: true, value };
}

/** A value that cannot be read, and why. */
export function refuse(code: string, message: string): Reading<never> {
  return { ok: false, code, message };
}

/** A value as messages quote it: short, one line, never a whole map. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  // Numbers as they are, because JSON has no Infinity.
  const text = JSON.stringify(typeof value === 'string' ? value : `${value as number}`);
  const short = text.length > 60 ? `${text.slice(0, 56)}…"` : text;
  return /^"[\w.%:+<>=/-]+"$/.test(short) ? short.slice(1, -1) : short;
}
