// Answers as the command line that gives them, so that nobody has to type them twice.

import type { RawInitOptions } from './options.ts';

/** `tidemark init application.yml --rate 450/s --surge 'flash sale 1800/s'` */
export function asOptions(paths: readonly string[], raw: RawInitOptions): string {
  const options = Object.entries(raw).flatMap(([key, value]: [string, string | string[]]) =>
    [value].flat().flatMap((text) => [`--${hyphenated(key)}`, quoted(text)]),
  );
  return ['tidemark init', ...paths.map(quoted), ...options].join(' ');
}

/** `holdP50` → `hold-p50` */
function hyphenated(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function quoted(text: string): string {
  return /^[\w./:=,%-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
