/** Twelve significant digits: more than anybody reads, fewer than any two machines could differ in. */
export function rounded(x: number): number {
  if (!Number.isFinite(x)) throw new Error(`bug: ${String(x)} among the figures of a result`);
  return Number(x.toPrecision(12));
}

export function roundedOrNull(x: number | null): number | null {
  return x === null ? null : rounded(x);
}
