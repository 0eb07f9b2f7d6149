/**
 * The way of a request through its service, one method for each step, in that order.
 *
 *     arrival ─► balancer ─► gate (concurrency, queue) ─► pool ─► [hand-over] ─► [reconnect] ─► database ─► answer
 *                  ▲                                       │
 *                  └─── backoff ◄─── failure, impatience ◄─┘
 *
 * A slot of the request table is one attempt. What leads out of the way stands in `early-exit`.
 */
import type { RandomStreams } from '../../engine/random-streams.ts';
import type { Simulation } from '../../engine/simulation.ts';
import { uniformStream } from '../../engine/variates.ts';
import { Client } from '../client/client.ts';
import type { Database } from '../database/database.ts';
import type { Journal } from '../event-log.ts';
import type { ServiceMeters } from '../meters/service-meters.ts';
import { NOBODY, type Pool } from '../pool/pool.ts';
import {
  ACQUIRE_TIMEOUT,
  CONNECT_REFUSED,
  INSTANCE_LOST,
  POOL_FULL,
  QUEUE_FULL,
} from '../request/failure.ts';
import {
  ACQUIRE_AT,
  ARRIVAL_AT,
  ATTEMPT,
  INSTANCE,
  NO_INSTANCE,
  OPENING_ID,
  ORPHAN,
  RECONNECT_DRAW,
  REQUEST_ID,
  type RequestTable,
  SERVICE,
  SINCE,
  STATE,
  STATE_OF,
  STRIDE,
  USER,
} from '../request/request-table.ts';
import { ACQUIRE_QUEUE, OPENING, QUEUE } from '../request/stage.ts';
import { Deadlines } from '../schedule/deadlines.ts';
import { Delays } from '../schedule/delays.ts';
import { RANK } from '../schedule/ranks.ts';
import { NO_HOLD } from '../traffic/trace-cursor.ts';
import { Traffic } from '../traffic/traffic.ts';
import type { Balancer } from './balancer.ts';
import { EarlyExit } from './early-exit.ts';
import type { Gate } from './gate.ts';
import type { RequestMix } from './request-mix.ts';
import type { ServiceSettings } from './settings.ts';
import type { Stations } from './stations.ts';

export class RequestFlow {
  readonly client: Client;
  readonly acquireDeadlines: Deadlines;
  readonly exits: EarlyExit;
  readonly traffic: Traffic;
  /** When the next idle connection of an instance may be too old. */
  readonly idleTimers: Delays;
  private readonly index: number;
  private readonly simulation: Simulation;
  private readonly table: RequestTable;
  private readonly balancer: Balancer;
  private readonly gate: Gate;
  private readonly pool: Pool;
  private readonly mix: RequestMix;
  private readonly database: Database;
  private readonly meters: ServiceMeters;
  private readonly journal: Journal;
  private readonly tableFull: () => never;
  private readonly instanceLeft: (i: number) => void;
  private readonly openings: Delays;
  private readonly refusals: Delays;
  readonly reconnects: Delays;
  private readonly handovers: Delays;

  constructor(stations: Stations, settings: ServiceSettings, streams: RandomStreams) {
    const { simulation, table, database } = stations;
    this.index = stations.index;
    this.simulation = simulation;
    this.table = table;
    this.balancer = stations.balancer;
    this.gate = stations.gate;
    this.pool = stations.pool;
    this.mix = stations.mix;
    this.database = database;
    this.meters = stations.meters;
    this.journal = stations.journal;
    this.tableFull = stations.tableFull;
    this.instanceLeft = stations.instanceLeft;
    this.exits = new EarlyExit(this, stations);
    const { connectFamily } = database;
    this.openings = new Delays(simulation, RANK.opening, connectFamily, (id) => {
      this.openingDone(id);
    });
    this.refusals = new Delays(simulation, RANK.opening, 'constant', (id) => {
      this.openingRefused(id);
    });
    this.reconnects = new Delays(simulation, RANK.opening, connectFamily, (slot) => {
      this.reconnected(slot);
    });
    this.traffic = new Traffic({
      settings: settings.traffic,
      name: settings.name,
      simulation,
      streams,
      arrive: (user, holdNs) => {
        this.arrive(user, holdNs);
      },
    });
    this.client = new Client(settings.client, {
      ...stations,
      streams,
      name: settings.name,
      retryDraws: uniformStream(streams, `${settings.name}/reconnect/retry`),
      startAttempt: (slot) => {
        this.startAttempt(slot);
      },
      leaveServer: (slot, cancel) => {
        this.exits.clientLeft(slot, cancel);
      },
      bookStage: (slot) => {
        this.exits.bookStage(slot);
      },
      userDone: (user, arrivalAt) => {
        this.traffic.outcome(user, arrivalAt);
      },
    });
    this.acquireDeadlines = new Deadlines(simulation, table.acquireDeadlines, (slot) => {
      this.acquireTimeout(slot);
    });
    this.handovers = new Delays(simulation, RANK.opening, 'constant', (slot) => {
      this.handoverDone(slot);
    });
    this.idleTimers = new Delays(simulation, RANK.timeout, 'exponential', (i) => {
      this.pool.idleTimerRings(i, simulation.now);
    });
  }

  /** Changes traffic, client and mix from now on. */
  apply(settings: ServiceSettings): void {
    this.traffic.apply(settings.traffic);
    this.client.apply(settings.client);
    this.mix.apply(settings.requests);
  }

  /** A connection is being established; it is open, or refused, after `delay` ns. */
  startOpening(id: number, delay: number): void {
    const { owner, refused } = this.pool.openings;
    this.table.marks[(owner[id] as number) * STRIDE + OPENING_ID] = id;
    const outcome = refused[id] === 1 ? this.refusals : this.openings;
    outcome.push(this.simulation.now + delay, id);
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
    const next = this.exits.takeConnection(slot, i);
    this.client.answered(slot);
    if (next !== NOBODY) this.giveConnection(next);
    this.leaveInstance(i);
  }

  private arrive(user: number, holdNs: number): void {
    const { table } = this;
    const { now } = this.simulation;
    const slot = table.take();
    if (slot < 0) this.tableFull();
    table.times[slot * STRIDE + REQUEST_ID] = this.meters.arrive();
    table.marks[slot * STRIDE + SERVICE] = this.index;
    table.times[slot * STRIDE + ARRIVAL_AT] = now;
    table.marks[slot * STRIDE + INSTANCE] = NO_INSTANCE;
    table.marks[slot * STRIDE + ATTEMPT] = 1;
    table.marks[slot * STRIDE + USER] = user;
    if (holdNs === NO_HOLD) this.mix.draw(slot);
    else this.mix.record(slot, holdNs);
    this.journal.note('arrival', slot);
    this.startAttempt(slot);
  }

  private startAttempt(slot: number): void {
    const { table } = this;
    this.meters.attempts++;
    table.times[slot * STRIDE + SINCE] = this.simulation.now;
    const i = this.balancer.choose();
    table.marks[slot * STRIDE + INSTANCE] = i;
    this.client.startTimers(slot);
    if (i < 0) {
      this.client.failed(slot, INSTANCE_LOST);
      return;
    }
    this.balancer.count(i, 1);
    switch (this.gate.admit(i, slot)) {
      case 'work':
        this.acquire(slot, i);
        return;
      case 'wait':
        table.marks[slot * STRIDE + STATE_OF] = STATE.queued;
        this.journal.note('queue', slot);
        return;
      case 'full':
        this.balancer.count(i, -1);
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
    if (outcome === 'full') {
      this.turnAway(slot, i);
      return;
    }
    table.marks[slot * STRIDE + STATE_OF] = outcome === 'opening' ? STATE.opening : STATE.pending;
    this.acquireDeadlines.set(slot, now + this.pool.settings.acquireTimeoutNs);
    this.meters.waitWatch.begin(slot, now + this.pool.settings.acquireTimeoutNs);
    this.journal.note(outcome === 'opening' ? 'open' : 'wait', slot);
  }

  /** Too many wait already. Its place is free again, and whoever admits from the queue goes on with it. */
  private turnAway(slot: number, i: number): void {
    this.meters.acquireFailures++;
    this.client.failed(slot, POOL_FULL);
    this.gate.leave(i);
    this.countOut(i);
  }

  /** A request is given the connection that it opened, or one that came free, which takes its hand-over. */
  giveConnection(slot: number): void {
    const { handoverNs } = this.pool.settings;
    const { marks } = this.table;
    const { now } = this.simulation;
    const isOpening = marks[slot * STRIDE + STATE_OF] === STATE.opening;
    this.meters.waitWatch.end(slot, now);
    this.meters.handoverWatch.begin(slot, isOpening ? now : now + this.pool.settings.handoverNs);
    if (handoverNs === 0 || isOpening) {
      this.grantWaiter(slot);
      return;
    }
    marks[slot * STRIDE + STATE_OF] = STATE.handover;
    this.acquireDeadlines.cancel(slot);
    this.client.gotConnection(slot);
    this.pool.beginHandover(marks[slot * STRIDE + INSTANCE] as number, now);
    this.handovers.push(now + handoverNs, slot);
  }

  private handoverDone(slot: number): void {
    const { table } = this;
    if (table.marks[slot * STRIDE + STATE_OF] === STATE.void) {
      table.free(slot);
      return;
    }
    this.pool.endHandover(table.marks[slot * STRIDE + INSTANCE] as number, this.simulation.now);
    this.grantWaiter(slot);
  }

  private grantWaiter(slot: number): void {
    const isOpening = this.table.marks[slot * STRIDE + STATE_OF] === STATE.opening;
    this.table.book(slot, isOpening ? OPENING : ACQUIRE_QUEUE, this.simulation.now);
    this.acquireDeadlines.cancel(slot);
    this.meters.handoverWatch.ring(slot, this.simulation.now);
    this.granted(slot);
  }

  private granted(slot: number): void {
    const { table, meters } = this;
    const { now } = this.simulation;
    this.client.gotConnection(slot);
    meters.acquireWait.add(now - (table.times[slot * STRIDE + ACQUIRE_AT] as number));
    table.times[slot * STRIDE + ACQUIRE_AT] = now;
    this.journal.note('acquire', slot);
    meters.countReconnectDue(table, slot, this.pool.settings.reconnectShare);
    if (
      (table.times[slot * STRIDE + RECONNECT_DRAW] as number) >= this.pool.settings.reconnectShare
    ) {
      this.mix.begin(slot);
      return;
    }
    table.marks[slot * STRIDE + STATE_OF] = STATE.reconnecting;
    meters.reconnects++;
    this.reconnects.push(now + this.database.drawConnectLatency(), slot);
    this.journal.note('reconnect', slot);
  }

  private reconnected(slot: number): void {
    const { table } = this;
    const { now } = this.simulation;
    if (table.marks[slot * STRIDE + STATE_OF] === STATE.void) {
      table.free(slot);
      return;
    }
    this.pool.countReconnect();
    this.meters.opening.add(now - (table.times[slot * STRIDE + ACQUIRE_AT] as number));
    table.book(slot, OPENING, now);
    this.mix.begin(slot);
  }

  private openingDone(id: number): void {
    const { now } = this.simulation;
    this.meters.opening.add(now - (this.pool.openings.startedAt[id] as number));
    const slot = this.pool.openingDone(id, now);
    if (slot !== NOBODY) this.giveConnection(slot);
  }

  private openingRefused(id: number): void {
    const i = this.pool.openings.instance[id] as number;
    const slot = this.pool.openingRefused(id, this.simulation.now);
    if (slot !== NOBODY) {
      this.table.book(slot, OPENING, this.simulation.now);
      this.acquireDeadlines.cancel(slot);
      this.meters.leaveWithout(this.table, slot, this.simulation.now);
      this.failHere(slot, i, CONNECT_REFUSED);
    }
    this.openForWaiters(i);
  }

  private acquireTimeout(slot: number): void {
    const { table, pool } = this;
    const { now } = this.simulation;
    const i = table.marks[slot * STRIDE + INSTANCE] as number;
    this.meters.waitWatch.ring(slot, now);
    this.exits.bookStage(slot);
    if (table.marks[slot * STRIDE + STATE_OF] === STATE.opening)
      pool.disown(table.marks[slot * STRIDE + OPENING_ID] as number, now);
    else pool.leave(i, slot, now);
    pool.timeouts++;
    this.meters.leaveWithout(table, slot, now);
    this.failHere(slot, i, ACQUIRE_TIMEOUT);
  }

  /** The attempt fails on its instance, having left the pool. */
  private failHere(slot: number, i: number, reason: number): void {
    if (reason === ACQUIRE_TIMEOUT || reason === CONNECT_REFUSED) this.meters.acquireFailures++;
    this.client.failed(slot, reason);
    this.leaveInstance(i);
  }

  /** An attempt is done on this instance: the next in its queue may go on. */
  leaveInstance(i: number): void {
    this.gate.leave(i);
    this.admitQueued(i);
    this.countOut(i);
  }

  /** The instance has an attempt less. */
  countOut(i: number): void {
    this.balancer.count(i, -1);
    if (this.balancer.isLeft(i)) this.instanceLeft(i);
  }

  /** Room at the instance: those in its queue may go on. */
  admitQueued(i: number): void {
    for (let slot = this.gate.admitNext(i); slot >= 0; slot = this.gate.admitNext(i)) {
      this.table.book(slot, QUEUE, this.simulation.now);
      this.acquire(slot, i);
    }
  }

  /** New room in the pool: those who wait open connections at once. */
  openForWaiters(i: number): void {
    const { now } = this.simulation;
    for (;;) {
      const slot = this.pool.openForWaiter(i, now);
      if (slot === NOBODY) return;
      this.table.book(slot, ACQUIRE_QUEUE, now);
      this.table.marks[slot * STRIDE + STATE_OF] = STATE.opening;
      this.journal.note('open', slot);
    }
  }
}
