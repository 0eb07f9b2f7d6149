/** PgBouncer's kind of .ini files: sections, `key = value` without quotes, comments on lines of their own. */
import type { Source, SourceFault } from '../../yaml/yaml-source.ts';
import { doubleItems, sourceOf, type Item } from './source-of.ts';

/** Under this key stand the files that a text includes, which are not read, by the number of the line. */
export const INCLUDES = '%include';

const SECTION = /^\s*\[([^\]]*)\]\s*$/;
const SETTING = /^\s*("(?:[^"]|"")*"|[^\s=;#[]+)\s*=\s*/;
const INCLUDE = /^\s*%include\s+/;

/** A key for each section, with a key for each setting, of which all values are text. */
export function iniDocuments(
  text: string,
): { readonly documents: readonly Source[] } | { readonly faults: readonly SourceFault[] } {
  const items: Item[] = [];
  const faults: SourceFault[] = [];
  let section: string | null = null;
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const line = i + 1;
    if (/^\s*(?:[;#].*)?$/.test(raw)) continue;
    const head = SECTION.exec(raw);
    if (head !== null) {
      section = (head[1] ?? '').trim();
      items.push({ path: [section], value: {}, line, column: raw.indexOf('[') + 1 });
    } else if (INCLUDE.test(raw)) {
      items.push({ path: [INCLUDES, `line ${line}`], value: '', line, column: 1 });
    } else {
      const setting = settingIn(raw, section, line);
      if ('value' in setting) items.push(setting);
      else faults.push(setting);
    }
  }
  faults.push(...doubleItems(items.filter(({ path }) => path.length > 1)));
  return faults.length > 0 ? { faults } : { documents: [sourceOf(items)] };
}

function settingIn(raw: string, section: string | null, line: number): Item | SourceFault {
  const found = SETTING.exec(raw);
  const place = { line, column: (found?.[0].length ?? 0) + 1, code: 'not-ini' };
  if (found === null)
    return { ...place, message: 'is no section, setting or comment; key = value is needed' };
  if (section === null)
    return { ...place, message: 'stands before the first section, such as [pgbouncer]' };
  const name = (found[1] ?? '').replace(/^"|"$/g, '').replace(/""/g, '"');
  const value = raw.slice(found[0].length).trim();
  return { path: [section, name], value, line, column: place.column };
}
