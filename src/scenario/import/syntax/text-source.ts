/** A file that is one text, such as a connection string. */
import type { Position, Source } from '../../yaml/yaml-source.ts';

/** The text without the blanks around it, from where it begins. */
export function textSource(text: string): Source {
  const value = text.replace(/^\ufeff/, '').trim();
  const at = placesIn(text)(text.indexOf(value));
  return { value, position: () => at };
}

/** Where the characters of a text stand, by their offset. */
export function placesIn(text: string): (offset: number) => Position {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  return (offset) => {
    let line = 0;
    for (let beyond = starts.length; beyond - line > 1;) {
      const middle = Math.floor((line + beyond) / 2);
      if ((starts[middle] ?? 0) <= offset) line = middle;
      else beyond = middle;
    }
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}
