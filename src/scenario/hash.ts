/** A fingerprint of plain data. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * SHA-256 (hex) of the data as JSON with sorted keys; an infinite number is the text `Infinity`, a column
 * of numbers (Float64Array) the hash of its bytes.
 */
export function hashOf(data: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(data))));
}

/** JSON whose text depends on the data alone, not on the order in which keys were added. */
function canonicalJson(data: unknown): string {
  // Each state of a timeline holds the same columns; their millions of numbers are hashed once.
  const columns = new Map<Float64Array, string>();
  return JSON.stringify(data, (_key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    if (value instanceof Float64Array) return hashOfColumn(value, columns);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** The bytes are in the machine's order, which is little-endian wherever Node is commonly run. */
function hashOfColumn(column: Float64Array, known: Map<Float64Array, string>): string {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  const hash = known.get(column) ?? `sha256:${bytesToHex(sha256(bytes))}`;
  known.set(column, hash);
  return hash;
}
