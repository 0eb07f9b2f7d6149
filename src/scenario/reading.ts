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

/** A text that would be a number or a switch without its quotes: what it would be, otherwise null. */
export function unquoted(value: unknown): number | boolean | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return /^[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : null;
}

/** Such a text with its quotes, and that it is one; any other value as messages quote it, and `otherwise`. */
export function showText(value: unknown, otherwise: string): string {
  return unquoted(value) === null
    ? `${show(value)} ${otherwise}`
    : `${JSON.stringify(value)} is text`;
}

/** A value as messages quote it: short, one line, never a whole map. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  // As YAML writes it: who reads NaN would take it for a mistake of ours.
  if (Number.isNaN(value)) return '.nan';
  // Numbers as they are, because JSON has no Infinity.
  const text = JSON.stringify(typeof value === 'string' ? value : `${value as number}`);
  const short = text.length > 60 ? `${text.slice(0, 56)}…"` : text;
  return /^"[\w.%:+<>=/-]+"$/.test(short) ? short.slice(1, -1) : short;
}
