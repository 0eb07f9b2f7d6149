/**
 * Amounts as Kubernetes writes them (k8s.io/apimachinery, resource.Quantity): `500m` processors, `512Mi`
 * bytes. Suffixes are decimal (k, M, G …) or binary (Ki, Mi, Gi …), and case counts.
 */
import { read, refuse, show, type Reading } from '../../reading.ts';

const SUFFIXES: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  ...{ k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 },
  ...{ Ki: 1024, Mi: 1_048_576, Gi: 1_073_741_824, Ti: 1_099_511_627_776 },
};

/** Processors. */
export function readCpu(value: unknown): Reading<number> {
  return readQuantity(value, 'processors such as 500m or 2', {});
}

/** Bytes. */
export function readMemory(value: unknown): Reading<number> {
  return readQuantity(value, 'an amount such as 512Mi or 2Gi', {
    ...{ kb: 'k', mb: 'M', gb: 'G', tb: 'T' },
    ...{ kib: 'Ki', mib: 'Mi', gib: 'Gi', tib: 'Ti', ki: 'Ki', mi: 'Mi', gi: 'Gi', ti: 'Ti' },
    ...{ g: 'G', t: 'T' },
  });
}

/** @param slips what people write for a suffix, in small letters */
function readQuantity(
  value: unknown,
  needed: string,
  slips: Readonly<Record<string, string>>,
): Reading<number> {
  if (value === null) return refuse('empty', `is empty; ${needed} is needed`);
  const isPlain = typeof value === 'number' || typeof value === 'string';
  const text = isPlain ? String(value).trim() : '';
  const [, digits, suffix = ''] = /^\+?(\d+(?:\.\d+)?)\s*([a-zA-Z]*)$/.exec(text) ?? [];
  if (digits === undefined) return refuse('wrong-type', `${show(value)} is not ${needed}`);
  const factor = Object.hasOwn(SUFFIXES, suffix) ? SUFFIXES[suffix] : undefined;
  if (factor !== undefined) {
    const amount = factor === 1e-3 ? Number(digits) / 1000 : Number(digits) * factor;
    return amount > 0 ? read(amount) : refuse('out-of-range', `${show(value)} is not above 0`);
  }
  const meant = slips[suffix.toLowerCase()];
  const hint = meant === undefined ? '' : `; did you mean ${digits}${meant}?`;
  return refuse('wrong-type', `${show(value)} is not ${needed}${hint}`);
}
