/** Keys of Java's pools that are not about how many connections there are and how long one waits for them. */

type Besides = Readonly<Record<string, readonly string[]>>;

const WHERE = 'says where the database is';
const WHO = 'says who connects';
const STATEMENTS = 'is about transactions and statements, not about the pool';
const WATCHED = 'is about names, logs and metrics';
const PARTS = 'exchanges parts of the pool for others';
const CHECKS = 'is about how a connection is checked';

/** com.zaxxer.hikari.HikariConfig and HikariDataSource, 2.x to 7.x. */
export const HIKARI_BESIDES: Besides = {
  [WHERE]: [
    ...['jdbcUrl', 'url', 'driverClassName', 'dataSourceClassName', 'dataSourceJNDI'],
    ...['dataSource', 'dataSource.*', 'dataSourceProperties', 'dataSourceProperties.*'],
    ...['catalog', 'schema'],
  ],
  [WHO]: ['username', 'password', 'credentials', 'credentialsProviderClassName'],
  [STATEMENTS]: [
    ...['autoCommit', 'readOnly', 'transactionIsolation', 'isolateInternalQueries'],
    'connectionInitSql',
  ],
  [CHECKS]: ['connectionTestQuery', 'jdbc4ConnectionTest'],
  [WATCHED]: [
    ...['poolName', 'registerMbeans', 'metricRegistry', 'metricsTrackerFactory'],
    ...['healthCheckRegistry', 'healthCheckProperties', 'healthCheckProperties.*', 'logWriter'],
  ],
  [PARTS]: [
    ...['threadFactory', 'scheduledExecutor', 'scheduledExecutorService'],
    ...['exceptionOverride', 'exceptionOverrideClassName'],
  ],
  'is replaced by initializationFailTimeout': ['initializationFailFast'],
  'is set by HikariCP itself from connectionTimeout': ['loginTimeout'],
};

/** org.apache.tomcat.jdbc.pool.PoolConfiguration and DataSourceFactory. */
export const TOMCAT_JDBC_BESIDES: Besides = {
  [WHERE]: [
    ...['url', 'driverClassName', 'dataSource', 'dataSourceJNDI', 'defaultCatalog'],
    ...['connectionProperties', 'dbProperties', 'dbProperties.*'],
  ],
  [WHO]: ['username', 'password', 'alternateUsernameAllowed'],
  [STATEMENTS]: [
    ...['defaultAutoCommit', 'defaultReadOnly', 'defaultTransactionIsolation', 'initSQL'],
    ...['rollbackOnReturn', 'commitOnReturn', 'useStatementFacade', 'jdbcInterceptors'],
  ],
  [CHECKS]: [
    ...['validationQuery', 'validatorClassName', 'validator', 'testOnConnect', 'testOnReturn'],
    'logValidationErrors',
  ],
  [WATCHED]: ['name', 'poolName', 'jmxEnabled', 'logAbandoned'],
  [PARTS]: [
    ...['accessToUnderlyingConnectionAllowed', 'useDisposableConnectionFacade', 'useEquals'],
    ...['useLock', 'propagateInterruptState', 'ignoreExceptionOnPreLoad'],
  ],
  'is known to the Tomcat pool and without effect there': [
    ...['numTestsPerEvictionRun', 'poolPreparedStatements', 'maxOpenPreparedStatements'],
  ],
};

/** org.apache.commons.dbcp2.BasicDataSource and BasicDataSourceFactory, and Tomcat's copy of them. */
export const DBCP2_BESIDES: Besides = {
  [WHERE]: [
    ...['url', 'driverClassName', 'driver', 'driverClassLoader', 'connectionFactoryClassName'],
    ...['connectionProperties', 'defaultCatalog', 'defaultSchema'],
  ],
  [WHO]: ['username', 'password'],
  [STATEMENTS]: [
    ...['defaultAutoCommit', 'defaultReadOnly', 'defaultTransactionIsolation', 'cacheState'],
    ...['connectionInitSqls', 'enableAutoCommitOnReturn', 'autoCommitOnReturn'],
    ...['defaultQueryTimeout', 'poolPreparedStatements', 'maxOpenPreparedStatements'],
    'clearStatementPoolOnReturn',
  ],
  [CHECKS]: [
    ...['validationQuery', 'fastFailValidation', 'disconnectionSqlCodes'],
    'disconnectionIgnoreSqlCodes',
  ],
  [WATCHED]: [
    ...['jmxName', 'registerConnectionMBean', 'logAbandoned', 'logExpiredConnections'],
    ...['abandonedUsageTracking', 'abandonedLogWriter', 'logWriter'],
  ],
  [PARTS]: ['accessToUnderlyingConnectionAllowed', 'evictionPolicyClassName'],
};

/** What every `Resource` of Tomcat has, whatever it is. */
export const RESOURCE_BESIDES: Besides = {
  'is about the resource, not about its pool': [
    ...['name', 'auth', 'type', 'scope', 'description', 'singleton', 'factory', 'closeMethod'],
    ...['global', 'uniqueResourceName', 'lookup-name', 'override'],
  ],
};
