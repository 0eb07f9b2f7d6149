// Whatever is wrong with a file: its password stands in nothing that an import says.

import { describe, expect, it } from 'vitest';
import { isNightly } from '../../support/nightly.ts';
import { everythingSaid, imported, type Given } from './importing.ts';

/** What is looked for; around it stand characters that mean something in one syntax or another. */
const secret = 'hunter2';
const passwords = [
  secret,
  `${secret}@${secret}`,
  `%23${secret}%3F`,
  `a#${secret}`,
  `${secret}?x=${secret}&y`,
  `${secret}/${secret}:`,
  `'${secret}`,
  `"${secret}"`,
  `$${secret}{}`,
  `${secret} ${secret}`,
  `<%= ${secret} %>`,
  `\\${secret}`,
];

const files: Readonly<Record<string, readonly [template: string, given?: Given]>> = {
  'pool.json': [
    '{ "host": "db",\n "password": "PASSWORD",\n "max": 4,\n "connectionString": "postgres://u:PASSWORD@db/x?a=b",\n "maxUses": 5 }',
  ],
  'knexfile.json': [
    '{ "production": { "client": "pg",\n "connection": "postgres://u:PASSWORD@db/shop",\n "pool": { "min": 0, "max": 4 } } }',
  ],
  'config.json': [
    '{ "production": { "dialect": "postgres",\n "password": "PASSWORD",\n "pool": { "max": 4 } } }',
  ],
  'asyncpg.json': [
    '{ "min_size": 1,\n "password": "PASSWORD",\n "max_size": 4 }',
    { profile: 'asyncpg' },
  ],
  '.env': [
    'PG_POOL_MAX="4"\nPGPASSWD=PASSWORD\nURL="postgres://u:PASSWORD@db/x?connection_limit=4"\nB=\'PASSWORD\'\nPG_POOL_MIN=1\nWEB_CONCURRENCY=2\n',
  ],
  'config/database.yml': [
    'default: &default\n  adapter: postgresql\n  pool: 5\n  password: PASSWORD\nproduction:\n  <<: *default\n  url: postgres://u:PASSWORD@db/shop?pool=5\n  checkout_timeout: 5\n',
  ],
  'engine.toml': [
    '[sqlalchemy]\npool_size = 3\nurl = "postgresql+psycopg://u:PASSWORD@db/shop"\nmax_overflow = 1\n[sqlalchemy.connect_args]\npassword = "PASSWORD"\n',
  ],
  'settings.json': [
    '{ "DATABASES": { "default": { "ENGINE": "x.postgresql",\n "PASSWORD": "PASSWORD",\n "CONN_MAX_AGE": 5 } } }',
  ],
  'pgbouncer.ini': [
    "[databases]\nshop = host=db password='PASSWORD' pool_size=4\n[pgbouncer]\npool_mode = transaction\nauth_query = select 'PASSWORD'\ndefault_pool_size = 5\n",
  ],
  'application.yml': [
    'spring:\n  datasource:\n    url: jdbc:postgresql://db/shop?password=PASSWORD\n    password: "PASSWORD"\n    hikari:\n      maximum-pool-size: 5\n      data-source-properties: { password: \'PASSWORD\' }\n      idle-timeout: 0\n',
  ],
  'application.properties': [
    'spring.datasource.password=PASSWORD\nspring.datasource.hikari.maximum-pool-size=5\nspring.r2dbc.password: PASSWORD\nspring.r2dbc.pool.max-idle-time=30s\nserver.tomcat.threads.max=50\n',
  ],
  'hikari.properties': [
    'dataSource.password=PASSWORD\nmaximumPoolSize=5\npassword PASSWORD\nidleTimeout=0\n',
  ],
  'context.xml': [
    '<Context>\n<Resource name="jdbc/a" type="javax.sql.DataSource" password="PASSWORD" maxTotal="5"\n url=\'jdbc:x?password=PASSWORD\' maxWaitMillis="-1"/></Context>',
  ],
  'appsettings.json': [
    '{ "ConnectionStrings": { "A": "Host=db;Password=PASSWORD;Timeout=5",\n "B": "Server=db;Max Pool Size=5;PWD=\'PASSWORD\';Encrypt=true" } }',
  ],
  'values.yaml': [
    'replicaCount: 3\nenv: { WORKERS: 4, PGPASSWD: "PASSWORD" }\nresources: { limits: { cpu: 1 } }\n',
  ],
  'deployment.yaml': [
    'kind: Deployment\nspec:\n  replicas: 4\n  template:\n    spec:\n      containers:\n        - name: shop\n          env:\n            - { name: DB_POOL, value: "6" }\n            - { name: PGPASSWD, value: \'PASSWORD\' }\n          resources: { limits: { cpu: 500m } }\n',
  ],
  'db.txt': ['Host=db;Password=PASSWORD;Maximum Pool Size=50;Timeout=3'],
};

/** How many characters apart: each one at night. */
const step = isNightly ? 1 : 9;

/** The text as it is, and with a character missing or a quote too many here and there. */
function* damaged(text: string): Generator<string> {
  yield text;
  for (let at = 0; at < text.length; at += step) {
    yield text.slice(0, at) + text.slice(at + 1);
    yield `${text.slice(0, at)}"${text.slice(at)}`;
  }
}

describe('the password in a file', () => {
  it.each(Object.entries(files))('is never shown: %s', (file, [template, given]) => {
    for (const password of passwords) {
      for (const text of damaged(
        template.replaceAll('"PASSWORD":', '"PASSWD":').replaceAll('PASSWORD', password),
      )) {
        const said = everythingSaid({ [file]: text }, given);
        if (said.includes(secret)) expect({ text, said }).toBe('said nothing of it');
      }
    }
  });
});

describe('a setting that stands for the variable of a password by mistake', () => {
  it.each([
    ['application.yml', 'spring.datasource.hikari: { maximum-pool-size: "${DB_PASSWORD}" }'],
    ['pool.json', '{ "max": "${DB_PASSWORD}", "maxUses": 3 }'],
    ['database.yml', 'production: { adapter: x, pool: <%= ENV["DB_PASSWORD"] %> }'],
    ['.env', 'PG_POOL_MAX=${DB_PASSWORD}'],
  ])('is refused without its value: %s', (file, text) => {
    const said = everythingSaid({ [file]: text }, { variables: { DB_PASSWORD: secret } });
    expect(said).toContain('what stands here is not allowed');
    expect(said).not.toContain(secret);
  });

  it('is recorded without its value', () => {
    const text = '[databases]\n[pgbouncer]\nserver_reset_query = ${DB_PASSWORD}\n';
    const { filled } = imported({ 'pgbouncer.ini': text }, { variables: { DB_PASSWORD: secret } });
    expect(filled).toMatchObject([{ name: 'DB_PASSWORD', value: '…' }]);
  });
});
