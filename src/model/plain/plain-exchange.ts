/**
 * Copies requests between the general flow, where each has a slot of the request table, and the plain one,
 * where who waits has a place in the line, and who has a connection is a holder.
 */
import {
  ACQUIRE_AT,
  ARRIVAL_AT,
  ATTEMPT,
  CLIENT_GONE,
  CPU_SHARE,
  DEMAND,
  INSTANCE,
  NO_RECONNECT,
  ORPHAN,
  RECONNECT_DRAW,
  REQUEST_CLASS,
  type RequestTable,
  SERVICE,
  SINCE,
  STATE,
  STATE_OF,
  STRIDE,
  USER,
  WORK,
  WORK_START,
} from '../request/request-table.ts';
import { ACQUIRE_QUEUE, NETWORK, OPENING } from '../request/stage.ts';
import { holderQueues } from './steps/holder-queues.ts';
import { HOLDERS as H, INT, LINE as L, memory } from './steps/plain-memory.ts';
import { waitingLine } from './steps/plain-line.ts';

const { int, line, lineMarks, holders, holderMarks } = memory;

/** Nobody waits for the answer before sending the next request. */
const NO_USER = -1;

/** The slots of those who wait, in order of arrival. O(slots). */
export function waitingSlots(table: RequestTable): number[] {
  const { marks, highWater } = table;
  const slots: number[] = [];
  for (let slot = 0; slot < highWater; slot++) {
    if (marks[slot * STRIDE + STATE_OF] === STATE.pending) slots.push(slot);
  }
  return slots.sort((a, b) => table.numberOf(a) - table.numberOf(b));
}

/**
 * Whether a slot is free, or its request waits in the pool's queue, or has its connection and has waited in
 * the queue only: not for a connection that was opened for it.
 */
export function isPlainSlot({ marks, times }: RequestTable, slot: number): boolean {
  const at = slot * STRIDE;
  const state = marks[at + STATE_OF];
  if (state === STATE.free) return true;
  if (state === STATE.void || marks[at + ORPHAN] === 1 || marks[at + CLIENT_GONE] === 1)
    return false;
  if (state === STATE.pending) return true;
  const waited = (times[at + ACQUIRE_AT] as number) - (times[at + ARRIVAL_AT] as number);
  return times[at + ACQUIRE_QUEUE] === waited;
}

/** All slots that are taken. O(slots). */
export function takenSlots({ marks, highWater }: RequestTable): number[] {
  const slots: number[] = [];
  for (let slot = 0; slot < highWater; slot++) {
    if (marks[slot * STRIDE + STATE_OF] !== STATE.free) slots.push(slot);
  }
  return slots;
}

/** A request that waits leaves its slot and joins the line. */
export function waiterToLine(table: RequestTable, slot: number, deadline: number): void {
  const { times, marks } = table;
  const at = slot * STRIDE;
  const instance = marks[at + INSTANCE] as number;
  const place = waitingLine.enqueue(instance, marks[at + REQUEST_CLASS] as number);
  line[place + L.ARRIVED] = times[at + ARRIVAL_AT] as number;
  line[place + L.DEADLINE] = deadline;
  line[place + L.DEMAND] = times[at + DEMAND] as number;
  line[place + L.DRAW] = times[at + RECONNECT_DRAW] as number;
  table.free(slot);
}

/** When the one at this place gives up. */
export function deadlineAt(place: number): number {
  return line[place + L.DEADLINE] as number;
}

/** A request at a place of the line gets a slot, and a number in the order of arrival. */
export function waiterToTable(
  place: number,
  table: RequestTable,
  slot: number,
  number: number,
): void {
  const { times, marks } = table;
  const at = slot * STRIDE;
  const arrivedAt = line[place + L.ARRIVED] as number;
  times[at + ARRIVAL_AT] = arrivedAt;
  times[at + SINCE] = arrivedAt;
  times[at + ACQUIRE_AT] = arrivedAt;
  times[at + DEMAND] = line[place + L.DEMAND] as number;
  times[at + RECONNECT_DRAW] =
    int[INT.RECONNECTS] === 1 ? (line[place + L.DRAW] as number) : NO_RECONNECT;
  table.setNumber(slot, number);
  marks[at + STATE_OF] = STATE.pending;
  marks[at + INSTANCE] = lineMarks[place + L.INSTANCE] as number;
  marks[at + REQUEST_CLASS] = lineMarks[place + L.CLASS] as number;
  markPlain(table, slot);
  int[INT.WAITING]--;
}

/** A request that has a connection leaves its slot and becomes a holder. */
export function holderFromTable(table: RequestTable, slot: number): number {
  const { times, marks } = table;
  const at = slot * STRIDE;
  const holder = holderQueues.takeHolder(marks[at + INSTANCE] as number);
  const state = marks[at + STATE_OF];
  const acquired = times[at + ACQUIRE_AT] as number;
  const ready = acquired + (times[at + OPENING] as number);
  const hasStarted = state === STATE.working || state === STATE.alone;
  holders[holder + H.ARRIVED] = times[at + ARRIVAL_AT] as number;
  holders[holder + H.ACQUIRED] = acquired;
  holders[holder + H.READY] = state === STATE.reconnecting ? H.NOT_YET : ready;
  holders[holder + H.STARTED] = hasStarted ? (times[at + SINCE] as number) : H.NOT_YET;
  holders[holder + H.WORK] = times[at + WORK] as number;
  holders[holder + H.DEMAND] = times[at + DEMAND] as number;
  holders[holder + H.WORK_START] = times[at + WORK_START] as number;
  holderMarks[holder + H.CLASS] = marks[at + REQUEST_CLASS] as number;
  holderMarks[holder + H.CPU_SHARE] = marks[at + CPU_SHARE] as number;
  table.free(slot);
  return holder;
}

/** Held connections have been used since they were acquired, without CPU: the holders say so from now on. */
export function completeHolds(): void {
  for (const holder of holderQueues.inUse()) {
    const acquired = holders[holder + H.ACQUIRED] as number;
    holders[holder + H.READY] = acquired;
    holders[holder + H.STARTED] = acquired;
    holderMarks[holder + H.CPU_SHARE] = 0;
  }
}

/**
 * A slot gets the request that has a connection, from its holder.
 * @param isShared whether the work of a class is slowed down by others
 */
export function holderToTable(
  holder: number,
  table: RequestTable,
  slot: number,
  isShared: (requestClass: number) => boolean,
): void {
  const { times, marks } = table;
  const arrived = holders[holder + H.ARRIVED] as number;
  const acquired = holders[holder + H.ACQUIRED] as number;
  const ready = holders[holder + H.READY] as number;
  const started = holders[holder + H.STARTED] as number;
  const requestClass = holderMarks[holder + H.CLASS] as number;
  const at = slot * STRIDE;
  const isReady = ready !== H.NOT_YET;
  const hasStarted = started !== H.NOT_YET;
  times[at + ACQUIRE_QUEUE] = acquired - arrived;
  if (isReady) times[at + OPENING] = ready - acquired;
  if (hasStarted) times[at + NETWORK] = started - ready;
  times[at + ARRIVAL_AT] = arrived;
  times[at + ACQUIRE_AT] = acquired;
  times[at + SINCE] = hasStarted ? started : isReady ? ready : acquired;
  times[at + WORK] = holders[holder + H.WORK] as number;
  times[at + DEMAND] = holders[holder + H.DEMAND] as number;
  times[at + WORK_START] = holders[holder + H.WORK_START] as number;
  marks[at + INSTANCE] = holderMarks[holder + H.INSTANCE] as number;
  marks[at + REQUEST_CLASS] = requestClass;
  marks[at + CPU_SHARE] = holderMarks[holder + H.CPU_SHARE] as number;
  const working = isShared(requestClass) ? STATE.working : STATE.alone;
  marks[at + STATE_OF] = hasStarted ? working : isReady ? STATE.roundTrip : STATE.reconnecting;
  markPlain(table, slot);
  int[INT.IN_USE]--;
}

function markPlain({ marks }: RequestTable, slot: number): void {
  marks[slot * STRIDE + SERVICE] = 0;
  marks[slot * STRIDE + ATTEMPT] = 1;
  marks[slot * STRIDE + USER] = NO_USER;
}
