/**
 * What a request does with its connection, from having it to the beginning of its work: the connection is
 * established anew or not, the query travels to the database, and works there. The same steps as in
 * `service/pool-way` and `database/database`; `plain-way` has the request's way before and after.
 *
 * In the hot path of all requests: why it looks as it does stands in `plain-memory`.
 */
import { exp } from '../../../engine/math.ts';
import type { RequestClass } from '../../service/request-mix.ts';
import { holderQueues, QUEUES } from './holder-queues.ts';
import { plainClock } from './plain-clock.ts';
import { plainDraws } from './plain-draws.ts';
import { HOLDERS, INT, memory, NUM } from './plain-memory.ts';
import { outside } from './plain-outside.ts';

const { num, int, holders, holderMarks } = memory;
const { put } = holderQueues;
const { drawRequest, drawChance } = plainDraws;
const { weigh, startIfIdle, lookForFirst } = plainClock;
const exponential = exp;

const enum WORKS {
  /** `LAST_INSTANT`. */
  LONGEST = 9007199254740991,
  /** Of the works that are written out here, one in so many and one is held against its law. */
  SAMPLE = 255,
}

/** Takes a class at hand. */
const take = (requestClass: number): void => {
  const taken = outside.mix.classes[requestClass] as RequestClass;
  outside.demands = taken.demands;
  int[INT.CLASS] = requestClass;
  int[INT.FORM] = taken.law.form;
  num[NUM.OFFSET] = taken.law.offset;
  num[NUM.SCALE] = taken.law.scale;
  int[INT.QUERIES] = taken.isQuery ? 1 : 0;
  int[INT.CPU_SHARE] = taken.cpuShare;
};

/** Draws what belongs to the request that arrives. */
const draw = (): void => {
  if (int[INT.CLASSES] === 1) {
    drawRequest();
    return;
  }
  num[NUM.DEMAND] = outside.demands.next();
  if (int[INT.RECONNECTS] === 1) drawChance();
};

/** The work of the class at hand that the demand at hand becomes, by the plan in force now. */
const makeWork = (): void => {
  const form = int[INT.FORM];
  let work = num[NUM.OFFSET] + num[NUM.SCALE] * num[NUM.DEMAND];
  if (form !== 0) work = form === 1 ? exponential(work) : workByLaw();
  work = Math.floor(work + 0.5);
  if (work > WORKS.LONGEST) work = WORKS.LONGEST;
  num[NUM.WORK] = work;
  if ((++int[INT.BEGAN] & WORKS.SAMPLE) === 0) checkWork();
};

const checkWork = (): void => {
  if (workByLaw() !== num[NUM.WORK]) int[INT.ODD_WORK]++;
};

const workByLaw = (): number => {
  const { law } = outside.mix.classes[int[INT.CLASS]] as RequestClass;
  return law.duration(num[NUM.DEMAND]);
};

/** The request at hand has its connection, which it holds or uses, or which is established anew first. */
const connect = (holder: number): void => {
  if (int[INT.HOLDS_ONLY] === 1) hold(holder);
  else useOrReconnect(holder);
};

const hold = (holder: number): void => {
  const now = num[NUM.NOW];
  makeWork();
  const work = num[NUM.WORK];
  holders[holder + HOLDERS.ACQUIRED] = now;
  holders[holder + HOLDERS.WORK] = work;
  put(QUEUES.ALONE, holder, now + work);
};

const useOrReconnect = (holder: number): void => {
  const drawn = num[NUM.DRAWN];
  // Asked twice, so that a reconnection left out, or one too many, is noticed.
  if (drawn < num[NUM.DUE_SHARE]) int[INT.RECONNECTS_DUE]++;
  holders[holder + HOLDERS.ACQUIRED] = num[NUM.NOW];
  if (drawn < num[NUM.RECONNECT_SHARE]) {
    reconnect(holder);
    return;
  }
  holders[holder + HOLDERS.READY] = num[NUM.NOW];
  use(holder);
};

const reconnect = (holder: number): void => {
  const { reconnects, database, meters } = outside;
  meters.reconnects++;
  holders[holder + HOLDERS.READY] = HOLDERS.NOT_YET;
  holders[holder + HOLDERS.STARTED] = HOLDERS.NOT_YET;
  holders[holder + HOLDERS.DEMAND] = num[NUM.DEMAND];
  reconnects.push(num[NUM.NOW] + database.drawConnectLatency(), holder, 0);
  num[NUM.RECONNECT_AT] = reconnects.firstAt;
  foreseeStep();
};

const reconnected = (): void => {
  const { reconnects, pool, meters } = outside;
  const now = num[NUM.RECONNECT_AT];
  num[NUM.NOW] = now;
  const holder = reconnects.pop();
  num[NUM.RECONNECT_AT] = reconnects.firstAt;
  foreseeStep();
  holders[holder + HOLDERS.READY] = now;
  num[NUM.DEMAND] = holders[holder + HOLDERS.DEMAND] as number;
  pool.countReconnect();
  meters.opening.add(now - (holders[holder + HOLDERS.ACQUIRED] as number));
  if (int[INT.CLASSES] > 1) take(holderMarks[holder + HOLDERS.CLASS] as number);
  use(holder);
};

/** What the request at hand does with its connection, by the plan in force now. */
const use = (holder: number): void => {
  makeWork();
  holders[holder + HOLDERS.WORK] = num[NUM.WORK];
  holderMarks[holder + HOLDERS.CPU_SHARE] = int[INT.CPU_SHARE];
  if (int[INT.QUERIES] === 0) {
    holders[holder + HOLDERS.STARTED] = num[NUM.NOW];
    workAlone(holder);
  } else if (num[NUM.ROUND_TRIP] === 0) beginWork(holder);
  else {
    holders[holder + HOLDERS.STARTED] = HOLDERS.NOT_YET;
    holders[holder + HOLDERS.KEY] = num[NUM.NOW] + num[NUM.ROUND_TRIP];
    depart(holder);
    foreseeStep();
  }
};

/** The round trip begins, and ends by its key, when all that are under way have ended. */
const depart = (holder: number): void => {
  holderMarks[holder + HOLDERS.NEXT] = HOLDERS.NOBODY;
  if (int[INT.FIRST_TRIP] === HOLDERS.NOBODY) {
    int[INT.FIRST_TRIP] = holder;
    num[NUM.TRIP_AT] = holders[holder + HOLDERS.KEY] as number;
  } else holderMarks[int[INT.LAST_TRIP] + HOLDERS.NEXT] = holder;
  int[INT.LAST_TRIP] = holder;
};

const foreseeStep = (): void => {
  const trip = num[NUM.TRIP_AT];
  const reconnection = num[NUM.RECONNECT_AT];
  num[NUM.STEP_AT] = trip < reconnection ? trip : reconnection;
};

const roundTripDone = (): void => {
  const holder = int[INT.FIRST_TRIP];
  const now = num[NUM.TRIP_AT];
  num[NUM.NOW] = now;
  const next = holderMarks[holder + HOLDERS.NEXT] as number;
  int[INT.FIRST_TRIP] = next;
  num[NUM.TRIP_AT] = holders[next + HOLDERS.KEY] as number;
  foreseeStep();
  const ready = holders[holder + HOLDERS.READY] as number;
  if (ready > num[NUM.SINCE] && now - ready !== num[NUM.DUE_TRIP]) int[INT.ODD_TRIPS]++;
  beginWork(holder);
};

/** The query begins to work, alone or slowed down by the others. */
const beginWork = (holder: number): void => {
  const share = holderMarks[holder + HOLDERS.CPU_SHARE] as number;
  holders[holder + HOLDERS.STARTED] = num[NUM.NOW];
  if (int[INT.SHARED] === 1) {
    startIfIdle();
    weigh(share);
    const reading = num[NUM.READING];
    holders[holder + HOLDERS.WORK_START] = reading;
    put(QUEUES.SHARED, holder, reading + (holders[holder + HOLDERS.WORK] as number));
    lookForFirst();
  } else {
    outside.database.aloneCpu.add(0, share, num[NUM.NOW]);
    workAlone(holder);
  }
};

const workAlone = (holder: number): void => {
  const end = num[NUM.NOW] + (holders[holder + HOLDERS.WORK] as number);
  put(QUEUES.ALONE, holder, end);
};

export const plainUse = { take, draw, connect, reconnected, roundTripDone, depart, foreseeStep };
