import { describe, expect, it } from 'vitest';
import { everything, faults, leftOut, places, pools } from './imported.ts';

const TEXT = `# The shop's pool
dataSourceClassName=org.postgresql.ds.PGSimpleDataSource
dataSource.serverName=db
dataSource.password=s3cret!#:=
maximumPoolSize=20
connectionTimeout : 2000
idleTimeout 0
minimumIdle=\${IDLE:4}
poolName=shop
registerMbeans=true
allowPoolSuspension=false
`;

describe('a hikari.properties', () => {
  it('gives the pool, and lists what is not about it', () => {
    expect(pools({ 'hikari.properties': TEXT })).toEqual({
      '': {
        profile: 'hikaricp',
        ...{ maximumPoolSize: 20, connectionTimeout: 2000, idleTimeout: 0, minimumIdle: 4 },
        allowPoolSuspension: false,
      },
    });
    expect(places({ 'hikari.properties': TEXT }).slice(0, 2)).toEqual([
      'hikari.properties:5:17 maximumPoolSize',
      'hikari.properties:6:21 connectionTimeout',
    ]);
    expect(leftOut({ 'hikari.properties': TEXT })).toEqual([
      'hikari.properties:2 dataSourceClassName: says where the database is',
      'hikari.properties:3 dataSource.serverName: says where the database is',
      'hikari.properties:4 dataSource.password: says where the database is',
      'hikari.properties:9 poolName: is about names, logs and metrics',
      'hikari.properties:10 registerMbeans: is about names, logs and metrics',
    ]);
  });

  it('is known by its keys or by its name', () => {
    const pool = { profile: 'hikaricp', maximumPoolSize: 5 };
    expect(pools({ 'db.properties': 'maximumPoolSize=5' })).toEqual({ '': pool });
    expect(pools({ 'hikari.properties': 'username=x' })).toEqual({ '': { profile: 'hikaricp' } });
    expect(faults({ 'log4j.properties': 'rootLogger=INFO' })[0]).toMatch(
      /^log4j\.properties: is no kind of file that is known/,
    );
  });

  it('refuses wrong units, names as Spring spells them, and unknown ones, all at once', () => {
    const text =
      'maximum-pool-size=5\nmaxLifetime=30m\nmaximunPoolSize=5\nconnectionTimeout=100\nhousekeeping.periodMs=1\n';
    expect(faults({ 'hikari.properties': text })).toEqual([
      'hikari.properties:5:23: housekeeping.periodMs: is a system property of Java and has no effect here; give it to java as -Dcom.zaxxer.hikari.housekeeping.periodMs=…',
      'hikari.properties:1:19: maximum-pool-size: HikariCP has no such setting; did you mean maximumPoolSize?',
      'hikari.properties:2:13: maxLifetime: 30m is no number; HikariCP reads it as milliseconds; did you mean 1800000?',
      'hikari.properties:3:17: maximunPoolSize: HikariCP has no such setting; did you mean maximumPoolSize?',
      'hikari.properties:4:19: connectionTimeout: 100 is out of range; HikariCP takes milliseconds from 250, or 0 (some 24 days)',
    ]);
  });

  it('refuses a key that stands twice, a placeholder without a value, and what is no text', () => {
    expect(faults({ 'hikari.properties': 'maximumPoolSize=5\nmaximumPoolSize=6' })).toEqual([
      'hikari.properties:2:1: is the same key as in line 1; Java takes the last; keep one',
    ]);
    expect(faults({ 'hikari.properties': 'maximumPoolSize=${POOL}' })).toEqual([
      'hikari.properties:1:17: maximumPoolSize: ${POOL} has no value and no default; give one with --set POOL=… or --env-file',
    ]);
    expect(faults({ 'hikari.properties': 'a=\u0001' })).toEqual([
      'hikari.properties:1:3: is not a text file: it contains the character U+0001',
    ]);
  });

  it.each([
    TEXT,
    'jdbcUrl=jdbc:postgresql://shop:s3cret!@db/shop?password=s3cret!\nmaximumPoolSize=x',
    'password=s3cret!\npassword=s3cret!\n',
    'password=s3cret!\\u00\nmaximumPoolSize=5',
    'maximumPoolSize=5\ndataSource.password=a\ns3cret!\n',
    'maximumPoolSize=5\n\\=s3cret!=x\n',
    'maximumPoolSize=5\ns3cret\n',
  ])('shows no password', (text) => {
    expect(everything({ 'hikari.properties': text })).not.toContain('s3cret');
  });
});
