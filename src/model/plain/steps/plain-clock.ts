/**
 * The database's virtual clock while the plain flow has it: the steps of `database/virtual-clock` and
 * `database/shared-server` on its numbers in `plain-memory`. A query ends at `WORK_AT`; Infinity: none runs.
 */
import { INT, memory, NUM } from './plain-memory.ts';
import { outside } from './plain-outside.ts';
import { holderQueues, QUEUES } from './holder-queues.ts';

const { num, int } = memory;
const { firstKey, isEmpty } = holderQueues;
/** As in `virtual-clock`. */
const ROUNDING = 1 / 64;

/** Reads what the clock shows at the current instant. */
const readClock = (): void => {
  const passed = num[NUM.NOW] - num[NUM.CLOCK_SINCE];
  num[NUM.READING] = num[NUM.CLOCK_BASE] + passed * num[NUM.SPEED];
};

/** A query with this CPU share starts, or ends if it is negative; reads the clock. */
const weigh = (share: number): void => {
  readClock();
  int[INT.WEIGHT] += share;
  num[NUM.SPENT] -= share * num[NUM.READING];
};

/** Before a query starts: if no other runs, the clock starts anew. */
const startIfIdle = (): void => {
  if (!isEmpty(QUEUES.SHARED)) return;
  num[NUM.CLOCK_SINCE] = num[NUM.NOW];
  num[NUM.CLOCK_BASE] = 0;
};

/** Looks when the next query ends. */
const foreseeEnd = (): void => {
  const now = num[NUM.NOW];
  const left = num[NUM.FIRST_END] - num[NUM.CLOCK_BASE];
  const end = Math.ceil(num[NUM.CLOCK_SINCE] + left * num[NUM.SLOWER] - ROUNDING);
  num[NUM.WORK_AT] = end > now ? end : now;
};

/** After a start or an end: another query may be the first to end. */
const lookForFirst = (): void => {
  const first = firstKey(QUEUES.SHARED);
  if (first === num[NUM.FIRST_END]) return;
  num[NUM.FIRST_END] = first;
  foreseeEnd();
};

/** More connections are in use than before, or less: all share the database with so many now. */
const shareAnew = (): void => {
  const { clock } = outside;
  const held = int[INT.IN_USE];
  readClock();
  num[NUM.CLOCK_SINCE] = num[NUM.NOW];
  num[NUM.CLOCK_BASE] = num[NUM.READING];
  clock.tabulateUpTo(held);
  num[NUM.SLOWER] = clock.slowers[held] as number;
  num[NUM.SPEED] = clock.speeds[held] as number;
  foreseeEnd();
};

export const plainClock = { weigh, startIfIdle, lookForFirst, shareAnew };
