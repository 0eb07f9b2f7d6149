// Configuration files that somebody's editor, or a cat, has changed: each is read or refused, and no
// password comes out of it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everything } from './imported.ts';

const SECRET = 'pw7Qz';

const FILES: Readonly<Record<string, string>> = {
  'application.yml': `spring:
  profiles.active: prod
  datasource:
    url: "jdbc:postgresql://db/shop?password=${SECRET}"
    password: "${SECRET}"
    hikari: { maximum-pool-size: 20, connection-timeout: "\${WAIT:2000}" }
---
spring.config.activate.on-profile: prod & !dev
spring.r2dbc: { password: "${SECRET}", pool.max-idle-time: PT30S }
`,
  'application.properties': `spring.datasource.password=${SECRET}
spring.datasource.hikari.maximum-pool-size=\${POOL:10}
#---
spring.profiles=prod
spring.datasource.tomcat.max-wait=100
`,
  'hikari.properties': `dataSource.password=${SECRET}\nmaximumPoolSize=20\nidleTimeout 0\n`,
  'context.xml': `<Context><Resource name="jdbc/a" type="javax.sql.DataSource" password="${SECRET}" maxTotal="5" maxWaitMillis="-1"/></Context>`,
  'appsettings.json': `{ "ConnectionStrings": { "A": "Host=db;Password=${SECRET};Timeout=5", "B": "Server=db;PWD='${SECRET}';Max Pool Size=5" } }`,
  'db.txt': `Host=db;Password="${SECRET}";Maximum Pool Size=50;Timeout=3`,
};

/** Characters that mean something to one of the syntaxes. */
const PIECES = [
  '',
  '"',
  "'",
  ';',
  '=',
  ':',
  '\n',
  '\\',
  '\\u',
  '&',
  '<',
  '>',
  '${',
  '}',
  '{',
  '[',
  '#',
  '-',
  '0',
  '9e9',
  '\t',
  '---\n',
  '!',
  '\u0000',
];

const cases = process.env['TIDEMARK_NIGHTLY'] === '1' ? 3000 : 150;

/** Outside of the password itself, so that it can be told in what comes out. */
function changed(text: string, at: number, cut: number, piece: string): string {
  const from = Math.floor(at * text.length);
  const end = Math.min(from + cut, text.length);
  const isInside = (i: number): boolean => text.slice(Math.max(0, i - 4), i + 5).includes(SECRET);
  if (isInside(from) || isInside(end)) return text;
  return text.slice(0, from) + piece + text.slice(end);
}

describe.each(Object.keys(FILES))('%s, changed at random', (file) => {
  it('is read or refused without its password, and never crashes', () => {
    const change = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(12),
      fc.constantFrom(...PIECES),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const text = changes.reduce(
          (before, [at, cut, piece]) => changed(before, at, cut, piece),
          FILES[file] ?? '',
        );
        expect(everything({ [file]: text })).not.toContain(SECRET);
      }),
      { numRuns: cases },
    );
  });
});
