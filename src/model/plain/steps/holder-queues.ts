/**
 * Two event lists of holders: those whose work nobody slows down, by the instant at which it
 * ends, and those who share the database, by the reading of the virtual clock then. Like `engine/event-queue`:
 * few lie sorted, the first one last, and whoever is put in passes those who come before; when they become too
 * many, all move to a heap, until half as many are left. At equal keys it is first in first out.
 *
 * In the hot path of all work: why it looks as it does stands in `plain-memory`.
 */
import type { EventList } from '../../../engine/event-list.ts';
import { HOLDERS, INT, memory } from './plain-memory.ts';
import { outside } from './plain-outside.ts';

const { int, holders, holderMarks } = memory;

/** The two queues. */
export const enum QUEUES {
  ALONE = 0,
  SHARED = 1,
}

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
  sortedKeys[(queue << ENTRIES) + (int[INT.FEWS + queue] as number)] as number;

const isEmpty = (queue: number): boolean => int[INT.FEWS + queue] === 0;

/** Puts in a holder by its key. O(few), O(log n) when there are many. */
const put = (queue: number, holder: number, key: number): void => {
  const few = int[INT.FEWS + queue] as number;
  if (few === FEW) {
    holders[holder + HOLDERS.KEY] = key;
    putAmongMany(queue, holder);
    return;
  }
  int[INT.FEWS + queue] = few + 1;
  // Taken before the loop: in it, the compiler may come to an entry before it knows the array.
  const keysThere = sortedKeys;
  const there = sorted;
  let at = (queue << ENTRIES) + few;
  for (;;) {
    const keyThere = keysThere[at] as number;
    if (keyThere > key) break;
    keysThere[at + 1] = keyThere;
    there[at + 1] = there[at] as number;
    at = (at - 1) | 0;
  }
  keysThere[at + 1] = key;
  there[at + 1] = holder;
};

/** Removes the first one. The queue must not be empty. */
const pop = (queue: number): number => {
  const few = int[INT.FEWS + queue] as number;
  const first = sorted[(queue << ENTRIES) + few] as number;
  if (few === FEW && popFromMany(queue)) return first;
  int[INT.FEWS + queue] = few - 1;
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
  many.push(holders[holder + HOLDERS.KEY] as number, holder);
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
  int[INT.FEWS + queue] = many.size;
  const base = queue << ENTRIES;
  for (let at = base + many.size; at > base; at--) {
    sortedKeys[at] = many.firstKey;
    sorted[at] = many.pop();
  }
};

/** A holder for a connection of an instance. O(1). */
const takeHolder = (instance: number): number => {
  let holder = int[INT.FREE];
  if (holder === HOLDERS.NOBODY) {
    holder = int[INT.MADE] + HOLDERS.WIDTH;
    int[INT.MADE] = holder;
  } else int[INT.FREE] = holderMarks[holder + HOLDERS.NEXT] as number;
  int[INT.IN_USE]++;
  holderMarks[holder + HOLDERS.INSTANCE] = instance;
  return holder;
};

const freeHolder = (holder: number): void => {
  holderMarks[holder + HOLDERS.INSTANCE] = HOLDERS.NOWHERE;
  holderMarks[holder + HOLDERS.NEXT] = int[INT.FREE];
  int[INT.FREE] = holder;
  int[INT.IN_USE]--;
};

/** All who have a connection. O(holders). */
const inUse = (): number[] => {
  const used: number[] = [];
  for (let holder: number = HOLDERS.WIDTH; holder <= int[INT.MADE]; holder += HOLDERS.WIDTH) {
    if (holderMarks[holder + HOLDERS.INSTANCE] !== HOLDERS.NOWHERE) used.push(holder);
  }
  return used;
};

/** Nobody has a connection. */
const freeAll = (): void => {
  int[INT.FEWS] = int[INT.FEWS_SHARED] = 0;
  int[INT.FREE] = HOLDERS.NOBODY;
  int[INT.IN_USE] = 0;
  int[INT.MADE] = 0;
};

export const holderQueues = {
  ...{ sortedKeys, sorted, firstKey, isEmpty, put, pop },
  ...{ takeHolder, freeHolder, inUse, freeAll },
};
