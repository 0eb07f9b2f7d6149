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
import { NOBODY } from '../pool/connection-pool.ts';
import { INSTANCE_LOST, QUEUE_FULL } from '../request/failure.ts';
import {
  ARRIVAL_AT,
  ATTEMPT,
  INSTANCE,
  NO_INSTANCE,
  ORPHAN,
  type RequestTable,
  SERVICE,
  SINCE,
  STATE,
  STATE_OF,
  STRIDE,
  USER,
} from '../request/request-table.ts';
import { QUEUE } from '../request/stage.ts';
import { NO_HOLD } from '../traffic/trace-cursor.ts';
import { Traffic } from '../traffic/traffic.ts';
import type { Balancer } from './balancer.ts';
import { EarlyExit } from './early-exit.ts';
import type { Gate } from './gate.ts';
import { PoolWay } from './pool-way.ts';
import type { PoolerWay } from './pooler-way.ts';
import { NO_STEPS, type RequestMix } from './request-mix.ts';
import type { ServiceSettings } from './settings.ts';
import { StepWay } from './step-way.ts';
import type { Stations } from './stations.ts';

export class RequestFlow {
  readonly client: Client;
  readonly poolWay: PoolWay;
  readonly stepWay: StepWay;
  /** null: the pool's connections lead to the database itself. */
  readonly poolerWay: PoolerWay | null;
  readonly exits: EarlyExit;
  readonly traffic: Traffic;
  private readonly index: number;
  private readonly simulation: Simulation;
  private readonly table: RequestTable;
  private readonly balancer: Balancer;
  readonly gate: Gate;
  private readonly mix: RequestMix;
  private readonly database: Database;
  private readonly meters: ServiceMeters;
  private readonly journal: Journal;
  private readonly tableFull: () => never;
  private readonly instanceLeft: (i: number) => void;

  constructor(stations: Stations, settings: ServiceSettings, streams: RandomStreams) {
    const { simulation, table, database } = stations;
    this.index = stations.index;
    this.simulation = simulation;
    this.table = table;
    this.balancer = stations.balancer;
    this.gate = stations.gate;
    this.mix = stations.mix;
    this.database = database;
    this.meters = stations.meters;
    this.journal = stations.journal;
    this.tableFull = stations.tableFull;
    this.instanceLeft = stations.instanceLeft;
    this.exits = new EarlyExit(this, stations);
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
    this.poolWay = new PoolWay(this, stations);
    this.stepWay = new StepWay(this, stations);
    this.poolerWay = stations.poolerWay(this);
  }

  /** Changes traffic, client and mix from now on. */
  apply(settings: ServiceSettings): void {
    this.traffic.apply(settings.traffic);
    this.client.apply(settings.client);
    this.mix.apply(settings.requests);
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
    this.poolerWay?.queryDone(slot);
    if (table.hasSteps && this.mix.programOf(slot) !== NO_STEPS) {
      this.stepWay.next(slot);
      return;
    }
    const i = table.marks[slot * STRIDE + INSTANCE] as number;
    const next = this.exits.takeConnection(slot, i);
    this.client.answered(slot);
    if (next !== NOBODY) this.poolWay.giveConnection(next);
    this.leaveInstance(i);
  }

  private arrive(user: number, holdNs: number): void {
    const { table } = this;
    const { now } = this.simulation;
    const slot = table.take();
    if (slot < 0) this.tableFull();
    table.setNumber(slot, this.meters.arrive());
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
        this.beginWork(slot, i);
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
      this.beginWork(slot, i);
    }
  }

  /** The instance works on a request: by its steps, or at once on a connection. */
  private beginWork(slot: number, i: number): void {
    if (this.table.hasSteps && this.mix.programOf(slot) !== NO_STEPS) this.stepWay.start(slot);
    else this.poolWay.acquire(slot, i);
  }
}
