/** Keys as messages show them: where the sign behind `password` is missing, the password is part of its key. */

/** `password1` and `passwordSha1` are keys of products. */
const KNOWN = /^(?:[123]|sha1)$/i;

/** Without what stands right behind `password` in a key: `spring.datasource.password…`. */
export function maskedKey(key: string): string {
  return key.replace(/(password|passwd|pwd)([^.[\]]+)/gi, (whole, word: string, rest: string) =>
    KNOWN.test(rest) ? whole : `${word}…`,
  );
}
