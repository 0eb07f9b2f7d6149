import { describe, expect, it } from 'vitest';
import { everything, faults, leftOut, pools } from './imported.ts';

describe('other pools in a Spring file', () => {
  it.each([
    [
      'tomcat: { max-active: 50, maxWait: 1000, initial-size: 5, jdbc-interceptors: X, fair-queue: no }',
      { profile: 'tomcat-jdbc', maxActive: 50, maxWait: 1000, initialSize: 5, fairQueue: false },
    ],
    [
      'dbcp2: { max-total: 50, max-wait-millis: 1000, test-on-borrow: false, pool-prepared-statements: true }',
      { profile: 'dbcp2', maxTotal: 50, maxWaitMillis: 1000, testOnBorrow: false },
    ],
    ['dbcp2: { max-wait: 3s }', { profile: 'dbcp2', maxWaitMillis: 3000 }],
    [
      'tomcat: { max-active: 50 }, hikari: { maximum-pool-size: 5 }',
      { profile: 'hikaricp', maximumPoolSize: 5 },
    ],
    [
      'tomcat: { max-active: 50 }, hikari: { maximum-pool-size: 5 }, type: org.apache.tomcat.jdbc.pool.DataSource',
      { profile: 'tomcat-jdbc', maxActive: 50 },
    ],
    ['type: org.apache.commons.dbcp2.BasicDataSource', { profile: 'dbcp2' }],
  ])('are read: %s', (settings, pool) => {
    expect(pools({ 'application.yml': `spring.datasource: { ${settings} }` })).toEqual({
      '': pool,
    });
  });

  it('without an effect are listed', () => {
    const text =
      'spring.datasource: { tomcat: { max-active: 50 }, hikari: { maximum-pool-size: 5 } }';
    expect(leftOut({ 'application.yml': text })).toEqual([
      'application.yml:1 spring.datasource.tomcat.max-active: has no effect: the pool is HikariCP',
    ]);
  });

  it('of a type that is not known are refused', () => {
    const text = 'spring.datasource.type: com.alibaba.druid.pool.DruidDataSource';
    expect(faults({ 'application.yml': text })).toEqual([
      'application.yml:1:25: spring.datasource.type: is no pool that can be read from such a file; there are com.zaxxer.hikari.HikariDataSource, org.apache.tomcat.jdbc.pool.DataSource, org.apache.commons.dbcp2.BasicDataSource',
    ]);
  });

  it('keep their units: Tomcat takes no 30s', () => {
    expect(faults({ 'application.yml': 'spring.datasource.tomcat.max-wait: 30s' })).toEqual([
      'application.yml:1:36: spring.datasource.tomcat.max-wait: 30s is no number; Tomcat JDBC Pool reads it as milliseconds; did you mean 30000?',
    ]);
  });

  it('of the application server are left to its own file', () => {
    expect(
      leftOut({ 'application.yml': 'spring.datasource.jndi-name: java:comp/env/jdbc/shop' }),
    ).toEqual([
      'application.yml:1 spring.datasource.jndi-name: leaves the pool to the application server; import its context.xml, too',
    ]);
  });

  it.each([
    ['30s', '30s'],
    ['PT1M30S', '1m30s'],
    ['2500', '2500ms'],
    ['"250"', '250ms'],
    ['-1', -1],
    ['-1ms', -1],
  ])('for R2DBC take durations: %s', (written, value) => {
    const text = `spring.r2dbc: { url: "r2dbc:x", password: s3cret!, pool: { max-size: 20, max-acquire-time: ${written} } }`;
    expect(pools({ 'application.yml': text })).toEqual({
      '': { profile: 'r2dbc-pool', maxSize: 20, maxAcquireTime: value },
    });
    expect(everything({ 'application.yml': text })).not.toContain('s3cret');
  });

  it('for R2DBC refuse other durations, and none at all', () => {
    const text = 'spring.r2dbc.pool: { max-acquire-time: 30 sec, enabled: false }';
    expect(faults({ 'application.yml': text })).toEqual([
      'application.yml:1:57: spring.r2dbc.pool.enabled: switches the pool off, and without one there is nothing to model; take it out, or write a pool into the scenario',
    ]);
    expect(faults({ 'application.yml': 'spring.r2dbc.pool.max-idle-time: 30 sec' })).toEqual([
      'application.yml:1:34: spring.r2dbc.pool.max-idle-time: "30 sec" is no duration; Spring Boot takes 30s, PT30S, or plain milliseconds here',
    ]);
  });

  it('have the names of the maps around hikari', () => {
    const text = `app:
  orders.datasource: { url: jdbc:x, hikari: { maximum-pool-size: 5 } }
spring.datasource:
  billing: { jdbc-url: jdbc:y, hikari.maximum-pool-size: 6 }
  reports.jdbc-url: jdbc:z
other: { orders: { hikari.maximum-pool-size: 7 } }
`;
    expect(pools({ 'application.yml': text })).toEqual({
      'app.orders.datasource': { profile: 'hikaricp', maximumPoolSize: 5 },
      'other.orders': { profile: 'hikaricp', maximumPoolSize: 7 },
      billing: { profile: 'hikaricp', maximumPoolSize: 6 },
    });
    expect(leftOut({ 'application.yml': text })).toContain(
      'application.yml:5 spring.datasource.reports.jdbc-url: belongs to a data source of its own; without a map hikari its pool is not known',
    );
  });
});
