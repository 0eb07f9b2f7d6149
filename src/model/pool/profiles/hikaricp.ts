/** HikariCP: one thread opens connections, one after another; who is served first is nearly a strict line. */
import { MS, S, forEver, isOn, never, numberOf, unused } from './native.ts';
import type { NativeValues, Profile, ProfileSetting, StartUpRule } from './profile.ts';

const DEFAULT_IDLE_TIMEOUT = 600_000;
const DEFAULT_MAX_LIFETIME = 1_800_000;
/** `setLoginTimeout` is left alone when a caller waits for ever. */
const FOR_EVER_MS = 2 ** 31 - 1;
const PREFIX = 'com.zaxxer.hikari.';

const settings: readonly ProfileSetting[] = [
  {
    name: 'maximumPoolSize',
    aliases: ['maximum-pool-size'],
    unit: 'connections',
    default: 10,
    min: 1,
    sets: 'max',
    note: 'Most connections of the pool, idle and in use.',
  },
  {
    name: 'minimumIdle',
    aliases: ['minimum-idle'],
    unit: 'connections',
    default: { same: 'maximumPoolSize' },
    sets: 'min',
    note: 'Idle connections that the pool tries to keep; by default it has a fixed size.',
  },
  {
    name: 'connectionTimeout',
    aliases: ['connection-timeout'],
    unit: 'ms',
    default: 30_000,
    min: 250,
    special: [{ value: 0, means: FOR_EVER_MS * MS, words: 'some 24 days' }],
    sets: 'acquireTimeoutNs',
    note: 'How long a caller waits; it covers the line, other connections being opened, and the check.',
  },
  {
    ...unused('validationTimeout', 'ms', 5000, 'How long a check of a connection may take.'),
    aliases: ['validation-timeout'],
    min: 250,
  },
  {
    name: 'idleTimeout',
    aliases: ['idle-timeout'],
    unit: 'ms',
    default: DEFAULT_IDLE_TIMEOUT,
    min: 0,
    special: [never(0)],
    sets: 'idleTimeoutNs',
    note: 'Idle connections beyond minimumIdle are closed after this; no effect on a fixed-size pool.',
  },
  {
    name: 'maxLifetime',
    aliases: ['max-lifetime'],
    unit: 'ms',
    default: DEFAULT_MAX_LIFETIME,
    min: 0,
    special: [forEver(0)],
    sets: 'lifetimeNs',
    note: 'A connection is closed when it is so old, a little earlier at random; in use, on its return.',
  },
  {
    ...unused(
      'keepaliveTime',
      'ms',
      0,
      'Pings idle connections; from 6.1 on by default every 2 minutes.',
    ),
    aliases: ['keepalive-time'],
  },
  {
    ...unused('leakDetectionThreshold', 'ms', 0, 'Only writes a warning to the log.'),
    aliases: ['leak-detection-threshold'],
  },
  {
    ...unused(
      'initializationFailTimeout',
      'ms',
      1,
      'How long the start keeps trying to connect; below 0 it opens no connection at the start.',
    ),
    aliases: ['initialization-fail-timeout'],
  },
  {
    ...unused(
      'allowPoolSuspension',
      'flag',
      false,
      'Lets operators halt the pool; they do not here.',
    ),
    aliases: ['allow-pool-suspension'],
  },
  {
    name: `${PREFIX}aliveBypassWindowMs`,
    aliases: ['aliveBypassWindowMs'],
    unit: 'ms',
    default: 500,
    sets: 'checkAfterIdleNs',
    note: 'System property: a connection idle for longer is checked when it is given out.',
  },
  {
    name: `${PREFIX}housekeeping.periodMs`,
    aliases: ['housekeeping.periodMs'],
    unit: 'ms',
    default: 30_000,
    sets: 'idleCheckNs',
    note: 'System property: how often idle connections are looked at and missing ones opened.',
  },
  {
    ...unused(
      `${PREFIX}timeoutMs.floor`,
      'ms',
      250,
      'System property: least connectionTimeout; here that is always 250.',
    ),
    aliases: ['timeoutMs.floor'],
  },
  {
    ...unused(
      `${PREFIX}blockUntilFilled`,
      'flag',
      false,
      'System property: the start waits for minimumIdle connections if initializationFailTimeout is above 1.',
    ),
    aliases: ['blockUntilFilled'],
  },
  {
    ...unused(
      `${PREFIX}lifeTimeVarianceFactor`,
      'count',
      null,
      'System property of newer versions: a lifetime is up to 1/factor shorter; unset: 2.5 %, as in 6.0.',
    ),
    aliases: ['lifeTimeVarianceFactor'],
    min: 2,
    max: 40,
  },
];

/** In the order in which HikariCP looks at them. */
const startUp: readonly StartUpRule[] = [
  {
    settings: ['maxLifetime'],
    applies: (v) => numberOf(v, 'maxLifetime') !== 0 && numberOf(v, 'maxLifetime') < 30_000,
    takes: () => ({ maxLifetime: DEFAULT_MAX_LIFETIME }),
    says: (v) =>
      `maxLifetime ${numberOf(v, 'maxLifetime')} ms is below 30000 ms; HikariCP takes ${DEFAULT_MAX_LIFETIME} ms.`,
  },
  {
    settings: ['keepaliveTime', 'maxLifetime'],
    applies: keepaliveIsOff,
    takes: () => ({ keepaliveTime: 0 }),
    says: (v) =>
      `keepaliveTime ${numberOf(v, 'keepaliveTime')} ms is below 30000 ms or not below maxLifetime; HikariCP switches it off.`,
  },
  {
    settings: ['leakDetectionThreshold', 'maxLifetime'],
    applies: leakDetectionIsOff,
    takes: () => ({ leakDetectionThreshold: 0 }),
    says: (v) =>
      `leakDetectionThreshold ${numberOf(v, 'leakDetectionThreshold')} ms is below 2000 ms or above maxLifetime; HikariCP switches it off.`,
  },
  {
    settings: ['minimumIdle', 'maximumPoolSize'],
    applies: (v) =>
      numberOf(v, 'minimumIdle') < 0 || numberOf(v, 'minimumIdle') > numberOf(v, 'maximumPoolSize'),
    takes: (v) => ({ minimumIdle: numberOf(v, 'maximumPoolSize') }),
    says: (v) =>
      `minimumIdle ${numberOf(v, 'minimumIdle')} is not between 0 and maximumPoolSize; HikariCP takes ${numberOf(v, 'maximumPoolSize')}.`,
  },
  {
    settings: ['idleTimeout', 'maxLifetime', 'minimumIdle', 'maximumPoolSize'],
    applies: isNearLifetime,
    takes: () => ({ idleTimeout: 0 }),
    says: (v) =>
      `idleTimeout ${numberOf(v, 'idleTimeout')} ms is not a second below maxLifetime ${numberOf(v, 'maxLifetime')} ms; HikariCP switches it off.`,
  },
  {
    settings: ['idleTimeout', 'minimumIdle', 'maximumPoolSize'],
    applies: (v) =>
      shrinks(v) && numberOf(v, 'idleTimeout') !== 0 && numberOf(v, 'idleTimeout') < 10_000,
    takes: () => ({ idleTimeout: DEFAULT_IDLE_TIMEOUT }),
    says: (v) =>
      `idleTimeout ${numberOf(v, 'idleTimeout')} ms is below 10000 ms; HikariCP takes ${DEFAULT_IDLE_TIMEOUT} ms.`,
  },
  {
    settings: ['idleTimeout', 'minimumIdle', 'maximumPoolSize'],
    applies: (v) =>
      !shrinks(v) &&
      numberOf(v, 'idleTimeout') !== 0 &&
      numberOf(v, 'idleTimeout') !== DEFAULT_IDLE_TIMEOUT,
    takes: () => ({}),
    says: (v) =>
      `idleTimeout ${numberOf(v, 'idleTimeout')} ms has no effect: minimumIdle equals maximumPoolSize ${numberOf(v, 'maximumPoolSize')}, so the pool has a fixed size.`,
  },
];

export const hikaricp: Profile = {
  id: 'hikaricp',
  aliases: ['hikari'],
  product: 'HikariCP',
  home: 'Java; the default of Spring Boot',
  version: '6.0.x (2024-10-18)',
  source: 'brettwooldridge/HikariCP@604d7d58',
  settings,
  policy: {
    barging: 'idle',
    // It is free before it is offered: who is offered it can lose it to a newcomer.
    release: 'wake-one',
    idleOrder: 'scan',
    newConnection: 'pooled',
    growth: 'chain',
    openingsAtOnce: 1,
    openingPauseNs: 30 * MS,
    opensIfNeeded: true,
    failureTo: 'nobody',
    retry: 'again',
    retryFirstNs: 10 * MS,
    retryFactor: 2,
    retryCapNs: 5 * S,
    fillFirstNs: 100 * MS,
    fillEveryNs: 30 * S,
    fillCounts: 'idle',
    fillOnClose: true,
    checkAfterIdleNs: 500 * MS,
    lifetimeJitter: 0.025,
    lifetimeEnds: 'timer',
    idleCheck: 'interval',
    idleCheckNs: 30 * S,
    idleFloor: 'idle',
    noticesLoss: 'in-use',
  },
  fixed: { initial: 1 },
  derive,
  startUp,
  errors: {
    'acquire-timeout':
      'java.sql.SQLTransientConnectionException: {pool} - Connection is not available, request timed out after {timeoutMs}ms (total={total}, active={active}, idle={idle}, waiting={waiting})',
  },
  metrics: {
    'count.used': 'hikaricp.connections.active',
    'count.idle': 'hikaricp.connections.idle',
    max: 'hikaricp.connections.max',
    pending_requests: 'hikaricp.connections.pending',
    timeouts: 'hikaricp.connections.timeout',
    create_time: 'hikaricp.connections.creation',
    wait_time: 'hikaricp.connections.acquire',
    use_time: 'hikaricp.connections.usage',
  },
  semantics: [
    'A caller looks through the list of connections and takes the first that is free.',
    'If none is, it asks the pool for one more and waits in a fair queue.',
    'A connection that is returned is marked free first and offered to the queue second, so that a newcomer can snatch it; the waiter then waits on with the time it has left.',
    'One thread opens all connections: each takes its time to connect, and 30 ms pass before the next.',
    'A new connection belongs to the pool, and the first in the queue gets it.',
    'An attempt that fails is repeated after 10 ms, 20 ms and so on up to 5 s, and nothing else is opened meanwhile.',
    'A connection that was idle for more than half a second is checked at the expense of whoever gets it.',
    'The start opens one connection; the rest up to minimumIdle follow one by one from 100 ms on.',
  ],
  traps: [
    'All times are plain milliseconds, in Spring Boot too: no 30s there.',
    'Under a surge the pace of opening decides, not maximumPoolSize: one connection per connect time plus 30 ms.',
    'That a connection cannot be opened is told to nobody before connectionTimeout is over; it then stands in the log as the cause.',
    'idleTimeout does nothing as long as minimumIdle is left at its default.',
    'connectionTimeout is the wait of a caller, not the time to connect; 0 is 24 days, and 1 to 249 are refused.',
    'Connections that were opened together end together: 2.5 % of 30 minutes are 45 seconds.',
  ],
  undocumented: [],
  leftOut: [
    'Each thread looks first at the connections that it had before.',
    'The driver errors after which a connection is thrown away, and the check of the clock.',
    'The rollback of a connection that comes back with work undone.',
    'A check that is under way when the timeout ends is finished there, and its caller served; here it fails.',
    'Who gets a dead connection is last in the line then; here it is first.',
  ],
};

function derive(values: NativeValues): ReturnType<NonNullable<Profile['derive']>> {
  const timeoutMs = numberOf(values, 'connectionTimeout');
  const factor = numberOf(values, `${PREFIX}lifeTimeVarianceFactor`);
  return {
    initial: initialOf(values),
    fillEveryNs: numberOf(values, `${PREFIX}housekeeping.periodMs`) * MS,
    /* The driver's login timeout follows: whole seconds, at least one. */
    connectTimeoutNs: timeoutMs === 0 ? Infinity : Math.max(1, Math.round(timeoutMs / 1000)) * S,
    ...(Number.isNaN(factor) ? {} : { lifetimeJitter: 1 / factor }),
  };
}

function initialOf(values: NativeValues): number {
  const failTimeout = numberOf(values, 'initializationFailTimeout');
  if (isOn(values, `${PREFIX}blockUntilFilled`) && failTimeout > 1)
    return Math.max(1, numberOf(values, 'minimumIdle'));
  return failTimeout < 0 ? 0 : 1;
}

function shrinks(values: NativeValues): boolean {
  return numberOf(values, 'minimumIdle') < numberOf(values, 'maximumPoolSize');
}

function keepaliveIsOff(values: NativeValues): boolean {
  const keepalive = numberOf(values, 'keepaliveTime');
  const lifetime = numberOf(values, 'maxLifetime');
  return keepalive !== 0 && (keepalive < 30_000 || (lifetime !== 0 && keepalive >= lifetime));
}

function leakDetectionIsOff(values: NativeValues): boolean {
  const threshold = numberOf(values, 'leakDetectionThreshold');
  const lifetime = numberOf(values, 'maxLifetime');
  return threshold !== 0 && (threshold < 2000 || (lifetime > 0 && threshold > lifetime));
}

function isNearLifetime(values: NativeValues): boolean {
  const idle = numberOf(values, 'idleTimeout');
  const lifetime = numberOf(values, 'maxLifetime');
  return shrinks(values) && idle !== 0 && lifetime > 0 && idle + 1000 > lifetime;
}
