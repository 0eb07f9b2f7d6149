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

/** How many places there are at first. */
const FEW = 256;
/** A constant of this module: what is global is looked up, and what is looked up is boxed. */
const NEVER = Infinity;

/** Nobody waits any more, at so many instances. */
const empty = (instances: number): void => {
  int[INT.WAITING] = 0;
  int[INT.USED] = 0;
  int[INT.OLDEST] = 0;
  if (int[INT.MASK] === 0) int[INT.MASK] = FEW * LINE.WIDTH - 1;
  num[NUM.GIVE_UP_AT] = NEVER;
  for (let i = 0; i < instances; i++) berthMarks[(i << BERTHS.ROW) + BERTHS.HEAD] = LINE.GONE;
};

/** When the one who has waited longest gives up, looked up anew. */
const findGiveUp = (): void => {
  num[NUM.GIVE_UP_AT] =
    int[INT.WAITING] === 0 ? NEVER : (line[int[INT.OLDEST] + LINE.DEADLINE] as number);
};

const isGone = (place: number): boolean => lineMarks[place + LINE.INSTANCE] === LINE.GONE;

/** Places of all who wait, in order of arrival. O(places). */
const places = (): number[] => {
  const taken: number[] = [];
  for (let k = 0; k < int[INT.USED]; k += LINE.WIDTH) {
    const place = (int[INT.OLDEST] + k) & int[INT.MASK];
    if (!isGone(place)) taken.push(place);
  }
  return taken;
};

const mark = (place: number, instance: number, requestClass: number): void => {
  const berth = instance << BERTHS.ROW;
  lineMarks[place + LINE.INSTANCE] = instance;
  lineMarks[place + LINE.CLASS] = requestClass;
  lineMarks[place + LINE.NEXT] = LINE.GONE;
  if (berthMarks[berth + BERTHS.HEAD] === LINE.GONE) berthMarks[berth + BERTHS.HEAD] = place;
  else lineMarks[(berthMarks[berth + BERTHS.TAIL] as number) + LINE.NEXT] = place;
  berthMarks[berth + BERTHS.TAIL] = place;
};

/**
 * A place at the end of the line for a request of this class at an instance; its doubles are to be written.
 * There must not be as many as may wait. O(1) amortised.
 */
const enqueue = (instance: number, requestClass: number): number => {
  if (int[INT.USED] > int[INT.MASK]) makeRoom();
  const used = int[INT.USED];
  const place = (int[INT.OLDEST] + used) & int[INT.MASK];
  int[INT.USED] = used + LINE.WIDTH;
  if (int[INT.INSTANCES] > 1 || int[INT.CLASSES] > 1) mark(place, instance, requestClass);
  int[INT.WAITING]++;
  return place;
};

/** Takes the first of an instance's chain out of it. */
const leaveChain = (instance: number): number => {
  const berth = (instance << BERTHS.ROW) + BERTHS.HEAD;
  const place = berthMarks[berth] as number;
  berthMarks[berth] = lineMarks[place + LINE.NEXT] as number;
  lineMarks[place + LINE.INSTANCE] = LINE.GONE;
  return place;
};

/** Finds who has waited longest now that who had done so has left. */
const passOver = (): void => {
  const there = int;
  const mask = there[INT.MASK];
  let oldest = there[INT.OLDEST];
  let used = there[INT.USED];
  do {
    oldest = (oldest + LINE.WIDTH) & mask;
    used -= LINE.WIDTH;
  } while (there[INT.INSTANCES] > 1 && used > 0 && isGone(oldest));
  there[INT.OLDEST] = oldest;
  there[INT.USED] = used;
  findGiveUp();
};

/**
 * Takes out of the line who has waited longest at an instance, where somebody does.
 * @returns the place, valid until somebody joins
 */
const dequeue = (instance: number): number => {
  int[INT.WAITING]--;
  const oldest = int[INT.OLDEST];
  const place = int[INT.INSTANCES] > 1 ? leaveChain(instance) : oldest;
  if (place === oldest) passOver();
  return place;
};

/** Leaves out who is gone; doubles the line only when at least half of the places are still meant. */
const makeRoom = (): void => {
  const taken = places();
  const all = int[INT.MASK] + 1;
  const doubles = taken.map((place) => line.slice(place, place + LINE.WIDTH));
  const instances = taken.map((place) => lineMarks[place + LINE.INSTANCE] as number);
  const classes = taken.map((place) => lineMarks[place + LINE.CLASS] as number);
  if (taken.length * LINE.WIDTH * 2 > all) int[INT.MASK] = 2 * all - 1;
  empty(int[INT.INSTANCES]);
  doubles.forEach((numbers, k) => {
    const place = enqueue(instances[k] as number, classes[k] as number);
    line.set(numbers, place);
  });
  findGiveUp();
};

export const waitingLine = { empty, findGiveUp, places, enqueue, dequeue };
