/** The pools of a whole fleet against what the database admits. */
import type { SystemSettings } from '../../model/settings.ts';

export interface Fleet {
  /** Connections of the service that is sized, all its instances. */
  readonly connections: number;
  /** With one instance more, as while a new version is rolled out. */
  readonly withRollout: number;
  /** Of other services; null: no limit. */
  readonly others: number | null;
  /** `max_connections` less those reserved and those of others outside; null: no limit. */
  readonly admitted: number | null;
  /** Whether the database admits all of them, with the instance more. */
  readonly fits: boolean;
  /** The largest size of one instance with which they fit; null: no limit. */
  readonly most: number | null;
  /** A pooler stands between: its own connections count at the database, and clients at the pooler. */
  readonly behindPooler: boolean;
}

/** Instances that stand beside the old ones while a deployment rolls. */
const SURGE = 1;

export function fleetOf(system: SystemSettings, service: number, size: number): Fleet {
  const { services, database } = system;
  const { pooler, maxConnections, reservedConnections, otherConnections } = database;
  const own = services[service];
  if (own === undefined) throw new Error('bug: no such service');
  const others = services
    .filter((each) => each !== own)
    .reduce((sum, { instances, pool }) => sum + instances * pool.max, 0);
  const admitted =
    pooler === undefined
      ? maxConnections - reservedConnections - otherConnections
      : pooler.clientLimit;
  const connections = own.instances * size;
  const withRollout = (own.instances + SURGE) * size;
  return {
    connections,
    withRollout,
    others: others === Infinity ? null : others,
    admitted: admitted === Infinity ? null : admitted,
    fits: withRollout + others <= admitted,
    most:
      admitted === Infinity || others === Infinity
        ? null
        : Math.max(0, Math.floor((admitted - others) / (own.instances + SURGE))),
    behindPooler: pooler !== undefined,
  };
}
