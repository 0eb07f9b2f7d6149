/**
 * A service: its fleet, and the way of a request through it.
 *
 *     arrival ─► balancer ─► gate (concurrency, queue) ─► pool ─► [reconnect] ─► database ─► answer
 *                  ▲                                       │
 *                  └──────── backoff ◄──── failure ◄───────┘
 *
 * One method for each step, in that order. A slot of the request table is one attempt.
 */
import type { RandomStreams } from '../../engine/random-streams.ts';
import { EventSource, type Simulation } from '../../engine/simulation.ts';
import { exponentialStream, uniformStream } from '../../engine/variates.ts';
import { LevelMeter } from '../../stats/level-meter.ts';
import type { Database } from '../database/database.ts';
import type { DatabaseSettings } from '../database/settings.ts';
import type { EventLog, EventName } from '../event-log.ts';
import { ServiceMeters } from '../meters/service-meters.ts';
import { NOBODY, Pool } from '../pool/pool.ts';
import { ACQUIRE_TIMEOUT, CONNECT_REFUSED, INSTANCE_LOST, QUEUE_FULL } from '../request/failure.ts';
import {
  ACQUIRE_AT,
  ARRIVAL_AT,
  ATTEMPT,
  CLIENT_GONE,
  INSTANCE,
  OPENING_ID,
  ORPHAN,
  RECONNECT_DRAW,
  REQUEST_ID,
  SERVICE,
  SINCE,
  STATE_OF,
  STRIDE,
  type RequestTable,
  STATE,
} from '../request/request-table.ts';
import { ACQUIRE_QUEUE, BACKOFF, OPENING, QUEUE } from '../request/stage.ts';
import { Deadlines } from '../schedule/deadlines.ts';
import { Delays } from '../schedule/delays.ts';
import { RANK } from '../schedule/ranks.ts';
import { PoissonArrivals } from '../traffic/arrivals.ts';
import { Balancer } from './balancer.ts';
import { Client } from '../client/client.ts';
import { Gate } from './gate.ts';
import { RequestMix } from './request-mix.ts';
import type { ServiceSettings } from './settings.ts';

/** What a service is built from. */
export interface ServiceParts {
  readonly index: number;
  readonly settings: ServiceSettings;
  /** Most instances that the fleet has during the run. */
  readonly capacity: number;
  readonly simulation: Simulation;
  readonly table: RequestTable;
  readonly streams: RandomStreams;
  readonly database: Database;
  readonly databaseSettings: DatabaseSettings;
  readonly log: EventLog | null;
  /** Called when no slot is left: throws. */
  readonly tableFull: () => never;
}

export class Service {
  readonly name: string;
  readonly capacity: number;
  readonly meters: ServiceMeters;
  readonly pool: Pool;
  readonly balancer: Balancer;
  readonly gate: Gate;
  /** Configured connections of the whole fleet, restarting instances included. */
  readonly configured = new LevelMeter(1);
  settings: ServiceSettings;
  private readonly parts: ServiceParts;
  private readonly simulation: Simulation;
  private readonly table: RequestTable;
  private readonly database: Database;
  private readonly mix: RequestMix;
  private readonly arrivals: PoissonArrivals;
  private readonly arrivalSource: EventSource;
  private readonly client: Client;
  private readonly acquireDeadlines: Deadlines;
  private readonly reconnects: Delays;

  constructor(parts: ServiceParts) {
    const { settings, simulation, table, streams, database, capacity } = parts;
    this.parts = parts;
    this.settings = settings;
    this.simulation = simulation;
    this.table = table;
    this.database = database;
    this.name = settings.name;
    this.capacity = capacity;
    this.meters = new ServiceMeters(capacity);
    const { name } = settings;
    this.balancer = new Balancer(
      settings.balancer,
      capacity,
      uniformStream(streams, `${name}/balancer`),
    );
    this.gate = new Gate(settings.concurrency, settings.queue, capacity, table.links);
    const connectFamily = parts.databaseSettings.connectLatency.family;
    const openings = new Delays(simulation, RANK.opening, connectFamily, (id) => {
      this.openingDone(id);
    });
    const refusals = new Delays(simulation, RANK.opening, 'constant', (id) => {
      this.openingRefused(id);
    });
    this.pool = new Pool(settings.pool, capacity, table.links, database, (id, delay) => {
      table.marks[(this.pool.openings.owner[id] as number) * STRIDE + OPENING_ID] = id;
      const isRefused = this.pool.openings.refused[id] === 1;
      (isRefused ? refusals : openings).push(simulation.now + delay, id);
    });
    this.reconnects = new Delays(simulation, RANK.opening, connectFamily, (slot) => {
      this.reconnected(slot);
    });
    this.mix = new RequestMix(settings.requests, name, streams, table, database);
    this.arrivals = new PoissonArrivals(
      settings.traffic,
      exponentialStream(streams, `${name}/arrivals`),
    );
    this.arrivalSource = new EventSource(simulation, RANK.arrival, () => {
      this.arrive();
    });
    this.client = new Client(settings.client, {
      simulation,
      table,
      meters: this.meters,
      retryDraws: uniformStream(streams, `${name}/reconnect/retry`),
      log: parts.log === null ? null : this.record.bind(this),
      startAttempt: (slot) => {
        this.startAttempt(slot);
      },
      leaveServer: (slot, cancel) => {
        this.clientLeft(slot, cancel);
      },
      bookStage: (slot) => {
        this.bookStage(slot);
      },
      tableFull: parts.tableFull,
    });
    this.acquireDeadlines = new Deadlines(simulation, table.acquireDeadlines, (slot) => {
      this.acquireTimeout(slot);
    });
    simulation.schedule(this.arrivalSource, this.arrivals.nextAt);
    for (let i = 0; i < settings.instances; i++) this.startInstance(i);
    this.countConfigured();
  }

  /** Changes the settings in force; the fleet's instances and all that wait follow at once. */
  apply(settings: ServiceSettings): void {
    const { now } = this.simulation;
    const before = this.settings.instances;
    this.settings = settings;
    this.arrivals.apply(settings.traffic, now);
    this.simulation.schedule(this.arrivalSource, this.arrivals.nextAt);
    this.client.settings = settings.client;
    this.mix.apply(settings.requests);
    this.balancer.policy = settings.balancer;
    this.gate.concurrency = settings.concurrency;
    this.gate.queueLimit = settings.queue;
    this.pool.settings = settings.pool;
    this.countConfigured();
    for (let i = before; i < settings.instances; i++) this.startInstance(i);
    for (let i = settings.instances; i < before; i++) {
      this.balancer.accepting[i] = 0;
      this.pool.retire(i, now);
    }
    for (let i = 0; i < this.capacity; i++) {
      this.pool.trim(i, now);
      this.openForWaiters(i);
      this.admitQueued(i);
    }
  }

  /** The instance takes no new requests from now on; what it has goes on. */
  drain(i: number): void {
    this.balancer.accepting[i] = 0;
  }

  /** The instance's process is replaced: what it still had is lost, and it starts as the run started. */
  replace(i: number): void {
    const { table, parts } = this;
    for (let slot = 0; slot < table.highWater; slot++) {
      const isHere =
        table.marks[slot * STRIDE + SERVICE] === parts.index &&
        table.marks[slot * STRIDE + INSTANCE] === i;
      if (isHere && isInServer(table.marks[slot * STRIDE + STATE_OF] as number)) this.lose(slot, i);
    }
    this.gate.active[i] = 0;
    this.balancer.outstanding[i] = 0;
    this.pool.stop(i, this.simulation.now);
    if (i < this.settings.instances) this.startInstance(i);
  }

  /** The work of a slot on the database has ended; its ledger is booked up to now. */
  workDone(slot: number): void {
    const { table } = this;
    if (table.marks[slot * STRIDE + ORPHAN] === 1) {
      this.database.addHeld(-1);
      this.database.slots.giveBack();
      table.free(slot);
      return;
    }
    const i = table.marks[slot * STRIDE + INSTANCE] as number;
    const next = this.takeConnection(slot, i);
    this.client.answered(slot);
    if (next !== NOBODY) this.grantWaiter(next);
    this.leaveInstance(i);
  }

  private arrive(): void {
    const { table } = this;
    const { now } = this.simulation;
    this.arrivals.advance();
    this.simulation.schedule(this.arrivalSource, this.arrivals.nextAt);
    const slot = table.take();
    if (slot < 0) this.parts.tableFull();
    table.times[slot * STRIDE + REQUEST_ID] = ++this.meters.arrived;
    table.marks[slot * STRIDE + SERVICE] = this.parts.index;
    table.times[slot * STRIDE + ARRIVAL_AT] = now;
    table.marks[slot * STRIDE + ATTEMPT] = 1;
    this.mix.draw(slot);
    this.log('arrival', slot);
    this.startAttempt(slot);
  }

  private startAttempt(slot: number): void {
    const { table } = this;
    this.meters.attempts++;
    table.times[slot * STRIDE + SINCE] = this.simulation.now;
    const i = this.balancer.choose();
    table.marks[slot * STRIDE + INSTANCE] = i;
    this.client.startTimer(slot);
    if (i < 0) {
      this.client.failed(slot, INSTANCE_LOST);
      return;
    }
    this.balancer.outstanding[i] = (this.balancer.outstanding[i] as number) + 1;
    switch (this.gate.admit(i, slot)) {
      case 'work':
        this.acquire(slot, i);
        return;
      case 'wait':
        table.marks[slot * STRIDE + STATE_OF] = STATE.queued;
        this.log('queue', slot);
        return;
      case 'full':
        this.balancer.outstanding[i] = (this.balancer.outstanding[i] as number) - 1;
        this.client.failed(slot, QUEUE_FULL);
    }
  }

  private acquire(slot: number, i: number): void {
    const { table } = this;
    const { now } = this.simulation;
    table.times[slot * STRIDE + ACQUIRE_AT] = now;
    const outcome = this.pool.acquire(i, slot, now);
    if (outcome === 'granted') {
      this.granted(slot);
      return;
    }
    table.marks[slot * STRIDE + STATE_OF] = outcome === 'opening' ? STATE.opening : STATE.pending;
    this.acquireDeadlines.set(slot, now + this.settings.pool.acquireTimeoutNs);
    this.log(outcome === 'opening' ? 'open' : 'wait', slot);
  }

  /** A waiting request gets a connection that was released or opened. */
  private grantWaiter(slot: number): void {
    const isOpening = this.table.marks[slot * STRIDE + STATE_OF] === STATE.opening;
    this.table.book(slot, isOpening ? OPENING : ACQUIRE_QUEUE, this.simulation.now);
    this.acquireDeadlines.cancel(slot);
    this.granted(slot);
  }

  private granted(slot: number): void {
    const { table, meters } = this;
    const { now } = this.simulation;
    meters.acquireWait.add(now - (table.times[slot * STRIDE + ACQUIRE_AT] as number));
    table.times[slot * STRIDE + ACQUIRE_AT] = now;
    this.log('acquire', slot);
    if (
      (table.times[slot * STRIDE + RECONNECT_DRAW] as number) >= this.settings.pool.reconnectShare
    ) {
      this.mix.begin(slot);
      return;
    }
    table.marks[slot * STRIDE + STATE_OF] = STATE.reconnecting;
    this.reconnects.push(now + this.database.drawConnectLatency(), slot);
    this.log('reconnect', slot);
  }

  private reconnected(slot: number): void {
    const { table } = this;
    const { now } = this.simulation;
    if (table.marks[slot * STRIDE + STATE_OF] === STATE.void) {
      table.free(slot);
      return;
    }
    this.pool.countReconnect();
    this.meters.opening.add(now - (table.times[slot * STRIDE + SINCE] as number));
    table.book(slot, OPENING, now);
    this.mix.begin(slot);
  }

  private openingDone(id: number): void {
    const { now } = this.simulation;
    this.meters.opening.add(now - (this.pool.openings.startedAt[id] as number));
    const slot = this.pool.openingDone(id, now);
    if (slot !== NOBODY) this.grantWaiter(slot);
  }

  private openingRefused(id: number): void {
    const i = this.pool.openings.instance[id] as number;
    const slot = this.pool.openingRefused(id, this.simulation.now);
    if (slot !== NOBODY) {
      this.table.book(slot, OPENING, this.simulation.now);
      this.acquireDeadlines.cancel(slot);
      this.failHere(slot, i, CONNECT_REFUSED);
    }
    this.openForWaiters(i);
  }

  private acquireTimeout(slot: number): void {
    const { table, pool } = this;
    const { now } = this.simulation;
    const i = table.marks[slot * STRIDE + INSTANCE] as number;
    this.bookStage(slot);
    if (table.marks[slot * STRIDE + STATE_OF] === STATE.opening)
      pool.disown(table.marks[slot * STRIDE + OPENING_ID] as number, now);
    else pool.leave(i, slot, now);
    pool.timeouts++;
    this.failHere(slot, i, ACQUIRE_TIMEOUT);
  }

  /** The attempt fails on its instance, having left the pool. */
  private failHere(slot: number, i: number, reason: number): void {
    if (reason === ACQUIRE_TIMEOUT || reason === CONNECT_REFUSED) this.meters.acquireFailures++;
    this.client.failed(slot, reason);
    this.leaveInstance(i);
  }

  /** An attempt is done on this instance: the next in its queue may go on. */
  private leaveInstance(i: number): void {
    this.balancer.outstanding[i] = (this.balancer.outstanding[i] as number) - 1;
    this.gate.leave(i);
    this.admitQueued(i);
  }

  private admitQueued(i: number): void {
    for (let slot = this.gate.admitNext(i); slot >= 0; slot = this.gate.admitNext(i)) {
      this.table.book(slot, QUEUE, this.simulation.now);
      this.acquire(slot, i);
    }
  }

  /** New room in the pool: those who wait open connections at once. */
  private openForWaiters(i: number): void {
    const { now } = this.simulation;
    for (;;) {
      const slot = this.pool.openForWaiter(i, now);
      if (slot === NOBODY) return;
      this.table.book(slot, ACQUIRE_QUEUE, now);
      this.table.marks[slot * STRIDE + STATE_OF] = STATE.opening;
      this.log('open', slot);
    }
  }

  /** Nobody waits for the answer any more; with `cancel` the server stops working on it. */
  private clientLeft(slot: number, cancel: boolean): void {
    const { table } = this;
    if (!cancel) {
      table.marks[slot * STRIDE + CLIENT_GONE] = 1;
      return;
    }
    const i = table.marks[slot * STRIDE + INSTANCE] as number;
    const wasQueued = table.marks[slot * STRIDE + STATE_OF] === STATE.queued;
    const next = this.withdraw(slot, i);
    if (table.marks[slot * STRIDE + STATE_OF] !== STATE.void) table.free(slot);
    if (next !== NOBODY) this.grantWaiter(next);
    if (wasQueued) this.balancer.outstanding[i] = (this.balancer.outstanding[i] as number) - 1;
    else this.leaveInstance(i);
  }

  /** Takes a slot out of the queue, the pool or the database: the waiter that gets its connection. */
  private withdraw(slot: number, i: number): number {
    const { table, pool } = this;
    const { now } = this.simulation;
    switch (table.marks[slot * STRIDE + STATE_OF]) {
      case STATE.queued:
        this.gate.removeWaiting(i, slot);
        return NOBODY;
      case STATE.pending:
        pool.leave(i, slot, now);
        break;
      case STATE.opening:
        pool.disown(table.marks[slot * STRIDE + OPENING_ID] as number, now);
        break;
      case STATE.reconnecting:
        table.marks[slot * STRIDE + STATE_OF] = STATE.void;
        return this.takeConnection(slot, i);
      default:
        this.database.cut(slot);
        return this.takeConnection(slot, i);
    }
    this.acquireDeadlines.cancel(slot);
    return NOBODY;
  }

  /** Ends the hold of a slot: the waiter that gets its connection, or NOBODY. */
  private takeConnection(slot: number, i: number): number {
    const { now } = this.simulation;
    this.meters.use.add(now - (this.table.times[slot * STRIDE + ACQUIRE_AT] as number));
    this.log('release', slot);
    return this.pool.release(i, now);
  }

  /** The slot's instance is gone: its request fails, its work on the database goes on without it. */
  private lose(slot: number, i: number): void {
    const { table, pool } = this;
    const { now } = this.simulation;
    this.bookStage(slot);
    const state = table.marks[slot * STRIDE + STATE_OF] as number;
    if (state === STATE.queued || state === STATE.pending || state === STATE.opening) {
      this.withdraw(slot, i);
      this.client.failed(slot, INSTANCE_LOST);
      return;
    }
    if (table.marks[slot * STRIDE + CLIENT_GONE] === 0)
      this.client.failed(this.client.detach(slot), INSTANCE_LOST);
    pool.abandonUsed(i, now);
    if (state === STATE.reconnecting) {
      table.marks[slot * STRIDE + STATE_OF] = STATE.void;
      this.database.addHeld(-1);
      this.database.slots.giveBack();
    } else {
      table.marks[slot * STRIDE + ORPHAN] = 1;
    }
  }

  /** Books the time since the slot's stage began. */
  private bookStage(slot: number): void {
    const { table } = this;
    const { now } = this.simulation;
    switch (table.marks[slot * STRIDE + STATE_OF]) {
      case STATE.queued:
        table.book(slot, QUEUE, now);
        return;
      case STATE.pending:
        table.book(slot, ACQUIRE_QUEUE, now);
        return;
      case STATE.opening:
      case STATE.reconnecting:
        table.book(slot, OPENING, now);
        return;
      case STATE.backoff:
        table.book(slot, BACKOFF, now);
        return;
      default:
        this.database.bookProgress(slot);
    }
  }

  private startInstance(i: number): void {
    this.balancer.accepting[i] = 1;
    this.pool.start(i, this.simulation.now);
  }

  private countConfigured(): void {
    const target = this.settings.instances * this.settings.pool.max;
    this.configured.add(0, target - (this.configured.level[0] as number), this.simulation.now);
  }

  private log(name: EventName, slot: number): void {
    if (this.parts.log !== null) this.record(name, slot, '');
  }

  private record(name: EventName, slot: number, detail: string): void {
    this.parts.log?.({
      atNs: this.simulation.now,
      name,
      request: this.table.times[slot * STRIDE + REQUEST_ID] as number,
      service: this.name,
      instance: this.table.marks[slot * STRIDE + INSTANCE] as number,
      detail,
    });
  }
}

function isInServer(state: number): boolean {
  return state !== STATE.free && state !== STATE.backoff && state !== STATE.void;
}
