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

const { num, int, holders, holderMarks, keys, nexts } = memory;
const { put } = holderQueues;
const { drawRequest, drawChance } = plainDraws;
const { moveClock, lookForFirst } = plainClock;
const { NOW, SINCE, TRIP_AT, RECONNECT_AT, STEP_AT } = NUM;
const { ROUND_TRIP, DUE_TRIP, RECONNECT_SHARE, DUE_SHARE } = NUM;
const { OFFSET, SCALE, DEMAND, DRAWN, WORK, READING } = NUM;
const { CLASS, CLASSES, RECONNECTS, FORM, QUERIES, CPU_SHARE, SHARED, HOLDS_ONLY, BEGAN, WEIGHT } =
  INT;
const { FIRST_TRIP, LAST_TRIP, RECONNECTS_DUE, ODD_TRIPS, ODD_WORK } = INT;
const { HOLDER, H_ACQUIRED, H_READY, H_STARTED, H_WORK, H_DEMAND, H_WORK_START } = HOLDERS;
const { HOLDER_MARK, H_CLASS, H_CPU_SHARE, NOT_YET, NOBODY } = HOLDERS;
const { ALONE, SHARED: SHARED_WORK } = QUEUES;
const exponential = exp;

/** `LAST_INSTANT`. */
const LAST = Number.MAX_SAFE_INTEGER;
/** Of the works that are written out here, one in so many and one is held against its law. */
const SAMPLE = 255;

/** Takes a class at hand. */
const take = (requestClass: number): void => {
  const taken = outside.mix.classes[requestClass] as RequestClass;
  outside.demands = taken.demands;
  int[CLASS] = requestClass;
  int[FORM] = taken.law.form;
  num[OFFSET] = taken.law.offset;
  num[SCALE] = taken.law.scale;
  int[QUERIES] = taken.isQuery ? 1 : 0;
  int[CPU_SHARE] = taken.cpuShare;
};

/** Draws what belongs to the request that arrives. */
const draw = (): void => {
  if (int[CLASSES] === 1) {
    drawRequest();
    return;
  }
  num[DEMAND] = outside.demands.next();
  if (int[RECONNECTS] === 1) drawChance();
};

/** The work of the class at hand that the demand at hand becomes, by the plan in force now. */
const makeWork = (): void => {
  const form = int[FORM];
  let work = num[OFFSET] + num[SCALE] * num[DEMAND];
  if (form !== 0) work = form === 1 ? exponential(work) : workByLaw();
  work = Math.floor(work + 0.5);
  if (work > LAST) work = LAST;
  num[WORK] = work;
  if ((++int[BEGAN] & SAMPLE) === 0 && workByLaw() !== num[WORK]) int[ODD_WORK]++;
};

const workByLaw = (): number => {
  const { law } = outside.mix.classes[int[CLASS]] as RequestClass;
  return law.duration(num[DEMAND]);
};

/** The request at hand has its connection, which it holds or uses, or which is established anew first. */
const connect = (holder: number): void => {
  const at = holder << HOLDER;
  if (int[HOLDS_ONLY] === 1) {
    makeWork();
    holders[at | H_ACQUIRED] = num[NOW];
    holders[at | H_WORK] = num[WORK];
    keys[holder] = num[NOW] + num[WORK];
    put(ALONE, holder);
    return;
  }
  const drawn = num[DRAWN];
  // Asked twice, so that a reconnection left out, or one too many, is noticed.
  if (drawn < num[DUE_SHARE]) int[RECONNECTS_DUE]++;
  holders[at | H_ACQUIRED] = num[NOW];
  if (drawn < num[RECONNECT_SHARE]) {
    reconnect(holder);
    return;
  }
  holders[at | H_READY] = num[NOW];
  use(holder);
};

const reconnect = (holder: number): void => {
  const { reconnects, database, meters } = outside;
  const at = holder << HOLDER;
  meters.reconnects++;
  holders[at | H_READY] = NOT_YET;
  holders[at | H_STARTED] = NOT_YET;
  holders[at | H_DEMAND] = num[DEMAND];
  reconnects.push(num[NOW] + database.drawConnectLatency(), holder, 0);
  num[RECONNECT_AT] = reconnects.firstAt;
  foreseeStep();
};

const reconnected = (): void => {
  const { reconnects, pool, meters } = outside;
  const now = num[RECONNECT_AT];
  num[NOW] = now;
  const holder = reconnects.pop();
  const at = holder << HOLDER;
  num[RECONNECT_AT] = reconnects.firstAt;
  foreseeStep();
  holders[at | H_READY] = now;
  num[DEMAND] = holders[at | H_DEMAND] as number;
  pool.countReconnect();
  meters.opening.add(now - (holders[at | H_ACQUIRED] as number));
  if (int[CLASSES] > 1) take(holderMarks[(holder << HOLDER_MARK) | H_CLASS] as number);
  use(holder);
};

/** What the request at hand does with its connection, by the plan in force now. */
const use = (holder: number): void => {
  const at = holder << HOLDER;
  makeWork();
  holders[at | H_WORK] = num[WORK];
  holderMarks[(holder << HOLDER_MARK) | H_CPU_SHARE] = int[CPU_SHARE];
  if (int[QUERIES] === 0) {
    holders[at | H_STARTED] = num[NOW];
    workAlone(holder);
  } else if (num[ROUND_TRIP] === 0) beginWork(holder);
  else {
    holders[at | H_STARTED] = NOT_YET;
    keys[holder] = num[NOW] + num[ROUND_TRIP];
    depart(holder);
    foreseeStep();
  }
};

/** The round trip begins, and ends by its key, when all that are under way have ended. */
const depart = (holder: number): void => {
  nexts[holder] = NOBODY;
  if (int[FIRST_TRIP] === NOBODY) {
    int[FIRST_TRIP] = holder;
    num[TRIP_AT] = keys[holder] as number;
  } else nexts[int[LAST_TRIP]] = holder;
  int[LAST_TRIP] = holder;
};

const foreseeStep = (): void => {
  const trip = num[TRIP_AT];
  const reconnection = num[RECONNECT_AT];
  num[STEP_AT] = trip < reconnection ? trip : reconnection;
};

const roundTripDone = (): void => {
  const holder = int[FIRST_TRIP];
  const now = num[TRIP_AT];
  num[NOW] = now;
  const next = nexts[holder] as number;
  int[FIRST_TRIP] = next;
  num[TRIP_AT] = keys[next] as number;
  foreseeStep();
  const ready = holders[(holder << HOLDER) | H_READY] as number;
  if (ready > num[SINCE] && now - ready !== num[DUE_TRIP]) int[ODD_TRIPS]++;
  beginWork(holder);
};

/** The query begins to work, alone or slowed down by the others. */
const beginWork = (holder: number): void => {
  const at = holder << HOLDER;
  const share = holderMarks[(holder << HOLDER_MARK) | H_CPU_SHARE] as number;
  holders[at | H_STARTED] = num[NOW];
  if (int[SHARED] === 1) {
    moveClock();
    int[WEIGHT] += share;
    holders[at | H_WORK_START] = num[READING];
    keys[holder] = num[READING] + (holders[at | H_WORK] as number);
    put(SHARED_WORK, holder);
    lookForFirst();
  } else {
    outside.database.aloneCpu.add(0, share, num[NOW]);
    workAlone(holder);
  }
};

const workAlone = (holder: number): void => {
  keys[holder] = num[NOW] + (holders[(holder << HOLDER) | H_WORK] as number);
  put(ALONE, holder);
};

export const plainUse = { take, draw, connect, reconnected, roundTripDone, depart, foreseeStep };
