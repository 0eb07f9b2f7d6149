// Mutations of text files that people write: words replaced by other words of files like it, by numbers
// and times of any size, characters flipped, lines gone, doubled and moved.

import fc from 'fast-check';

/** Values that are odd somewhere. */
const ODD = [
  ...['', '~', '[]', '{}', '[1]', '{ a: 1 }', '-1', '0', '1', '2.5', '1e400', '.nan', '-.inf'],
  ...['0x10', '007', '1_000', '9007199254740993', '"', "'", '*x', '&x', '!t', '%', '@', '|', '>'],
  ...['none', 'max', 'true', 'null', 'off', '0s', '5s', '1ns', '104d', '1h30m', '-3ms', '50%'],
  ...[
    '450/s',
    '__proto__',
    'constructor',
    'toString',
    '${X}',
    '${X:1}',
    '$(X)',
    'PT30S',
    '512Mi',
    '<%= 5 %>',
    '&lt;',
    '\\u0041',
    '<<',
    '---',
    '#',
    ':',
    '=',
  ],
];

/** How one text becomes another: plain data, so that a failure can be read. */
type Mutation =
  | { readonly kind: 'replace'; readonly word: number; readonly by: string }
  | { readonly kind: 'borrow'; readonly word: number; readonly from: number }
  | { readonly kind: 'swap'; readonly word: number; readonly from: number }
  | { readonly kind: 'scale'; readonly word: number; readonly by: number }
  | { readonly kind: 'flip'; readonly at: number; readonly by: string }
  | { readonly kind: 'drop'; readonly line: number }
  | { readonly kind: 'double'; readonly line: number }
  | { readonly kind: 'move'; readonly line: number; readonly to: number };

const any = fc.nat(1e6);

const unsound: readonly fc.Arbitrary<Mutation>[] = [
  fc.record({ kind: fc.constant('replace' as const), word: any, by: fc.constantFrom(...ODD) }),
  fc.record({
    kind: fc.constant('flip' as const),
    at: any,
    by: fc.string({ minLength: 1, maxLength: 1 }),
  }),
  fc.record({ kind: fc.constant('swap' as const), word: any, from: any }),
  fc.record({ kind: fc.constant('drop' as const), line: any }),
  fc.record({ kind: fc.constant('double' as const), line: any }),
  fc.record({ kind: fc.constant('move' as const), line: any, to: any }),
];

const scales = fc.constantFrom(0, 0.1, 0.5, 2, 3, 10, 1000, -1);

/** What leaves a text sound more often than not is drawn more often. */
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({ kind: fc.constant('scale' as const), word: any, by: scales }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('borrow' as const), word: any, from: any }),
  },
  ...unsound.map((arbitrary) => ({ weight: 1, arbitrary })),
);

export interface Mutated<T> {
  readonly base: T;
  readonly text: string;
}

/**
 * One of the bases with one to three mutations; words are borrowed from all of them. In lines with a word
 * that is `named` by the words beside it, such as a password, no name is swapped for another.
 */
export function mutatedOf<T extends { readonly text: string }>(
  bases: readonly T[],
  named: string | null = null,
): fc.Arbitrary<Mutated<T>> {
  const words = bases.flatMap(({ text }) => wordsOf(text).map((word) => word[0]));
  const names = words.filter((word) => !NUMBER.test(word) && !holds(word, named));
  return fc
    .record({
      which: fc.nat(bases.length - 1),
      mutations: fc.array(mutation, { minLength: 1, maxLength: 3 }),
    })
    .map(({ which, mutations }) => {
      const base = bases[which] as T;
      return {
        base,
        text: mutations.reduce((text, one) => apply(text, one, { words, names, named }), base.text),
      };
    });
}

function wordsOf(text: string): RegExpMatchArray[] {
  return [...text.matchAll(/[^\s{}[\],:="'<>;]+/g)];
}

interface Vocabulary {
  readonly words: readonly string[];
  readonly names: readonly string[];
  readonly named: string | null;
}

function holds(text: string, named: string | null): boolean {
  return named !== null && text.includes(named);
}

function apply(text: string, one: Mutation, { words, names, named }: Vocabulary): string {
  switch (one.kind) {
    case 'replace':
      return withWord(text, one.word, () => one.by);
    case 'borrow':
      return withWord(
        text,
        one.word,
        (word) => {
          const like = words.filter((other) => shapeOf(other) === shapeOf(word));
          return like[one.from % Math.max(1, like.length)] ?? word;
        },
        NUMBER,
      );
    case 'swap':
      return withWord(
        text,
        one.word,
        (word, line) => (holds(line, named) ? word : (names[one.from % names.length] ?? word)),
        NAME,
      );
    case 'scale':
      return withWord(
        text,
        one.word,
        (word) => word.replace(NUMBER, (n) => String(Number(n) * one.by)),
        NUMBER,
      );
    case 'flip': {
      const at = one.at % (text.length + 1);
      return text.slice(0, at) + one.by + text.slice(at + 1);
    }
    case 'drop':
    case 'double':
    case 'move':
      return withLine(text, one);
  }
}

const NUMBER = /\d+(?:\.\d+)?/;
const NAME = /^\D+$/;

/** `450/s` and `30/s` have the same one. */
function shapeOf(word: string): string {
  return NUMBER.test(word) ? word.replace(/\d+(?:\.\d+)?/g, '0') : 'word';
}

/** One of the words that look like `of`, replaced. */
function withWord(
  text: string,
  which: number,
  by: (word: string, line: string) => string,
  of = /./,
): string {
  const all = wordsOf(text).filter(([word]) => of.test(word));
  const match = all[which % Math.max(1, all.length)];
  if (match === undefined) return text;
  const start = match.index ?? 0;
  const line = `${text.slice(0, start).split('\n').at(-1)}${text.slice(start).split('\n')[0]}`;
  return text.slice(0, start) + by(match[0], line) + text.slice(start + match[0].length);
}

function withLine(text: string, one: Extract<Mutation, { line: number }>): string {
  const lines = text.split('\n');
  const at = one.line % lines.length;
  const line = lines[at] ?? '';
  if (one.kind === 'double') lines.splice(at, 0, line);
  else lines.splice(at, 1);
  if (one.kind === 'move') lines.splice(one.to % (lines.length + 1), 0, line);
  return lines.join('\n');
}
