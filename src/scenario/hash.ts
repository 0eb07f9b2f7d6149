/** A fingerprint of plain data. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** SHA-256 (hex) of the data as JSON with sorted keys; an infinite number is the text `Infinity`. */
export function hashOf(data: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(data))));
}

/** JSON whose text depends on the data alone, not on the order in which keys were added. */
function canonicalJson(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
