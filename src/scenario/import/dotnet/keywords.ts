/** The keywords of Npgsql's and SqlClient's connection strings: case is free, blanks are not. */
import type { Dialect } from '../found-pool.ts';
import type { ProfileSetting } from '../../profiles.ts';
import { read, refuse, type Reading } from '../../reading.ts';
import { profileOf } from '../written.ts';

/** One product's way to read a connection string. */
export interface Product {
  readonly id: 'npgsql' | 'sqlclient';
  /** The dialect of its pool; names are those that `known` gives. */
  readonly dialect: () => Dialect;
  /** The keyword as the product calls it; undefined when it knows no such one. */
  readonly known: (keyword: string) => string | undefined;
}

/** By their names and the names of their properties (NpgsqlConnectionStringBuilder, 6 to 10). */
const NPGSQL_SETTINGS: Readonly<Record<string, readonly string[]>> = {
  'Minimum Pool Size': ['MinPoolSize'],
  'Maximum Pool Size': ['MaxPoolSize'],
  Timeout: [],
  'Connection Idle Lifetime': ['ConnectionIdleLifetime'],
  'Connection Pruning Interval': ['ConnectionPruningInterval'],
  'Connection Lifetime': ['ConnectionLifetime', 'Load Balance Timeout'],
  'No Reset On Close': ['NoResetOnClose'],
  Pooling: [],
  Multiplexing: [],
};

const NPGSQL_BESIDES: Readonly<Record<string, readonly string[]>> = {
  'says where the database is': [
    ...['Host', 'Server', 'Port', 'Database', 'DB', 'Target Session Attributes'],
    ...['Load Balance Hosts', 'Host Recheck Seconds', 'Options', 'Search Path', 'Timezone'],
    ...['Client Encoding', 'Encoding', 'Application Name'],
    ...['Entity Template Database', 'EF Template Database', 'Entity Admin Database'],
    'EF Admin Database',
  ],
  'says who connects': [
    ...['Username', 'User Name', 'User Id', 'UID', 'Password', 'PSW', 'PWD', 'Passfile'],
    ...['Persist Security Info', 'Integrated Security', 'Kerberos Service Name'],
    ...['Include Realm', 'Require Auth'],
  ],
  'is about encryption': [
    ...['SSL Mode', 'SSL Certificate', 'SSL Key', 'SSL Password', 'SSL Negotiation'],
    ...['Root Certificate', 'Check Certificate Revocation', 'Trust Server Certificate'],
    ...['Use SSL Stream', 'Channel Binding', 'GSS Encryption Mode'],
  ],
  'is about commands, not about the pool': [
    ...['Command Timeout', 'Internal Command Timeout', 'Cancellation Timeout', 'Enlist'],
    ...['Max Auto Prepare', 'Auto Prepare Min Usages', 'Array Nullability Mode'],
    ...['Include Error Detail', 'Include Error Details', 'Include Failed Batched Command'],
    ...['Log Parameters', 'Load Table Composites', 'Convert Infinity DateTime'],
    ...['Replication Mode', 'Server Compatibility Mode', 'Use Perf Counters', 'Backend Timeouts'],
    'Write Coalescing Buffer Threshold Bytes',
  ],
  'is about the network': [
    ...['Keepalive', 'TCP Keepalive', 'TCP Keepalive Time', 'TCP Keepalive Interval'],
    ...['Read Buffer Size', 'Write Buffer Size', 'Socket Receive Buffer Size'],
    'Socket Send Buffer Size',
  ],
};

/** By their names and synonyms (SqlConnectionStringBuilder of Microsoft.Data.SqlClient, 1 to 7). */
const SQLCLIENT_SETTINGS: Readonly<Record<string, readonly string[]>> = {
  'Max Pool Size': [],
  'Min Pool Size': [],
  'Connect Timeout': ['Connection Timeout', 'Timeout'],
  'Load Balance Timeout': ['Connection Lifetime'],
  'Pool Blocking Period': ['PoolBlockingPeriod'],
  'Connection Idle Timeout': [],
  Pooling: [],
};

const SQLCLIENT_BESIDES: Readonly<Record<string, readonly string[]>> = {
  'says where the database is': [
    ...['Data Source', 'Server', 'Addr', 'Address', 'Network Address', 'Initial Catalog'],
    ...['Database', 'AttachDbFilename', 'Extended Properties', 'Initial File Name'],
    ...['Failover Partner', 'Failover Partner SPN', 'Server SPN', 'User Instance'],
    ...['Multi Subnet Failover', 'MultiSubnetFailover', 'Application Intent'],
    ...['ApplicationIntent', 'IP Address Preference', 'IPAddressPreference'],
    ...['Application Name', 'App', 'Workstation ID', 'WSID', 'Context Connection'],
  ],
  'says who connects': [
    ...['User ID', 'UID', 'User', 'Password', 'PWD', 'Integrated Security'],
    ...['Trusted_Connection', 'Persist Security Info', 'PersistSecurityInfo', 'Authentication'],
  ],
  'is about encryption': [
    ...['Encrypt', 'Trust Server Certificate', 'TrustServerCertificate', 'Server Certificate'],
    ...['Host Name In Certificate', 'HostNameInCertificate', 'Column Encryption Setting'],
    ...['Enclave Attestation Url', 'Attestation Protocol'],
  ],
  'is about commands, not about the pool': [
    ...['Command Timeout', 'Multiple Active Result Sets', 'MultipleActiveResultSets', 'Enlist'],
    ...['Transaction Binding', 'Type System Version', 'Current Language', 'Language'],
    ...['Replication', 'Asynchronous Processing', 'Async', 'Connection Reset'],
  ],
  'is about the network': [
    ...['Connect Retry Count', 'ConnectRetryCount', 'Connect Retry Interval'],
    ...['ConnectRetryInterval', 'Packet Size', 'Network Library', 'Network', 'Net'],
  ],
};

/** In the order in which messages name them. */
export const PRODUCTS: readonly Product[] = [
  {
    id: 'npgsql',
    dialect: () => dialectOf('npgsql', NPGSQL_BESIDES, npgsqlValue),
    known: knownBy(NPGSQL_SETTINGS, NPGSQL_BESIDES, (name) => [name, name.replace(/ /g, '')]),
  },
  {
    id: 'sqlclient',
    dialect: () => dialectOf('sqlclient', SQLCLIENT_BESIDES, sqlclientValue),
    known: knownBy(SQLCLIENT_SETTINGS, SQLCLIENT_BESIDES, (name) => [name]),
  },
];

function dialectOf(
  id: string,
  besides: Dialect['besides'],
  meant: (value: unknown, setting: ProfileSetting) => Reading<unknown>,
): Dialect {
  return { profile: profileOf(id), names: 'own', textual: true, meant, besides };
}

function knownBy(
  settings: Readonly<Record<string, readonly string[]>>,
  besides: Readonly<Record<string, readonly string[]>>,
  spellings: (name: string) => readonly string[],
): Product['known'] {
  const names = new Map<string, string>();
  for (const name of Object.values(besides).flat())
    for (const one of spellings(name)) names.set(one.toLowerCase(), name);
  for (const [name, synonyms] of Object.entries(settings))
    for (const one of [name, ...synonyms]) names.set(one.toLowerCase(), name);
  return (keyword) => names.get(keyword.toLowerCase());
}

/** Longest Timeout that Npgsql takes, in seconds. */
const NPGSQL_MOST = 1024;

function npgsqlValue(value: unknown, { name, unit }: ProfileSetting): Reading<unknown> {
  if (name === 'Timeout' && Number(value) > NPGSQL_MOST) {
    const message = `${Number(value)} is out of range; Npgsql takes seconds up to ${NPGSQL_MOST}, or 0 (for ever)`;
    return refuse('out-of-range', message);
  }
  return read(unit === 'flag' ? switchOf(value) : value);
}

function sqlclientValue(value: unknown, { words = [] }: ProfileSetting): Reading<unknown> {
  const text = String(value).toLowerCase();
  return read(words.find((word) => word.toLowerCase() === text) ?? value);
}

function switchOf(value: unknown): unknown {
  const text = String(value).trim().toLowerCase();
  if (text === 'true') return true;
  return text === 'false' ? false : value;
}
