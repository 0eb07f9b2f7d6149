/**
 * Which event is next where all is plain, and the ends of work: one loop where connections are held and
 * nothing else, and one where queries travel to the database and slow each other down there. At equal
 * instants work ends first, then round trips, then reconnections, then requests arrive, and then others
 * give up.
 */
import { holderQueues, QUEUES } from './holder-queues.ts';
import { plainClock } from './plain-clock.ts';
import { HOLDERS, INT, memory, NUM } from './plain-memory.ts';
import { outside } from './plain-outside.ts';
import { plainTally } from './plain-tally.ts';
import { plainUse } from './plain-use.ts';
import { plainWay } from './plain-way.ts';

const { num, int, holders, holderMarks, keys } = memory;
const { firstKey, pop } = holderQueues;
const { moveClock, lookForFirst } = plainClock;
const { reconnected, roundTripDone } = plainUse;
const { tally } = plainTally;
const { arrive, release, giveUp } = plainWay;
const { NOW, ARRIVAL_AT, TRIP_AT, RECONNECT_AT, STEP_AT, GIVE_UP_AT, WORK_AT } = NUM;
const { RESPONSE, QUEUED, OPENED, TRAVELLED, WORKED, CONTENDED, USE } = NUM;
const { MOST_RESPONSE, MOST_USE, RESPONSE_AT_HAND, USE_AT_HAND } = NUM;
const { WEIGHT, ODD_WORK } = INT;
const { HOLDER, H_ARRIVED, H_ACQUIRED, H_READY, H_STARTED, H_WORK } = HOLDERS;
const { HOLDER_MARK, H_CPU_SHARE } = HOLDERS;
const { ALONE, SHARED } = QUEUES;
/** As in `database/database`. */
const CLOCK_ERROR = 1000;

/** Where connections are held and nothing else. @returns how many events there were */
const loopHolds = (until: number, most: number): number => {
  let events = 0;
  for (; events < most; events++) {
    const arrivalAt = num[ARRIVAL_AT];
    const workAt = firstKey(ALONE);
    const giveUpAt = num[GIVE_UP_AT];
    if (arrivalAt < workAt && arrivalAt <= giveUpAt) {
      if (arrivalAt > until) break;
      arrive();
    } else if (workAt <= giveUpAt) {
      if (workAt > until) break;
      holdDone();
    } else {
      if (giveUpAt > until) break;
      giveUp();
    }
  }
  return events;
};

/** Where queries are sent. @returns how many events there were */
const loopQueries = (until: number, most: number): number => {
  let events = 0;
  for (; events < most; events++) {
    const arrivalAt = num[ARRIVAL_AT];
    const sharedAt = num[WORK_AT];
    const loneAt = firstKey(ALONE);
    const stepAt = num[STEP_AT];
    const giveUpAt = num[GIVE_UP_AT];
    const workAt = sharedAt <= loneAt ? sharedAt : loneAt;
    const otherAt = stepAt <= giveUpAt ? stepAt : giveUpAt;
    if (arrivalAt < workAt && arrivalAt < stepAt && arrivalAt <= giveUpAt) {
      if (arrivalAt > until) break;
      arrive();
    } else if (workAt <= otherAt) {
      if (workAt > until) break;
      if (sharedAt <= loneAt) sharedWorkDone();
      else loneWorkDone();
    } else {
      if (otherAt > until) break;
      stepDone();
    }
  }
  return events;
};

/** A round trip or a reconnection ends, or somebody gives up. */
const stepDone = (): void => {
  if (num[STEP_AT] > num[GIVE_UP_AT]) giveUp();
  else if (num[TRIP_AT] <= num[RECONNECT_AT]) roundTripDone();
  else reconnected();
};

/** A hold ends; who waits gets the connection. */
const holdDone = (): void => {
  const holder = pop(ALONE);
  const now = keys[holder] as number;
  num[NOW] = now;
  const at = holder << HOLDER;
  const acquired = holders[at | H_ACQUIRED] as number;
  const work = holders[at | H_WORK] as number;
  if (now - acquired !== work) int[ODD_WORK]++;
  num[WORKED] += work;
  bookUse(at);
  release(holder);
};

/** Work that nobody slows down ends; who waits gets the connection. */
const loneWorkDone = (): void => {
  const holder = pop(ALONE);
  const now = keys[holder] as number;
  num[NOW] = now;
  const at = holder << HOLDER;
  const started = holders[at | H_STARTED] as number;
  if (started + (holders[at | H_WORK] as number) !== now) int[ODD_WORK]++;
  const share = holderMarks[(holder << HOLDER_MARK) | H_CPU_SHARE] as number;
  if (share > 0) outside.database.aloneCpu.add(0, -share, now);
  book(holder);
  release(holder);
};

/** As `loneWorkDone`. */
const sharedWorkDone = (): void => {
  const now = num[WORK_AT];
  num[NOW] = now;
  moveClock();
  const holder = pop(SHARED);
  const at = holder << HOLDER;
  int[WEIGHT] -= holderMarks[(holder << HOLDER_MARK) | H_CPU_SHARE] as number;
  lookForFirst();
  const started = holders[at | H_STARTED] as number;
  if (started + (holders[at | H_WORK] as number) > now + CLOCK_ERROR) int[ODD_WORK]++;
  book(holder);
  release(holder);
};

/** Where the time of a request went that is answered now. */
const book = (holder: number): void => {
  const at = holder << HOLDER;
  const ready = holders[at | H_READY] as number;
  const started = holders[at | H_STARTED] as number;
  const work = holders[at | H_WORK] as number;
  const elapsed = num[NOW] - started;
  const worked = work < elapsed ? work : elapsed;
  num[OPENED] += ready - (holders[at | H_ACQUIRED] as number);
  num[TRAVELLED] += started - ready;
  num[WORKED] += worked;
  num[CONTENDED] += elapsed - worked;
  bookUse(at);
};

/** … of any request: what belongs to the holder begins at this index. */
const bookUse = (at: number): void => {
  const now = num[NOW];
  const arrived = holders[at | H_ARRIVED] as number;
  const acquired = holders[at | H_ACQUIRED] as number;
  const response = now - arrived;
  const use = now - acquired;
  num[RESPONSE] += response;
  num[QUEUED] += acquired - arrived;
  num[USE] += use;
  if (response > num[MOST_RESPONSE]) num[MOST_RESPONSE] = response;
  if (use > num[MOST_USE]) num[MOST_USE] = use;
  num[RESPONSE_AT_HAND] = response;
  num[USE_AT_HAND] = use;
  tally(outside.responses, RESPONSE_AT_HAND);
  tally(outside.uses, USE_AT_HAND);
};

export const plainLoops = { loopHolds, loopQueries };
