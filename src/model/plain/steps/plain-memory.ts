/**
 * The memory of the plain flow: all that changes at an event stands in the arrays below, of which there is
 * one set in a thread. Whichever system is at work has it, see `plain-occupant`.
 *
 * What that trades, and why: to the compiler an array that is a constant of a module is a number, its
 * address, and an entry of it costs one instruction or two. In a field of an object it costs seven, as the
 * object, its form, the array, its start and its length are looked up each time; half of what an event cost
 * was that. A module has to take what it uses into constants of its own (`const { num } = memory`), since
 * what is imported is looked up as well; the same goes for what is called at each event (`const { enqueue } =
 * waitingLine`). Layouts are `const enum`s: `num[NUM.NOW]` is compiled to `num[0]`.
 *
 * The arrays have room for all that a plain system ever needs, and the machine gives memory only to pages
 * that are written to. Times are ns; instants and sums are whole numbers in doubles.
 */
import { BATCH } from '../../../engine/variate-fills.ts';
import { BUCKETS } from '../../../stats/histogram.ts';

/** Most who wait, who have a connection, and instances; more than that is the general flow's. */
export const enum MOST {
  WAITING = 0x100000,
  HOLDERS = 0x100000,
  INSTANCES = 0x1000,
}

/** Doubles of which there is one each: entries of `num`. */
export const enum NUM {
  /** The current instant; the one from which those of the areas are counted; when the flow took over. */
  NOW,
  BASE,
  SINCE,
  /** What happens later than this is left for the next stretch. */
  UNTIL,
  /** When the next request comes, a round trip or a reconnection ends, either of both, somebody gives up. */
  ARRIVAL_AT,
  TRIP_AT,
  RECONNECT_AT,
  STEP_AT,
  GIVE_UP_AT,
  /** The settings in force, and some again, to hold what is done against. */
  TIMEOUT,
  DUE_TIMEOUT,
  MAX_PENDING,
  ROUND_TRIP,
  DUE_TRIP,
  RECONNECT_SHARE,
  DUE_SHARE,
  /** How the work of the class at hand is made of its demand, as in `DurationLaw`. */
  OFFSET,
  SCALE,
  /** Of the request at hand: its demand, what decides whether its connection is established anew, its work. */
  DEMAND,
  DRAWN,
  WORK,
  /** The virtual clock of the database, see `virtual-clock`. */
  CLOCK_SINCE,
  CLOCK_BASE,
  READING,
  FIRST_END,
  WORK_AT,
  SPENT,
  SLOWER,
  SPEED,
  /** Of completed requests: whole response, its stages, the use of the connection. */
  RESPONSE,
  QUEUED,
  OPENED,
  TRAVELLED,
  WORKED,
  CONTENDED,
  USE,
  /** Waits of those who got a connection, and of those who gave up. */
  WAITED,
  VAIN,
  /** The largest ones ever. */
  MOST_RESPONSE,
  MOST_USE,
  MOST_WAIT,
  /** Arrivals with independent gaps: the rate per ns until an instant, or 0, see `plain-arrivals`. */
  RATE,
  RATE_END,
  /** What is being counted. */
  WAIT_AT_HAND,
  RESPONSE_AT_HAND,
  USE_AT_HAND,
}

/** Whole numbers of which there is one each: entries of `int`. */
export const enum INT {
  /** Those who wait, and the most that ever did. */
  WAITING,
  MOST_WAITING,
  /** Of the line: place of who has waited longest, entries in use from there on, all entries less one. */
  OLDEST,
  USED,
  MASK,
  /** Numbers, to be compared with 1: a flag is tested for all that could be falsy. */
  INSTANCES,
  CLASSES,
  /** 1: queries slow each other down. */
  SHARED,
  /** 1: connections are held, and nothing else. */
  HOLDS_ONLY,
  /** Holders that are free, a chain; how many are in use, each with a connection; the last that ever was. */
  FREE,
  IN_USE,
  MADE,
  /** Whose round trip is under way, a chain. */
  FIRST_TRIP,
  LAST_TRIP,
  /** The class at hand; what its law is made of; 1: it sends a query; of its CPU, in millionths. */
  CLASS,
  FORM,
  QUERIES,
  CPU_SHARE,
  /** CPU shares at work in the database. */
  WEIGHT,
  /** Works begun, of which some are checked. */
  BEGAN,
  /** Counts since the meters were told. */
  ARRIVED,
  GRANTED,
  TIMEOUTS,
  TURNED_AWAY,
  /** Connections that are to be established anew. */
  RECONNECTS_DUE,
  /**
   * Rules found broken: served out of turn; waits that end at another instant than set; more connections
   * owned than are open, or fewer than none; round trips longer or shorter than set; work that takes
   * another time than its law says.
   */
  OUT_OF_TURN,
  ODD_WAITS,
  ODD_OWNED,
  ODD_TRIPS,
  ODD_WORK,
  /** Most requests in the system. */
  MOST_IN_FLIGHT,
  /** How far the batches of `gaps`, `demands` and `draws` have been used. */
  GAP_AT,
  DEMAND_AT,
  DRAW_AT,
  /** How instances are chosen, see `plain-choice`; where the next turn begins; the last choice, or −1. */
  POLICY,
  TURN,
  LAST_CHOSEN,
  /** Choices until the next one that is looked at. */
  UNSEEN,
  /** 1: connections may be established anew, so that it is drawn which. */
  RECONNECTS,
  /** Of each queue of holders: how many lie sorted, see `holder-queues`. */
  FEWS,
  FEWS_SHARED,
  /** For so many gaps of the batch it is known where arrivals fall. */
  FORESEEN,
}

/*
 * Who waits, who has a connection, and each instance have a row in two arrays: so many doubles in one, as many
 * whole numbers in the other. A place and a holder are where their rows begin: an entry is
 * `holders[holder + HOLDERS.WORK]`.
 */

/** A place in the line. */
export const enum LINE {
  WIDTH = 4,
  ARRIVED = 0,
  DEADLINE = 1,
  DEMAND = 2,
  /** Decides whether the connection is established anew; not kept where none ever is. */
  DRAW = 3,
  /**
   * Whole numbers, which stay 0 where there are one instance and one class. In a fleet the instance is GONE
   * when nobody waits at the place any longer.
   */
  INSTANCE = 0,
  CLASS = 1,
  NEXT = 2,
  GONE = -1,
}

/** A request that has a connection. */
export const enum HOLDERS {
  WIDTH = 8,
  ARRIVED = 0,
  ACQUIRED = 1,
  /** When its connection had been established anew, or `ACQUIRED`. */
  READY = 2,
  /** When it began to use it: its query had reached the database, or `READY`. */
  STARTED = 3,
  WORK = 4,
  DEMAND = 5,
  /** The reading of the virtual clock when its work began. */
  WORK_START = 6,
  /** When its round trip ends; of one that joins a heap: by what it is ordered there. */
  KEY = 7,
  /** Whole numbers: its instance, or NOWHERE while the row is free; who is next in its chain. */
  INSTANCE = 0,
  CLASS = 1,
  CPU_SHARE = 2,
  NEXT = 3,
  NOWHERE = -1,
  /** An instant that has not come yet. */
  NOT_YET = -1,
  /** The end of each chain of holders, which is none of them. */
  NOBODY = 0,
}

/** An instance, whose row begins at `instance << ROW`. */
export const enum BERTHS {
  ROW = 3,
  /** Sums of the instants at which levels changed, see `plain-levels`. */
  PENDING_AREA = 0,
  OWNED_AREA = 1,
  /** When the one had come who was served last. */
  LAST_SERVED = 2,
  /** Whole numbers: those who wait, connections that requests own, and all that are open. */
  PENDING = 0,
  OWNED = 1,
  OPEN = 2,
  /** Of a fleet: the places in the line of the first (GONE: nobody) and the last who wait. */
  HEAD = 3,
  TAIL = 4,
  /** Requests that were answered, and that failed, since the meters were told. */
  ANSWERED = 5,
  FAILED = 6,
}

/** An array whose named entries are there. */
type Named<T extends number> = Record<T, number>;

export const memory = {
  num: new Float64Array(64) as Float64Array & Named<NUM>,
  int: new Int32Array(64) as Int32Array & Named<INT>,
  line: new Float64Array(MOST.WAITING * LINE.WIDTH),
  lineMarks: new Int32Array(MOST.WAITING * LINE.WIDTH),
  holders: new Float64Array(MOST.HOLDERS * HOLDERS.WIDTH),
  holderMarks: new Int32Array(MOST.HOLDERS * HOLDERS.WIDTH),
  berths: new Float64Array(MOST.INSTANCES << BERTHS.ROW),
  berthMarks: new Int32Array(MOST.INSTANCES << BERTHS.ROW),
  /** Of each instance: 1: it takes new requests; attempts that it has at the moment. */
  accepting: new Uint8Array(MOST.INSTANCES),
  outstanding: new Int32Array(MOST.INSTANCES),
  /** The buckets of the service's histograms, see `plain-tally`. */
  responses: new Float64Array(BUCKETS),
  waits: new Float64Array(BUCKETS),
  uses: new Float64Array(BUCKETS),
  /** Batches of numbers, see `plain-draws`. */
  gaps: new Float64Array(BATCH),
  /** Where the arrival falls before which so many gaps of the batch lie, not rounded. */
  instants: new Float64Array(BATCH + 1),
  demands: new Float64Array(BATCH),
  draws: new Float64Array(BATCH),
};
memory.holders[HOLDERS.NOBODY + HOLDERS.KEY] = Infinity;
