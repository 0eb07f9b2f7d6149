/** A mistake at a path of a document, before anybody knows which line of which file that is. */
import type { z } from 'zod';
import { isSame, type Path } from './path.ts';

export interface Problem {
  readonly path: Path;
  /** Whether the key or the value is wrong. */
  readonly part: 'key' | 'value';
  readonly code: string;
  readonly message: string;
}

/** A problem of a value. */
export function problem(path: Path, code: string, message: string): Problem {
  return { path, part: 'value', code, message };
}

/** Whether a problem is among those that are known: the same kind of mistake at the same place. */
export function isAmong(known: readonly Problem[], { path, code }: Problem): boolean {
  return known.some((other) => other.code === code && isSame(other.path, path));
}

/** Each mistake once, and not what merely follows from another. */
export function withoutRepeats(found: readonly Problem[]): Problem[] {
  const problems = withoutConsequences(found);
  return [...new Map(problems.map((p) => [JSON.stringify([p.path, p.message]), p])).values()];
}

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a document by a schema: the result in inner units, or every problem once. A schema is used a few
 * times in a process, and zod would compile it at once; that costs more than it gives.
 */
export function check<S extends z.ZodType>(schema: S, document: unknown): Checked<z.output<S>> {
  const result = schema.safeParse(document, { jitless: true });
  if (result.success) return { ok: true, value: result.data };
  const problems = result.error.issues.flatMap((issue) => problemsOf(issue, []));
  return { ok: false, problems: withoutRepeats(problems) };
}

type Issue = z.core.$ZodIssue;

function problemsOf(issue: Issue, above: Path): Problem[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'symbol' ? '' : step))];
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, i) => unknownKey([...path, key], messages[i] ?? 'unknown key'));
  }
  if (issue.code === 'invalid_union') {
    return meantBranch(issue.errors).flatMap((nested) => problemsOf(nested, path));
  }
  if (issue.code === 'invalid_key') {
    const message = issue.issues[0]?.message ?? issue.message;
    return [{ path, part: 'key', code: 'bad-name', message }];
  }
  return [problem(path, codeOf(issue), issue.message)];
}

function unknownKey(path: Path, message: string): Problem {
  if (message.startsWith('unknown key')) return { path, part: 'key', code: 'unknown-key', message };
  const code = message.startsWith('known,') ? 'not-supported-yet' : 'misplaced-key';
  return { path, part: 'key', code, message };
}

function codeOf(issue: Issue): string {
  if (issue.code === 'custom') return String(issue.params?.['code'] ?? 'invalid');
  if (issue.code === 'invalid_type')
    return issue.message === 'is missing' ? 'missing' : 'wrong-type';
  if (issue.code === 'too_big') return 'too-many';
  return issue.code === 'too_small' ? 'empty' : 'invalid';
}

/** Of the ways to write a value, the one that it was meant to be: the one that fits its shape. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const fitting = branches.filter((issues) => !issues.some(isWrongShape));
  const ownWords = branches.find((issues) => issues.some((issue) => issue.code === 'custom'));
  return fitting[0] ?? ownWords ?? branches[0] ?? [];
}

function isWrongShape(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  return codeOf(issue) === 'wrong-type';
}

/** A mistyped key is one mistake, not also the absence of the right one. */
function withoutConsequences(problems: readonly Problem[]): Problem[] {
  const keys = problems.filter(({ part }) => part === 'key');
  const mistyped = (parent: Path, meant: string | null): boolean =>
    keys.some(
      ({ path, message }) =>
        isSame(path.slice(0, -1), parent) &&
        (meant === null || message.includes(`did you mean ${meant}?`)),
    );
  return problems.filter(({ path, code }) => {
    if (code === 'missing-alternative') return !mistyped(path, null);
    if (code === 'missing') return !mistyped(path.slice(0, -1), String(path.at(-1)));
    return true;
  });
}
