/**
 * Copies requests between the general flow, where each has a slot of the request table, and the plain one,
 * where who waits is in a line and who has a connection keeps its slot and has a row of its own.
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
import { LAYOUT as L, type PlainState } from './plain-state.ts';

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

/** A request that waits leaves its slot and joins the line; it may be the first of its instance. */
export function waiterToLine(
  { times, marks }: RequestTable,
  slot: number,
  flow: PlainState,
  { deadline, isFirst }: { readonly deadline: number; readonly isFirst: boolean },
): void {
  const at = slot * STRIDE;
  const requestClass = marks[at + REQUEST_CLASS] as number;
  const to = flow.enqueue(marks[at + INSTANCE] as number, requestClass, isFirst) << L.PLACE;
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

/** The row of a request that has a connection, from its slot, which counts as free from now on. */
export function holderToRow({ times, marks }: RequestTable, slot: number, flow: PlainState): void {
  const at = slot * STRIDE;
  const to = slot << L.ROW;
  flow.widenRows(slot);
  const { rows } = flow;
  const state = marks[at + STATE_OF];
  const acquired = times[at + ACQUIRE_AT] as number;
  const ready = acquired + (times[at + OPENING] as number);
  rows[to | L.ARRIVED] = times[at + ARRIVAL_AT] as number;
  rows[to | L.ACQUIRED] = acquired;
  rows[to | L.READY] = state === STATE.reconnecting ? NOT_YET : ready;
  const hasStarted = state === STATE.working || state === STATE.alone;
  rows[to | L.STARTED] = hasStarted ? (times[at + SINCE] as number) : NOT_YET;
  rows[to | L.WORK] = times[at + WORK] as number;
  rows[to | L.DEMAND] = times[at + DEMAND] as number;
  rows[to | L.WORK_START] = times[at + WORK_START] as number;
  flow.marks[(slot << L.MARK) | L.INSTANCE] = marks[at + INSTANCE] as number;
  flow.marks[(slot << L.MARK) | L.CLASS] = marks[at + REQUEST_CLASS] as number;
  flow.marks[(slot << L.MARK) | L.CPU_SHARE] = marks[at + CPU_SHARE] as number;
  marks[at + STATE_OF] = STATE.free;
}

/** Held connections have been used since they were acquired, without CPU: the rows say so from now on. */
export function completeHolds(flow: PlainState): void {
  const { rows, marks } = flow;
  for (const slot of flow.holders()) {
    const at = slot << L.ROW;
    const acquired = rows[at | L.ACQUIRED] as number;
    rows[at | L.READY] = acquired;
    rows[at | L.STARTED] = acquired;
    marks[(slot << L.MARK) | L.CPU_SHARE] = 0;
  }
}

/**
 * The slot of a request that has a connection, from its row.
 * @param isShared whether the work of a class is slowed down by others
 */
export function holderToTable(
  flow: PlainState,
  slot: number,
  table: RequestTable,
  isShared: (requestClass: number) => boolean,
): void {
  const { times, marks } = table;
  const { rows } = flow;
  const at = slot * STRIDE;
  const from = slot << L.ROW;
  const requestClass = flow.marks[(slot << L.MARK) | L.CLASS] as number;
  const arrived = rows[from | L.ARRIVED] as number;
  const acquired = rows[from | L.ACQUIRED] as number;
  const ready = rows[from | L.READY] as number;
  const started = rows[from | L.STARTED] as number;
  const isReady = ready !== NOT_YET;
  const hasStarted = started !== NOT_YET;
  times.fill(0, at, at + LEDGER_ENTRIES);
  times[at + ACQUIRE_QUEUE] = acquired - arrived;
  if (isReady) times[at + OPENING] = ready - acquired;
  if (hasStarted) times[at + NETWORK] = started - ready;
  times[at + ARRIVAL_AT] = arrived;
  times[at + ACQUIRE_AT] = acquired;
  times[at + SINCE] = hasStarted ? started : isReady ? ready : acquired;
  times[at + WORK] = rows[from | L.WORK] as number;
  times[at + DEMAND] = rows[from | L.DEMAND] as number;
  times[at + WORK_START] = rows[from | L.WORK_START] as number;
  marks[at + INSTANCE] = flow.marks[(slot << L.MARK) | L.INSTANCE] as number;
  marks[at + REQUEST_CLASS] = requestClass;
  marks[at + CPU_SHARE] = flow.marks[(slot << L.MARK) | L.CPU_SHARE] as number;
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
