/** Maps with known keys, and rules that look at several of them. */
import { z } from 'zod';
import { didYouMean, nearMiss } from './near-miss.ts';
import { entry, isMap, type PlainMap } from './path.ts';
import { show } from './reading.ts';

/** Words that are no keys of a map, and what to say to somebody who wrote one. */
interface OtherKeys {
  /** Keys of the map that lists of what is allowed leave out: other spellings of the same. */
  readonly hidden?: readonly string[];
  /** Known to the format, not supported by this version. */
  readonly later?: readonly string[];
  /** Other names for a key, as other products use them: name → our key. */
  readonly synonyms?: Readonly<Record<string, string>>;
  /** Keys that stand somewhere else: key → a sentence without its end. */
  readonly elsewhere?: Readonly<Record<string, string>>;
  /** Keys that are no misspelling and that nobody is to be led to: key → a sentence without its end. */
  readonly strange?: Readonly<Record<string, string>>;
}

/** A map with these keys and no others; its messages name the near miss, the synonym or the right place. */
export function keyed<S extends z.core.$ZodLooseShape>(shape: S, other: OtherKeys = {}) {
  const keys = Object.keys(shape);
  const { hidden = [] } = other;
  const shown = hidden.length === 0 ? keys : keys.filter((key) => !hidden.includes(key));
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) => unknownKey(key, { keys, shown }, other)).join('\n');
      }
      if (issue.input === undefined) return 'is missing';
      const needed = `a map is needed with the keys ${shown.join(', ')}`;
      if (issue.input === null) return `is empty; ${needed}`;
      return `${show(issue.input)} stands where ${needed}`;
    },
  });
}

/** Says what is wrong with a key. A message that begins with `known,` is no typo. */
function unknownKey(
  key: string,
  { keys, shown }: { readonly keys: readonly string[]; readonly shown: readonly string[] },
  other: OtherKeys,
): string {
  const { later = [], synonyms = {}, elsewhere = {} } = other;
  if (later.includes(key)) return 'known, not supported yet';
  const sentence = sentenceOn(key, other);
  if (sentence !== undefined) return sentence;
  const words = [...keys, ...Object.keys(synonyms), ...Object.keys(elsewhere), ...later];
  const near = nearMiss(key, words);
  if (near === undefined) return `unknown key; allowed: ${shown.join(', ')}`;
  if (Object.hasOwn(synonyms, near)) return `unknown key; did you mean ${synonyms[near] ?? ''}?`;
  if (near !== key && later.includes(near)) {
    return `unknown key; did you mean ${near}? (known, not supported yet)`;
  }
  return `unknown key${didYouMean(key, words)}`;
}

function sentenceOn(key: string, { elsewhere = {}, strange = {} }: OtherKeys): string | undefined {
  const words = [elsewhere, strange].find((some) => Object.hasOwn(some, key));
  return words?.[key];
}

/** Reports one mistake; `path` is relative to the map, the value or (when `key`) its key is meant. */
export type Report = (path: readonly (string | number)[], code: string, message: string) => void;

/**
 * Adds a rule over several values of a map or list. It runs whatever else is wrong, so that every
 * mistake is found at once: values that could not be read are undefined, and the rule passes over them.
 */
export function ruleOn<S extends z.ZodType>(
  schema: S,
  check: (value: unknown, report: Report) => void,
): S {
  return schema.superRefine(
    (value, context) => {
      check(value, (path, code, message) => {
        context.addIssue({ code: 'custom', path: [...path], message, params: { code } });
      });
    },
    { when: () => true },
  );
}

/** A rule over the values of a map. */
export function rule<S extends z.ZodType>(
  schema: S,
  check: (map: PlainMap, report: Report) => void,
): S {
  return ruleOn(schema, (value, report) => {
    if (isMap(value)) check(value, report);
  });
}

/** The names of a list's items must differ; `what` they are in the plural. */
export function uniqueNames(items: readonly unknown[], what: string, report: Report): void {
  const seen = new Set<string>();
  for (const [i, item] of items.entries()) {
    const name = entry(item, 'name');
    if (typeof name !== 'string') continue;
    if (seen.has(name)) report([i, 'name'], 'duplicate-name', `${name} is the name of two ${what}`);
    seen.add(name);
  }
}

/** Exactly one of these keys must be there. */
export function exactlyOne(map: PlainMap, keys: readonly string[], report: Report): void {
  const present = keys.filter((key) => key in map);
  if (present.length === 1) return;
  if (present.length === 0) {
    report([], 'missing-alternative', `one of these keys is needed: ${keys.join(', ')}`);
  } else {
    report([], 'too-many', `${present.join(' and ')} exclude each other; keep one`);
  }
}
