import { describe, expect, it } from 'vitest';
import { everything, faults, leftOut, places, pools } from './imported.ts';

const TOMCAT = 'org.apache.tomcat.jdbc.pool.DataSourceFactory';

const TEXT = `<?xml version="1.0" encoding="UTF-8"?>
<Context reloadable="true">
  <!-- password="s3cret!" -->
  <WatchedResource>WEB-INF/web.xml</WatchedResource>
  <Resource name="jdbc/shop" auth="Container" type="javax.sql.DataSource"
            factory="${TOMCAT}"
            url="jdbc:postgresql://db/shop?password=s3cret!&amp;ssl=true" username="shop" password="s3cret!&lt;"
            maxActive="50" maxWait="-1" removeAbandonedTimeout="60" fairQueue="false"
            validationQuery="SELECT 1"/>
  <Resource name="mail/Session" type="jakarta.mail.Session" password="s3cret!"/>
</Context>
`;

function resource(attributes: string): string {
  return `<Context>\n<Resource name="jdbc/shop" type="javax.sql.DataSource" ${attributes}/>\n</Context>`;
}

/** The column at which these attributes begin. */
const START = '<Resource name="jdbc/shop" type="javax.sql.DataSource" '.length + 1;

describe("Tomcat's context.xml", () => {
  it('gives the Tomcat pool when its factory makes it', () => {
    expect(pools({ 'context.xml': TEXT })).toEqual({
      shop: {
        profile: 'tomcat-jdbc',
        ...{ maxActive: 50, maxWait: -1, removeAbandonedTimeout: 60, fairQueue: false },
      },
    });
    expect(places({ 'context.xml': TEXT }).slice(0, 2)).toEqual([
      'context.xml:8:23 maxActive',
      'context.xml:8:36 maxWait',
    ]);
    expect(leftOut({ 'context.xml': TEXT })).toContain(
      'context.xml:7 Resource jdbc/shop password: says who connects',
    );
    expect(leftOut({ 'context.xml': TEXT })).toContain(
      'context.xml:10 Resource mail/Session: is no data source',
    );
    expect(everything({ 'context.xml': TEXT })).not.toContain('s3cret');
  });

  it('gives DBCP2 without a factory', () => {
    const text = resource(
      'maxTotal="30" maxIdle="10" maxWaitMillis="-1" url="x" testOnBorrow="true"',
    );
    expect(pools({ 'context.xml': text })).toEqual({
      shop: { profile: 'dbcp2', maxTotal: 30, maxIdle: 10, maxWaitMillis: -1, testOnBorrow: true },
    });
  });

  it('gives HikariCP by its own factory', () => {
    const text = resource(
      'factory="com.zaxxer.hikari.HikariJNDIFactory" maximumPoolSize="9" dataSource.password="s3cret!"',
    );
    expect(pools({ 'context.xml': text })).toEqual({
      shop: { profile: 'hikaricp', maximumPoolSize: 9 },
    });
  });

  it('gives each of several resources its name, in a server.xml, too', () => {
    const text = `<Server><GlobalNamingResources>
<Resource name="jdbc/shop" type="javax.sql.DataSource" maxTotal="5"/>
<Resource name="jdbc/stock" type="javax.sql.XADataSource" maxTotal="6"/>
<Resource name="UserDatabase" type="org.apache.catalina.UserDatabase"/>
</GlobalNamingResources></Server>`;
    expect(pools({ 'server.xml': text })).toEqual({
      shop: { profile: 'dbcp2', maxTotal: 5 },
      stock: { profile: 'dbcp2', maxTotal: 6 },
    });
  });

  it.each([
    [
      'maxActive="30"',
      11,
      'maxActive: Apache Commons DBCP 2 has no such setting; did you mean maxTotal?',
    ],
    [
      'maxWait="30"',
      9,
      'maxWait: Apache Commons DBCP 2 has no such setting; did you mean maxWaitMillis?',
    ],
    [
      'maxTotall="30"',
      11,
      'maxTotall: Apache Commons DBCP 2 has no such setting; did you mean maxTotal?',
    ],
    [
      'maxWaitMillis="30s"',
      15,
      'maxWaitMillis: 30s is no number; Apache Commons DBCP 2 reads it as milliseconds; did you mean 30000?',
    ],
    [
      'maxTotal="${POOL}"',
      10,
      'maxTotal: ${POOL} has no value and no default; give one with --set POOL=… or --env-file',
    ],
    [
      `factory="${TOMCAT}" maxTotal="30"`,
      66,
      'maxTotal: Tomcat JDBC Pool has no such setting; did you mean maxActive?',
    ],
    [
      'factory="constructor"',
      9,
      `factory: makes no pool that is known; there are com.zaxxer.hikari.HikariJNDIFactory, ${TOMCAT}, org.apache.tomcat.dbcp.dbcp2.BasicDataSourceFactory, org.apache.commons.dbcp2.BasicDataSourceFactory, and none (DBCP2)`,
    ],
    [
      'factory="org.apache.tomcat.dbcp.dbcp.BasicDataSourceFactory"',
      9,
      `factory: makes pools of DBCP 1, which are not modelled; there are com.zaxxer.hikari.HikariJNDIFactory, ${TOMCAT}, org.apache.tomcat.dbcp.dbcp2.BasicDataSourceFactory, org.apache.commons.dbcp2.BasicDataSourceFactory, and none (DBCP2)`,
    ],
  ])('refuses %s', (attributes, column, message) => {
    expect(faults({ 'context.xml': resource(attributes) })).toEqual([
      `context.xml:2:${START + column - 1}: Resource jdbc/shop ${message}`,
    ]);
  });

  it('is refused when its factory is that of another pool than was asked for', () => {
    const text =
      '<Context>\n<Resource name="a" type="javax.sql.DataSource" maxTotal="3"/></Context>';
    expect(faults({ 'context.xml': text }, { profile: 'hikaricp' })).toEqual([
      'context.xml:2:1: sets up Apache Commons DBCP 2, and not HikariCP, which was asked for',
    ]);
    expect(faults({ 'context.xml': text }, { profile: 'dbcp2' })).toEqual([]);
  });

  it('takes 0 and -1 as the Tomcat pool does', () => {
    const factory = 'factory="org.apache.tomcat.jdbc.pool.DataSourceFactory"';
    const zeros = 'maxWait="-1" maxAge="0" timeBetweenEvictionRunsMillis="-1"';
    const text = `<Context><Resource name="a" type="javax.sql.DataSource" ${factory} ${zeros}/></Context>`;
    expect(pools({ 'context.xml': text })).toEqual({
      a: { profile: 'tomcat-jdbc', maxWait: -1, maxAge: 0, timeBetweenEvictionRunsMillis: -1 },
    });
  });

  it('fills in placeholders', () => {
    const text = resource('maxTotal="${db.pool:-12}"');
    expect(pools({ 'context.xml': text })).toMatchObject({ shop: { maxTotal: 12 } });
    expect(pools({ 'context.xml': text }, { set: { 'db.pool': '13' } })).toMatchObject({
      shop: { maxTotal: 13 },
    });
  });

  it.each([
    '<Context><Resource password="s3cret!&x" maxTotal="5"/></Context>',
    '<Context><Resource password="s3cret!"s3cret" maxTotal="5"/></Context>',
    '<Context><Resource password="s3cret!" password="s3cret!"/></Context>',
    '<Context><Resource password="s3cret!</Context>',
  ])('shows no password of a file that is broken: %s', (text) => {
    expect(faults({ 'context.xml': text })).toEqual([
      expect.stringMatching(/^context\.xml:1:\d+: is not well-formed XML here/),
    ]);
    expect(everything({ 'context.xml': text })).not.toContain('s3cret');
  });

  it('refuses what is no text, and XML of others', () => {
    expect(faults({ 'context.xml': '<Context>\u0000' })).toEqual([
      'context.xml:1:10: is not a text file: it contains the character U+0000',
    ]);
    expect(faults({ 'pom.xml': '<project/>' })[0]).toMatch(/^pom\.xml: is no kind of file/);
  });
});
