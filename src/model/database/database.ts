/**
 * The database: how a query runs from its round trip to its end, how all that run slow each other down,
 * and how many connections are held. It does not know which pool a connection belongs to.
 */
import type { LawFamily } from '../../engine/law.ts';
import { EventSource, type Simulation } from '../../engine/simulation.ts';
import type { RandomStreams } from '../../engine/random-streams.ts';
import { LevelMeter } from '../../stats/level-meter.ts';
import {
  CPU_SHARE,
  SINCE,
  STATE_OF,
  STRIDE,
  WORK,
  WORK_START,
  type RequestTable,
  STATE,
} from '../request/request-table.ts';
import { CONTENTION, DATABASE_WORK, NETWORK } from '../request/stage.ts';
import { Delays } from '../schedule/delays.ts';
import { RANK } from '../schedule/ranks.ts';
import type { Backend } from './backend.ts';
import type { ConnectionSlots } from './connection-slots.ts';
import { slowdownOf } from './contention.ts';
import { Entrance } from './entrance.ts';
import type { ContentionSettings, DatabaseSettings } from './settings.ts';
import { Losses } from './losses.ts';
import { DueWatch } from '../watch/due-watch.ts';
import { SharedServer } from './shared-server.ts';

const MILLION = 1_000_000;
/** What the rounding errors of the virtual clock stay far below, ns. */
const CLOCK_ERROR = 1000;

export class Database implements Backend {
  readonly roundTripWatch = new DueWatch();
  /** Holds, and the uncontended work of queries. */
  readonly workWatch = new DueWatch();
  settings: DatabaseSettings;
  readonly kind: ContentionSettings['kind'];
  private readonly simulation: Simulation;
  private readonly table: RequestTable;
  private readonly done: (slot: number) => void;
  /** Connections that requests own, of all pools: in use, or being established by their request. */
  held = 0;
  /** CPU parts that run (`cores`). */
  private runningCpu = 0;
  readonly server: SharedServer;
  readonly serverSource: EventSource;
  readonly roundTrips: Delays;
  /** What nobody slows down: measured holds, the disk part of `cores`, queries under `none`. */
  readonly alone: Delays;
  /** CPU shares that run without slowing each other down (`none`), in millionths. */
  readonly aloneCpu = new LevelMeter(1);
  private readonly cores = new LevelMeter(1);
  private readonly entrance: Entrance;
  readonly losses = new Losses();

  /** @param done called with the slot whose work has ended; its ledger is booked up to now */
  constructor(
    settings: DatabaseSettings,
    simulation: Simulation,
    table: RequestTable,
    streams: RandomStreams,
    done: (slot: number) => void,
  ) {
    this.settings = settings;
    this.kind = settings.contention.kind;
    this.simulation = simulation;
    this.table = table;
    this.done = done;
    this.cores.add(0, settings.cores, simulation.now);
    this.server = new SharedServer(slowdownOf(settings));
    this.serverSource = new EventSource(simulation, RANK.completion, () => {
      this.sharedWorkDone();
    });
    this.alone = new Delays(simulation, RANK.completion, 'exponential', (slot) => {
      this.lonelyWorkDone(slot);
    });
    this.roundTrips = new Delays(simulation, RANK.completion, 'constant', (slot) => {
      this.roundTripDone(slot);
    });
    this.entrance = new Entrance(entranceOf(settings), streams, 'database/connect');
  }

  get slots(): ConnectionSlots {
    return this.entrance.slots;
  }

  get connectOutcome(): number {
    return this.entrance.outcome;
  }

  get closingNs(): number {
    return this.settings.closingNs;
  }

  get connectFamily(): LawFamily {
    return this.settings.connectLatency.family;
  }

  get roundTripNs(): number {
    return this.settings.roundTripNs;
  }

  /** Changes every setting but the kind of contention. */
  apply(settings: DatabaseSettings): void {
    const { now } = this.simulation;
    this.cores.add(0, settings.cores - this.settings.cores, now);
    this.settings = settings;
    this.entrance.apply(entranceOf(settings));
    this.server.setSlowdown(slowdownOf(settings), now);
    this.rescheduleServer();
  }

  connect(timeoutNs: number): number {
    const { entrance } = this;
    const isClosed = entrance.slots.isFull || this.losses.refuses(this.simulation.now);
    return isClosed ? entrance.refuse(this.roundTripNs, timeoutNs) : entrance.admit(timeoutNs);
  }

  drawConnectLatency(): number {
    return this.entrance.draw();
  }

  addHeld(change: number): void {
    this.held += change;
    if (this.kind !== 'usl') return;
    this.server.setPopulation(this.held, this.simulation.now);
    this.rescheduleServer();
  }

  /** Runs a query: a round trip, then `work` ns of uncontended work. */
  startQuery(slot: number, work: number, cpuShare: number): void {
    const { table, settings } = this;
    table.times[slot * STRIDE + WORK] = work;
    table.marks[slot * STRIDE + CPU_SHARE] = cpuShare;
    this.roundTripWatch.begin(slot, this.simulation.now + this.settings.roundTripNs);
    if (settings.roundTripNs === 0) {
      this.beginWork(slot);
      return;
    }
    table.marks[slot * STRIDE + STATE_OF] = STATE.roundTrip;
    this.roundTrips.push(this.simulation.now + settings.roundTripNs, slot);
  }

  /** Keeps the connection out for a time as measured: nothing is added. */
  startHold(slot: number, hold: number): void {
    this.table.times[slot * STRIDE + WORK] = hold;
    this.table.marks[slot * STRIDE + CPU_SHARE] = 0;
    this.workWatch.begin(slot, this.simulation.now + hold);
    this.beginAlone(slot, hold);
  }

  /**
   * Cuts off what the slot does here: it does not count any more from now on. Its event stays in its
   * list and frees the slot when it comes due. Ends the current stage in the ledger.
   */
  cut(slot: number): void {
    const { table } = this;
    this.bookProgress(slot);
    this.stopRunning(slot);
    this.roundTripWatch.end(slot, this.simulation.now);
    table.marks[slot * STRIDE + STATE_OF] = STATE.void;
  }

  /**
   * Looks again after a step whose `SINCE` and state stand in the table, and which somebody else has begun.
   * @param roundTrips when each round trip ends
   */
  watchAgain(slot: number, roundTrips: ReadonlyMap<number, number>): void {
    const { times, marks } = this.table;
    const since = times[slot * STRIDE + SINCE] as number;
    const state = marks[slot * STRIDE + STATE_OF];
    if (state === STATE.roundTrip)
      this.roundTripWatch.begin(slot, roundTrips.get(slot) ?? Infinity);
    else if (state !== STATE.reconnecting)
      this.workWatch.begin(slot, since + (times[slot * STRIDE + WORK] as number));
  }

  /** Books the time since the current stage began, as far as the slot's work here has come. */
  bookProgress(slot: number): void {
    const { table } = this;
    const { now } = this.simulation;
    if (table.marks[slot * STRIDE + STATE_OF] === STATE.roundTrip) table.book(slot, NETWORK, now);
    else this.bookWork(slot, Math.floor(this.progressOf(slot, now)), now);
  }

  /** CPU shares of all queries at work, in millionths; of those on shared cores each is whole. */
  get cpuShares(): number {
    return this.kind === 'none' ? (this.aloneCpu.level[0] as number) : this.server.load;
  }

  /** CPU time spent so far, ns. */
  cpuTime(now: number): number {
    return (this.server.weightIntegral(now) + this.aloneCpu.integral(0, now)) / MILLION;
  }

  /** ∫ cores dt so far. */
  coreTime(now: number): number {
    return this.cores.integral(0, now);
  }

  private roundTripDone(slot: number): void {
    if (this.wasCut(slot)) return;
    this.table.book(slot, NETWORK, this.simulation.now);
    this.beginWork(slot);
  }

  private beginWork(slot: number): void {
    const work = this.table.times[slot * STRIDE + WORK] as number;
    this.roundTripWatch.ring(slot, this.simulation.now);
    this.workWatch.begin(slot, this.simulation.now + work);
    switch (this.kind) {
      case 'usl':
        this.beginShared(slot, work, this.table.marks[slot * STRIDE + CPU_SHARE] as number);
        return;
      case 'cores':
        this.beginDisk(slot, work);
        return;
      case 'none':
        this.aloneCpu.add(
          0,
          this.table.marks[slot * STRIDE + CPU_SHARE] as number,
          this.simulation.now,
        );
        this.beginAlone(slot, work);
    }
  }

  private beginAlone(slot: number, duration: number): void {
    this.table.marks[slot * STRIDE + STATE_OF] = STATE.alone;
    this.alone.push(this.simulation.now + duration, slot);
  }

  /** `cores`: the part that is not CPU comes first, and is a delay. */
  private beginDisk(slot: number, work: number): void {
    const cpu = this.cpuPart(slot);
    if (cpu === work) {
      this.beginCpu(slot);
      return;
    }
    this.table.marks[slot * STRIDE + STATE_OF] = STATE.disk;
    this.alone.push(this.simulation.now + (work - cpu), slot);
  }

  private beginCpu(slot: number): void {
    this.server.setPopulation(++this.runningCpu, this.simulation.now);
    this.beginShared(slot, this.cpuPart(slot), MILLION);
  }

  private cpuPart(slot: number): number {
    const share = (this.table.marks[slot * STRIDE + CPU_SHARE] as number) / MILLION;
    return Math.round((this.table.times[slot * STRIDE + WORK] as number) * share);
  }

  private beginShared(slot: number, work: number, weight: number): void {
    const { table } = this;
    table.marks[slot * STRIDE + STATE_OF] = STATE.working;
    table.times[slot * STRIDE + WORK_START] = this.server.start(
      slot,
      work,
      weight,
      this.simulation.now,
    );
    this.rescheduleServer();
  }

  private sharedWorkDone(): void {
    const slot = this.server.finish(this.simulation.now);
    if (this.wasCut(slot)) {
      this.rescheduleServer();
      return;
    }
    this.stopRunning(slot);
    this.finish(slot);
  }

  private lonelyWorkDone(slot: number): void {
    if (this.wasCut(slot)) return;
    if (this.table.marks[slot * STRIDE + STATE_OF] === STATE.disk && this.cpuPart(slot) > 0) {
      this.beginCpu(slot);
      return;
    }
    this.stopRunning(slot);
    this.finish(slot);
  }

  /** The slot's work, if it has begun, slows nobody down any more and uses no CPU. */
  private stopRunning(slot: number): void {
    const { now } = this.simulation;
    const share = this.table.marks[slot * STRIDE + CPU_SHARE] as number;
    const state = this.table.marks[slot * STRIDE + STATE_OF];
    if (state === STATE.alone && this.kind === 'none') this.aloneCpu.add(0, -share, now);
    if (state !== STATE.working) return;
    if (this.kind === 'cores') {
      this.server.dropWeight(MILLION, now);
      this.server.setPopulation(--this.runningCpu, now);
    } else {
      this.server.dropWeight(share, now);
    }
    this.rescheduleServer();
  }

  private finish(slot: number): void {
    const { now } = this.simulation;
    if (this.table.marks[slot * STRIDE + STATE_OF] === STATE.working)
      this.workWatch.endSlow(slot, now, CLOCK_ERROR);
    else this.workWatch.ring(slot, now);
    this.bookWork(slot, this.table.times[slot * STRIDE + WORK] as number, now);
    this.done(slot);
  }

  /** Splits the time since the stage began: `work` ns of it were work, the rest contention. */
  private bookWork(slot: number, work: number, now: number): void {
    const { table } = this;
    const elapsed = now - (table.times[slot * STRIDE + SINCE] as number);
    const worked = Math.min(work, elapsed);
    table.times[slot * STRIDE + SINCE] = now - (elapsed - worked);
    table.addToLedger(slot, DATABASE_WORK, worked);
    table.book(slot, CONTENTION, now);
  }

  /** Work done since the stage began. */
  private progressOf(slot: number, now: number): number {
    const { table } = this;
    if (table.marks[slot * STRIDE + STATE_OF] !== STATE.working)
      return now - (table.times[slot * STRIDE + SINCE] as number);
    const done = this.server.workDone(table.times[slot * STRIDE + WORK_START] as number, now);
    return this.kind === 'usl'
      ? done
      : (table.times[slot * STRIDE + WORK] as number) - this.cpuPart(slot) + done;
  }

  private wasCut(slot: number): boolean {
    if (this.table.marks[slot * STRIDE + STATE_OF] !== STATE.void) return false;
    this.table.free(slot);
    return true;
  }

  private rescheduleServer(): void {
    this.simulation.schedule(this.serverSource, this.server.nextAt);
  }
}

function entranceOf(settings: DatabaseSettings) {
  const { connectLatency: latency, connectFailure: failure } = settings;
  return { admission: settings, latency, failure };
}
