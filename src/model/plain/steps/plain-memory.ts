/**
 * The memory of the plain flow: all that changes at an event stands in the arrays below, of which there is
 * one set in a thread. Whichever system is at work has it, see `plain-occupant`.
 *
 * What that trades, and why: to the compiler an array that is a constant of a module is a number, its
 * address, and an entry of it costs one instruction or two. In a field of an object it costs seven, as the
 * object, its form, the array, its start and its length are looked up each time; half of what an event cost
 * was that. A module has to take what it uses into constants of its own (`const { num } = memory`), since
 * what is imported is looked up as well; the same goes for layouts (`const { NOW } = NUM`) and for what is
 * called at each event (`const { enqueue } = line`).
 *
 * The arrays have room for all that a plain system ever needs, and the machine gives memory only to pages
 * that are written to. Times are ns; instants and sums are whole numbers in doubles.
 */
import { BATCH } from '../../../engine/variate-fills.ts';

/** Most who wait, who have a connection, and instances; more than that is the general flow's. */
export const MOST = { WAITING: 2 ** 20, HOLDERS: 2 ** 16, INSTANCES: 2 ** 12 } as const;

/** Doubles of which there is one each: entries of `num`. */
export const NUM = {
  /** The current instant; the one from which those of the areas are counted; when the flow took over. */
  NOW: 0,
  BASE: 1,
  SINCE: 2,
  /** When the next request comes, a round trip or a reconnection ends, either of both, somebody gives up. */
  ARRIVAL_AT: 3,
  TRIP_AT: 4,
  RECONNECT_AT: 5,
  STEP_AT: 6,
  GIVE_UP_AT: 7,
  /** The settings in force, and some again, to hold what is done against. */
  TIMEOUT: 8,
  DUE_TIMEOUT: 9,
  MAX_PENDING: 10,
  ROUND_TRIP: 11,
  DUE_TRIP: 12,
  RECONNECT_SHARE: 13,
  DUE_SHARE: 14,
  /** How the work of the class at hand is made of its demand, as in `DurationLaw`. */
  OFFSET: 15,
  SCALE: 16,
  /** Of the request at hand: its demand, what decides whether its connection is established anew, its work. */
  DEMAND: 17,
  DRAWN: 18,
  WORK: 19,
  /** The virtual clock of the database, see `virtual-clock`. */
  READING: 20,
  FIRST_END: 21,
  WORK_AT: 22,
  LAST_MOVE: 23,
  INTEGRAL: 24,
  SLOWER: 25,
  SPEED: 26,
  /** Of completed requests: whole response, its stages, the use of the connection. */
  RESPONSE: 27,
  QUEUED: 28,
  OPENED: 29,
  TRAVELLED: 30,
  WORKED: 31,
  CONTENDED: 32,
  USE: 33,
  /** Waits of those who got a connection, and of those who gave up. */
  WAITED: 34,
  VAIN: 35,
  /** The largest ones ever. */
  MOST_RESPONSE: 36,
  MOST_USE: 37,
  MOST_WAIT: 38,
  /** Arrivals with independent gaps: the rate per ns until an instant, or 0; where they are, not rounded. */
  RATE: 39,
  RATE_END: 40,
  EXACT_LAST: 41,
  EXACT_ARRIVAL: 42,
  GAP: 43,
  /** What is being counted. */
  WAIT_AT_HAND: 44,
  RESPONSE_AT_HAND: 45,
  USE_AT_HAND: 46,
} as const;

/** Whole numbers of which there is one each: entries of `int`. */
export const INT = {
  /** Those who wait, and the most that ever did. */
  WAITING: 0,
  MOST_WAITING: 1,
  /** Of the line: place of who has waited longest, places in use from there on, all places less one. */
  OLDEST: 2,
  USED: 3,
  MASK: 4,
  /** Numbers, to be compared with 1: a flag is tested for all that could be falsy. */
  INSTANCES: 5,
  CLASSES: 6,
  /** 1: queries slow each other down. */
  SHARED: 7,
  /** 1: connections are held, and nothing else. */
  HOLDS_ONLY: 8,
  /** Holders that are free, a chain; how many are in use, each with a connection; how many ever were. */
  FREE: 9,
  IN_USE: 10,
  MADE: 11,
  /** Whose round trip is under way, a chain. */
  FIRST_TRIP: 12,
  LAST_TRIP: 13,
  /** The class at hand; what its law is made of; 1: it sends a query; of its CPU, in millionths. */
  CLASS: 14,
  FORM: 15,
  QUERIES: 16,
  CPU_SHARE: 17,
  /** CPU shares at work in the database. */
  WEIGHT: 18,
  /** Works begun, of which some are checked. */
  BEGAN: 19,
  /** Counts since the meters were told. */
  ARRIVED: 20,
  GRANTED: 21,
  TIMEOUTS: 22,
  TURNED_AWAY: 23,
  /** Connections that are to be established anew. */
  RECONNECTS_DUE: 24,
  /**
   * Rules found broken: served out of turn; waits that end at another instant than set; more connections
   * owned than are open, or fewer than none; round trips longer or shorter than set; work that takes
   * another time than its law says.
   */
  OUT_OF_TURN: 25,
  ODD_WAITS: 26,
  ODD_OWNED: 27,
  ODD_TRIPS: 28,
  ODD_WORK: 29,
  /** Most requests in the system. */
  MOST_IN_FLIGHT: 30,
  /** How far the batches of `gaps`, `demands` and `draws` have been used. */
  GAP_AT: 31,
  DEMAND_AT: 32,
  DRAW_AT: 33,
  /** How instances are chosen, see `plain-choice`; where the next turn begins; the last choice, or −1. */
  POLICY: 34,
  TURN: 35,
  LAST_CHOSEN: 36,
  /** Choices until the next one that is looked at. */
  UNSEEN: 37,
  /** 1: connections may be established anew, so that it is drawn which. */
  RECONNECTS: 38,
  /** Of each queue of holders: how many lie sorted, see `holder-queues`. */
  FEWS: 39,
  FEWS_SHARED: 40,
} as const;

/** A place in the line has four doubles in `line`, `place << PLACE` … */
export const LINE = {
  PLACE: 2,
  W_ARRIVED: 0,
  W_DEADLINE: 1,
  W_DEMAND: 2,
  /** Decides whether the connection is established anew. */
  W_DRAW: 3,
  /**
   * … and some whole numbers in `lineMarks`, `place << PLACE_MARK`, which stay 0 where there are one
   * instance and one class. In a fleet the instance is GONE when nobody waits at the place any longer.
   */
  PLACE_MARK: 2,
  W_INSTANCE: 0,
  W_CLASS: 1,
  W_NEXT: 2,
  GONE: -1,
} as const;

/** A request that has a connection is a holder, with doubles in `holders`, `holder << HOLDER` … */
export const HOLDERS = {
  HOLDER: 3,
  H_ARRIVED: 0,
  H_ACQUIRED: 1,
  /** When its connection had been established anew, or `H_ACQUIRED`. */
  H_READY: 2,
  /** When it began to use it: its query had reached the database, or `H_READY`. */
  H_STARTED: 3,
  H_WORK: 4,
  H_DEMAND: 5,
  /** The reading of the virtual clock when its work began. */
  H_WORK_START: 6,
  /** … and whole numbers in `holderMarks`, `holder << HOLDER_MARK`. NOWHERE: the holder is free. */
  HOLDER_MARK: 2,
  H_INSTANCE: 0,
  H_CLASS: 1,
  H_CPU_SHARE: 2,
  NOWHERE: -1,
  /** An instant that has not come yet. */
  NOT_YET: -1,
  /** The end of each chain of holders, which is none of them. */
  NOBODY: 0,
} as const;

/** An instance has doubles in `berths`, `instance << BERTH`, and whole numbers in `berthMarks`. */
export const BERTHS = {
  BERTH: 2,
  /** Sums of the instants at which levels changed, see `plain-levels`. */
  PENDING_AREA: 0,
  OWNED_AREA: 1,
  /** When the one had come who was served last. */
  LAST_SERVED: 2,
  BERTH_MARK: 3,
  /** Those who wait, connections that requests own, and all that are open. */
  PENDING: 0,
  OWNED: 1,
  OPEN: 2,
  /** Of a fleet: the places in the line of the first (GONE: nobody) and the last who wait. */
  HEAD: 3,
  TAIL: 4,
  /** Requests that were answered, and that failed, since the meters were told. */
  ANSWERED: 5,
  FAILED: 6,
} as const;

/** An array whose named entries are there. */
type Named<T extends Record<string, number>> = Record<T[keyof T], number>;

export const memory = {
  num: new Float64Array(64) as Float64Array & Named<typeof NUM>,
  int: new Int32Array(64) as Int32Array & Named<typeof INT>,
  line: new Float64Array(MOST.WAITING << LINE.PLACE),
  lineMarks: new Int32Array(MOST.WAITING << LINE.PLACE_MARK),
  holders: new Float64Array(MOST.HOLDERS << HOLDERS.HOLDER),
  holderMarks: new Int32Array(MOST.HOLDERS << HOLDERS.HOLDER_MARK),
  /** Of each holder: when the step ends that it is in, or the reading of the virtual clock then. */
  keys: new Float64Array(MOST.HOLDERS),
  /** … and who is next there. */
  nexts: new Int32Array(MOST.HOLDERS),
  berths: new Float64Array(MOST.INSTANCES << BERTHS.BERTH),
  berthMarks: new Int32Array(MOST.INSTANCES << BERTHS.BERTH_MARK),
  /** Of each instance: 1: it takes new requests; attempts that it has at the moment. */
  accepting: new Uint8Array(MOST.INSTANCES),
  outstanding: new Int32Array(MOST.INSTANCES),
  /** Batches of numbers, see `plain-draws`. */
  gaps: new Float64Array(BATCH),
  demands: new Float64Array(BATCH),
  draws: new Float64Array(BATCH),
};
memory.keys[HOLDERS.NOBODY] = Infinity;
