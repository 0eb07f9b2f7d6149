/**
 * Two event lists of holders, by their `keys`: those whose work nobody slows down, by the instant at which it
 * ends, and those who share the database, by the reading of the virtual clock then. Like `engine/event-queue`:
 * few lie sorted, the first one last, and whoever is put in passes those who come before; when they become too
 * many, all move to a heap, until half as many are left. At equal keys it is first in first out.
 *
 * In the hot path of all work: why it looks as it does stands in `plain-memory`.
 */
import type { EventList } from '../../../engine/event-list.ts';
import { HOLDERS, INT, memory } from './plain-memory.ts';
import { outside } from './plain-outside.ts';

const { int, keys, nexts, holderMarks } = memory;
const { FREE, IN_USE, MADE, FEWS } = INT;
const { NOBODY, NOWHERE, HOLDER_MARK, H_INSTANCE } = HOLDERS;

/** The two queues. */
export const QUEUES = { ALONE: 0, SHARED: 1 } as const;

/** Up to so many entries passing half of them is no dearer than the unpredictable way through a heap. */
const FEW = 128;
/** So many come back from the heap. */
const FEW_AGAIN = 64;
/** Each queue has so many entries (1 << ENTRIES), of which the one before the sorted ones is never passed. */
const ENTRIES = 8;

const sortedKeys = new Float64Array(2 << ENTRIES).fill(Infinity);
const sorted = new Int32Array(2 << ENTRIES);

/** The smallest key; Infinity when the queue is empty. */
const firstKey = (queue: number): number =>
  sortedKeys[(queue << ENTRIES) + (int[FEWS + queue] as number)] as number;

const isEmpty = (queue: number): boolean => int[FEWS + queue] === 0;

/** Puts in a holder by its key. O(few), O(log n) when there are many. */
const put = (queue: number, holder: number): void => {
  const few = int[FEWS + queue] as number;
  if (few === FEW) {
    putAmongMany(queue, holder);
    return;
  }
  int[FEWS + queue] = few + 1;
  const key = keys[holder] as number;
  let at = (queue << ENTRIES) + few;
  while ((sortedKeys[at] as number) <= key) {
    sortedKeys[at + 1] = sortedKeys[at] as number;
    sorted[at + 1] = sorted[at] as number;
    at--;
  }
  sortedKeys[at + 1] = key;
  sorted[at + 1] = holder;
};

/** Removes the first one. The queue must not be empty. */
const pop = (queue: number): number => {
  const few = int[FEWS + queue] as number;
  const first = sorted[(queue << ENTRIES) + few] as number;
  if (few === FEW && popFromMany(queue)) return first;
  int[FEWS + queue] = few - 1;
  return first;
};

const heapOf = (queue: number): EventList => outside.heaps[queue] as EventList;

const putAmongMany = (queue: number, holder: number): void => {
  const many = heapOf(queue);
  const base = queue << ENTRIES;
  if (many.size === 0) {
    for (let at = base + FEW; at > base; at--)
      many.push(sortedKeys[at] as number, sorted[at] as number);
  }
  many.push(keys[holder] as number, holder);
  showFirst(queue, many);
};

const showFirst = (queue: number, many: EventList): void => {
  const at = (queue << ENTRIES) + FEW;
  sorted[at] = many.first;
  sortedKeys[at] = many.firstKey;
};

/** Whether the first one was in the heap, and is no longer. */
const popFromMany = (queue: number): boolean => {
  const many = heapOf(queue);
  if (many.size === 0) return false;
  many.pop();
  if (many.size > FEW_AGAIN) showFirst(queue, many);
  else comeBack(queue, many);
  return true;
};

/** All that are left in the heap lie sorted again. */
const comeBack = (queue: number, many: EventList): void => {
  int[FEWS + queue] = many.size;
  const base = queue << ENTRIES;
  for (let at = base + many.size; at > base; at--) {
    sortedKeys[at] = many.firstKey;
    sorted[at] = many.pop();
  }
};

/** A holder for a connection of an instance. O(1). */
const takeHolder = (instance: number): number => {
  let holder = int[FREE];
  if (holder === NOBODY) holder = ++int[MADE];
  else int[FREE] = nexts[holder] as number;
  int[IN_USE]++;
  holderMarks[(holder << HOLDER_MARK) | H_INSTANCE] = instance;
  return holder;
};

const freeHolder = (holder: number): void => {
  holderMarks[(holder << HOLDER_MARK) | H_INSTANCE] = NOWHERE;
  nexts[holder] = int[FREE];
  int[FREE] = holder;
  int[IN_USE]--;
};

/** All who have a connection. O(holders). */
const inUse = (): number[] => {
  const used: number[] = [];
  for (let holder = 1; holder <= int[MADE]; holder++) {
    if (holderMarks[(holder << HOLDER_MARK) | H_INSTANCE] !== NOWHERE) used.push(holder);
  }
  return used;
};

/** Nobody has a connection. */
const freeAll = (): void => {
  int[FEWS] = int[FEWS + 1] = 0;
  int[FREE] = NOBODY;
  int[IN_USE] = 0;
  int[MADE] = 0;
};

export const holderQueues = {
  ...{ sortedKeys, sorted, firstKey, isEmpty, put, pop },
  ...{ takeHolder, freeHolder, inUse, freeAll },
};
