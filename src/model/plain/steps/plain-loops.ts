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

const { num, int, holders, holderMarks, responses, uses } = memory;
const { sortedKeys, pop } = holderQueues;
const { weigh, lookForFirst } = plainClock;
const { reconnected, roundTripDone } = plainUse;
const { tally } = plainTally;
const { arrive, release, giveUp } = plainWay;
/** As in `database/database`. */
const CLOCK_ERROR = 1000;

/*
 * What the loops look at each time they take before they begin: in a loop, the compiler may come to an entry
 * before it knows the array. The first of those whose work nobody slows down lies at `sortedKeys[FEWS]`.
 */

/** Where connections are held and nothing else, up to `UNTIL`. @returns how many events there were */
const loopHolds = (most: number): number => {
  const there = num;
  const lone = sortedKeys;
  let events = 0;
  for (; events < most; events++) {
    const arrivalAt = there[NUM.ARRIVAL_AT];
    const workAt = lone[int[INT.FEWS]] as number;
    const giveUpAt = there[NUM.GIVE_UP_AT];
    if (arrivalAt < workAt && arrivalAt <= giveUpAt) {
      if (arrivalAt > there[NUM.UNTIL]) break;
      arrive();
    } else if (workAt <= giveUpAt) {
      if (workAt > there[NUM.UNTIL]) break;
      there[NUM.NOW] = workAt;
      holdDone();
    } else {
      if (giveUpAt > there[NUM.UNTIL]) break;
      giveUp();
    }
  }
  return events;
};

/** Where queries are sent, up to `UNTIL`. @returns how many events there were */
const loopQueries = (most: number): number => {
  const there = num;
  const lone = sortedKeys;
  let events = 0;
  for (; events < most; events++) {
    const arrivalAt = there[NUM.ARRIVAL_AT];
    const sharedAt = there[NUM.WORK_AT];
    const loneAt = lone[int[INT.FEWS]] as number;
    const stepAt = there[NUM.STEP_AT];
    const giveUpAt = there[NUM.GIVE_UP_AT];
    const workAt = sharedAt <= loneAt ? sharedAt : loneAt;
    if (arrivalAt < workAt) {
      if (arrivalAt < stepAt && arrivalAt <= giveUpAt) {
        if (arrivalAt > there[NUM.UNTIL]) break;
        arrive();
        continue;
      }
    } else if (workAt <= stepAt && workAt <= giveUpAt) {
      if (workAt > there[NUM.UNTIL]) break;
      there[NUM.NOW] = workAt;
      if (sharedAt <= loneAt) sharedWorkDone();
      else loneWorkDone();
      continue;
    }
    if (Math.min(stepAt, giveUpAt) > there[NUM.UNTIL]) break;
    stepDone();
  }
  return events;
};

/** A round trip or a reconnection ends, or somebody gives up. */
const stepDone = (): void => {
  if (num[NUM.STEP_AT] > num[NUM.GIVE_UP_AT]) giveUp();
  else if (num[NUM.TRIP_AT] <= num[NUM.RECONNECT_AT]) roundTripDone();
  else reconnected();
};

/** A hold ends now; who waits gets the connection. */
const holdDone = (): void => {
  const now = num[NUM.NOW];
  const holder = pop(QUEUES.ALONE);
  const acquired = holders[holder + HOLDERS.ACQUIRED] as number;
  const work = holders[holder + HOLDERS.WORK] as number;
  if (now - acquired !== work) int[INT.ODD_WORK]++;
  num[NUM.WORKED] += work;
  bookUse(holder);
  release(holder);
};

/** Work that nobody slows down ends now; who waits gets the connection. */
const loneWorkDone = (): void => {
  const now = num[NUM.NOW];
  const holder = pop(QUEUES.ALONE);
  const started = holders[holder + HOLDERS.STARTED] as number;
  if (started + (holders[holder + HOLDERS.WORK] as number) !== now) int[INT.ODD_WORK]++;
  const share = holderMarks[holder + HOLDERS.CPU_SHARE] as number;
  if (share > 0) outside.database.aloneCpu.add(0, -share, now);
  book(holder);
  release(holder);
};

/** As `loneWorkDone`. */
const sharedWorkDone = (): void => {
  const now = num[NUM.NOW];
  const holder = pop(QUEUES.SHARED);
  weigh(-(holderMarks[holder + HOLDERS.CPU_SHARE] as number));
  lookForFirst();
  const started = holders[holder + HOLDERS.STARTED] as number;
  if (started + (holders[holder + HOLDERS.WORK] as number) > now + CLOCK_ERROR) int[INT.ODD_WORK]++;
  book(holder);
  release(holder);
};

/** Where the time of a request went that is answered now. */
const book = (holder: number): void => {
  const ready = holders[holder + HOLDERS.READY] as number;
  const started = holders[holder + HOLDERS.STARTED] as number;
  const work = holders[holder + HOLDERS.WORK] as number;
  const elapsed = num[NUM.NOW] - started;
  const worked = work < elapsed ? work : elapsed;
  num[NUM.OPENED] += ready - (holders[holder + HOLDERS.ACQUIRED] as number);
  num[NUM.TRAVELLED] += started - ready;
  num[NUM.WORKED] += worked;
  num[NUM.CONTENDED] += elapsed - worked;
  bookUse(holder);
};

/** … of any request: what belongs to the holder begins at this index. */
const bookUse = (holder: number): void => {
  const now = num[NUM.NOW];
  const arrived = holders[holder + HOLDERS.ARRIVED] as number;
  const acquired = holders[holder + HOLDERS.ACQUIRED] as number;
  const response = now - arrived;
  const use = now - acquired;
  num[NUM.RESPONSE] += response;
  num[NUM.QUEUED] += acquired - arrived;
  num[NUM.USE] += use;
  if (response > num[NUM.MOST_RESPONSE]) num[NUM.MOST_RESPONSE] = response;
  if (use > num[NUM.MOST_USE]) num[NUM.MOST_USE] = use;
  num[NUM.RESPONSE_AT_HAND] = response;
  num[NUM.USE_AT_HAND] = use;
  tally(responses, NUM.RESPONSE_AT_HAND);
  tally(uses, NUM.USE_AT_HAND);
};

export const plainLoops = { loopHolds, loopQueries };
