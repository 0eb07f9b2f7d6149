/**
 * Why requests wait where they wait: what a pool does that its fullness alone does not tell. Each has the
 * figures by which it was recognised; what must hold for that is in docs/POOLS.md.
 */
import type { PoolPolicy } from '../../model/pool/policy.ts';
import type { Station } from '../result.ts';

export type Mechanism =
  | Named<'database-outage', OutageFound>
  | Named<'nested-deadlock', Deadlocked>
  | Named<'leak', Leaked>
  | Named<'connections-refused', Refused>
  | Named<'clients-refused', Refused>
  | Named<'pooler-full', PoolerFull>
  | Named<'opening-broken-off', BrokenOff>
  | Named<'expired-together', Expired>
  | Named<'one-at-a-time', OneAtATime>
  | Named<'nothing-open', NothingOpen>
  | Named<'longer-holds', LongerHolds>
  | Named<'random-order', RandomOrder>;

interface Named<Name extends string, Evidence> {
  readonly name: Name;
  readonly service: string;
  /** What the pool's product calls its settings; those that it has not are left out. */
  readonly settings: SettingNames;
  readonly evidence: Evidence;
}

export type SettingNames = Readonly<
  Partial<
    Record<
      'max' | 'min' | 'acquireTimeout' | 'connectTimeout' | 'lifetime' | 'clients' | 'mode',
      string
    >
  >
>;

/** The database dropped all connections and refused new ones for a while. */
export interface OutageFound {
  readonly at: string;
  readonly lastsMs: number;
  /** Connections that it dropped, of all services. */
  readonly dropped: number;
  /** Attempts to connect that it refused meanwhile, per second, and requests that arrived per second. */
  readonly refusedPerSecond: number;
  readonly arrivedPerSecond: number;
  /** Attempts that failed by it, and those of them that got a connection which was dead already. */
  readonly failed: number;
  readonly deadMet: number;
  /** From the database's return to the first connection opened; null: none was. */
  readonly firstOpenedMs: number | null;
  /** From its return until hardly anybody failed or waited any more; null: not until the end of the run. */
  readonly recoveredMs: number | null;
  /** From its return to the end of the run. */
  readonly watchedMs: number;
  /** What took longest after its return: null, if nothing took long. */
  readonly delayedBy: 'pause' | 'one-at-a-time' | 'dead-connections' | 'backlog' | null;
}

/** All connections of an instance are held by requests that wait for one more. */
export interface Deadlocked {
  /** The first reading that found an instance so. */
  readonly at: string;
  /** Connections of one instance; most that a request needs at once. */
  readonly max: number;
  readonly needed: number;
  /** Requests that an instance works on at once; null: no limit. */
  readonly concurrency: number | null;
  /** Of all waiting, the share on instances that were deadlocked. */
  readonly waitingShare: number;
}

/** Connections that were never returned. */
export interface Leaked {
  /** Most that were lost at once, of those that there may be. */
  readonly lost: number;
  readonly max: number;
  /** Since when an instance has had none left; null: each kept some. */
  readonly emptyAt: string | null;
  /** From one loss to the next on average, as long as each instance had some left. */
  readonly everyMs: number;
  /** Of the connections that were taken, the share that was not returned. */
  readonly lostShare: number;
  /** While requests waited: arrival rate × mean hold ÷ all connections, the lost ones included. */
  readonly offeredLoad: number;
}

/** All pools together may open more connections than the database admits. */
export interface Refused {
  readonly instances: number;
  /** Of one instance, where all services are alike; null: no limit, or several. */
  readonly max: number | null;
  /** All pools together; null: no limit. */
  readonly wanted: number | null;
  readonly admitted: number;
  readonly refused: number;
}

/** All server connections that a pooler in front of the database has are taken, and its clients wait. */
export interface PoolerFull {
  readonly product: string;
  /**
   * Why there are no more: transactions use all there may be; idle clients keep them; requests that have
   * all of them wait for one more; they open one at a time; the database refuses them; logins fail.
   */
  readonly because: 'work' | 'sessions' | 'nesting' | 'one-at-a-time' | 'refused' | 'failed-logins';
  /** Until when a client keeps its server connection. */
  readonly mode: PoolPolicy['stickiness'];
  /** Its server connections; null: no limit. Those open, and in use, in the window in which most clients waited. */
  readonly max: number | null;
  readonly open: number;
  readonly used: number;
  /** Attempts to open one that failed; how long the next one waits after that. */
  readonly loginsFailed: number;
  readonly retryMs: number;
  readonly connectMs: number;
  /** Server connections that the database admits; null: any number. */
  readonly admitted: number | null;
  /** Connections that the pools of the services may have; null: no limit. */
  readonly clients: number | null;
  /** Mean and slowest hundredth of the waits of clients that were served; null: none was. */
  readonly meanWaitMs: number | null;
  readonly p99WaitMs: number | null;
  /** Clients that waited at once, at most. */
  readonly mostWaiting: number;
  /** Attempts whose connection it closed because they had waited too long. */
  readonly timeouts: number;
}

/** Opening takes longer than the pool lets it. */
export interface BrokenOff {
  readonly connectMs: number;
  readonly limitMs: number;
  /** Of the time that openings took, the share of those that came to nothing. */
  readonly lostShare: number;
  readonly opened: number;
}

/** Connections that were opened together reached the end of their lives together. */
export interface Expired {
  readonly at: string;
  readonly closed: number;
  readonly withinMs: number;
  readonly max: number;
  readonly lifetimeMs: number;
  /** By which share of it lives are shorter at random. */
  readonly jitter: number;
  readonly connectMs: number;
}

/** The pool opens only so many connections at a time, and more requests wait. */
export interface OneAtATime {
  readonly atOnce: number;
  readonly connectMs: number;
  /** Of all waiting, the share while connections were being opened and there was room for more. */
  readonly waitingShare: number;
  readonly mostWaiting: number;
  /** Connections open in the window in which the first request gave up; null: nobody did. */
  readonly openThen: number | null;
  /** Connections that there may be, and that are kept open, in all. */
  readonly max: number;
  readonly min: number;
}

/** Hardly any connection is open, and the first ones are still being opened. */
export interface NothingOpen {
  readonly connectMs: number;
  readonly waitingShare: number;
  /** For how long; and the window of it in which most requests waited. */
  readonly seconds: number;
  readonly used: number;
  readonly idle: number;
  readonly opening: number;
  readonly waiting: number;
}

/** Each connection is out for longer than before, at the same rate of arrivals. */
export interface LongerHolds {
  readonly at: string;
  /** What was changed then. */
  readonly changed: 'query' | 'hold' | 'database';
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly perSecondBefore: number;
  readonly perSecondAfter: number;
}

/** Anybody who waits may be next: some wait until they give up, the others hardly at all. */
export interface RandomOrder {
  readonly gaveUp: number;
  readonly afterMs: number;
  /** Mean wait of those who were served in the windows in which somebody gave up. */
  readonly meanWaitMs: number;
  /** Arrival rate × mean hold ÷ connections, over the run. */
  readonly offeredLoad: number;
}

/** Where requests wait by it; null: as the ledger says. */
export const MECHANISM_STATION: Readonly<Record<Mechanism['name'], Station | null>> = {
  'database-outage': 'database-outage',
  'nested-deadlock': 'pool',
  leak: 'pool',
  'connections-refused': 'connection-slots',
  'clients-refused': 'pooler',
  'pooler-full': 'pooler',
  'opening-broken-off': 'connection-opening',
  'expired-together': 'connection-opening',
  'one-at-a-time': 'connection-opening',
  'nothing-open': 'connection-opening',
  'longer-holds': null,
  'random-order': 'pool',
};
