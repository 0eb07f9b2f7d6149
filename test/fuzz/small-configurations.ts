// Files that set up pools and pods, one or more of each kind that can be imported, each with a password where
// such a file has one.

import type { FileText } from '../../src/scenario/import/import-files.ts';

/** Stands in files as a password, and nowhere else. */
export const SECRET = 'geheimPw';

export interface SmallConfiguration extends FileText {
  /** Read together with it. */
  readonly besides?: readonly FileText[];
  readonly envFiles?: readonly FileText[];
  readonly environment?: string;
  readonly profile?: string;
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 4
  strategy: { rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 } }
  template:
    spec:
      terminationGracePeriodSeconds: 45
      containers:
        - name: shop
          env:
            - { name: DB_POOL, value: "6" }
            - { name: DB_PASSWORD, value: ${SECRET} }
            - { name: DB_URL, value: "postgres://u:$(DB_PASSWORD)@db/shop" }
          resources: { limits: { cpu: 500m, memory: 512Mi } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: shop }
spec:
  scaleTargetRef: { kind: Deployment, name: shop }
  minReplicas: 2
  maxReplicas: 9
`;

const helm = `replicaCount: 3
autoscaling: { enabled: false, minReplicas: 2, maxReplicas: 12 }
resources: { limits: { cpu: 1, memory: 1Gi } }
updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
extraEnv:
  - { name: DB_POOL, value: "15" }
env: { WORKERS: 4, PGPASSWORD: ${SECRET} }
ingress:
  annotations: { nginx.ingress.kubernetes.io/proxy-read-timeout: "20" }
`;

const spring = `server.tomcat.threads.max: 150
spring:
  profiles.active: prod
  datasource:
    url: jdbc:postgresql://db:5432/shop?user=u&password=${SECRET}
    password: "\${DB_PASSWORD:${SECRET}}"
    hikari:
      maximum-pool-size: \${DB_POOL:10}
      minimumIdle: 2
      connection_timeout: 2000
      max-lifetime: 1800000
      data-source-properties: { socketTimeout: 30 }
---
spring.config.activate.on-profile: prod & !dev
spring.datasource.hikari.idle-timeout: 600000
`;

const java: readonly SmallConfiguration[] = [
  { file: 'application.yml', text: spring },
  {
    file: 'application.yml',
    text: spring,
    environment: 'prod',
    besides: [
      { file: 'deployment.yaml', text: deployment },
      {
        file: 'application-prod.yml',
        text: 'spring.datasource.hikari.maximum-pool-size: 7\n',
      },
    ],
    envFiles: [{ file: 'prod.env', text: `DB_PASSWORD=${SECRET}\nDB_POOL=8\n` }],
  },
  {
    file: 'tomcat.yml',
    text: 'spring.datasource.tomcat: { max-active: 4, max-wait: 500, initial-size: 2 }\n',
  },
  {
    file: 'r2dbc.yml',
    text: `spring.r2dbc:\n  password: ${SECRET}\n  pool: { max-size: 4, max-acquire-time: PT1S, max-life-time: -1 }\n`,
  },
  {
    file: 'application.properties',
    text: `spring.datasource.password=${SECRET}
spring.datasource.dbcp2.max-total=4
spring.datasource.dbcp2.max-wait-millis : \${WAIT:500}
server.tomcat.threads.max 40
#---
spring.config.activate.on-profile=prod
spring.datasource.dbcp2.max-idle=3
`,
  },
  {
    file: 'hikari.properties',
    text: `dataSource.password=${SECRET}\nmaximumPoolSize=4\nconnectionTimeout=700\nidleTimeout 0\nkeepaliveTime=60000\n`,
  },
  {
    file: 'context.xml',
    text: `<?xml version="1.0" encoding="UTF-8"?>
<Context reloadable="true">
  <!-- password="${SECRET}" -->
  <Resource name="jdbc/shop" type="javax.sql.DataSource" url="jdbc:postgresql://db/shop?a=b&amp;password=${SECRET}"
            username="u" password="${SECRET}" maxTotal="5" maxIdle="3" maxWaitMillis="900" testOnBorrow="true"/>
</Context>
`,
  },
];

const dotnet: readonly SmallConfiguration[] = [
  {
    file: 'appsettings.json',
    text: `{
  // of the shop
  "Logging": { "LogLevel": { "Default": "Information" } },
  "ConnectionStrings": {
    "Shop": "Host=db;Username=u;Password=${SECRET};Maximum Pool Size=5;Timeout=3;Connection Idle Lifetime=60",
  },
}
`,
  },
  {
    file: 'db.txt',
    text: `Data Source=db;User Id=u;PWD='${SECRET}';Max Pool Size=4;Min Pool Size=1;Connect Timeout=2`,
  },
];

const node: readonly SmallConfiguration[] = [
  {
    file: 'pool.json',
    text: `{
  "host": "db",
  "password": "${SECRET}",
  "max": 4,
  "min": 1,
  "connectionTimeoutMillis": 500,
  "idleTimeoutMillis": 10000,
  "maxUses": 70
}
`,
  },
  {
    file: 'knexfile.json',
    text: `{
  "development": { "client": "pg", "pool": { "min": 0, "max": 1 } },
  "production": {
    "client": "pg",
    "connection": "postgres://u:${SECRET}@db/shop",
    "pool": { "min": 0, "max": 4, "acquireTimeoutMillis": 900 },
    "acquireConnectionTimeout": 800
  }
}
`,
  },
  {
    file: 'config.json',
    text: `{ "production": {
  "dialect": "postgres",
  "host": "db",
  "password": "${SECRET}",
  "pool": { "max": 4, "min": 0, "acquire": 700, "idle": 9000 } } }\n`,
  },
  {
    file: 'generic.json',
    text: '{ "max": 4, "min": 1, "maxWaitingClients": 50, "acquireTimeoutMillis": 400 }\n',
    profile: 'generic-pool',
  },
  {
    file: '.env',
    text: `PG_POOL_MAX=4\nPG_CONNECTION_TIMEOUT_MS=500\nPGPASSWORD="${SECRET}"\nWEB_CONCURRENCY=2\nPORT=8080\n`,
  },
  {
    file: 'prisma.env',
    text: `# of the shop\nDATABASE_URL="postgres://u:${SECRET}@db:5432/shop?connection_limit=4&pool_timeout=2"\n`,
    besides: [{ file: 'values.yaml', text: helm }],
  },
];

const others: readonly SmallConfiguration[] = [
  {
    file: 'database.yml',
    text: `default: &default
  adapter: postgresql
  password: ${SECRET}
  pool: <%= ENV.fetch("RAILS_MAX_THREADS") { 4 } %>
  checkout_timeout: 2
production:
  <<: *default
  url: postgres://u:${SECRET}@db/shop
  idle_timeout: <%= ENV["IDLE"] || 60 %>
`,
    envFiles: [{ file: 'prod.env', text: 'RAILS_MAX_THREADS=6\n' }],
  },
  {
    file: 'engine.toml',
    text: `title = "shop"
[sqlalchemy]
url = "postgresql+psycopg://u:${SECRET}@db/shop"
pool_size = 3
max_overflow = 1
pool_timeout = 2.5
pool_reset_on_return = "none"
[sqlalchemy.connect_args]
password = "${SECRET}"
`,
  },
  {
    file: 'engine.json',
    text: `{
  "url": "postgresql+psycopg://u:${SECRET}@db/shop",
  "pool_size": 4,
  "max_overflow": 2,
  "pool_timeout": 3,
  "pool_recycle": 1800,
  "pool_pre_ping": true
}
`,
  },
  {
    file: 'settings.json',
    text: `{ "DATABASES": { "default": {
  "ENGINE": "django.db.backends.postgresql",
  "PASSWORD": "${SECRET}",
  "CONN_MAX_AGE": 60 } } }\n`,
  },
  {
    file: 'pooled.json',
    text: `{ "DATABASES": { "default": {
  "ENGINE": "django.db.backends.postgresql",
  "PASSWORD": "${SECRET}",
  "OPTIONS": { "pool": { "min_size": 1, "max_size": 4, "timeout": 2 } } } } }\n`,
  },
  {
    file: 'asyncpg.json',
    text: `{
  "min_size": 1,
  "max_size": 4,
  "password": "${SECRET}"
}
`,
    profile: 'asyncpg',
  },
  {
    file: 'pgbouncer.ini',
    text: `[databases]
shop = host=db port=5432 password='${SECRET}' pool_size=4 reserve_pool=1
[users]
report = pool_mode=session max_user_connections=5
[pgbouncer]
pool_mode = transaction
max_client_conn = 500
default_pool_size = 5
query_wait_timeout = 3
server_idle_timeout = 0.5
`,
    besides: [
      {
        file: 'pool.json',
        text: '{ "host": "bouncer", "max": 8, "connectionTimeoutMillis": 900 }\n',
      },
    ],
  },
  {
    file: 'deployment.yaml',
    text: deployment,
    besides: [{ file: 'application.yml', text: spring }],
  },
  { file: 'values.yaml', text: helm, besides: [{ file: 'application.yml', text: spring }] },
];

export const SMALL_CONFIGURATIONS: readonly SmallConfiguration[] = [
  ...java,
  ...dotnet,
  ...node,
  ...others,
];
