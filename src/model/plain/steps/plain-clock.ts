/**
 * The database's virtual clock while the plain flow has it: the steps of `database/virtual-clock` on its
 * numbers in `plain-memory`. A query ends at `WORK_AT`; Infinity: none runs.
 */
import { INT, memory, NUM } from './plain-memory.ts';
import { outside } from './plain-outside.ts';
import { holderQueues, QUEUES } from './holder-queues.ts';

const { num, int } = memory;
const { firstKey, isEmpty } = holderQueues;
const { NOW, READING, FIRST_END, WORK_AT, LAST_MOVE, INTEGRAL, SLOWER, SPEED } = NUM;
const { IN_USE, WEIGHT } = INT;
const { SHARED: SHARED_WORK } = QUEUES;
/** As in `virtual-clock`. */
const ROUNDING = 1 / 64;

/** Moves on to the current instant. */
const moveClock = (): void => {
  const now = num[NOW];
  const elapsed = now - num[LAST_MOVE];
  num[LAST_MOVE] = now;
  if (num[FIRST_END] === Infinity) return;
  const progress = elapsed * num[SPEED];
  num[READING] += progress;
  num[INTEGRAL] += progress * int[WEIGHT];
};

/** Looks when the next query ends, after `moveClock`. */
const foreseeEnd = (): void => {
  const last = num[LAST_MOVE];
  const end = Math.ceil(last + (num[FIRST_END] - num[READING]) * num[SLOWER] - ROUNDING);
  num[WORK_AT] = end > last ? end : last;
};

/** After the first query has changed. */
const lookForFirst = (): void => {
  num[FIRST_END] = firstKey(SHARED_WORK);
  if (isEmpty(SHARED_WORK)) num[READING] = 0;
  foreseeEnd();
};

/** More connections are in use than before, or less: all share the database with so many now. */
const shareAnew = (): void => {
  const { clock } = outside;
  const held = int[IN_USE];
  moveClock();
  clock.tabulateUpTo(held);
  num[SLOWER] = clock.slowers[held] as number;
  num[SPEED] = clock.speeds[held] as number;
  foreseeEnd();
};

export const plainClock = { moveClock, foreseeEnd, lookForFirst, shareAnew };
