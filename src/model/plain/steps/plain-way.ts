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

const { num, int, line, lineMarks, holders, holderMarks, berths, berthMarks } = memory;
const { enqueue, dequeue } = waitingLine;
const { takeHolder, freeHolder } = holderQueues;
const { shareAnew } = plainClock;
const { advance } = plainArrivals;
const { choose, endAttempt } = plainChoice;
const { take, draw, connect } = plainUse;
const { tally } = plainTally;
const { NOW, BASE, SINCE, ARRIVAL_AT, GIVE_UP_AT, TIMEOUT, DUE_TIMEOUT, MAX_PENDING } = NUM;
const { DEMAND, DRAWN, WAITED, WAIT_AT_HAND, MOST_WAIT, VAIN } = NUM;
const { IN_USE, MOST_IN_FLIGHT, WAITING, MOST_WAITING, INSTANCES, CLASSES, SHARED } = INT;
const { CLASS, OLDEST, ARRIVED, GRANTED, TIMEOUTS, TURNED_AWAY } = INT;
const { OUT_OF_TURN, ODD_WAITS, ODD_OWNED } = INT;
const { PLACE, W_ARRIVED, W_DEADLINE, W_DEMAND, W_DRAW, PLACE_MARK, W_INSTANCE, W_CLASS } = LINE;
const { HOLDER, H_ARRIVED, HOLDER_MARK, H_INSTANCE, H_CLASS } = HOLDERS;
const { BERTH, PENDING_AREA, OWNED_AREA, LAST_SERVED } = BERTHS;
const { BERTH_MARK, PENDING, OWNED, OPEN, ANSWERED, FAILED } = BERTHS;

/** `LAST_INSTANT`. */
const LAST = Number.MAX_SAFE_INTEGER;

/** A request arrives: it gets a connection at once, or waits. */
const arrive = (): void => {
  const now = num[ARRIVAL_AT];
  num[NOW] = now;
  if (advance() === 0) return;
  if (int[WAITING] + int[IN_USE] >= int[MOST_IN_FLIGHT]) outside.tooMany();
  int[ARRIVED]++;
  if (int[CLASSES] > 1) take(outside.mix.drawClass());
  const instance = int[INSTANCES] > 1 ? choose() : 0;
  draw();
  const berth = instance << BERTH_MARK;
  if (berthMarks[berth | OWNED] !== berthMarks[berth | OPEN]) {
    acquire(instance);
    return;
  }
  const pending = berthMarks[berth | PENDING] as number;
  if (pending >= num[MAX_PENDING]) {
    turnAway(instance);
    return;
  }
  if (pending === 0) outside.pool.onset.begin(instance, now);
  berthMarks[berth | PENDING] = pending + 1;
  (berths[(instance << BERTH) | PENDING_AREA] as number) -= now - num[BASE];
  const at = enqueue(instance, int[CLASS]) << PLACE;
  const deadline = now + num[TIMEOUT];
  line[at | W_ARRIVED] = now;
  line[at | W_DEADLINE] = deadline;
  line[at | W_DEMAND] = num[DEMAND];
  line[at | W_DRAW] = num[DRAWN];
  const waiting = int[WAITING];
  if (waiting === 1) num[GIVE_UP_AT] = deadline;
  if (waiting > int[MOST_WAITING]) int[MOST_WAITING] = waiting;
};

/** As many wait at the instance as may. */
const turnAway = (instance: number): void => {
  int[TURNED_AWAY]++;
  (berthMarks[(instance << BERTH_MARK) | FAILED] as number)++;
  if (int[INSTANCES] > 1) endAttempt(instance);
};

/** A free connection of the instance goes to the request at hand. */
const acquire = (instance: number): void => {
  const holder = takeHolder(instance);
  holderMarks[(holder << HOLDER_MARK) | H_CLASS] = int[CLASS];
  holders[(holder << HOLDER) | H_ARRIVED] = num[NOW];
  own(instance, 1);
  (outside.waits.counts[0] as number)++;
  int[GRANTED]++;
  connect(holder);
};

/** A request is answered, and its connection goes to who has waited longest at this instance. */
const release = (holder: number): void => {
  const instance = holderMarks[(holder << HOLDER_MARK) | H_INSTANCE] as number;
  const berth = instance << BERTH_MARK;
  (berthMarks[berth | ANSWERED] as number)++;
  if (int[INSTANCES] > 1) endAttempt(instance);
  if (berthMarks[berth | PENDING] === 0) {
    freeHolder(holder);
    own(instance, -1);
    return;
  }
  const place = leaveLine(instance);
  const from = place << PLACE;
  const now = num[NOW];
  const arrived = line[from | W_ARRIVED] as number;
  const deadline = line[from | W_DEADLINE] as number;
  const last = (instance << BERTH) | LAST_SERVED;
  if (arrived < (berths[last] as number)) int[OUT_OF_TURN]++;
  const limit = arrived > num[SINCE] ? arrived + num[DUE_TIMEOUT] : LAST;
  if (deadline < now || limit < now) int[ODD_WAITS]++;
  berths[last] = arrived;
  holders[(holder << HOLDER) | H_ARRIVED] = arrived;
  num[DEMAND] = line[from | W_DEMAND] as number;
  num[DRAWN] = line[from | W_DRAW] as number;
  if (int[CLASSES] > 1) retake(holder, place);
  int[GRANTED]++;
  const waited = now - arrived;
  num[WAITED] += waited;
  if (waited > num[MOST_WAIT]) num[MOST_WAIT] = waited;
  num[WAIT_AT_HAND] = waited;
  tally(outside.waits, WAIT_AT_HAND);
  connect(holder);
};

/** Takes the class at hand of who has left this place of the line for a connection. */
const retake = (holder: number, place: number): void => {
  const requestClass = lineMarks[(place << PLACE_MARK) | W_CLASS] as number;
  holderMarks[(holder << HOLDER_MARK) | H_CLASS] = requestClass;
  take(requestClass);
};

/** Who has waited longest of all gives up. */
const giveUp = (): void => {
  const now = num[GIVE_UP_AT];
  num[NOW] = now;
  const instance = lineMarks[(int[OLDEST] << PLACE_MARK) | W_INSTANCE] as number;
  const place = leaveLine(instance);
  const arrived = line[(place << PLACE) | W_ARRIVED] as number;
  const waited = now - arrived;
  int[TIMEOUTS]++;
  num[VAIN] += waited;
  if (arrived > num[SINCE] && waited !== num[DUE_TIMEOUT]) int[ODD_WAITS]++;
  (berthMarks[(instance << BERTH_MARK) | FAILED] as number)++;
  if (int[INSTANCES] > 1) endAttempt(instance);
};

/** Who has waited longest at an instance waits no more: the place, valid until somebody joins. */
const leaveLine = (instance: number): number => {
  const berth = instance << BERTH_MARK;
  const pending = (berthMarks[berth | PENDING] as number) - 1;
  berthMarks[berth | PENDING] = pending;
  (berths[(instance << BERTH) | PENDING_AREA] as number) += num[NOW] - num[BASE];
  if (pending === 0) outside.pool.onset.end(instance, num[NOW]);
  return dequeue(instance);
};

/** The instance's requests own a connection more, or less. */
const own = (instance: number, change: number): void => {
  const berth = instance << BERTH_MARK;
  const owned = (berthMarks[berth | OWNED] as number) + change;
  if (owned < 0 || owned > (berthMarks[berth | OPEN] as number)) int[ODD_OWNED]++;
  berthMarks[berth | OWNED] = owned;
  (berths[(instance << BERTH) | OWNED_AREA] as number) -= change * (num[NOW] - num[BASE]);
  if (int[SHARED] === 1) shareAnew();
};

export const plainWay = { arrive, release, giveUp };
