/**
 * A pooler between the pools of the services and the database: what is a connection to them is a client
 * here, which gets a server connection when a request uses it.
 *
 *     request ─► pool of its service ─► client ─► [line of clients] ─► server connection ─► database
 *
 * Server connections are those of one general pool whose requests are the clients. Who waits too long, or
 * cannot be served, may lose its connection to the pooler (A12): its service's pool must open another.
 */
import type { LawFamily } from '../../engine/law.ts';
import type { RandomStreams } from '../../engine/random-streams.ts';
import type { Simulation } from '../../engine/simulation.ts';
import { Tickets } from '../../engine/tickets.ts';
import { uniformStream } from '../../engine/variates.ts';
import { ExactSum } from '../../stats/exact-sum.ts';
import { Histogram } from '../../stats/histogram.ts';
import { LevelMeter } from '../../stats/level-meter.ts';
import type { Backend } from '../database/backend.ts';
import type { ConnectionSlots } from '../database/connection-slots.ts';
import type { Database } from '../database/database.ts';
import { Entrance } from '../database/entrance.ts';
import { Losses } from '../database/losses.ts';
import { NOBODY, type PoolEvents } from '../pool/connection-pool.ts';
import { GeneralPool } from '../pool/general/general-pool.ts';
import { NO_OWNER, OPENS } from '../pool/openings.ts';
import { PoolTimers } from '../pool/pool-timers.ts';
import { POOLER_FAILED, POOLER_TIMEOUT } from '../request/failure.ts';
import { ASLEEP, type Client, Clients, NONE } from './clients.ts';
import type { PoolerSettings } from './settings.ts';

/** Who leads the requests on. */
interface PoolerEvents {
  /** A request that waited has a server connection, which was being opened since `openedSince`. */
  readonly served: (slot: number, openedSince: number) => void;
  /** Whether the request in a slot waits for one more connection, of its pool or here. */
  readonly waits: (slot: number) => boolean;
  /** A request that waited fails. */
  readonly failed: (slot: number, reason: number) => void;
}

/** Its only pool. */
const ONLY = 0;
const INITIAL_CLIENTS = 256;

export class Pooler implements Backend {
  readonly pool: GeneralPool;
  readonly clients = new Clients();
  /** No connection to it dies by itself. */
  readonly losses = new Losses();
  readonly closingNs = 0;
  /** Waits of clients for a server connection that they got. */
  readonly wait = new Histogram();
  /** Time that clients waited in vain. */
  readonly vainWait = new ExactSum();
  /** How long it took to open the server connections that opened. */
  readonly opening = new Histogram();
  /** Server connections that it may have; 0 without a limit, which `unlimited` counts. */
  readonly configured = new LevelMeter(1);
  readonly unlimited = new LevelMeter(1);
  /** Attempts to open a server connection that failed. */
  loginsFailed = 0;
  /** Readings at which all server connections were held by requests that wait for one more. */
  deadlocks = 0;
  settings: PoolerSettings;
  private readonly entrance: Entrance;
  private readonly timers: PoolTimers;
  private readonly tickets = new Tickets(INITIAL_CLIENTS);
  private room = INITIAL_CLIENTS;
  private readonly simulation: Simulation;
  private readonly database: Database;
  private readonly events: PoolerEvents;

  constructor(
    settings: PoolerSettings,
    simulation: Simulation,
    database: Database,
    streams: RandomStreams,
    events: PoolerEvents,
  ) {
    this.settings = settings;
    this.simulation = simulation;
    this.database = database;
    this.events = events;
    this.entrance = new Entrance(entranceOf(settings), streams, 'pooler/connect');
    const draws = uniformStream(streams, 'pooler/pool');
    this.pool = new GeneralPool(settings.pool, 1, database, this.poolEvents(), draws);
    this.timers = new PoolTimers({
      simulation,
      pool: this.pool,
      connectFamily: database.connectFamily,
      tickets: this.tickets,
      openingEnded: (id) => {
        this.openingEnded(id);
      },
      timeout: (number) => {
        this.timeout(number);
      },
    });
    this.pool.start(ONLY, simulation.now);
    this.countConfigured();
  }

  get slots(): ConnectionSlots {
    return this.entrance.slots;
  }

  get connectOutcome(): number {
    return this.entrance.outcome;
  }

  get roundTripNs(): number {
    return this.database.roundTripNs;
  }

  get connectFamily(): LawFamily {
    return this.settings.clientLatency.family;
  }

  connect(timeoutNs: number): number {
    const { entrance } = this;
    return entrance.slots.isFull
      ? entrance.refuse(this.roundTripNs, timeoutNs)
      : entrance.admit(timeoutNs);
  }

  drawConnectLatency(): number {
    return this.entrance.draw();
  }

  /** The database works for server connections, not for clients. */
  addHeld(): void {}

  apply(settings: PoolerSettings): void {
    this.settings = settings;
    this.entrance.apply(entranceOf(settings));
    this.pool.settings = settings.pool;
    this.pool.trim(ONLY, this.simulation.now);
    this.countConfigured();
  }

  /** The request in a slot needs a server connection for its client: whether it has one, or what happens. */
  ask(number: number, slot: number): 'server' | 'waits' | 'rejected' {
    const { clients, simulation } = this;
    const client = clients.join(number);
    this.makeRoom(number);
    const wasAsleep = client.slot === ASLEEP;
    client.slot = slot;
    if (client.has === 'server') {
      if (wasAsleep) this.database.addHeld(1);
      return 'server';
    }
    const { now } = simulation;
    client.since = now;
    client.has = 'wait';
    const outcome = this.pool.acquire(ONLY, number, now);
    if (outcome === 'granted') {
      this.serve(client);
      return 'server';
    }
    if (outcome === 'full' || outcome === 'rejected') {
      client.has = 'nothing';
      return 'rejected';
    }
    this.timers.deadlines.set(number, this.pool.deadlineFrom(now, outcome));
    return 'waits';
  }

  hasServer(number: number): boolean {
    return this.clients.get(number)?.has === 'server';
  }

  /** Whether the client's server connection has died, which it finds by using it. */
  findsDead(number: number): boolean {
    return this.database.losses.any && this.pool.findsDead(number);
  }

  /** The query of a client has ended. */
  queryDone(number: number): void {
    const client = this.clients.get(number);
    const { stickiness } = this.settings.pool.policy;
    if (stickiness === 'statement' && client?.has === 'server') this.giveBack(client);
  }

  /** A request gives its connection to the pooler back: its transaction has ended. */
  useDone(number: number): void {
    const client = this.clients.get(number);
    // A request that has not needed a server connection yet has not woken its client.
    if (client === undefined || client.slot === ASLEEP) return;
    client.slot = ASLEEP;
    if (client.has !== 'server') return;
    if (this.settings.pool.policy.stickiness === 'session') this.database.addHeld(-1);
    else this.giveBack(client);
  }

  /** The request of a client does not wait any more. */
  leave(number: number): void {
    const client = this.clients.get(number);
    if (client?.has !== 'wait') return;
    const { now } = this.simulation;
    this.endWait(client);
    if (client.opening === NONE) this.pool.leave(ONLY, number, now);
    else this.pool.disown(client.opening, now);
    client.opening = NONE;
  }

  /** A client's connection is closed. In the middle of its work, its server connection is closed, too. */
  gone(number: number): void {
    const client = this.clients.get(number);
    if (client === undefined) return;
    this.leave(number);
    this.clients.drop(client);
    if (client.has !== 'server') return;
    if (client.slot === ASLEEP) this.database.addHeld(1);
    else this.pool.spoil(number);
    this.giveBack(client);
  }

  /** A client is gone; what the database does for it goes on, and its connection there ends with that. */
  abandon(number: number): void {
    const client = this.clients.get(number);
    if (client?.has !== 'server') return;
    this.clients.drop(client);
    client.has = 'nothing';
    this.pool.abandonUsed(ONLY, this.simulation.now, number);
  }

  /** All server connections have died; with `isSilent` nobody notices yet. */
  loseServers(isSilent: boolean): void {
    this.pool.lose(ONLY, isSilent, this.simulation.now);
  }

  /** Looks whether anybody waits in vain, and whether all wait for each other. O(clients). */
  audit(): void {
    this.pool.audit();
    let stuck = 0;
    for (const { has, slot } of this.clients.all())
      if (has === 'server' && slot !== ASLEEP && this.events.waits(slot)) stuck++;
    if (stuck > 0 && stuck >= this.pool.limitAt(ONLY)) this.deadlocks++;
  }

  private serve(client: Client): void {
    client.has = 'server';
    client.opening = NONE;
    this.wait.add(this.simulation.now - client.since);
    this.timers.deadlines.cancel(client.number);
  }

  private giveBack(client: Client): void {
    client.has = 'nothing';
    this.pool.release(ONLY, this.simulation.now, client.number);
  }

  /** It waited in vain. */
  private endWait(client: Client): void {
    client.has = 'nothing';
    this.vainWait.add(this.simulation.now - client.since);
    this.timers.deadlines.cancel(client.number);
  }

  private timeout(number: number): void {
    const client = this.clients.get(number);
    if (client === undefined) return;
    this.pool.timeouts++;
    this.leave(number);
    this.events.failed(client.slot, POOLER_TIMEOUT);
  }

  private served(number: number, openedSince: number): void {
    const client = this.clients.get(number) as Client;
    this.serve(client);
    this.events.served(client.slot, openedSince);
  }

  /** The pool has let go of a client whose server connection could not be opened. */
  private failed(number: number): void {
    const client = this.clients.get(number) as Client;
    client.opening = NONE;
    this.endWait(client);
    this.events.failed(client.slot, POOLER_FAILED);
  }

  private openingEnded(id: number): void {
    const { pool } = this;
    const { now } = this.simulation;
    const { outcome, startedAt } = pool.openings;
    const since = startedAt[id] as number;
    if (outcome[id] !== OPENS) {
      this.loginsFailed++;
      const failed = pool.openingFailed(id, now);
      if (failed !== NOBODY) this.failed(failed);
      return;
    }
    this.opening.add(now - since);
    const owner = pool.openingDone(id, now);
    if (owner !== NOBODY) this.served(owner, since);
  }

  private countConfigured(): void {
    const { max } = this.settings.pool;
    const { now } = this.simulation;
    const isLimited = max < Infinity;
    this.configured.add(0, (isLimited ? max : 0) - (this.configured.level[0] as number), now);
    this.unlimited.add(0, (isLimited ? 0 : 1) - (this.unlimited.level[0] as number), now);
  }

  private makeRoom(number: number): void {
    if (number < this.room) return;
    while (number >= this.room) this.room *= 2;
    this.tickets.resize(this.room);
  }

  private poolEvents(): PoolEvents {
    return {
      openingStarted: (id, delay) => {
        const owner = this.pool.openings.owner[id] as number;
        if (owner !== NO_OWNER) this.clients.join(owner).opening = id;
        this.timers.setOpening(id, this.simulation.now + delay);
      },
      idleTimerSet: (payload, at) => {
        this.timers.setIdle(payload, at);
      },
      stepSet: (payload, at) => {
        this.timers.setStep(payload, at);
      },
      served: (number, openedSince) => {
        this.served(number, openedSince);
      },
      failed: (number) => {
        this.failed(number);
      },
      closing: nothing,
      gone: nothing,
      opensItself: nothing,
      checked: nothing,
      waitsAgain: nothing,
    };
  }
}

function nothing(): void {}

function entranceOf({ clientLimit, clientLatency: latency }: PoolerSettings) {
  const admission = { maxConnections: clientLimit, reservedConnections: 0, otherConnections: 0 };
  return { admission, latency, failure: 0 };
}
