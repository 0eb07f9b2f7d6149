/** Several values in a few characters: a range such as `5..50:5` or `1s..5s:1s`, or a list such as `[a, b]`. */
import { formatDuration, parseDuration } from './duration.ts';
import { read, refuse, show, type Reading } from './reading.ts';
import { readYaml } from './yaml/yaml-source.ts';

export interface Values {
  /** As a scenario file has them. */
  readonly values: readonly unknown[];
  /** Whether each is more than the one before. */
  readonly ascending: boolean;
}

/** More than this nobody looks at, or waits for. */
export const mostValues = 10_000;

const shape = 'write a range such as 5..50:5 or 1s..5s:1s, or a list such as [5, 10, 20]';

/**
 * The values of a range (both ends included, if the step meets the last one) or of a list.
 * Without a step, whole numbers go up by 1.
 */
export function readValues(text: string): Reading<Values> {
  if (text === '') return refuse('empty', `is empty; ${shape}`);
  if (text.startsWith('[')) return readList(text);
  const range = /^(.*?)\.\.([^:]*)(?::(.*))?$/.exec(text);
  if (range !== null) return readRange(range[1] ?? '', range[2] ?? '', range[3]);
  if (/,/.test(text)) {
    return refuse('no-list', `${text} has no brackets; a list is written [${text}]`);
  }
  return refuse('one-value', `${text} is one value; ${shape}`);
}

function readList(text: string): Reading<Values> {
  const yaml = readYaml(text);
  if (!yaml.ok) return refuse('bad-list', `the list ${yaml.faults[0]?.message ?? ''}`);
  const values = yaml.source.value;
  if (!Array.isArray(values)) return refuse('bad-list', `${show(text)} is no list`);
  if (values.length === 0) return refuse('empty', 'the list is empty');
  if (values.length > mostValues) return refuse('too-many', tooMany(values.length));
  const seen = new Set<string>();
  for (const value of values) {
    const said = JSON.stringify(value);
    if (seen.has(said)) return refuse('too-many', `${said} stands in the list twice`);
    seen.add(said);
  }
  return read({ values, ascending: isAscending(values) });
}

function isAscending(values: readonly unknown[]): boolean {
  const sizes = values.map((value) => quantityOf(String(value)));
  return sizes.every((size, i) => {
    const before = sizes[i - 1];
    if (size === null) return false;
    return (
      before === undefined || (before?.unit === size.unit && toNumber(before) < toNumber(size))
    );
  });
}

/** What stands behind a number: nothing, or the unit of a rate or share. */
const suffixes = ['', '%', '/s', '/min', '/h'] as const;
type Suffix = (typeof suffixes)[number];

/** What a range counts in: exact, as a whole number of units of the last digit after the point. */
interface Quantity {
  readonly unit: 'time' | Suffix;
  readonly digits: bigint;
  readonly places: number;
}

function readRange(from: string, to: string, step: string | undefined): Reading<Values> {
  const texts = [from, to, ...(step === undefined ? [] : [step])];
  const quantities: Quantity[] = [];
  for (const text of texts) {
    const quantity = quantityOf(text);
    if (quantity === null) return refuse('bad-range', noQuantity(text));
    quantities.push(quantity);
  }
  const [first, last, given] = quantities as [Quantity, Quantity, Quantity?];
  const units = new Set(quantities.map(({ unit }) => unit));
  if (units.size > 1) {
    return refuse('mixed-units', `${listOf(texts)} are not of one kind; ${shape}`);
  }
  const by = given ?? usualStep(first, last);
  if (by === null) {
    const example = `${from}..${to}:${stepLike(from, first)}`;
    return refuse('no-step', `a step is needed, as in ${example}`);
  }
  return steps(first, last, by, [from, to]);
}

function stepLike(from: string, { unit }: Quantity): string {
  if (unit === 'time') return from;
  return unit === '' ? '0.1' : `1${unit}`;
}

function steps(
  first: Quantity,
  last: Quantity,
  by: Quantity,
  [from, to]: [string, string],
): Reading<Values> {
  const places = Math.max(first.places, last.places, by.places);
  const scaled = ({ digits, places: own }: Quantity) =>
    BigInt(`${digits}${'0'.repeat(places - own)}`);
  const [start, end, step] = [scaled(first), scaled(last), scaled(by)];
  if (step <= 0n) return refuse('bad-step', 'the step must be above 0');
  if (end < start) return refuse('empty', `${to} is below ${from}; write the smaller end first`);
  const count = Number((end - start) / step) + 1;
  if (count > mostValues) return refuse('too-many', tooMany(count));
  const values = Array.from({ length: count }, (_, i) =>
    written({ unit: first.unit, digits: start + BigInt(i) * step, places }),
  );
  return read({ values, ascending: true });
}

function usualStep(first: Quantity, last: Quantity): Quantity | null {
  const isWhole = first.unit === '' && first.places === 0 && last.places === 0;
  return isWhole ? { ...first, digits: 1n } : null;
}

/** `5`, `-0.25`, `40%`, `450/s`, `1h30m`; null: none of them. */
function quantityOf(text: string): Quantity | null {
  const number = /^(-?\d{1,15})(?:\.(\d{1,6}))?(%|\/s|\/min|\/h)?$/.exec(text.trim());
  if (number !== null) {
    const [, whole = '', fraction = '', suffix = ''] = number;
    const unit = suffixes.find((one) => one === suffix) ?? '';
    return { unit, digits: BigInt(whole + fraction), places: fraction.length };
  }
  const duration = parseDuration(text.trim());
  return duration.ok ? { unit: 'time', digits: BigInt(duration.value), places: 0 } : null;
}

/** A value as a scenario file has it. */
function written({ unit, digits, places }: Quantity): unknown {
  if (unit === 'time') return formatDuration(Number(digits));
  const number = toNumber({ unit, digits, places });
  return unit === '' ? number : `${number}${unit}`;
}

/** The nearest double, without the dust of a multiplication. */
function toNumber({ digits, places }: Quantity): number {
  return Number(`${digits}e-${places}`);
}

function noQuantity(text: string): string {
  if (text.trim() === '') return `something is missing; ${shape}`;
  return `${show(text)} is no number, percentage or duration, nor a rate such as 450/s; ${shape}`;
}

function tooMany(count: number): string {
  return `these are ${count} values; at most ${mostValues} can be`;
}

function listOf(texts: readonly string[]): string {
  return `${texts.slice(0, -1).join(', ')} and ${texts.at(-1) ?? ''}`;
}
