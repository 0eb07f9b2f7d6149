/**
 * Those who wait for a connection, in the order in which they came: a ring of places, from the one who has
 * waited longest on. In a fleet the places of each instance are chained, because who is served next there
 * may stand anywhere in the line; a place that was left so is passed over later.
 *
 *     line:   a7  .  b3  a9  b4  .  .  .        a7 has waited longest; a's chain: a7, a9; b's: b3, b4
 *
 * In the hot path of all who wait: why it looks as it does stands in `plain-memory`.
 */
import { BERTHS, INT, LINE, memory, NUM } from './plain-memory.ts';

const { num, int, line, lineMarks, berthMarks } = memory;
const { GIVE_UP_AT } = NUM;
const { WAITING, OLDEST, USED, MASK, INSTANCES, CLASSES } = INT;
const { PLACE, W_DEADLINE, PLACE_MARK, W_INSTANCE, W_CLASS, W_NEXT, GONE } = LINE;
const { BERTH_MARK, HEAD, TAIL } = BERTHS;

/** How many places there are at first. */
const FEW = 256;

/** Nobody waits any more, at so many instances. */
const empty = (instances: number): void => {
  int[WAITING] = 0;
  int[USED] = 0;
  int[OLDEST] = 0;
  if (int[MASK] === 0) int[MASK] = FEW - 1;
  num[GIVE_UP_AT] = Infinity;
  for (let i = 0; i < instances; i++) berthMarks[(i << BERTH_MARK) | HEAD] = GONE;
};

/** When the one who has waited longest gives up, looked up anew. */
const findGiveUp = (): void => {
  num[GIVE_UP_AT] =
    int[WAITING] === 0 ? Infinity : (line[(int[OLDEST] << PLACE) | W_DEADLINE] as number);
};

const isGone = (place: number): boolean => lineMarks[(place << PLACE_MARK) | W_INSTANCE] === GONE;

/** Places of all who wait, in order of arrival. O(places). */
const places = (): number[] => {
  const taken: number[] = [];
  for (let k = 0; k < int[USED]; k++) {
    const place = (int[OLDEST] + k) & int[MASK];
    if (!isGone(place)) taken.push(place);
  }
  return taken;
};

const mark = (place: number, instance: number, requestClass: number): void => {
  const at = place << PLACE_MARK;
  const berth = instance << BERTH_MARK;
  lineMarks[at | W_INSTANCE] = instance;
  lineMarks[at | W_CLASS] = requestClass;
  lineMarks[at | W_NEXT] = GONE;
  if (berthMarks[berth | HEAD] === GONE) berthMarks[berth | HEAD] = place;
  else lineMarks[((berthMarks[berth | TAIL] as number) << PLACE_MARK) | W_NEXT] = place;
  berthMarks[berth | TAIL] = place;
};

/**
 * A place at the end of the line for a request of this class at an instance; its doubles are to be written.
 * There must not be as many as may wait. O(1) amortised.
 */
const enqueue = (instance: number, requestClass: number): number => {
  if (int[USED] > int[MASK]) makeRoom();
  const used = int[USED];
  const place = (int[OLDEST] + used) & int[MASK];
  int[USED] = used + 1;
  if (int[INSTANCES] > 1 || int[CLASSES] > 1) mark(place, instance, requestClass);
  int[WAITING]++;
  return place;
};

/** Takes the first of an instance's chain out of it. */
const leaveChain = (instance: number): number => {
  const berth = (instance << BERTH_MARK) | HEAD;
  const place = berthMarks[berth] as number;
  const at = place << PLACE_MARK;
  berthMarks[berth] = lineMarks[at | W_NEXT] as number;
  lineMarks[at | W_INSTANCE] = GONE;
  return place;
};

/** Finds who has waited longest now that the one at this place has left. */
const passOver = (place: number): void => {
  const mask = int[MASK];
  const isFleet = int[INSTANCES] > 1;
  let next = place;
  let left = int[USED];
  do {
    next = (next + 1) & mask;
    left--;
  } while (isFleet && left > 0 && isGone(next));
  int[OLDEST] = next;
  int[USED] = left;
  if (left === 0) num[GIVE_UP_AT] = Infinity;
  else num[GIVE_UP_AT] = line[(next << PLACE) | W_DEADLINE] as number;
};

/**
 * Takes out of the line who has waited longest at an instance, where somebody does.
 * @returns the place, valid until somebody joins
 */
const dequeue = (instance: number): number => {
  int[WAITING]--;
  const oldest = int[OLDEST];
  const place = int[INSTANCES] > 1 ? leaveChain(instance) : oldest;
  if (place === oldest) passOver(place);
  return place;
};

/** Leaves out who is gone; doubles the line only when at least half of the places are still meant. */
const makeRoom = (): void => {
  const taken = places();
  const all = int[MASK] + 1;
  const doubles = taken.map((place) => line.slice(place << PLACE, (place + 1) << PLACE));
  const instances = taken.map((place) => lineMarks[(place << PLACE_MARK) | W_INSTANCE] as number);
  const classes = taken.map((place) => lineMarks[(place << PLACE_MARK) | W_CLASS] as number);
  if (taken.length * 2 > all) int[MASK] = 2 * all - 1;
  empty(int[INSTANCES]);
  doubles.forEach((numbers, k) => {
    const place = enqueue(instances[k] as number, classes[k] as number);
    line.set(numbers, place << PLACE);
  });
  findGiveUp();
};

export const waitingLine = { empty, findGiveUp, places, enqueue, dequeue };
