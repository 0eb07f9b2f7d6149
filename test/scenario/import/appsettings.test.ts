import { describe, expect, it } from 'vitest';
import { everything, faults, imported, leftOut, places, pools } from './imported.ts';

const TEXT = `{
  // comments are allowed in such a file, "and" quotes in them
  "Logging": { "LogLevel": { "Default": "Information" } },
  "AllowedHosts": "*", /* and such ones */
  "ConnectionStrings": {
    "Shop": "Host=db;Database=shop;Username=shop;Password=\\"s3cret!;\\";Maximum Pool Size=50;Timeout=5",
    "Stock": "Server=sql;Database=stock;User Id=sa;Password=s3cret!;Encrypt=True;Max Pool Size=80",
    "Redis": "redis:6379,password=s3cret!,abortConnect=false",
    "Queue": "Endpoint=sb://x/;SharedAccessKeyName=Root;SharedAccessKey=s3cret!=",
    "Files": "Data Source=app.db",
	},
}
`;

const one = (text: string, name = 'Shop'): string =>
  JSON.stringify({ ConnectionStrings: { [name]: text } });

describe('an appsettings.json', () => {
  it('gives a pool for each connection string that has one', () => {
    expect(pools({ 'appsettings.json': TEXT })).toEqual({
      Shop: { profile: 'npgsql', 'Maximum Pool Size': 50, Timeout: 5 },
      Stock: { profile: 'sqlclient', 'Max Pool Size': 80 },
    });
    expect(places({ 'appsettings.json': TEXT })).toEqual([
      'appsettings.json:6:13 Maximum Pool Size',
      'appsettings.json:6:13 Timeout',
      'appsettings.json:7:14 Max Pool Size',
    ]);
  });

  it('lists what is left out, and never a password', () => {
    const found = leftOut({ 'appsettings.json': TEXT });
    expect(found).toContain(
      'appsettings.json:6 ConnectionStrings.Shop Password: says who connects',
    );
    for (const [line, name] of [
      [8, 'Redis'],
      [9, 'Queue'],
      [10, 'Files'],
    ] as const)
      expect(found).toContain(
        `appsettings.json:${line} ConnectionStrings.${name}: is no connection string of Npgsql or Microsoft.Data.SqlClient`,
      );
    expect(everything({ 'appsettings.json': TEXT })).not.toContain('s3cret');
  });

  it('refuses all mistakes at once', () => {
    const text = one('Host=db;Password=s3cret!;Timeout=5s;Max Pool Size=5');
    expect(faults({ 'appsettings.json': text })).toEqual([
      'appsettings.json:1:30: ConnectionStrings.Shop Timeout: 5s is no number; Npgsql reads it as seconds; did you mean 5?',
      'appsettings.json:1:30: ConnectionStrings.Shop Max Pool Size: Npgsql has no such setting; did you mean Maximum Pool Size?',
    ]);
    expect(everything({ 'appsettings.json': text })).not.toContain('s3cret');
    const broken = '{ "ConnectionStrings": { "Shop": "Host=db;Password=s3cret! } }';
    expect(faults({ 'appsettings.json': broken })[0]).toMatch(
      /^appsettings\.json:1:\d+: is not valid/,
    );
    expect(everything({ 'appsettings.json': broken })).not.toContain('s3cret');
  });

  it('says nothing of a file without connection strings', () => {
    expect(pools({ 'appsettings.json': '{ "AllowedHosts": "*" }' })).toEqual({});
  });

  it.each(['ConnectionStrings__Shop', 'CONNECTIONSTRINGS__SHOP', 'ConnectionStrings:Shop'])(
    'gives way to the variable %s',
    (name) => {
      const set = { [name]: 'Host=db;Maximum Pool Size=7' };
      expect(pools({ 'appsettings.json': one('Host=db') }, { set })).toEqual({
        Shop: { profile: 'npgsql', 'Maximum Pool Size': 7 },
      });
      const wrong = { [name]: 'Host=db;Password=s3cret!;Maximum Pool Size=x' };
      expect(faults({ 'appsettings.json': one('Host=db') }, { set: wrong })).toEqual([
        `appsettings.json:1:30: ${name} Maximum Pool Size: x is not allowed; Npgsql takes a whole number from 1`,
      ]);
    },
  );

  const FILES = {
    'appsettings.Production.json': one('Host=db;Maximum Pool Size=90', 'shop'),
    'appsettings.json': one('Host=db;Maximum Pool Size=10;Timeout=3'),
    'appsettings.Development.json': one('Host=localhost;Maximum Pool Size=2'),
  };

  it.each([
    [undefined, 90],
    ['development', 2],
    ['Staging', 10],
  ])('gives way to the file for the environment %s', (environment, size) => {
    const asked = environment === undefined ? {} : { environment };
    const [pool] = Object.values(pools(FILES, asked));
    expect(pool).toMatchObject({ 'Maximum Pool Size': size });
  });

  it('gives way to the one file for an environment that is given', () => {
    const { 'appsettings.json': base, 'appsettings.Development.json': development } = FILES;
    const files = { 'appsettings.json': base, 'appsettings.Development.json': development };
    expect(pools(files)).toMatchObject({ Shop: { 'Maximum Pool Size': 2 } });
    expect(leftOut(FILES)).toContain(
      'appsettings.Development.json:1 appsettings.Development.json: is for another environment than Production',
    );
    expect(faults(FILES, { environment: 'Prodution' })).toEqual([
      'appsettings.Production.json: no file is for the environment Prodution; did you mean Production?',
    ]);
  });

  it('is said to be for none where no file is for the one that is asked for', () => {
    const text = '{ "ConnectionStrings": { "A": "Host=db;Timeout=3" } }';
    const noticed = (environment: string) =>
      imported(
        { 'appsettings.json': text, 'appsettings.Test.json': text },
        { environment },
      ).findings.flatMap(({ notices }) => notices.map(({ message }) => message));
    expect(noticed('Staging')).toEqual(['no file is for the environment Staging']);
    expect(noticed('test')).toEqual([]);
  });

  it('of several applications stay apart', () => {
    const files = { 'a/appsettings.json': one('Host=a'), 'b/appsettings.json': one('Host=b') };
    expect(imported(files).findings.map((found) => found.pools.length)).toEqual([1, 1]);
  });
});
