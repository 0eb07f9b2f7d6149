import { describe, expect, it } from 'vitest';
import { everything, faults, imported, leftOut, places, pools } from './imported.ts';

const APPLICATION = `server:
  port: 8080
  tomcat.threads.max: 150
spring:
  application:
    name: shop
  datasource:
    url: jdbc:postgresql://db:5432/shop?user=shop&password=s3cret!
    username: shop
    password: s3cret!
    hikari:
      maximum-pool-size: 20
      minimumIdle: 5
      connection_timeout: 2000
      maxLifetime: "900000"
      data-source-properties:
        cachePrepStmts: true
`;

const hikari = (settings: string): string => `spring.datasource.hikari: { ${settings} }\n`;

describe('a Spring Boot application.yml', () => {
  it('gives the pool of HikariCP, in whatever way its names are spelled', () => {
    expect(pools({ 'application.yml': APPLICATION })).toEqual({
      '': {
        profile: 'hikaricp',
        ...{ maximumPoolSize: 20, minimumIdle: 5, connectionTimeout: 2000, maxLifetime: 900_000 },
      },
    });
    expect(places({ 'application.yml': APPLICATION })).toEqual([
      'application.yml:12:26 maximumPoolSize',
      'application.yml:13:20 minimumIdle',
      'application.yml:14:27 connectionTimeout',
      'application.yml:15:20 maxLifetime',
    ]);
  });

  it('lists what is not about the pool, and never a password', () => {
    expect(leftOut({ 'application.yml': APPLICATION })).toEqual([
      'application.yml:17 spring.datasource.hikari.data-source-properties.cachePrepStmts: says where the database is',
      'application.yml:8 spring.datasource.url: says where the database is',
      'application.yml:9 spring.datasource.username: says who connects',
      'application.yml:10 spring.datasource.password: says who connects',
    ]);
    expect(everything({ 'application.yml': APPLICATION })).not.toContain('s3cret');
  });

  it('gives the threads of the server', () => {
    const [{ threads } = {}] = imported({ 'application.yml': APPLICATION }).findings;
    expect(threads).toEqual({
      value: 150,
      key: 'server.tomcat.threads.max',
      place: { file: 'application.yml', line: 3, column: 23 },
    });
  });

  it.each([
    'spring.datasource.hikari.maximum-pool-size: 5',
    'spring: { datasource: { hikari.maximum-pool-size: 5 } }',
    'spring.datasource: { hikari: { maximumPoolSize: 5 } }',
    'spring: { datasource.hikari: { MAXIMUM_POOL_SIZE: 5 } }',
    'SPRING.dataSource.hikari.maximum_pool_size: "5"',
  ])('takes nested maps, dotted keys and both mixed: %s', (text) => {
    expect(pools({ 'application.yml': text })).toEqual({
      '': { profile: 'hikaricp', maximumPoolSize: 5 },
    });
  });

  it('gives the defaults of HikariCP when only the place of the database is said', () => {
    const text = 'spring.datasource.url: jdbc:postgresql://db/shop';
    expect(pools({ 'application.yml': text })).toEqual({ '': { profile: 'hikaricp' } });
  });

  it('says nothing of a file that sets up no database', () => {
    expect(pools({ 'application.yml': 'server.port: 8080' })).toEqual({});
  });

  it('gives no threads when each request has a virtual one', () => {
    const text = 'spring.threads.virtual.enabled: true\nserver.tomcat.threads.max: 50\n';
    expect(imported({ 'application.yml': text }).findings[0]?.threads).toBeUndefined();
    expect(leftOut({ 'application.yml': text })).toEqual([
      'application.yml:2 server.tomcat.threads.max: has no effect: spring.threads.virtual.enabled gives each request a thread of its own',
    ]);
  });

  it.each([
    [
      'connection-timeout: 30s',
      [
        'connection-timeout: 30s is no number; HikariCP reads it as milliseconds; did you mean 30000?',
      ],
    ],
    [
      'connection-timeout: 100',
      [
        'connection-timeout: 100 is out of range; HikariCP takes milliseconds from 250, or 0 (some 24 days)',
      ],
    ],
    [
      'maximum-pool-size: many',
      ['maximum-pool-size: many is not allowed; HikariCP takes a whole number from 1'],
    ],
    [
      'maximum-pool-siz: 5',
      ['maximum-pool-siz: HikariCP has no such setting; did you mean maximum-pool-size?'],
    ],
    ['max-active: 5', ['max-active: HikariCP has no such setting; did you mean maximumPoolSize?']],
    [
      'maximum-pool-size: [5]',
      ['maximum-pool-size: a list is not allowed; HikariCP takes a whole number from 1'],
    ],
    [
      'maximum-pool-size: "${POOL}"',
      [
        'maximum-pool-size: ${POOL} has no value and no default; give one with --set POOL=… or --env-file',
      ],
    ],
    [
      'alive-bypass-window-ms: 0',
      [
        'alive-bypass-window-ms: is a system property of Java and has no effect here; give it to java as -Dcom.zaxxer.hikari.aliveBypassWindowMs=…',
      ],
    ],
  ])('refuses %s', (setting, messages) => {
    const prefix = 'spring.datasource.hikari.';
    const column = `${prefix} { `.length + setting.indexOf(':') + 3;
    expect(faults({ 'application.yml': hikari(setting) })).toEqual(
      messages.map((message) => `application.yml:1:${column}: ${prefix}${message}`),
    );
  });

  it('takes numbers with underscores as YAML 1.1 has them, and not as text', () => {
    expect(pools({ 'application.yml': hikari('max-lifetime: 1_800_000') })).toEqual({
      '': { profile: 'hikaricp', maxLifetime: 1800000 },
    });
    for (const text of ['"1_800_000"', '1__8', '_18', '18_'])
      expect(faults({ 'application.yml': hikari(`max-lifetime: ${text}`) })).toHaveLength(1);
    const key = 'spring.datasource.hikari.max-lifetime';
    expect(faults({ 'application.properties': `${key}=1_800_000\n` })).toEqual([
      `application.properties:1:39: ${key}: 1_800_000 is no number; HikariCP reads it as milliseconds`,
    ]);
  });

  it('takes 0 as HikariCP does', () => {
    const text = hikari('idle-timeout: 0, max-lifetime: 0, connection-timeout: 0');
    expect(pools({ 'application.yml': text })).toEqual({
      '': { profile: 'hikaricp', idleTimeout: 0, maxLifetime: 0, connectionTimeout: 0 },
    });
  });

  it('refuses one setting under two spellings, and a key that stands twice', () => {
    const text = hikari('maximum-pool-size: 5, maximumPoolSize: 6');
    expect(faults({ 'application.yml': text })).toEqual([
      'application.yml:1:68: spring.datasource.hikari.maximumPoolSize: is the same setting as spring.datasource.hikari.maximum-pool-size in line 1; keep one',
    ]);
    expect(faults({ 'application.yml': 'a: 1\na: 2\nspring.datasource.url: x' })).toEqual([
      'application.yml:2:1: the key a stands here twice',
    ]);
  });

  it('refuses settings that stand a map too high or in no map of Spring, with what was meant', () => {
    const text = 'spring.datasource:\n  maximum-pool-size: 5\n  usernam: shop\n  max-wait: 3\n';
    expect(faults({ 'application.yml': text })).toEqual([
      'application.yml:2:22: spring.datasource.maximum-pool-size: has no effect here; write spring.datasource.hikari.maximum-pool-size',
      'application.yml:3:12: spring.datasource.usernam: Spring Boot has no such key in spring.datasource; did you mean username?',
      'application.yml:4:13: spring.datasource.max-wait: Spring Boot has no such key in spring.datasource',
    ]);
  });

  it.each(['application.yml', 'application.properties'])(
    'refuses a value where the settings of the pool belong: %s',
    (file) => {
      const text = 'spring.datasource.hikari';
      const [line, column] = file.endsWith('yml') ? [text + ': 10', 27] : [text + '=10', 26];
      expect(faults({ [file]: `${line}\n` })).toEqual([
        `${file}:1:${column}: spring.datasource.hikari: is one value; a map of settings of the pool is needed here`,
      ]);
    },
  );

  it('refuses what is no text and no YAML, without repeating it', () => {
    expect(faults({ 'application.yml': 'spring\u0000' })).toEqual([
      'application.yml:1:7: is not a text file: it contains the character U+0000',
    ]);
    const broken = 'spring:\n  datasource:\n    password: "s3cret!\n    url: x';
    expect(faults({ 'application.yml': broken })[0]).toMatch(
      /^application\.yml:\d+:\d+: is not valid YAML/,
    );
    for (const text of [
      broken,
      'spring.datasource.password: a: s3cret!',
      'spring.datasource.password: @s3cret!',
    ])
      expect(everything({ 'application.yml': text })).not.toContain('s3cret');
  });
});

describe('placeholders in a Spring file', () => {
  const text = hikari('maximum-pool-size: "${DB_POOL:10}"');

  it('have their default, or the value that was given', () => {
    expect(pools({ 'application.yml': text })).toMatchObject({ '': { maximumPoolSize: 10 } });
    const set = { DB_POOL: '25' };
    expect(pools({ 'application.yml': text }, { set })).toMatchObject({
      '': { maximumPoolSize: 25 },
    });
    expect(imported({ 'application.yml': text }, { set }).filled).toEqual([
      {
        ...{ name: 'DB_POOL', value: '25', from: '--set' },
        place: { file: 'application.yml', line: 1, column: 48 },
      },
    ]);
  });

  it('stand for other properties, and for variables by dotted names', () => {
    const file =
      'shop: { poolSize: "${SHOP:7}" }\n' + hikari('maximum-pool-size: "${shop.pool-size}"');
    expect(pools({ 'application.yml': file })).toMatchObject({ '': { maximumPoolSize: 7 } });
    const set = { SHOP_POOL_SIZE: '9' };
    expect(pools({ 'application.yml': file }, { set })).toMatchObject({
      '': { maximumPoolSize: 9 },
    });
  });

  it('that go round in a circle are refused', () => {
    const file = 'a: "${b}"\nb: "${a}"\n' + hikari('maximum-pool-size: "${a}"');
    expect(faults({ 'application.yml': file })).toEqual([
      'application.yml:3:48: spring.datasource.hikari.maximum-pool-size: placeholders stand inside each other more than 10 deep',
    ]);
  });
});

describe('variables of the environment', () => {
  it.each([
    'SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE',
    'SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE',
    'spring.datasource.hikari.maximum-pool-size',
  ])('win over the file: %s', (name) => {
    const set = { [name]: '40' };
    expect(pools({ 'application.yml': APPLICATION }, { set })).toMatchObject({
      '': { maximumPoolSize: 40, minimumIdle: 5 },
    });
    expect(faults({ 'application.yml': APPLICATION }, { set: { [name]: '4O' } })).toEqual([
      `application.yml:12:26: ${name}: 4O is not allowed; HikariCP takes a whole number from 1`,
    ]);
  });

  it('of a Deployment beside the file say where they stand', () => {
    const set = { SPRING_DATASOURCE_URL: 'jdbc:postgresql://db/shop?password=s3cret!' };
    expect(pools({ 'application.yml': 'server.port: 1' }, { set })).toEqual({
      '': { profile: 'hikaricp' },
    });
    expect(everything({ 'application.yml': 'server.port: 1' }, { set })).not.toContain('s3cret');
  });

  it('set pools of other names, too', () => {
    const text = 'app.orders.datasource.hikari.maximum-pool-size: 5';
    const set = { APP_ORDERS_DATASOURCE_HIKARI_MINIMUM_IDLE: '2' };
    expect(pools({ 'application.yml': text }, { set })).toEqual({
      orders: { profile: 'hikaricp', maximumPoolSize: 5, minimumIdle: 2 },
    });
  });
});

describe('a Spring Boot application.properties', () => {
  const TEXT = `# the shop
server.tomcat.max-threads=80
spring.datasource.url=jdbc:postgresql://db/shop
spring.datasource.password=s3cret!#=:
spring.datasource.hikari.maximum-pool-size = \${DB_POOL:30}
spring.datasource.hikari.allow-pool-suspension=off
#---
spring.config.activate.on-profile=prod
spring.datasource.hikari.maximum-pool-size=60
`;

  it('is read with its documents', () => {
    expect(pools({ 'application.properties': TEXT })).toEqual({
      '': { profile: 'hikaricp', maximumPoolSize: 30, allowPoolSuspension: false },
    });
    expect(pools({ 'application.properties': TEXT }, { environment: 'prod' })).toMatchObject({
      '': { maximumPoolSize: 60 },
    });
    expect(imported({ 'application.properties': TEXT }).findings[0]?.threads?.value).toBe(80);
    expect(everything({ 'application.properties': TEXT })).not.toContain('s3cret');
  });

  it('says where a mistake stands', () => {
    const text = 'spring.datasource.hikari.idle-timeout=10m\n';
    expect(faults({ 'application.properties': text })).toEqual([
      'application.properties:1:39: spring.datasource.hikari.idle-timeout: 10m is no number; HikariCP reads it as milliseconds; did you mean 600000?',
    ]);
  });

  it('keeps a password out of what it says of a broken file', () => {
    const text = 'spring.datasource.password=s3cret!\\u12\nspring.datasource.url=x\n';
    expect(faults({ 'application.properties': text })).toHaveLength(1);
    expect(everything({ 'application.properties': text })).not.toContain('s3cret');
  });
});
