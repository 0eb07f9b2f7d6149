/** The parameters of a database's URL, `postgres://user:password@host/db?name=value`, and nothing else of it. */

interface UrlParameter {
  readonly name: string;
  readonly value: string;
}

/** What is wrong with a URL that cannot be taken apart. */
export const BAD_URL =
  'cannot be taken apart: its user or password has characters in it that a URL must escape, such as %23 for # and %3F for ?';

/** Schemes of databases behind a pool. */
const SCHEME =
  /^(?:postgres|postgresql|postgis|mysql|mysql2|mariadb|trilogy|cockroachdb)(?:\+\w+)?:\/\//;

const HOST = String.raw`(?:\[[^\]]*\]|[^\s@/?#:[\]]*)(?::(?:\d*|\$\{[^}]*\}))?`;
const WHOLE = new RegExp(
  String.raw`^[a-z][\w+.-]*://([^@/?#]*@)?${HOST}(?:,${HOST})*(?:/[^?#]*)?(?:\?([^#]*))?(?:#.*)?$`,
  'is',
);

/** Whether a text is the URL of a database. */
export function isDatabaseUrl(text: string): boolean {
  return SCHEME.test(text.trim());
}

/**
 * The parameters with their escapes undone; null when the URL cannot be taken apart for certain, because its
 * password has characters in it that must be escaped. A part of the password is never taken for a parameter.
 */
export function urlParameters(url: string): readonly UrlParameter[] | null {
  const text = url.trim();
  const found = WHOLE.exec(text);
  if (found === null) return text.includes('?') ? null : [];
  const [, user, query = ''] = found;
  if (user === undefined && query.includes('@')) return null;
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.includes('=') ? part.indexOf('=') : part.length;
      return { name: decoded(part.slice(0, at)), value: decoded(part.slice(at + 1)) };
    });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replace(/\+/g, ' '));
  } catch {
    return part;
  }
}
