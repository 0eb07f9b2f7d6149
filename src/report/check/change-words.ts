/** What a pull request changes, in the names of the file that it changes: `maximum-pool-size 10 → 20`. */
import type { CheckedFile } from '../../experiment/check/answer.ts';
import type { DocumentChange } from '../../scenario/document-changes.ts';
import type { Place } from '../../scenario/import/configuration.ts';
import { entry, formatPath, isMap, valueAt, type Path } from '../../scenario/path.ts';
import { findProfile, settingNamed } from '../../scenario/profiles.ts';
import { valueWords } from '../verdict/change-words.ts';
import { oneLine, shorten } from '../text.ts';

/** A value longer than this is not quoted. */
const MOST_COLUMNS = 20;

export interface WrittenChange extends Pick<DocumentChange, 'path'> {
  /** `maximum-pool-size 10 → 20` */
  readonly words: string;
  /** Where it stands now; null: it is there no more. */
  readonly place: Place | null;
}

/** Settings of pools first, as those are what a pool is checked for. */
export function writtenChanges(file: CheckedFile): WrittenChange[] {
  const isPool = ({ path }: DocumentChange) => path.includes('pool');
  const sorted = [...file.changes.filter(isPool), ...file.changes.filter((one) => !isPool(one))];
  return sorted.map((change) => writtenChange(file, change));
}

function writtenChange({ now, before }: CheckedFile, change: DocumentChange): WrittenChange {
  const { path, after } = change;
  const side = after === undefined ? before : now;
  const document = side?.scenario.document;
  const { place, key } = side?.placeOf(path) ?? { place: null, key: null };
  const name = key === null ? nameOf(path, document) : (key.split('.').at(-1) ?? key);
  const standing = after === undefined ? null : place;
  if (isLong(change.before) || isLong(after))
    return { path, words: `${name} changed`, place: standing };
  const from = sideWords(change.before, path, before?.scenario.document);
  const to = sideWords(after, path, now.scenario.document);
  return { path, words: `${name} ${from} → ${to}`, place: standing };
}

function nameOf(path: Path, document: unknown): string {
  const last = path.at(-1);
  if (path.includes('pool') && typeof last === 'string') return last;
  return shorten(oneLine(formatPath(path, document)), 40);
}

function isLong(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** What is not written is what the product makes of it. */
function sideWords(value: unknown, path: Path, document: unknown): string {
  if (value !== undefined) return shorten(valueWords(value), MOST_COLUMNS);
  const usual = usualOf(path, document);
  return usual === null ? 'unset' : `${valueWords(usual)} (default)`;
}

function usualOf(path: Path, document: unknown): unknown {
  const pool = valueAt(document, path.slice(0, -1));
  const id = isMap(pool) ? entry(pool, 'profile') : undefined;
  const profile = typeof id === 'string' ? findProfile(id) : undefined;
  const setting = profile === undefined ? undefined : settingNamed(profile, String(path.at(-1)));
  const usual = setting?.default ?? null;
  return typeof usual === 'object' ? null : usual;
}
