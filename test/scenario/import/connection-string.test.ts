import { describe, expect, it } from 'vitest';
import { parseConnectionString } from '../../../src/scenario/import/dotnet/connection-string.ts';
import { everything, faults, leftOut, places, pools } from './imported.ts';

/** Keywords, values and where both begin: `0/5 Host=db`. */
function entries(text: string): string[] {
  const read = parseConnectionString(text);
  if (!read.ok) return [`${read.at}: ${read.message}`];
  return read.entries.map(
    ({ keyword, value, keywordAt, valueAt }) => `${keywordAt}/${valueAt} ${keyword}=${value}`,
  );
}

describe('parseConnectionString', () => {
  it('takes a string apart at ; and =, with blanks around', () => {
    expect(entries(' Host = db ;; Max Pool Size=5;')).toEqual([
      '1/8 Host=db',
      '14/28 Max Pool Size=5',
    ]);
  });

  it('takes values in either quotes, in which the quote stands twice', () => {
    expect(entries(`a="x;""y";b='it''s' ;c=d'e`)).toEqual([
      '0/2 a=x;"y',
      `10/12 b=it's`,
      `21/23 c=d'e`,
    ]);
  });

  it('takes == in a keyword for one =, and leaves out what has no value', () => {
    expect(entries('a==b=c;d=;e="";f=1')).toEqual(['0/5 a=b=c', '15/17 f=1']);
  });

  it.each([
    ['a=1;b', '4: is no keyword with = and a value'],
    ['=1', '0: is no keyword with = and a value'],
    ['a="1', '2: begins with a quote that is not closed before the ;'],
    ['a="1"2', '2: begins with a quote that is not closed before the ;'],
  ])('refuses %s', (text, message) => {
    expect(entries(text)).toEqual([`${message}; a value with ; in it stands in quotes`]);
  });
});

describe('a file with a connection string', () => {
  it('gives the pool of Npgsql', () => {
    const text =
      '\n  Host=db;Database=shop;username=shop;Password="s3cret!;x";MaxPoolSize=50;minimum pool size=5;Timeout=${WAIT:3};Multiplexing=TRUE\n';
    expect(pools({ 'db.txt': text })).toEqual({
      '': {
        profile: 'npgsql',
        ...{ 'Maximum Pool Size': 50, 'Minimum Pool Size': 5, Timeout: 3, Multiplexing: true },
      },
    });
    expect(places({ 'db.txt': text })[0]).toBe('db.txt:2:72 Maximum Pool Size');
    expect(leftOut({ 'db.txt': text })).toEqual([
      'db.txt:2 Host: says where the database is',
      'db.txt:2 Database: says where the database is',
      'db.txt:2 username: says who connects',
      'db.txt:2 Password: says who connects',
    ]);
    expect(everything({ 'db.txt': text })).not.toContain('s3cret');
  });

  it('gives the pool of SqlClient', () => {
    const text =
      'Server=tcp:db,1433;Initial Catalog=shop;User ID=sa;PWD=s3cret!;Max Pool Size=200;timeout=30;connection lifetime=60;PoolBlockingPeriod=neverblock;TrustServerCertificate=true';
    expect(pools({ 'db.connection': text })).toEqual({
      '': {
        profile: 'sqlclient',
        ...{ 'Max Pool Size': 200, 'Connect Timeout': 30, 'Load Balance Timeout': 60 },
        'Pool Blocking Period': 'NeverBlock',
      },
    });
    expect(everything({ 'db.connection': text })).not.toContain('s3cret');
  });

  it.each([
    ['Host=db', 'npgsql'],
    ['Server=db;Port=5432', 'npgsql'],
    ['Server=db;Maximum Pool Size=5', 'npgsql'],
    ['Server=db;Max Pool Size=5', 'sqlclient'],
    ['Data Source=db', 'sqlclient'],
    ['Server=db;Trusted_Connection=True', 'sqlclient'],
  ])('is told by its keywords: %s', (text, profile) => {
    expect(pools({ 'db.txt': text })).toMatchObject({ '': { profile } });
  });

  it('that may be for either asks for the profile', () => {
    const text = 'Server=db;Database=shop;Password=s3cret!';
    expect(faults({ 'db.txt': text })).toEqual([
      'db.txt:1:1: may be for Npgsql or for Microsoft.Data.SqlClient; say which with --profile npgsql or --profile sqlclient',
    ]);
    expect(pools({ 'db.txt': text }, { profile: 'npgsql' })).toEqual({ '': { profile: 'npgsql' } });
    expect(everything({ 'db.txt': text })).not.toContain('s3cret');
  });

  it.each([
    [
      'Host=db;Max Pool Size=5',
      23,
      'Max Pool Size: Npgsql has no such setting; did you mean Maximum Pool Size?',
    ],
    [
      'Host=db;Maximum_Pool_Size=5',
      27,
      'Maximum_Pool_Size: Npgsql has no such setting; did you mean Maximum Pool Size?',
    ],
    [
      'Host=db;Timeout=15s',
      17,
      'Timeout: 15s is no number; Npgsql reads it as seconds; did you mean 15?',
    ],
    [
      'Host=db;Timeout=15000',
      17,
      'Timeout: 15000 is out of range; Npgsql takes seconds up to 1024, or 0 (for ever)',
    ],
    [
      'Host=db;Maximum Pool Size=0',
      27,
      'Maximum Pool Size: 0 is out of range; Npgsql takes a whole number from 1',
    ],
    [
      'Data Source=db;MaxPoolSize=5',
      28,
      'MaxPoolSize: Microsoft.Data.SqlClient has no such setting; did you mean Max Pool Size?',
    ],
    [
      'Host=db;Timeout=1;Timeout=2',
      27,
      'Timeout: is the same setting of Npgsql as Timeout in line 1; keep one',
    ],
    [
      'Host=db;Timeout=${WAIT}',
      17,
      'Timeout: ${WAIT} has no value and no default; give one with --set WAIT=… or --env-file',
    ],
    [
      'Host=db;Pooling=false',
      17,
      'Pooling: switches the pool off: each use opens a connection; import it without that, or write pool: { profile: generic, max: …, reconnectShare: 1 } into the scenario',
    ],
  ])('is refused: %s', (text, column, message) => {
    expect(faults({ 'db.txt': text })).toEqual([`db.txt:1:${column}: ${message}`]);
  });

  it('takes 0 as the products do', () => {
    expect(pools({ 'db.txt': 'Host=db;Timeout=0;Connection Lifetime=0;Pooling=true' })).toEqual({
      '': { profile: 'npgsql', Timeout: 0, 'Connection Lifetime': 0 },
    });
  });

  it.each([
    [
      'Host=db;Password=s3;cret=x;Timeout=1',
      /^db\.txt:1:21: is an unknown keyword, or part of a password/,
    ],
    [
      'Host=db;Password==s3cret=x;Timeout=1',
      /^db\.txt:1:9: is an unknown keyword, or part of a password/,
    ],
    ['Host=db;Password=s3;cret;Timeout=1', /^db\.txt:1:21: is no keyword with = and a value/],
    ['Host=db;Password="s3cret"s3cret', /^db\.txt:1:18: begins with a quote/],
    ['Host=db;Password="s3cret', /^db\.txt:1:18: begins with a quote/],
  ])('shows nothing of a password that breaks it: %s', (text, message) => {
    const found = faults({ 'db.txt': text });
    expect(found).toEqual([expect.stringMatching(message)]);
    expect(everything({ 'db.txt': text })).not.toContain('cret');
  });

  it('is no kind of file that is known when it says no server', () => {
    expect(faults({ 'db.txt': 'Password=s3cret!' })[0]).toMatch(/^db\.txt: is no kind of file/);
    expect(faults({ 'db.txt': 'Host=\u0002' })).toEqual([
      'db.txt:1:6: is not a text file: it contains the character U+0002',
    ]);
  });
});
