import { describe, expect, it } from 'vitest';
import { syntaxOf } from '../../../src/scenario/import/syntax/syntax-of.ts';
import { importFaults, poolsOf } from './importing.ts';

describe('a file whose name says nothing', () => {
  it.each([
    ['xml', '\n<Context/>'],
    ['json', '// ours\n{ "max": 3 }'.slice(8)],
    ['ini', ';; ours\n[databases]\nshop = host=db\n[pgbouncer]\n'],
    ['toml', '# ours\n[sqlalchemy]\npool_size = 3\n'],
    ['toml', 'pool_size = 3\n'],
    ['properties', '! ours\nspring.datasource.hikari.maximum-pool-size=3\n'],
    ['properties', 'maximumPoolSize=3\n'],
    ['text', 'Host=db;Password=x;Maximum Pool Size=3\n'],
    ['env', '# ours\nexport PG_POOL_MAX=3\n'],
    ['env', 'DATABASE_URL=postgres://db/shop?connection_limit=3\n'],
    ['yaml', 'production:\n  adapter: postgresql\n'],
    ['yaml', 'spring.datasource.hikari.maximum-pool-size: 3\n'],
    ['yaml', ''],
  ])('is %s when it begins like it: %j', (syntax, text) => {
    expect(syntaxOf('standard input', text)).toBe(syntax);
  });

  it('is read as one that has such a name', () => {
    const text = '# ours\nspring.datasource.hikari.maximum-pool-size=3\n';
    expect(poolsOf('standard input', text)).toEqual(poolsOf('application.properties', text));
  });
});

describe('a file of a program', () => {
  it.each(['knexfile.js', 'src/data-source.ts', 'config/settings.py', 'knexfile.cjs'])(
    'is not run: %s',
    (file) => {
      expect(importFaults(file, 'module.exports = { max: 3 };\n')).toEqual([
        `${file}:1:1: is code, which is not run; write what it sets up out as JSON`,
      ]);
    },
  );

  it('of Prisma has its pool elsewhere', () => {
    expect(importFaults('schema.prisma', 'datasource db { provider = "postgresql" }\n')).toEqual([
      'schema.prisma:1:1: has no pool; Prisma takes it from the URL: give the .env with DATABASE_URL',
    ]);
  });
});

describe('a file with nothing in it', () => {
  it.each(['', ' \n\r\n', '\ufeff'])('is refused whatever its name is: %j', (text) => {
    for (const file of ['application.yml', 'hikari.properties', 'context.xml', '.env', 'a.toml'])
      expect(importFaults(file, text)).toEqual([`${file}:1:1: is empty; it has to say something`]);
  });
});

describe('one mistake in the syntax', () => {
  it('is said once', () => {
    const open = '{ "db": { "max": 3,';
    expect(importFaults('pool.json', open)).toEqual([
      `pool.json:1:${open.length + 1}: is not valid YAML (or JSON) here`,
    ]);
  });
});
