/** An input of a scenario, made larger: what one does to see whether an answer leans on it. */

/** Keys whose values are no amounts, or shape a distribution rather than scale it. */
const NOT_SCALED = new Set(['at', 'cv', 'name', 'weight', 'kind']);

/**
 * The value as in a file, every amount in it multiplied: `16.1ms` → `17.71ms`, `5%` → `5.5%`, 10 → 11.
 * Whole numbers stay whole (the next one up, if need be). null when there is no amount in it, or 0.
 */
export function enlarged(value: unknown, factor: number): unknown {
  if (typeof value === 'number') return enlargedNumber(value, factor);
  if (typeof value === 'string') return enlargedText(value, factor);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => enlarged(item, factor) ?? item);
    return JSON.stringify(items) === JSON.stringify(value) ? null : items;
  }
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value).map(([key, item]: [string, unknown]) => {
    return [key, NOT_SCALED.has(key) ? item : (enlarged(item, factor) ?? item)] as const;
  });
  const map = Object.fromEntries(entries);
  return JSON.stringify(map) === JSON.stringify(value) ? null : map;
}

function enlargedNumber(value: number, factor: number): number | null {
  if (value === 0) return null;
  const product = Number((value * factor).toPrecision(12));
  return Number.isInteger(value) ? Math.max(Math.round(product), value + 1) : product;
}

function enlargedText(text: string, factor: number): string | null {
  const match = /^(\d+(?:\.\d+)?)\s*(%|[a-zµ]+)$/.exec(text);
  if (match === null || Number(match[1]) === 0) return null;
  const amount = Number((Number(match[1]) * factor).toPrecision(12));
  return `${String(amount)}${match[2] as string}`;
}

/** By how much a whole number grew, which may be more than the factor; else the factor's part above 1. */
export function enlargedBy(value: unknown, factor: number): number {
  const larger = typeof value === 'number' ? enlargedNumber(value, factor) : null;
  return larger === null ? factor - 1 : larger / (value as number) - 1;
}
