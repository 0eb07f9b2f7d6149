/** Where a path that somebody wrote leads in a document, and the document with something else there. */
import { didYouMean } from './near-miss.ts';
import { dottedKey, keyOfPool } from './pool-key.ts';
import {
  entry,
  formatPath,
  isList,
  isMap,
  parsePath,
  pathWord,
  valueAt,
  type Path,
} from './path.ts';
import { read, refuse, show, type Reading } from './reading.ts';

/** Keys of a request class: `requests.query` means the only class. */
const classKeys: readonly (string | number)[] = [
  'name',
  'weight',
  'query',
  'hold',
  'steps',
  'leak',
];

/** The name of a request class that has none. */
export const onlyClass = 'request';

/**
 * Finds the place of a path such as `requests.page.query.lognormal.mean`. Items of lists go by name or
 * `[i]`; the name of the only request class may be left out, and settings of a real pool go by any of
 * their names. Keys that do not exist yet are allowed in
 * maps (whether they are known is the schema's to say); items that do not exist are not.
 */
export function locate(document: unknown, text: string): Reading<Path> {
  const steps = parsePath(text);
  if (steps === null) {
    const hyphened = text.trim().replaceAll(/ +/g, '-');
    const meant = parsePath(hyphened) === null ? '' : `; did you mean ${hyphened}?`;
    return refuse('bad-path', `${show(text)} is no path such as service.pool.max${meant}`);
  }
  let path: Path = [];
  for (const [i, step] of steps.entries()) {
    const here = valueAt(document, path);
    if (here === undefined || here === null) {
      if (steps.slice(i).some((rest) => typeof rest === 'number')) return nothingAt(document, path);
      return read([...path, ...steps.slice(i)]);
    }
    const dotted = isPool(path) && isMap(here) ? dottedKey(here, steps.slice(i)) : null;
    if (dotted !== null) return read([...path, dotted]);
    const next = descend(document, path, here, step);
    if (!next.ok) return next;
    path = [...path, ...next.value];
  }
  return read(path);
}

/** The steps (none, one or two) that lead from a value to what `step` names in it. */
function descend(
  document: unknown,
  path: Path,
  here: unknown,
  step: string | number,
): Reading<Path> {
  if (isMap(here)) {
    if (path.at(-1) === 'requests' && isOnlyClass(here, step)) return read([]);
    if (typeof step !== 'string') return nothingAt(document, path);
    return read([isPool(path) ? keyOfPool(here, step) : step]);
  }
  const name = formatPath(path, document);
  if (!isList(here)) {
    return refuse('bad-path', `${name} is ${show(here)}; nothing in it is named ${step}`);
  }
  if (typeof step === 'string') return item(name, here, path.at(-1) === 'requests', step);
  if (step < here.length) return read([step]);
  return refuse('bad-path', `${name} has ${here.length} items; [${step}] is not one of them`);
}

/** The step to the item of a list that has this name; the only request class may be left out. */
function item(
  list: string,
  items: readonly unknown[],
  classes: boolean,
  name: string,
): Reading<Path> {
  const names = items.map((one, i) => {
    const own = entry(one, 'name');
    if (typeof own === 'string') return pathWord(own) ?? '';
    return classes && i === 0 ? onlyClass : '';
  });
  const index = names.indexOf(name);
  if (index >= 0) return read([index]);
  if (classes && items.length === 1 && classKeys.includes(name)) return read([0, name]);
  const known = names.filter((n) => n !== '');
  const all = known.length === 0 ? `[0] to [${items.length - 1}]` : known.join(', ');
  const near = didYouMean(name, known);
  const hint = near === '' ? `; there are: ${all}` : near;
  return refuse('bad-path', `${list} has no item named ${name}${hint}`);
}

/** Whether a pool's settings stand at a path. */
function isPool(path: Path): boolean {
  if (path.at(-1) !== 'pool') return false;
  if (path[0] === 'database') return path.length === 3 && path[1] === 'pooler';
  return path.length === 2 ? path[0] === 'service' : path.length === 3 && path[0] === 'services';
}

function isOnlyClass(requests: unknown, step: string | number): boolean {
  if (step === 0) return true;
  return !classKeys.includes(step) && step === (entry(requests, 'name') ?? onlyClass);
}

function nothingAt(document: unknown, path: Path): Reading<never> {
  return refuse('bad-path', `${formatPath(path, document)} is no list; [i] is for lists`);
}

/** A copy of the document with `value` at `path`; what lies beside the path is shared, not copied. */
export function withValue(document: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const items = isList(document) ? document : [];
    return items.map((item, i) => (i === step ? withValue(item, rest, value) : item));
  }
  const map = isMap(document) ? document : {};
  return { ...map, [step]: withValue(entry(map, step), rest, value) };
}
