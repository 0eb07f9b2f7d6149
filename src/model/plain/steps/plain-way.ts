/**
 * The way of a request where all is plain, from its arrival to its connection, and from the end of its work
 * on: the same steps as in `service/request-flow` and `pool/pool`, written out a second time with no branch
 * for what cannot happen here (`plain-kind`). A law test runs both and wants equal books. What lies between
 * is in `plain-use`, and which event is next in `plain-loops`.
 *
 * What it trades, and why, stands in `plain-memory`. Levels are kept as sums of instants, see `plain-levels`.
 */
import { holderQueues } from './holder-queues.ts';
import { plainArrivals } from './plain-arrivals.ts';
import { plainChoice } from './plain-choice.ts';
import { plainClock } from './plain-clock.ts';
import { waitingLine } from './plain-line.ts';
import { BERTHS, HOLDERS, INT, LINE, memory, NUM } from './plain-memory.ts';
import { outside } from './plain-outside.ts';
import { plainTally } from './plain-tally.ts';
import { plainUse } from './plain-use.ts';

const { num, int, line, lineMarks, holders, holderMarks, berths, berthMarks, waits } = memory;
const { enqueue, dequeue } = waitingLine;
const { takeHolder, freeHolder } = holderQueues;
const { shareAnew } = plainClock;
const { advance } = plainArrivals;
const { choose, endAttempt } = plainChoice;
const { take, draw, connect } = plainUse;
const { tally } = plainTally;

/** `LAST_INSTANT`. */
const LAST = Number.MAX_SAFE_INTEGER;

/** A request arrives: it gets a connection at once, or waits. */
const arrive = (): void => {
  const now = num[NUM.ARRIVAL_AT];
  num[NUM.NOW] = now;
  if (advance() === 0) return;
  if (int[INT.WAITING] + int[INT.IN_USE] >= int[INT.MOST_IN_FLIGHT]) outside.tooMany();
  int[INT.ARRIVED]++;
  if (int[INT.CLASSES] > 1) take(outside.mix.drawClass());
  const instance = int[INT.INSTANCES] > 1 ? choose() : 0;
  draw();
  const berth = instance << BERTHS.ROW;
  if (berthMarks[berth + BERTHS.OWNED] !== berthMarks[berth + BERTHS.OPEN]) {
    acquire(instance);
    return;
  }
  const pending = berthMarks[berth + BERTHS.PENDING] as number;
  if (pending >= num[NUM.MAX_PENDING]) {
    turnAway(instance);
    return;
  }
  if (pending === 0) outside.pool.onset.begin(instance, now);
  berthMarks[berth + BERTHS.PENDING] = pending + 1;
  (berths[(instance << BERTHS.ROW) + BERTHS.PENDING_AREA] as number) -= now - num[NUM.BASE];
  const place = enqueue(instance, int[INT.CLASS]);
  const deadline = now + num[NUM.TIMEOUT];
  line[place + LINE.ARRIVED] = now;
  line[place + LINE.DEADLINE] = deadline;
  line[place + LINE.DEMAND] = num[NUM.DEMAND];
  if (int[INT.RECONNECTS] === 1) line[place + LINE.DRAW] = num[NUM.DRAWN];
  const waiting = int[INT.WAITING];
  if (waiting === 1) num[NUM.GIVE_UP_AT] = deadline;
  if (waiting > int[INT.MOST_WAITING]) int[INT.MOST_WAITING] = waiting;
};

/** As many wait at the instance as may. */
const turnAway = (instance: number): void => {
  int[INT.TURNED_AWAY]++;
  (berthMarks[(instance << BERTHS.ROW) + BERTHS.FAILED] as number)++;
  if (int[INT.INSTANCES] > 1) endAttempt(instance);
};

/** A free connection of the instance goes to the request at hand. */
const acquire = (instance: number): void => {
  const holder = takeHolder(instance);
  holderMarks[holder + HOLDERS.CLASS] = int[INT.CLASS];
  holders[holder + HOLDERS.ARRIVED] = num[NUM.NOW];
  own(instance, 1);
  (waits[0] as number)++;
  int[INT.GRANTED]++;
  connect(holder);
};

/** A request is answered, and its connection goes to who has waited longest at this instance. */
const release = (holder: number): void => {
  const instance = holderMarks[holder + HOLDERS.INSTANCE] as number;
  const berth = instance << BERTHS.ROW;
  (berthMarks[berth + BERTHS.ANSWERED] as number)++;
  if (int[INT.INSTANCES] > 1) endAttempt(instance);
  if (berthMarks[berth + BERTHS.PENDING] === 0) {
    freeHolder(holder);
    own(instance, -1);
    return;
  }
  const place = leaveLine(instance);
  const now = num[NUM.NOW];
  const arrived = line[place + LINE.ARRIVED] as number;
  const deadline = line[place + LINE.DEADLINE] as number;
  const last = (instance << BERTHS.ROW) + BERTHS.LAST_SERVED;
  if (arrived < (berths[last] as number)) int[INT.OUT_OF_TURN]++;
  const limit = arrived > num[NUM.SINCE] ? arrived + num[NUM.DUE_TIMEOUT] : LAST;
  if (deadline < now || limit < now) int[INT.ODD_WAITS]++;
  berths[last] = arrived;
  holders[holder + HOLDERS.ARRIVED] = arrived;
  num[NUM.DEMAND] = line[place + LINE.DEMAND] as number;
  if (int[INT.RECONNECTS] === 1) num[NUM.DRAWN] = line[place + LINE.DRAW] as number;
  if (int[INT.CLASSES] > 1) retake(holder, place);
  int[INT.GRANTED]++;
  const waited = now - arrived;
  num[NUM.WAITED] += waited;
  if (waited > num[NUM.MOST_WAIT]) num[NUM.MOST_WAIT] = waited;
  num[NUM.WAIT_AT_HAND] = waited;
  tally(waits, NUM.WAIT_AT_HAND);
  connect(holder);
};

/** Takes the class at hand of who has left this place of the line for a connection. */
const retake = (holder: number, place: number): void => {
  const requestClass = lineMarks[place + LINE.CLASS] as number;
  holderMarks[holder + HOLDERS.CLASS] = requestClass;
  take(requestClass);
};

/** Who has waited longest of all gives up. */
const giveUp = (): void => {
  const now = num[NUM.GIVE_UP_AT];
  num[NUM.NOW] = now;
  const instance = lineMarks[int[INT.OLDEST] + LINE.INSTANCE] as number;
  const place = leaveLine(instance);
  const arrived = line[place + LINE.ARRIVED] as number;
  const waited = now - arrived;
  int[INT.TIMEOUTS]++;
  num[NUM.VAIN] += waited;
  if (arrived > num[NUM.SINCE] && waited !== num[NUM.DUE_TIMEOUT]) int[INT.ODD_WAITS]++;
  (berthMarks[(instance << BERTHS.ROW) + BERTHS.FAILED] as number)++;
  if (int[INT.INSTANCES] > 1) endAttempt(instance);
};

/** Who has waited longest at an instance waits no more: the place, valid until somebody joins. */
const leaveLine = (instance: number): number => {
  const berth = instance << BERTHS.ROW;
  const pending = (berthMarks[berth + BERTHS.PENDING] as number) - 1;
  berthMarks[berth + BERTHS.PENDING] = pending;
  (berths[(instance << BERTHS.ROW) + BERTHS.PENDING_AREA] as number) +=
    num[NUM.NOW] - num[NUM.BASE];
  if (pending === 0) outside.pool.onset.end(instance, num[NUM.NOW]);
  return dequeue(instance);
};

/** The instance's requests own a connection more, or less. */
const own = (instance: number, change: number): void => {
  const berth = instance << BERTHS.ROW;
  const owned = (berthMarks[berth + BERTHS.OWNED] as number) + change;
  if (owned < 0 || owned > (berthMarks[berth + BERTHS.OPEN] as number)) int[INT.ODD_OWNED]++;
  berthMarks[berth + BERTHS.OWNED] = owned;
  (berths[(instance << BERTHS.ROW) + BERTHS.OWNED_AREA] as number) -=
    change * (num[NUM.NOW] - num[NUM.BASE]);
  if (int[INT.SHARED] === 1) shareAnew();
};

export const plainWay = { arrive, release, giveUp };
