/**
 * Copies requests between the general flow, where each has a slot of the request table, and the plain one,
 * where who waits is in a line and who has a connection keeps its slot and is a `Holder`.
 */
import {
  ACQUIRE_AT,
  ARRIVAL_AT,
  ATTEMPT,
  CLIENT_GONE,
  CPU_SHARE,
  DEMAND,
  INSTANCE,
  LEDGER_ENTRIES,
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
import type { Holder } from './holder.ts';
import { LINE_LAYOUT as L } from './plain-line.ts';
import type { PlainState } from './plain-state.ts';

/** An instant that has not come yet. */
const NOT_YET = -1;
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
export function waiterToLine(
  { times, marks }: RequestTable,
  slot: number,
  flow: PlainState,
  deadline: number,
): void {
  const at = slot * STRIDE;
  const berth = flow.berthOf(marks[at + INSTANCE] as number);
  const to = flow.enqueue(berth, marks[at + REQUEST_CLASS] as number) << L.PLACE;
  const { line } = flow;
  line[to | L.W_ARRIVED] = times[at + ARRIVAL_AT] as number;
  line[to | L.W_DEADLINE] = deadline;
  line[to | L.W_DEMAND] = times[at + DEMAND] as number;
  line[to | L.W_DRAW] = times[at + RECONNECT_DRAW] as number;
}

/** A request at a place of the line gets a slot, and a number in the order of arrival. */
export function waiterToTable(
  flow: PlainState,
  place: number,
  table: RequestTable,
  slot: number,
  number: number,
): void {
  const { times, marks } = table;
  const { line, lineMarks } = flow;
  const from = place << L.PLACE;
  const at = slot * STRIDE;
  const arrivedAt = line[from | L.W_ARRIVED] as number;
  times[at + ARRIVAL_AT] = arrivedAt;
  times[at + SINCE] = arrivedAt;
  times[at + ACQUIRE_AT] = arrivedAt;
  times[at + DEMAND] = line[from | L.W_DEMAND] as number;
  times[at + RECONNECT_DRAW] = line[from | L.W_DRAW] as number;
  table.setNumber(slot, number);
  marks[at + STATE_OF] = STATE.pending;
  marks[at + INSTANCE] = lineMarks[(place << L.PLACE_MARK) | L.W_INSTANCE] as number;
  marks[at + REQUEST_CLASS] = lineMarks[(place << L.PLACE_MARK) | L.W_CLASS] as number;
  markPlain(table, slot);
}

/** A request that has a connection becomes a holder; its slot counts as free from now on. */
export function holderFromTable(
  { times, marks }: RequestTable,
  slot: number,
  flow: PlainState,
): void {
  const at = slot * STRIDE;
  const holder = flow.holderAt(slot, flow.berthOf(marks[at + INSTANCE] as number));
  const state = marks[at + STATE_OF];
  const acquired = times[at + ACQUIRE_AT] as number;
  const hasStarted = state === STATE.working || state === STATE.alone;
  holder.arrived = times[at + ARRIVAL_AT] as number;
  holder.acquired = acquired;
  holder.ready =
    state === STATE.reconnecting ? NOT_YET : acquired + (times[at + OPENING] as number);
  holder.started = hasStarted ? (times[at + SINCE] as number) : NOT_YET;
  holder.work = times[at + WORK] as number;
  holder.demand = times[at + DEMAND] as number;
  holder.workStart = times[at + WORK_START] as number;
  holder.requestClass = marks[at + REQUEST_CLASS] as number;
  holder.cpuShare = marks[at + CPU_SHARE] as number;
  marks[at + STATE_OF] = STATE.free;
}

/** Held connections have been used since they were acquired, without CPU: the holders say so from now on. */
export function completeHolds(flow: PlainState): void {
  for (const holder of flow.holders()) {
    holder.ready = holder.acquired;
    holder.started = holder.acquired;
    holder.cpuShare = 0;
  }
}

/**
 * The slot of a request that has a connection, from its holder.
 * @param isShared whether the work of a class is slowed down by others
 */
export function holderToTable(
  holder: Holder,
  table: RequestTable,
  isShared: (requestClass: number) => boolean,
): void {
  const { times, marks } = table;
  const { slot, arrived, acquired, ready, started, requestClass } = holder;
  const at = slot * STRIDE;
  const isReady = ready !== NOT_YET;
  const hasStarted = started !== NOT_YET;
  times.fill(0, at, at + LEDGER_ENTRIES);
  times[at + ACQUIRE_QUEUE] = acquired - arrived;
  if (isReady) times[at + OPENING] = ready - acquired;
  if (hasStarted) times[at + NETWORK] = started - ready;
  times[at + ARRIVAL_AT] = arrived;
  times[at + ACQUIRE_AT] = acquired;
  times[at + SINCE] = hasStarted ? started : isReady ? ready : acquired;
  times[at + WORK] = holder.work;
  times[at + DEMAND] = holder.demand;
  times[at + WORK_START] = holder.workStart;
  marks[at + INSTANCE] = holder.berth.index;
  marks[at + REQUEST_CLASS] = requestClass;
  marks[at + CPU_SHARE] = holder.cpuShare;
  const working = isShared(requestClass) ? STATE.working : STATE.alone;
  marks[at + STATE_OF] = hasStarted ? working : isReady ? STATE.roundTrip : STATE.reconnecting;
  markPlain(table, slot);
}

function markPlain({ marks }: RequestTable, slot: number): void {
  marks[slot * STRIDE + SERVICE] = 0;
  marks[slot * STRIDE + ATTEMPT] = 1;
  marks[slot * STRIDE + USER] = NO_USER;
  marks[slot * STRIDE + CLIENT_GONE] = 0;
  marks[slot * STRIDE + ORPHAN] = 0;
}
