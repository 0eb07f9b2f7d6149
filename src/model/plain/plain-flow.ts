/**
 * The plain flow of a system: runs its events while it is in charge, and shares the memory with the flows of
 * other systems. The events themselves are in `steps/`: which is next in `plain-loops`, the way of a request
 * in `plain-way` and `plain-use`.
 */
import { EventList } from '../../engine/event-list.ts';
import type { EventQueue } from '../../engine/event-queue.ts';
import { OrderedLanes } from '../../engine/ordered-lanes.ts';
import { NO_RECONNECT } from '../request/request-table.ts';
import { GapArrivals } from '../traffic/gap-arrivals.ts';
import { holderQueues, QUEUES } from './steps/holder-queues.ts';
import { clearMarks, clearMemory, copyIn, copyOut, type PlainImage } from './plain-image.ts';
import { plainArrivals } from './steps/plain-arrivals.ts';
import { plainDraws } from './steps/plain-draws.ts';
import type { PlainKind } from './plain-kind.ts';
import { inSystem, loadLevels, settleLevels } from './plain-levels.ts';
import { type Occupant, takeMemory } from './plain-occupant.ts';
import { countElsewhere, countHere } from './plain-sums.ts';
import type { PlainParts } from './plain-parts.ts';
import { waitingLine } from './steps/plain-line.ts';
import { plainLoops } from './steps/plain-loops.ts';
import { BERTHS, HOLDERS, INT, LINE, memory, MOST, NUM } from './steps/plain-memory.ts';
import { outside } from './steps/plain-outside.ts';
import { plainUse } from './steps/plain-use.ts';

const { num, int, line, holders, holderMarks, berths } = memory;

/** What sums may reach in a stretch of several events: what one event adds cannot make them lose a digit. */
const EXACT = 2 ** 51;
/** Most events between two times that the meters are told. */
const OFTEN = 2 ** 16;
/** Events for each one that is looked at when the oldest request is looked for. */
const EVENTS_A_LOOK = 8;

export class PlainFlow implements Occupant {
  private readonly parts: PlainParts;
  private readonly kind: PlainKind;
  private readonly instances: number;
  /** What this system had in the memory when another one took it. */
  private image: PlainImage | null = null;
  private readonly reconnects = new OrderedLanes(null);
  private readonly heaps = [new EventList(), new EventList()];
  /** Whether batches of its numbers are in the memory. */
  private isDrawing = false;
  /** Nobody in the system arrived before; looked for anew after so many events. */
  private firstArrival = 0;
  private eventsSince = Infinity;

  constructor(parts: PlainParts, kind: PlainKind) {
    this.parts = parts;
    this.kind = kind;
    this.instances = parts.service.capacity;
  }

  /** Takes the memory, unless this system has it already. To be called before anything is read there. */
  private occupy(): void {
    takeMemory(this);
  }

  moveIn(): void {
    clearMarks();
    this.reachOut();
    countHere(this.parts.service);
    if (this.image === null) {
      clearMemory(this.instances);
      this.setUp();
    } else copyIn(this.image);
    this.image = null;
    plainUse.take(int[INT.CLASS]);
    if (!this.isDrawing) return;
    plainDraws.takeBatches();
    plainArrivals.takeArrivals();
  }

  moveOut(): void {
    if (this.isDrawing) {
      plainArrivals.giveArrivals();
      plainDraws.giveBatches();
    }
    this.image = copyOut(this.instances);
    countElsewhere(this.parts.service);
  }

  private setUp(): void {
    const { service, database, mostInFlight } = this.parts;
    int[INT.INSTANCES] = this.instances;
    int[INT.CLASSES] = service.mix.classes.length;
    int[INT.SHARED] = database.kind === 'usl' ? 1 : 0;
    int[INT.HOLDS_ONLY] = this.kind === 'holds' ? 1 : 0;
    int[INT.RECONNECTS] = service.mix.reconnects === null ? 0 : 1;
    int[INT.MOST_IN_FLIGHT] = Math.min(mostInFlight, 2 ** 31 - 1);
    num[NUM.DRAWN] = NO_RECONNECT;
  }

  private reachOut(): void {
    const { service, database, pool, tableFull } = this.parts;
    const { meters, mix, flow, balancer } = service;
    outside.arrivals = flow.traffic.open;
    outside.balancer = balancer;
    outside.mix = mix;
    outside.gaps = flow.traffic.open instanceof GapArrivals ? flow.traffic.open.gaps : null;
    outside.draws = mix.reconnects;
    outside.database = database;
    outside.clock = database.server.clock;
    outside.pool = pool;
    outside.meters = meters;
    outside.reconnects = this.reconnects;
    outside.heaps = this.heaps;
    outside.tooMany = () => {
      settleLevels(this.parts);
      return tableFull();
    };
  }

  /** Requests that wait in the line. */
  get waiting(): number {
    this.occupy();
    return int[INT.WAITING];
  }

  get inSystem(): number {
    this.occupy();
    return inSystem();
  }

  /** How many queries run in the database and slow each other down. O(holders). */
  get sharing(): number {
    this.occupy();
    if (int[INT.SHARED] === 0) return 0;
    const { classes } = this.parts.service.mix;
    return holderQueues.inUse().filter((holder) => {
      const requestClass = holderMarks[holder + HOLDERS.CLASS] as number;
      const started = holders[holder + HOLDERS.STARTED];
      return classes[requestClass]?.isQuery === true && started !== HOLDERS.NOT_YET;
    }).length;
  }

  /** Whether there is room for whoever comes in the next events: how many of them at most. */
  get room(): number {
    this.occupy();
    return Math.min(MOST.WAITING - int[INT.WAITING], MOST.HOLDERS - 1 - int[INT.IN_USE]);
  }

  /** Nobody waits any more, and nobody has a connection. */
  clear(): void {
    this.occupy();
    waitingLine.empty(this.instances);
    holderQueues.freeAll();
    int[INT.FIRST_TRIP] = HOLDERS.NOBODY;
    num[NUM.TRIP_AT] = Infinity;
    for (let i = 0; i < this.instances; i++) berths[(i << BERTHS.ROW) + BERTHS.LAST_SERVED] = 0;
    this.eventsSince = Infinity;
  }

  /**
   * Lets everything happen up to and including an instant.
   * @param budget stops after so many events; not more than there is room for
   * @returns how many there were
   */
  run(until: number, budget: number): number {
    this.occupy();
    let left = budget;
    for (;;) {
      loadLevels(this.parts);
      let most = Math.min(left, this.exactEvents(num[NUM.NOW]));
      const stop = this.exactUntil(until, most);
      most = Math.min(most, this.exactEvents(stop));
      num[NUM.UNTIL] = stop;
      const events =
        this.kind === 'holds' ? plainLoops.loopHolds(most) : plainLoops.loopQueries(most);
      this.eventsSince += events;
      left -= events;
      const isThere = events < most;
      if (isThere && stop < until) num[NUM.NOW] = stop;
      settleLevels(this.parts);
      if (isThere ? stop === until : left === 0) return budget - left;
    }
  }

  /**
   * Takes over: all events but those of other things are looked for here from now on.
   * @param holderOf the holder of each slot that has a connection
   */
  begin(holderOf: ReadonlyMap<number, number>): void {
    const { simulation, service, pool, database } = this.parts;
    const holder = (slot: number): number => holderOf.get(slot) as number;
    num[NUM.SINCE] = simulation.now;
    num[NUM.TIMEOUT] = num[NUM.DUE_TIMEOUT] = pool.settings.acquireTimeoutNs;
    num[NUM.MAX_PENDING] = pool.settings.maxPending;
    num[NUM.ROUND_TRIP] = database.roundTripNs;
    num[NUM.DUE_TRIP] = database.settings.roundTripNs;
    num[NUM.RECONNECT_SHARE] = num[NUM.DUE_SHARE] = pool.settings.reconnectShare;
    waitingLine.findGiveUp();
    plainUse.take(0);
    this.isDrawing = true;
    plainDraws.takeBatches();
    plainArrivals.takeArrivals();
    takeOver(database.alone.queue, QUEUES.ALONE, holder);
    takeOver(database.server.ends, QUEUES.SHARED, holder);
    const { roundTrips } = database;
    const trips = roundTrips.lanes;
    if (trips !== null) {
      drain(trips, (at, slot) => {
        depart(holder(slot), at);
      });
    }
    const { lanes } = service.flow.poolWay.reconnects;
    if (lanes !== null) {
      drain(lanes, (at, slot) => {
        this.reconnects.push(at, holder(slot), 0);
      });
    }
    num[NUM.RECONNECT_AT] = this.reconnects.firstAt;
    plainUse.foreseeStep();
    database.alone.suspend();
    roundTrips.suspend();
    service.flow.poolWay.reconnects.suspend();
    simulation.schedule(database.serverSource, Infinity);
    service.flow.traffic.suspendOpen();
  }

  /**
   * Hands back what has been looked for here.
   * @param slotOf the slot of each holder in use
   */
  end(slotOf: ReadonlyMap<number, number>): void {
    const { simulation, service, database } = this.parts;
    const slot = (holder: number): number => slotOf.get(holder) as number;
    plainArrivals.giveArrivals();
    plainDraws.giveBatches();
    this.isDrawing = false;
    service.flow.traffic.resumeOpen();
    handBack(QUEUES.ALONE, database.alone.queue, slot);
    handBack(QUEUES.SHARED, database.server.ends, slot);
    database.alone.reschedule();
    for (
      let h = int[INT.FIRST_TRIP];
      h !== HOLDERS.NOBODY;
      h = holderMarks[h + HOLDERS.NEXT] as number
    )
      database.roundTrips.push(holders[h + HOLDERS.KEY] as number, slot(h));
    const { reconnects } = service.flow.poolWay;
    drain(this.reconnects, (at, holder) => {
      reconnects.push(at, slot(holder));
    });
    reconnects.reschedule();
    simulation.schedule(database.serverSource, database.server.clock.nextAt);
  }

  /**
   * How far a stretch may go, which begins now with so many events before it has to settle.
   * @returns not beyond `until`
   */
  private exactUntil(until: number, events: number): number {
    return Math.min(until, num[NUM.NOW] + Math.floor(EXACT / (inSystem() + events)));
  }

  /** … and how many events it may have until then: at least one. */
  private exactEvents(stop: number): number {
    // An old answer holds as well: nobody comes earlier than who is there.
    if (this.eventsSince >= Math.max(OFTEN, int[INT.IN_USE] * EVENTS_A_LOOK)) {
      this.firstArrival = this.findFirstArrival();
      this.eventsSince = 0;
    }
    const events = Math.floor(EXACT / (stop - this.firstArrival + 1));
    return Math.min(OFTEN, Math.max(1, events));
  }

  /** When the oldest request in the system arrived. O(holders). */
  private findFirstArrival(): number {
    const oldest = int[INT.OLDEST] + LINE.ARRIVED;
    let first = int[INT.WAITING] === 0 ? num[NUM.NOW] : (line[oldest] as number);
    for (const holder of holderQueues.inUse())
      first = Math.min(first, holders[holder + HOLDERS.ARRIVED] as number);
    return first;
  }
}

function takeOver(from: EventQueue, to: number, holderOf: (slot: number) => number): void {
  while (from.size > 0) {
    const key = from.firstKey;
    holderQueues.put(to, holderOf(from.pop()), key);
  }
}

function handBack(from: number, to: EventQueue, slotOf: (holder: number) => number): void {
  while (!holderQueues.isEmpty(from))
    to.push(holderQueues.firstKey(from), slotOf(holderQueues.pop(from)));
}

function drain(lanes: OrderedLanes, take: (at: number, payload: number) => void): void {
  for (let at = lanes.firstAt; at < Infinity; at = lanes.firstAt) take(at, lanes.pop());
}

function depart(holder: number, at: number): void {
  holders[holder + HOLDERS.KEY] = at;
  plainUse.depart(holder);
}
