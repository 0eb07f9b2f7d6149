/** A service: its fleet, wired up; its instances come, go and restart; its settings change. */
import type { RandomStreams } from '../../engine/random-streams.ts';
import type { Simulation } from '../../engine/simulation.ts';
import { uniformStream } from '../../engine/variates.ts';
import { LevelMeter } from '../../stats/level-meter.ts';
import type { Backend } from '../database/backend.ts';
import type { Database } from '../database/database.ts';
import { type EventLog, Journal } from '../event-log.ts';
import { countHeads, heldByWaiting, type HeadCount } from '../meters/head-count.ts';
import { ServiceMeters } from '../meters/service-meters.ts';
import type { ConnectionPool } from '../pool/connection-pool.ts';
import { GeneralPool } from '../pool/general/general-pool.ts';
import { Pool } from '../pool/pool.ts';
import type { Pooler } from '../pooler/pooler.ts';
import { CONNECTION_LOST } from '../request/failure.ts';
import {
  HELD,
  INSTANCE,
  ORPHAN,
  type RequestTable,
  SERVICE,
  STATE,
  STATE_OF,
  STRIDE,
} from '../request/request-table.ts';
import { Balancer } from './balancer.ts';
import { Gate } from './gate.ts';
import { poolEventsOf } from './pool-events.ts';
import { PoolerWay } from './pooler-way.ts';
import { RequestFlow } from './request-flow.ts';
import { RequestMix } from './request-mix.ts';
import type { ServiceSettings } from './settings.ts';

/** What a service is built from. */
interface ServiceParts {
  /** Number of the service in the system. */
  readonly index: number;
  readonly settings: ServiceSettings;
  /** Most instances that the fleet has during the run. */
  readonly capacity: number;
  /** Whether connections are established anew at any time of the run. */
  readonly mayReconnect: boolean;
  readonly simulation: Simulation;
  readonly table: RequestTable;
  readonly streams: RandomStreams;
  readonly database: Database;
  /** In front of the database; null: none. */
  readonly pooler: Pooler | null;
  /** Services of the system. */
  readonly services: number;
  readonly log: EventLog | null;
  /** Whether the pools of the run are general ones. */
  readonly isGeneral: boolean;
  /** Called when no slot is left: throws. */
  readonly tableFull: () => never;
}

export class Service {
  readonly name: string;
  readonly capacity: number;
  readonly meters: ServiceMeters;
  readonly pool: ConnectionPool;
  readonly balancer: Balancer;
  readonly gate: Gate;
  readonly mix: RequestMix;
  /** Configured connections of each instance, restarting instances included. */
  readonly configured: LevelMeter;
  /** 1 for each instance whose pool has no limit; such an instance has 0 configured connections. */
  readonly unlimited: LevelMeter;
  settings: ServiceSettings;
  /** 1: the instance leaves the fleet as soon as nobody is on it. */
  private readonly leaving: Uint8Array;
  /** How many restarts have taken the instance out at the moment. */
  private readonly out: Uint8Array;
  private readonly index: number;
  private readonly simulation: Simulation;
  private readonly table: RequestTable;
  private readonly pooler: Pooler | null;
  readonly flow: RequestFlow;

  constructor(parts: ServiceParts) {
    const { settings, simulation, table, streams, database, capacity } = parts;
    const { name } = settings;
    this.settings = settings;
    this.name = name;
    this.capacity = capacity;
    this.index = parts.index;
    this.simulation = simulation;
    this.table = table;
    this.pooler = parts.pooler;
    this.meters = new ServiceMeters(capacity, simulation.clock);
    this.configured = new LevelMeter(capacity);
    this.unlimited = new LevelMeter(capacity);
    this.leaving = new Uint8Array(capacity);
    this.out = new Uint8Array(capacity);
    const balancing = uniformStream(streams, `${name}/balancer`);
    this.balancer = new Balancer(settings.balancer, capacity, balancing);
    this.gate = new Gate(settings.concurrency, settings.queue, capacity, table.links);
    this.pool = this.poolOf(parts);
    this.mix = new RequestMix(
      settings.requests,
      name,
      streams,
      table,
      database,
      parts.mayReconnect,
    );
    const stations = {
      ...parts,
      backend: backendOf(parts),
      poolerWay: (flow: RequestFlow) => this.poolerWayOf(flow, parts),
      balancer: this.balancer,
      gate: this.gate,
      pool: this.pool,
      mix: this.mix,
      meters: this.meters,
      instanceLeft: (i: number) => {
        this.retireIfLeaving(i);
      },
      journal: new Journal(parts.log, name, simulation, table),
    };
    this.flow = new RequestFlow(stations, settings, streams);
    for (let i = 0; i < settings.instances; i++) this.startInstance(i);
    this.countConfigured();
  }

  private poolOf(parts: ServiceParts): ConnectionPool {
    const { settings, table, streams, isGeneral } = parts;
    const backend = backendOf(parts);
    const events = poolEventsOf(() => this.flow.poolWay);
    if (!isGeneral) return new Pool(settings.pool, this.capacity, table.links, backend, events);
    const draws = uniformStream(streams, `${this.name}/pool`);
    return new GeneralPool(settings.pool, this.capacity, backend, events, draws);
  }

  private poolerWayOf(flow: RequestFlow, parts: ServiceParts): PoolerWay | null {
    const { pool } = this;
    if (parts.pooler === null || !(pool instanceof GeneralPool)) return null;
    return new PoolerWay({ ...parts, pooler: parts.pooler, flow, pool });
  }

  /** Whether no instance is about to leave the fleet, and at least one takes requests. */
  get isSteady(): boolean {
    return !this.leaving.includes(1) && this.balancer.accepting.includes(1);
  }

  /** The work of a slot on the database has ended; its ledger is booked up to now. */
  workDone(slot: number): void {
    this.flow.workDone(slot);
  }

  /** Changes the settings in force; the fleet's instances and all that wait follow at once. */
  apply(settings: ServiceSettings): void {
    const { now } = this.simulation;
    const before = this.settings.instances;
    this.settings = settings;
    this.flow.apply(settings);
    this.balancer.apply(settings.balancer);
    this.gate.concurrency = settings.concurrency;
    this.gate.queueLimit = settings.queue;
    this.pool.settings = settings.pool;
    for (let i = before; i < settings.instances; i++) this.joinFleet(i);
    for (let i = settings.instances; i < before; i++) this.leaveFleet(i);
    this.countConfigured();
    for (let i = 0; i < this.capacity; i++) {
      this.pool.trim(i, now);
      this.flow.poolWay.openForWaiters(i);
      this.flow.admitQueued(i);
    }
  }

  /** Rooms in which other settings are in force than these. */
  strayFrom(settings: ServiceSettings): number {
    const { pool, gate, balancer } = this;
    const rooms = [
      this.settings === settings,
      pool.settings === settings.pool,
      gate.concurrency === settings.concurrency && gate.queueLimit === settings.queue,
      balancer.policy === settings.balancer,
    ];
    return rooms.filter((follows) => !follows).length;
  }

  /**
   * Looks whether all connections of an instance are held by requests that wait for one more: then none of
   * them comes back before somebody gives up. O(slots), where requests may hold several.
   */
  auditNesting(): void {
    if (!this.table.hasSteps) return;
    const { now } = this.simulation;
    const { deadlocks } = this.meters;
    const held = heldByWaiting(this.table, this.index, this.capacity);
    for (let i = 0; i < this.capacity; i++) {
      const limit = this.pool.limitAt(i);
      if (limit === 0 || (held[i] as number) < limit) continue;
      deadlocks[i] = (deadlocks[i] as number) + 1;
      this.meters.deadlockedAt = Math.min(this.meters.deadlockedAt, now);
    }
  }

  /** Where the attempts of this service are now. O(slots). */
  countHeads(): HeadCount {
    return countHeads(this.table, this.index);
  }

  /** All connections to the database have died; with `isSilent` nobody notices yet. */
  loseConnections(isSilent: boolean): void {
    const { pool, capacity } = this;
    const { now } = this.simulation;
    if (this.pooler === null) for (let i = 0; i < capacity; i++) pool.lose(i, isSilent, now);
    if (isSilent) return;
    const { highWater } = this.table;
    for (let slot = 0; slot < highWater; slot++) if (this.holdsConnection(slot)) this.lose(slot);
    if (this.pooler !== null) return;
    for (let i = 0; i < capacity; i++) {
      pool.lossDone(i, now);
      this.flow.poolWay.openForWaiters(i);
    }
  }

  private holdsConnection(slot: number): boolean {
    const { marks } = this.table;
    const at = slot * STRIDE;
    const state = marks[at + STATE_OF] as number;
    if (marks[at + SERVICE] !== this.index || !isInServer(state)) return false;
    return hasConnection(state) || (marks[at + HELD] as number) > 0;
  }

  /** What a request has of the database has died. */
  private lose(slot: number): void {
    const { exits, poolerWay } = this.flow;
    if (this.table.marks[slot * STRIDE + ORPHAN] === 1) exits.endOrphan(slot);
    else if (poolerWay === null) exits.loseConnection(slot);
    else if (poolerWay.hasServer(slot)) poolerWay.failed(slot, CONNECTION_LOST);
  }

  /** The instance takes no new requests from now on; what it has goes on. */
  drain(i: number): void {
    this.out[i] = (this.out[i] as number) + 1;
    this.balancer.accept(i, false);
  }

  /** The instance's process is replaced: what it still had is lost, and it starts as the run started. */
  replace(i: number): void {
    const { marks, highWater } = this.table;
    for (let slot = 0; slot < highWater; slot++) {
      const at = slot * STRIDE;
      const isHere = marks[at + SERVICE] === this.index && marks[at + INSTANCE] === i;
      const isOfThisProcess = isHere && marks[at + ORPHAN] === 0;
      if (isOfThisProcess && isInServer(this.table.marks[at + STATE_OF] as number)) {
        this.flow.exits.lose(slot, i);
      }
    }
    this.out[i] = (this.out[i] as number) - 1;
    this.gate.active[i] = 0;
    this.balancer.count(i, 0 - (this.balancer.outstanding[i] as number));
    this.pool.stop(i, this.simulation.now);
    if (i < this.settings.instances) this.startInstance(i);
    else this.retireIfLeaving(i);
  }

  /** An instance is added, or taken back before it has left. */
  private joinFleet(i: number): void {
    if (this.leaving[i] === 0) this.startInstance(i);
    this.leaving[i] = 0;
    this.accept(i);
  }

  /** An instance takes no new requests, ends what it has, and is gone. */
  private leaveFleet(i: number): void {
    this.leaving[i] = 1;
    this.balancer.accept(i, false);
    if (this.balancer.isLeft(i)) this.retireIfLeaving(i);
  }

  private retireIfLeaving(i: number): void {
    if (this.leaving[i] === 0) return;
    this.leaving[i] = 0;
    this.pool.retire(i, this.simulation.now);
    this.countConfigured();
  }

  private startInstance(i: number): void {
    this.accept(i);
    this.pool.start(i, this.simulation.now);
  }

  /** The instance takes new requests, unless another restart has it out. */
  private accept(i: number): void {
    this.balancer.accept(i, this.out[i] === 0);
  }

  private countConfigured(): void {
    const { instances, pool } = this.settings;
    const { now } = this.simulation;
    for (let i = 0; i < this.capacity; i++) {
      const most = i < instances || this.leaving[i] === 1 ? pool.max : 0;
      const isLimited = most < Infinity;
      const target = isLimited ? most : 0;
      this.configured.add(i, target - (this.configured.level[i] as number), now);
      this.unlimited.add(i, (isLimited ? 0 : 1) - (this.unlimited.level[i] as number), now);
    }
  }
}

/** What the connections of the service lead to. */
function backendOf({ pooler, database }: ServiceParts): Backend {
  return pooler ?? database;
}

/** Whether a request in this state has a connection, or is about to. */
function hasConnection(state: number): boolean {
  switch (state) {
    case STATE.reconnecting:
    case STATE.roundTrip:
    case STATE.disk:
    case STATE.working:
    case STATE.alone:
    case STATE.handover:
    case STATE.appHolding:
    case STATE.pooled:
      return true;
    default:
      return false;
  }
}

function isInServer(state: number): boolean {
  return state !== STATE.free && state !== STATE.backoff && state !== STATE.void;
}
