// One file of each format as projects have it, with a password, and slips that people make in it.

export interface Format {
  readonly file: string;
  /** With SETTING where one of the settings below stands. */
  readonly text: string;
  readonly profile: string;
  /** A setting that holds, and what the scenario has of it. */
  readonly good: readonly [setting: string, scenario: string];
  /** A value with a unit that the product does not take. */
  readonly unit: readonly [setting: string, message: string];
  readonly key: readonly [setting: string, message: string];
  /** A placeholder for which nothing stands. */
  readonly open: string;
}

/** What may be in no output; the characters around it mean something in one syntax or another. */
export const SECRET = 'hunter2';

export const formats: readonly Format[] = [
  {
    file: 'application.yml',
    text: `# shop
server: { tomcat: { threads: { max: 50 } } }
spring:
  datasource: &source
    url: jdbc:postgresql://db/shop?password=${SECRET}
    username: shop
    password: '${SECRET}#: "x"'
    hikari:
      pool-name: shop
      SETTING
---
spring: { config.activate.on-profile: qa, datasource.hikari.maximum-pool-size: 99 }
`,
    profile: 'hikaricp',
    good: ['maximum-pool-size: ${DB_POOL:4}', 'maximumPoolSize: 4'],
    unit: ['connection-timeout: 30s', 'HikariCP reads it as milliseconds; did you mean 30000?'],
    key: ['maximum-pool-sise: 4', 'did you mean maximum-pool-size?'],
    open: 'maximum-pool-size: ${NOPE}',
  },
  {
    file: 'application.properties',
    text: `\ufeff# shop\r\nspring.datasource.password = ${SECRET}\\\r\n   !#x\r\nspring.datasource.hikari.SETTING\r\n`,
    profile: 'hikaricp',
    good: ['max-lifetime=0', 'maxLifetime: 0'],
    unit: ['idleTimeout=10m', 'HikariCP reads it as milliseconds; did you mean 600000?'],
    key: ['maximum_pool_siz=4', 'did you mean maximumPoolSize?'],
    open: 'maximum-pool-size=${NOPE}',
  },
  {
    file: 'hikari.properties',
    text: `dataSourceClassName=org.postgresql.ds.PGSimpleDataSource
dataSource.password=${SECRET}\\=x
SETTING
`,
    profile: 'hikaricp',
    good: ['maximumPoolSize=4', 'maximumPoolSize: 4'],
    unit: ['maxLifetime=30m', 'HikariCP reads it as milliseconds; did you mean 1800000?'],
    key: ['maximumPoolsize=4', 'did you mean maximumPoolSize?'],
    open: 'maximumPoolSize=${NOPE}',
  },
  {
    file: 'pgbouncer.ini',
    text: `;; shop
[databases]
shop = host=db port=5432 password='${SECRET}''x' reserve_pool=2
[pgbouncer]
listen_port = 6432
auth_type = scram-sha-256
pool_mode = transaction
SETTING
[users]
shop = pool_mode=session
`,
    profile: 'pgbouncer',
    good: ['default_pool_size = 4', 'default_pool_size: 4'],
    unit: ['query_wait_timeout = 2m', 'PgBouncer reads it as seconds; did you mean 120?'],
    key: ['default_pol_size = 4', 'did you mean default_pool_size?'],
    open: 'default_pool_size = ${NOPE}',
  },
  {
    file: 'config/pg.json',
    text: `{
  "logger": { "level": "info" },
  "db": { "host": "db", "password": "${SECRET}\\"\\u0024", "maxUses": 7500,
    SETTING },
  "redis": { "password": "${SECRET}", "max": 3 }
}
`,
    profile: 'pg-pool',
    good: ['"max": 4, "connectionTimeoutMillis": 0', 'connectionTimeoutMillis: 0'],
    unit: ['"connectionTimeoutMillis": "2s"', 'reads it as milliseconds; did you mean 2000?'],
    key: ['"idleTimeoutMilis": 4', 'did you mean idleTimeoutMillis?'],
    open: '"max": "${NOPE}"',
  },
  {
    file: 'knexfile.json',
    text: `{
  "development": { "client": "sqlite3", "connection": { "filename": "x" } },
  "production": {
    "client": "pg", "connection": "postgres://u:${SECRET}%40@db/shop", "migrations": {},
    "pool": { "min": 0, SETTING }
  }
}
`,
    profile: 'knex',
    good: ['"max": 4', 'max: 4'],
    unit: ['"acquireTimeoutMillis": "30s"', 'reads it as milliseconds; did you mean 30000?'],
    key: ['"acquireTimeoutMilis": 4', 'did you mean pool.acquireTimeoutMillis?'],
    open: '"max": "${NOPE}"',
  },
  {
    file: 'config/config.json',
    text: `{
  "test": { "dialect": "sqlite" },
  "production": {
    "username": "u", "password": "${SECRET}/@:", "dialect": "postgres",
    "pool": { "min": 0, SETTING }
  }
}
`,
    profile: 'sequelize',
    good: ['"max": 4', 'max: 4'],
    unit: ['"acquire": "1m"', 'Sequelize reads it as milliseconds; did you mean 60000?'],
    key: ['"aquire": 4', 'did you mean pool.acquire?'],
    open: '"max": "${NOPE}"',
  },
  {
    file: '.env',
    text: `# shop
export PGPASSWORD='${SECRET}#$x'
KEY="-----BEGIN
${SECRET}"
SETTING # ours
`,
    profile: 'pg-pool',
    good: ['PG_POOL_MAX=4', 'max: 4'],
    unit: ['PG_IDLE_TIMEOUT_MS=30s', 'reads it as milliseconds; did you mean 30000?'],
    key: ['PG_POOL_MAXX=4', 'did you mean PG_POOL_MAX?'],
    open: 'PG_POOL_MAX=${NOPE}',
  },
  {
    file: 'prisma.env',
    text: `DATABASE_URL="postgresql://shop:${SECRET}%23@db:5432/shop?schema=public&SETTING"
SHADOW_DATABASE_URL="postgresql://shop:${SECRET}@db/shadow?connection_limit=1"
`,
    profile: 'prisma',
    good: ['connection_limit=4&pool_timeout=0', 'pool_timeout: 0'],
    unit: ['pool_timeout=10s', 'reads it as seconds; did you mean 10?'],
    key: ['conection_limit=4', 'did you mean connection_limit?'],
    open: 'connection_limit=${NOPE}',
  },
  {
    file: 'config/database.yml',
    text: `default: &default
  adapter: postgresql
  password: <%= ENV.fetch("SHOP_PASSWORD", "${SECRET}") %>
  SETTING
test: { <<: *default, database: shop_test }
production:
  primary: { <<: *default, password: '${SECRET}%' }
`,
    profile: 'activerecord',
    good: ['pool: <%= ENV.fetch("RAILS_MAX_THREADS") { 4 } %>', 'max_connections: 4'],
    unit: ['checkout_timeout: 5s', 'ActiveRecord reads it as seconds; did you mean 5?'],
    key: ['checkout_timout: 5', 'did you mean checkout_timeout?'],
    open: 'pool: <%= ENV["NOPE"] %>',
  },
  {
    file: 'engine.json',
    text: `{
  "SECRET_KEY": "${SECRET}",
  "SQLALCHEMY_DATABASE_URI": "postgresql+psycopg://u:${SECRET}@db/shop",
  "SQLALCHEMY_ENGINE_OPTIONS": { "echo": false, SETTING }
}
`,
    profile: 'sqlalchemy',
    good: ['"max_overflow": -1', 'max_overflow: -1'],
    unit: ['"pool_timeout": "30s"', 'reads it as seconds; did you mean 30?'],
    key: ['"max_overflw": 4', 'did you mean max_overflow?'],
    open: '"pool_size": "${NOPE}"',
  },
  {
    file: 'shop.toml',
    text: `[server]
workers = 4
[database]
url = "postgresql+asyncpg://u:${SECRET}@db/shop"
SETTING
`,
    profile: 'sqlalchemy',
    good: ['pool_size = 4', 'pool_size: 4'],
    unit: ['pool_recycle = "1h"', 'reads it as seconds; did you mean 3600?'],
    key: ['pool_sise = 4', 'did you mean pool_size?'],
    open: 'pool_size = "${NOPE}"',
  },
  {
    file: 'django.json',
    text: `{ "SECRET_KEY": "${SECRET}", "DATABASES": { "default": {
  "ENGINE": "django.db.backends.postgresql", "PASSWORD": "${SECRET}'",
  "OPTIONS": { "sslmode": "require", "pool": { "min_size": 2, SETTING } } } } }
`,
    profile: 'psycopg_pool',
    good: ['"max_size": 4', 'max_size: 4'],
    unit: ['"timeout": "30s"', 'psycopg_pool reads it as seconds; did you mean 30?'],
    key: ['"maxsize": 4', 'did you mean max_size?'],
    open: '"max_size": "${NOPE}"',
  },
  {
    file: 'appsettings.json',
    text: `{
  // shop
  "ConnectionStrings": {
    "Shop": "Host=db;Username=u;Password='${SECRET};x';SETTING",
    "Redis": "redis:6379,password=${SECRET}",
  },
}
`,
    profile: 'npgsql',
    good: ['Maximum Pool Size=4', 'Maximum Pool Size: 4'],
    unit: ['Timeout=30s', 'Npgsql reads it as seconds; did you mean 30?'],
    key: ['Minimun Pool Size=4', 'did you mean Minimum Pool Size?'],
    open: 'Maximum Pool Size=${NOPE}',
  },
  {
    file: 'appsettings.Production.json',
    text: `{ "ConnectionStrings": { "Shop": "Data Source=db;PWD=${SECRET};User ID=u;SETTING" } }
`,
    profile: 'sqlclient',
    good: ['Max Pool Size=4', 'Max Pool Size: 4'],
    unit: ['Connect Timeout=1m', 'reads it as seconds; did you mean 60?'],
    key: ['Maximum Pool Size=4', 'did you mean Max Pool Size?'],
    open: 'Max Pool Size=${NOPE}',
  },
  {
    file: 'context.xml',
    text: `<?xml version="1.0"?>
<!-- password="${SECRET}" -->
<Context>
  <Resource name="jdbc/shop" type="javax.sql.DataSource" username="u" password="${SECRET}&amp;x"
    factory="org.apache.tomcat.jdbc.pool.DataSourceFactory" SETTING />
</Context>
`,
    profile: 'tomcat-jdbc',
    good: ['maxActive="4" maxIdle="4"', 'maxActive: 4'],
    unit: ['maxWait="30s"', 'reads it as milliseconds; did you mean 30000?'],
    key: ['maxActiv="4"', 'did you mean maxActive?'],
    open: 'maxActive="${NOPE}"',
  },
  {
    file: 'deployment.yaml',
    text: `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  SETTING
  template:
    spec:
      containers:
        - name: shop
          env:
            - { name: DB_PASSWORD, value: '${SECRET}"' }
            - { name: PG_POOL_MAX, value: "4" }
---
apiVersion: v1
kind: Secret
metadata: { name: shop }
stringData: { password: ${SECRET} }
`,
    profile: 'pg-pool',
    good: ['replicas: 3', 'instances: 3'],
    unit: ['replicas: 3m', '3m is no number; a whole number from 0 to 1000000 is needed'],
    key: ['replica: 3', 'did you mean replicas?'],
    open: 'replicas: ${NOPE}',
  },
  {
    file: 'hpa.yaml',
    text: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: shop, annotations: { note: ${SECRET} } }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop }
  maxReplicas: 9
  SETTING
`,
    profile: 'generic',
    good: ['minReplicas: 3', 'instances: 3'],
    unit: ['minReplicas: 3m', '3m is no number; a whole number from 0 to 1000000 is needed'],
    key: ['minReplica: 3', 'did you mean minReplicas?'],
    open: 'minReplicas: ${NOPE}',
  },
  {
    file: 'values.yaml',
    text: `image: { tag: "1" }
autoscaling: { enabled: false, maxReplicas: 9 }
env: { DB_PASSWORD: '${SECRET}: x', PG_POOL_MAX: 4 }
SETTING
`,
    profile: 'pg-pool',
    good: ['replicaCount: 3', 'instances: 3'],
    unit: ['replicaCount: 3m', '3m is no number; a whole number from 0 to 1000000 is needed'],
    key: ['replicaCout: 3', 'did you mean replicaCount?'],
    open: 'replicaCount: ${NOPE}',
  },
];
