/** pgxpool: a strict line of permits; connections that are begun are finished whoever has given up. */
import { HOUR, MIN, S, numberOf, unused } from './native.ts';
import type { NativeValues, Profile, ProfileSetting } from './profile.ts';

const settings: readonly ProfileSetting[] = [
  {
    name: 'pool_max_conns',
    aliases: ['MaxConns'],
    unit: 'connections',
    default: 4,
    min: 1,
    sets: 'max',
    note: 'Most connections of the pool; the default is the number of CPUs, at least 4 (here 4 CPUs).',
  },
  {
    name: 'pool_min_conns',
    aliases: ['MinConns'],
    unit: 'connections',
    default: 0,
    min: 0,
    sets: 'min',
    note: 'Connections that are kept open, looked at with each health check.',
  },
  unused('pool_min_idle_conns', 'connections', 0, 'Idle connections that are kept.'),
  {
    name: 'pool_max_conn_lifetime',
    aliases: ['MaxConnLifetime'],
    unit: 'duration',
    default: '1h',
    sets: 'lifetimeNs',
    note: 'A connection is closed when it is so old; in use, on its return.',
  },
  unused(
    'pool_max_conn_lifetime_jitter',
    'duration',
    '0s',
    'By how much a lifetime is longer at random.',
  ),
  {
    name: 'pool_max_conn_idle_time',
    aliases: ['MaxConnIdleTime'],
    unit: 'duration',
    default: '30m',
    sets: 'idleTimeoutNs',
    note: 'A connection that has been idle for so long is closed at the next health check.',
  },
  {
    name: 'pool_health_check_period',
    aliases: ['HealthCheckPeriod'],
    unit: 'duration',
    default: '1m',
    sets: 'idleCheckNs',
    note: 'How often idle connections are looked at and missing ones opened.',
  },
  {
    ...unused(
      'pool_ping_timeout',
      'duration',
      '0s',
      'How long a ping may take; 0: as long as it takes.',
    ),
    aliases: ['PingTimeout'],
  },
  {
    name: 'connect_timeout',
    unit: 's',
    default: 120,
    min: 0,
    sets: 'connectTimeoutNs',
    note: 'How long opening one connection may take.',
  },
  {
    name: 'context.WithTimeout',
    aliases: ['context'],
    unit: 'duration',
    default: null,
    sets: 'acquireTimeoutNs',
    note: "The deadline of the caller's context, which is no setting of the pool; unset: waits for ever.",
  },
];

export const pgxpool: Profile = {
  id: 'pgxpool',
  aliases: ['pgx'],
  product: 'pgxpool',
  home: 'Go; PostgreSQL, the pool of pgx',
  version: 'v5.10.0 and 119 commits, with puddle v2.2.2',
  source: 'jackc/pgx@728cefa8, jackc/puddle@eeee8ae',
  settings,
  policy: {
    openingAfterTimeout: 'continues',
    fillFirstNs: 0,
    fillEveryNs: MIN,
    checkAfterIdleNs: S,
    checkAfterTimeout: 'closes',
    lifetimeNs: HOUR,
    lifetimeEnds: 'timer',
    idleCheck: 'interval',
    idleCheckNs: MIN,
    idleFloor: 'open',
    noticesLoss: 'in-use',
  },
  fixed: { initial: 0 },
  derive,
  startUp: [],
  errors: {
    'acquire-timeout': 'context deadline exceeded',
    'opening-timeout': 'context deadline exceeded',
    'connect-failed': 'failed to connect to …',
  },
  metrics: {
    'count.used': 'AcquiredConns',
    'count.idle': 'IdleConns',
    max: 'MaxConns',
    pending_requests: 'EmptyAcquireCount (a total)',
    timeouts: 'CanceledAcquireCount',
    create_time: 'ConstructingConns (a gauge)',
    wait_time: 'AcquireDuration, EmptyAcquireWaitTime (totals)',
  },
  semantics: [
    'A caller first gets a permit, by strict turn: a newcomer stands behind all who wait.',
    'With a permit it takes the idle connection that came back last, or opens its own, beside all others that do.',
    'If its context ends meanwhile it gets an error at once, and the connection is finished and kept.',
    'A connection that was idle for more than a second is pinged at the expense of whoever gets it.',
    'A return hands the permit to who has waited longest.',
    'A connection that comes back too old or within a transaction is closed beside all that.',
    'A failed attempt is told to its caller alone; there is no pause before the next.',
  ],
  traps: [
    'The limit follows the number of CPUs that the process sees, which in a container may be those of the host.',
    'There is no acquire timeout: only the context of the caller ends a wait.',
    'There is no gauge of those who wait, only totals.',
    'Times are Go durations such as 1h30m, but connect_timeout is in seconds.',
    'Connections that were opened together end together: there is no jitter by default.',
  ],
  undocumented: [
    {
      axis: 'checkAfterTimeout',
      assumed: 'The end of the context makes the ping fail, and the connection is closed.',
    },
    {
      axis: 'lifetimeJitter',
      assumed:
        'pool_max_conn_lifetime_jitter makes a lifetime longer, evenly between nothing and it.',
    },
  ],
  leftOut: [
    'An old connection that is idle is found at the next borrow or health check; here it is closed at once.',
    'After a connection was closed the next health check comes after half a second.',
    'The deadline of a context ends the query, too; here it ends the wait alone.',
    'pool_min_idle_conns.',
    'At most as many attempts as there are connections, and one.',
  ],
};

function derive(values: NativeValues): ReturnType<NonNullable<Profile['derive']>> {
  const lifetimeNs = numberOf(values, 'pool_max_conn_lifetime');
  const jitterNs = numberOf(values, 'pool_max_conn_lifetime_jitter', 0);
  return {
    lifetimeNs: lifetimeNs + jitterNs,
    lifetimeJitter: jitterNs === 0 ? 0 : jitterNs / (lifetimeNs + jitterNs),
    fillEveryNs: numberOf(values, 'pool_health_check_period'),
  };
}
