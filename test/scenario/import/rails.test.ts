import { describe, expect, it } from 'vitest';
import {
  everythingSaid,
  findings,
  importFaults,
  imported,
  leftOutOf,
  noticesOf,
  poolsOf,
  type Given,
} from './importing.ts';

const file = 'config/database.yml';

/** As `rails new` writes it, with a few numbers more. */
const usual = `# PostgreSQL
#
default: &default
  adapter: postgresql
  encoding: unicode
  # For details on connection pooling, see the Rails guide
  pool: <%= ENV.fetch("RAILS_MAX_THREADS") { 5 } %>
  checkout_timeout: 2

development:
  <<: *default
  database: shop_development

production:
  <<: *default
  database: shop_production
  username: shop
  password: <%= ENV["SHOP_DATABASE_PASSWORD"] %>
  idle_timeout: <%= ENV["IDLE"] || 60 %>
  reaping_frequency: 10
`;

describe('config/database.yml', () => {
  it('sets up the pool of its environment with what it takes over', () => {
    expect(poolsOf(file, usual)).toEqual([
      {
        profile: 'activerecord',
        name: null,
        idle_timeout: 60,
        reaping_frequency: 10,
        max_connections: 5,
        checkout_timeout: 2,
      },
    ]);
    expect(noticesOf(file, usual)).toEqual(['14: production is taken, not development']);
  });

  it('has the places where the values stand, Ruby or not', () => {
    const [pool] = findings(file, usual).pools;
    expect(pool?.settings.map(({ key, place }) => `${key} ${place.line}:${place.column}`)).toEqual([
      'production.idle_timeout 19:17',
      'production.reaping_frequency 20:22',
      'production.pool 7:9',
      'production.checkout_timeout 8:21',
    ]);
  });

  it('takes variables that are given, and says so', () => {
    const given = { variables: { RAILS_MAX_THREADS: '16', SHOP_DATABASE_PASSWORD: 'hunter2' } };
    const reading = imported({ [file]: usual }, given);
    expect(poolsOf(file, usual, given)).toMatchObject([{ max_connections: 16 }]);
    expect(reading.filled.map(({ name, value, from }) => `${name}=${value} from ${from}`)).toEqual([
      'IDLE=60 from its default',
      'RAILS_MAX_THREADS=16 from given.env',
    ]);
    expect(everythingSaid({ [file]: usual }, given)).not.toContain('hunter2');
  });

  it('has its own keys before those that it takes over, and the first of these', () => {
    const text = `default: &default { adapter: postgresql, pool: 5, idle_timeout: 60 }
large: &large { pool: 50, checkout_timeout: 1 }
production: { <<: [*large, *default], idle_timeout: 9 }
`;
    expect(poolsOf(file, text)).toEqual([
      {
        ...{ profile: 'activerecord', name: null },
        ...{ max_connections: 50, checkout_timeout: 1, idle_timeout: 9 },
      },
    ]);
  });

  it('says once what stands for a variable that several databases take over', () => {
    const pool = '<%= ENV.fetch("RAILS_MAX_THREADS") { 5 } %>';
    const text = `default: &default
  adapter: postgresql
  pool: ${pool}
production:
  primary: { <<: *default }
  cache: { <<: *default }
  queue: { <<: *default, pool: "${pool.replaceAll('"', "'")}" }
`;
    const { filled } = imported({ 'database.yml': text });
    expect(filled.map(({ name, place }) => `${name} ${place.line}`)).toEqual([
      'RAILS_MAX_THREADS 3',
      'RAILS_MAX_THREADS 7',
    ]);
  });

  it('lists the rest', () => {
    expect(leftOutOf(file, usual)).toEqual([
      'production.database (16:13): says where the database is',
      'production.username (17:13): says who connects',
      'production.password (18:13): says who connects',
      'production.adapter (4:12): says where the database is',
      'production.encoding (5:13): says where the database is',
    ]);
  });

  it.each([
    ['ENV.fetch("N") { 5 }', 5],
    ["ENV.fetch('N') { '5' }", 5],
    ['ENV.fetch("N", 5)', 5],
    ['ENV.fetch("N", 5).to_i', 5],
    ['Integer(ENV.fetch("N", "5"))', 5],
    ['(ENV["N"] || 5).to_i', 5],
    ['ENV["N"].presence || ENV["M"] || 5', 5],
    ['ENV.fetch("N") { ENV.fetch("M") { 1_000 } }', 1000],
    ['7', 7],
  ])('understands the Ruby %s', (ruby, value) => {
    const text = `production:\n  adapter: mysql2\n  pool: <%= ${ruby} %>\n`;
    expect(poolsOf(file, text)).toMatchObject([{ max_connections: value }]);
    if (value === 7) return;
    expect(poolsOf(file, text, { variables: { N: '3' } })).toMatchObject([{ max_connections: 3 }]);
  });

  it.each(['ENV.fetch("N") { 5 } + 2', 'Rails.env.production? ? 10 : 5', 'ENV.fetch(NAME, 5)', ''])(
    'asks for a number in place of other Ruby: %s',
    (ruby) => {
      const text = `production:\n  adapter: mysql2\n  pool: <%= ${ruby} %>\n`;
      expect(importFaults(file, text)).toEqual([
        'config/database.yml:3:9: production.pool: is Ruby that only Rails can work out; write a number or ENV.fetch("NAME") { 5 } in its place',
      ]);
    },
  );

  it('may have Ruby where YAML would not be YAML with it', () => {
    const text = `production: { adapter: mysql2, pool: <%= ENV.fetch("N") { "9" } %>, host: <%= x ? {} : [] %> }
<%# a comment with: { braces %>
test:
  adapter: mysql2
  pool: "<%= ENV.fetch('N') { 2 } %>"
`;
    expect(poolsOf(file, text)).toMatchObject([{ max_connections: 9 }]);
    expect(poolsOf(file, text, { environment: 'test' })).toMatchObject([{ max_connections: 2 }]);
  });

  it('cannot have Ruby that decides what it says', () => {
    const text = 'production:\n  adapter: mysql2\n  <% if ENV["A"] %>\n  pool: 5\n  <% end %>\n';
    expect(importFaults(file, text)).toEqual([
      'config/database.yml:3:3: is Ruby that decides what the file says, which is not run here; import what erb makes of the file',
    ]);
  });

  it('has a pool for each of several databases', () => {
    const text = `default: &default { adapter: postgresql, max_connections: 8 }
production:
  primary:
    <<: *default
    database: shop
  replica:
    <<: *default
    replica: true
    max_connections: 3
  queue:
    adapter: sqlite3
    database: storage/queue.sqlite3
`;
    expect(poolsOf(file, text)).toEqual([
      { profile: 'activerecord', name: 'primary', max_connections: 8 },
      { profile: 'activerecord', name: 'replica', max_connections: 3 },
    ]);
    expect(leftOutOf(file, text)[0]).toBe(
      'production.queue (10:3): is SQLite, which has no server',
    );
  });

  it('with SQLite only has no pool to simulate', () => {
    const text = 'production:\n  adapter: sqlite3\n  database: storage/production.sqlite3\n';
    expect(importFaults(file, text)).toEqual([
      'config/database.yml:1:1: production: sets up no pool: all its databases are SQLite, which has no server',
    ]);
  });

  describe('with a URL', () => {
    const secret = 'postgres://shop:hunter2@db/shop?pool=12&checkout_timeout=1.5&sslmode=require';
    const cases: readonly (readonly [string, string, Given])[] = [
      ['in the file', `url: ${secret}`, {}],
      ['in a variable', 'url: <%= ENV["SHOP_URL"] %>', { variables: { SHOP_URL: secret } }],
      ['as a default', `url: <%= ENV.fetch("SHOP_URL") { "${secret}" } %>`, {}],
      ['that Rails takes unasked', 'host: db', { variables: { DATABASE_URL: secret } }],
    ];

    it.each(cases)('%s takes its parameters first, and keeps its password', (_, line, given) => {
      const text = `production:\n  adapter: postgresql\n  pool: 5\n  ${line}\n`;
      expect(poolsOf(file, text, given)).toEqual([
        { profile: 'activerecord', name: null, max_connections: 12, checkout_timeout: 1.5 },
      ]);
      expect(noticesOf(file, text, given)[1]).toMatch(
        /\?pool goes before production\.pool in line 3$/,
      );
      expect(everythingSaid({ [file]: text }, given)).not.toContain('hunter2');
    });
  });

  it('cannot have a URL in which its parameters and its password cannot be told apart', () => {
    const text = `production:
  adapter: postgresql
  url: postgres://shop:hun?ter2@db/shop?pool=12
`;
    expect(importFaults(file, text)).toEqual([
      'config/database.yml:3:8: production.url: cannot be taken apart: its user or password has characters in it that a URL must escape, such as %23 for # and %3F for ?',
    ]);
  });

  it('has its faults named at their lines', () => {
    const text = `production:
  adapter: postgresql
  pool: 5
  max_connections: 6
  pol: 7
  checkout_timeout: 5s
  idle_timeout: -1
  password: hunter2
  reaping_frequency: <%= ENV["REAPER"] %>
`;
    expect(importFaults(file, text)).toEqual([
      'config/database.yml:5:8: production.pol: ActiveRecord has no such setting; did you mean pool?',
      'config/database.yml:6:21: production.checkout_timeout: 5s is no number; ActiveRecord reads it as seconds; did you mean 5?',
      'config/database.yml:7:17: production.idle_timeout: -1 is out of range; ActiveRecord takes seconds from 0, or 0 (never)',
      'config/database.yml:9:22: production.reaping_frequency: ${REAPER} has no value and no default; give one with --set REAPER=… or --env-file',
      'config/database.yml:4:20: production.max_connections: is the same setting of ActiveRecord as production.pool in line 3; keep one',
    ]);
    expect(everythingSaid({ [file]: `${text}  : : [\n` })).not.toContain('hunter2');
  });

  it('takes 0 and -1 as Rails does', () => {
    const text = 'production:\n  adapter: postgresql\n  max_connections: -1\n  idle_timeout: 0\n';
    expect(poolsOf(file, text)).toEqual([
      { profile: 'activerecord', name: null, max_connections: -1, idle_timeout: 0 },
    ]);
  });

  it('cannot be a binary file, or one with a key twice', () => {
    expect(importFaults(file, 'production:\n  pool: \u0007\n')).toEqual([
      'config/database.yml:2:9: is not a text file: it contains the character U+0007',
    ]);
    expect(importFaults(file, 'production:\n  pool: 5\n  pool: 6\n')).toEqual([
      'config/database.yml:3:3: the key pool stands here twice',
    ]);
  });
});
