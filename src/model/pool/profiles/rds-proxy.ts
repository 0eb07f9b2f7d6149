/** RDS Proxy, of which only the documentation is known: shares of what the server admits. */
import { HOUR, numberOf, unused } from './native.ts';
import type { NativeValues, Profile, ProfileSetting } from './profile.ts';

const settings: readonly ProfileSetting[] = [
  {
    name: 'MaxConnectionsPercent',
    aliases: ['max_connections_percent'],
    unit: 'count',
    default: 100,
    min: 1,
    max: 100,
    sets: null,
    note: "Most connections, in % of the server's max_connections; sets `max`.",
  },
  {
    name: 'MaxIdleConnectionsPercent',
    aliases: ['max_idle_connections_percent'],
    unit: 'count',
    default: 50,
    min: 0,
    max: 100,
    sets: null,
    note: 'Idle connections that are kept, in % of those; sets `maxIdle`.',
  },
  {
    name: 'ConnectionBorrowTimeout',
    aliases: ['connection_borrow_timeout'],
    unit: 's',
    default: 120,
    min: 0,
    sets: 'acquireTimeoutNs',
    note: 'How long a client waits for a server connection.',
  },
  {
    ...unused('IdleClientTimeout', 's', 1800, 'After how long an idle client is disconnected.'),
    aliases: ['idle_client_timeout'],
  },
  {
    name: 'max_connections',
    unit: 'connections',
    default: 100,
    min: 1,
    sets: null,
    note: 'What the server admits, which is no setting of the proxy; on RDS it follows the size of the instance.',
  },
];

export const rdsProxy: Profile = {
  id: 'rds-proxy',
  product: 'Amazon RDS Proxy',
  home: 'a service between application and RDS or Aurora',
  asPooler: { mode: null, clients: null },
  version: 'documentation only',
  source: 'awsdocs/amazon-rds-user-guide@0219b24f',
  settings,
  policy: {
    newConnection: 'pooled',
    growth: 'fill-deficit',
    failureTo: 'nobody',
    lifetimeNs: 24 * HOUR,
  },
  fixed: { initial: 0, min: 0 },
  derive: (values: NativeValues) => {
    const share = numberOf(values, 'MaxConnectionsPercent') / 100;
    const max = Math.max(1, Math.floor(numberOf(values, 'max_connections') * share));
    const idleShare = numberOf(values, 'MaxIdleConnectionsPercent') / 100;
    return { max, maxIdle: Math.floor(max * idleShare) };
  },
  startUp: [],
  errors: {},
  metrics: {
    'count.used': 'DatabaseConnections',
    pending_requests: 'DatabaseConnectionRequests',
    wait_time: 'DatabaseConnectionsBorrowLatency',
  },
  semantics: [
    'A client gets a server connection for one transaction and waits for it up to ConnectionBorrowTimeout.',
    'The proxy opens as many as a share of what the server admits.',
    'It keeps idle ones up to a share of that.',
    'A client that sets something, prepares a statement or sends a very long one is pinned: it keeps its server connection until it leaves.',
    'In a failover clients stay connected, and their requests wait up to the borrow timeout.',
  ],
  traps: [
    'Limits are percentages of the server, not numbers of connections.',
    'Pinned sessions make the proxy useless, and many drivers pin all of theirs.',
    'A wait of two minutes is longer than most clients wait.',
    'In what order clients are served and how fast connections are opened is told nowhere.',
  ],
  undocumented: [
    { axis: 'order', assumed: 'A strict line.' },
    { axis: 'barging', assumed: 'Nobody overtakes.' },
    { axis: 'release', assumed: 'A connection that comes free goes to who has waited longest.' },
    { axis: 'idleOrder', assumed: 'The connection that came back last.' },
    { axis: 'newConnection', assumed: 'The proxy opens connections in the background.' },
    { axis: 'growth', assumed: 'As many are opened as are missing.' },
    { axis: 'openingsAtOnce', assumed: 'Any number.' },
    { axis: 'failureTo', assumed: 'Nobody; clients wait on.' },
    { axis: 'fillFirstNs', assumed: 'Nothing is opened in advance.' },
    { axis: 'lifetimeNs', assumed: '24 hours, which the guide says of client connections.' },
    { axis: 'noticesLoss', assumed: 'A connection that ends is noticed at once.' },
  ],
  leftOut: [
    'Sessions that are pinned.',
    'The failover itself.',
    'Idle clients that are disconnected.',
    'What a timeout does to the connection of its client; here the client keeps it.',
  ],
};
