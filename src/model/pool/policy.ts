/**
 * What one product's pool does differently from another's: the switches of the general pool. Each names
 * the axis of the survey of pools that it stands for (docs/POOLS.md). All of them are plain data.
 */
export interface PoolPolicy {
  /**
   * A1, who is served first: who has waited longest, or shortest, or anybody. `race`: all who wait wake up
   * and one of them wins, which is anybody, too.
   */
  readonly order: 'fifo' | 'lifo' | 'random' | 'race';
  /**
   * A2, what a newcomer may take although others wait: `idle`, a connection that is free because the
   * waiter that was woken for it is not there yet; `slot`, room for a new connection.
   */
  readonly barging: 'none' | 'idle' | 'slot' | 'both';
  /**
   * A3, how a connection that comes free gets to who waits. `handoff`: it is given to one of them and
   * nobody else can have it. `wake-one`, `wake-all`: it lies free, and one or all of them are told.
   */
  readonly release: 'handoff' | 'wake-one' | 'wake-all';
  /** A4, which idle connection is given out: the one returned last, or first, or the one opened first. */
  readonly idleOrder: 'lifo' | 'fifo' | 'scan';
  /**
   * A5 and A6, who opens a connection and who gets it. `dedicated`: the request that opens it, and nobody
   * else. `pooled`: the pool opens it in the background, and whoever is first in the line gets it.
   */
  readonly newConnection: 'dedicated' | 'pooled';
  /** A7, connections of one instance that are being opened at once; Infinity: any number. */
  readonly openingsAtOnce: number;
  /** A7, pause after each opening before the next one begins, ns. */
  readonly openingPauseNs: number;
  /**
   * A8, what makes a pool open more, if its connections are `pooled`. `fill-deficit`: whenever more wait
   * than are idle, being opened or being checked, as many as are missing. `one-if-deficit`: at each event
   * that finds somebody waiting and nothing idle, one, unless as many are being opened as wait. `one`: the
   * same without that condition. `batch`: `growthStep` at once. `chain`: one after another for as long as
   * somebody waits. `own-request`: of dedicated connections.
   */
  readonly growth: 'own-request' | 'fill-deficit' | 'one-if-deficit' | 'one' | 'batch' | 'chain';
  /** A8, connections of a batch. */
  readonly growthStep: number;
  /**
   * A8, whether an opening in the background is given up when its turn comes (a retry's, too) and neither
   * waiters outnumber idle connections nor fewer than `min` are there.
   */
  readonly opensIfNeeded: boolean;
  /** A9, connections beyond `max` that are opened when somebody has waited for `reserveAfterNs`. */
  readonly reserve: number;
  readonly reserveAfterNs: number;
  /** A10, idle connections beyond which one that is returned is closed; Infinity: all are kept. */
  readonly maxIdle: number;
  /** A10, where that is looked at: on each return, or at the checks of A21. */
  readonly maxIdleAt: 'return' | 'check';
  /**
   * A11, what the acquire timeout covers: waiting in the line alone, so that a request that opens its own
   * connection waits as long as that takes; or everything up to the connection.
   */
  readonly timeoutCovers: 'queue' | 'everything';
  /** A11, timeouts are noticed at multiples of this, ns; 0: at once. */
  readonly timeoutTickNs: number;
  /**
   * A11, one whose wait in the line ends by the timeout fails; or looks once more whether there is room and
   * opens a connection then.
   */
  readonly atTimeout: 'fails' | 'looks';
  /** A12, what a timeout does besides: the client's connection to a pooler is closed with it. */
  readonly timeoutEffect: 'error' | 'closes-client';
  /**
   * A13, what `maxPending` bounds: those who wait, always or only while there is no room for one more
   * connection; or everybody, those with a connection included.
   */
  readonly pendingLimit: 'always' | 'without-room' | 'everybody';
  /** A14, who is told that a connection could not be opened. */
  readonly failureTo: 'requester' | 'head' | 'everybody' | 'nobody';
  /** A14, attempts to open one connection that must fail in a row before anybody is told. */
  readonly failureAfter: number;
  /**
   * A14, what follows a failure after `retryFirstNs`: `event`: the place is free at once, and the pool
   * looks whether it needs a connection; `again`: the same opening is tried once more and keeps its place.
   */
  readonly retry: 'event' | 'again';
  /** A14, the pause before a retry: first, factor from one to the next, longest; ns. */
  readonly retryFirstNs: number;
  readonly retryFactor: number;
  readonly retryCapNs: number;
  /** A14, the share by which a pause is longer or shorter at random. */
  readonly retryJitter: number;
  /**
   * A14, what a failure does to others. `quiet`: no connection is opened for `blockFirstNs` from the
   * beginning of the attempt that failed, and who comes while none is open fails at once. `blocking`: who comes within `blockFirstNs` fails at once with
   * the same error; the time grows by `blockFactor` up to `blockCapNs` while failures go on. `ban`: the
   * server gets no requests of this instance for `blockFirstNs`.
   */
  readonly block: 'none' | 'quiet' | 'blocking' | 'ban';
  readonly blockFirstNs: number;
  readonly blockFactor: number;
  readonly blockCapNs: number;
  /**
   * A15, room that comes free, by a connection closed or one that failed. `wakes`: who waits uses it.
   * `opener`: the pool opens one after another in the background for all who wait, and whose turn it is
   * then gets it, or its error. `lost`: nobody notices.
   */
  readonly capacityRegained: 'wakes' | 'opener' | 'lost';
  /**
   * A16, a connection whose request has timed out while it was being opened: it goes on and joins the
   * pool, or is broken off.
   */
  readonly openingAfterTimeout: 'continues' | 'cancelled';
  /** A17, when the pool is first filled up to `min` and how often it looks after that, ns; Infinity: never. */
  readonly fillFirstNs: number;
  readonly fillEveryNs: number;
  /** A17, what is filled up to `min`: all connections, or the idle ones. */
  readonly fillCounts: 'open' | 'idle';
  /** A17, whether a connection that is closed is replaced at once when fewer than `min` are left. */
  readonly fillOnClose: boolean;
  /** A18, a connection idle for longer than this is checked when it is given out; Infinity: never, −1: always. */
  readonly checkAfterIdleNs: number;
  /** A18, round trips that a check takes, which are wait. */
  readonly checkRoundTrips: number;
  /** A18, for whom a connection is checked: for one who waits, or for whoever is first when it is done. */
  readonly checkedFor: 'waiter' | 'line';
  /** A18, who is given one that is dead or too old takes the next idle one, or opens another in its place. */
  readonly uselessThen: 'next' | 'reconnect';
  /**
   * A18, so many dead or too old ones in a row make who gets them open another, though there are idle ones
   * left; counted where finding out takes no time. Infinity: all idle ones are tried.
   */
  readonly uselessTries: number;
  /** A18, what a check that finds a connection dead says of others: nothing, or that all older ones are dead. */
  readonly deadThen: 'alone' | 'all-older';
  /** A18, a check whose waiter has timed out goes on, or is broken off and its connection closed. */
  readonly checkAfterTimeout: 'continues' | 'closes';
  /** A19, round trips after a release before the connection is free again (a rollback, a reset). */
  readonly resetRoundTrips: number;
  /** A20, how long a connection lives; Infinity: for ever. */
  readonly lifetimeNs: number;
  /** A20, the share by which a lifetime is shorter, at random. */
  readonly lifetimeJitter: number;
  /** A20, where that is enforced: by a timer, when it is given out, or when it is returned. */
  readonly lifetimeEnds: 'timer' | 'borrow' | 'return';
  /** A20, a connection that has been used so often is closed on its return; Infinity: never. */
  readonly maxUses: number;
  /**
   * A21, when idle connections are looked at. `ageing`: whenever one may be too old. `timer`: each has a
   * timer of its own, set when it becomes idle if more than `min` are open then. `interval`: every
   * `idleCheckNs` from the start. `first-grant`: the same from the first connection given out, until the
   * pool is empty. `when-idle`: `idleCheckNs` after a connection became idle, and on while some are.
   */
  readonly idleCheck: 'ageing' | 'timer' | 'interval' | 'first-grant' | 'when-idle';
  readonly idleCheckNs: number;
  /** A21, of how many idle connections, those idle longest, a look finds out whether they go. */
  readonly idleCheckCovers: number;
  /** A21, whether one goes that has been idle exactly as long as allowed, or only what was idle longer. */
  readonly idleLimit: 'reached' | 'passed';
  /**
   * A21, what `min` protects from that: connections that are open or being opened, those that are open,
   * idle ones, or nothing.
   */
  readonly idleFloor: 'open' | 'established' | 'idle' | 'none';
  /** Whether the pool hears at once that idle connections have died, or finds them when they are used. */
  readonly noticesLoss: 'at-once' | 'in-use';
  /**
   * A22, for how long a connection is kept: until the transaction ends, or (`thread`) until the request does.
   * Of a pooler in front of the database, for how long a client keeps its server connection: until its
   * transaction ends, its query ends, or its own connection does.
   */
  readonly stickiness: 'transaction' | 'statement' | 'session' | 'thread';
}

/**
 * The `generic` pool in these terms: strict line, hand-over, each request opens its own connection as long
 * as there is room, nothing in the background.
 */
export const GENERIC_POLICY: PoolPolicy = {
  order: 'fifo',
  barging: 'none',
  release: 'handoff',
  idleOrder: 'lifo',
  newConnection: 'dedicated',
  openingsAtOnce: Infinity,
  openingPauseNs: 0,
  growth: 'own-request',
  growthStep: 1,
  opensIfNeeded: false,
  reserve: 0,
  reserveAfterNs: Infinity,
  maxIdle: Infinity,
  maxIdleAt: 'return',
  timeoutCovers: 'everything',
  timeoutTickNs: 0,
  atTimeout: 'fails',
  timeoutEffect: 'error',
  pendingLimit: 'always',
  failureTo: 'requester',
  failureAfter: 1,
  retry: 'event',
  retryFirstNs: 0,
  retryFactor: 1,
  retryCapNs: 0,
  retryJitter: 0,
  block: 'none',
  blockFirstNs: 0,
  blockFactor: 1,
  blockCapNs: 0,
  capacityRegained: 'wakes',
  openingAfterTimeout: 'continues',
  fillFirstNs: Infinity,
  fillEveryNs: Infinity,
  fillCounts: 'open',
  fillOnClose: false,
  checkAfterIdleNs: Infinity,
  checkRoundTrips: 1,
  checkedFor: 'waiter',
  uselessThen: 'next',
  uselessTries: Infinity,
  deadThen: 'alone',
  checkAfterTimeout: 'continues',
  resetRoundTrips: 0,
  lifetimeNs: Infinity,
  lifetimeJitter: 0,
  lifetimeEnds: 'timer',
  maxUses: Infinity,
  idleCheck: 'ageing',
  idleCheckNs: 0,
  idleCheckCovers: Infinity,
  idleLimit: 'reached',
  idleFloor: 'open',
  noticesLoss: 'at-once',
  stickiness: 'transaction',
};
