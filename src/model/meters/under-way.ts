/** What requests have spent so far that are still under way, from the request table alone. */
import { ExactSum } from '../../stats/exact-sum.ts';
import {
  ACQUIRE_AT,
  ARRIVAL_AT,
  CLIENT_GONE,
  HELD,
  ORPHAN,
  type RequestTable,
  STATE,
  STATE_OF,
  STRIDE,
} from '../request/request-table.ts';

export interface UnderWay {
  /** Requests whose outcome is not known yet. */
  readonly inFlight: number;
  /** Time since their arrival, ns. */
  readonly inSystem: ExactSum;
  /** Time that attempts have waited for a connection that they do not have yet, ns. */
  readonly waits: ExactSum;
  /** Time that attempts have had the connection that they hold, ns; not those whose instance is gone. */
  readonly uses: ExactSum;
}

/** Scans the table. O(slots). */
export function readUnderWay(table: RequestTable, now: number): UnderWay {
  const { times, marks, highWater } = table;
  const inSystem = new ExactSum();
  const waits = new ExactSum();
  const uses = new ExactSum();
  let inFlight = 0;
  for (let at = 0; at < highWater * STRIDE; at += STRIDE) {
    const place = placeOf(marks[at + STATE_OF] as number);
    if (place === 'nowhere' || marks[at + ORPHAN] === 1) continue;
    if (marks[at + CLIENT_GONE] === 0) {
      inFlight++;
      inSystem.add(now - (times[at + ARRIVAL_AT] as number));
    }
    const sinceAcquire = now - (times[at + ACQUIRE_AT] as number);
    if (place === 'waiting') waits.add(sinceAcquire);
    if (place === 'using') uses.add(sinceAcquire);
    const others = (marks[at + HELD] as number) - (place === 'using' ? 1 : 0);
    for (let n = 1; n <= others; n++) uses.add(now - table.holdStart(at / STRIDE, n));
  }
  return { inFlight, inSystem, waits, uses };
}

function placeOf(state: number): 'nowhere' | 'elsewhere' | 'waiting' | 'using' {
  switch (state) {
    case STATE.free:
    case STATE.void:
      return 'nowhere';
    case STATE.queued:
    case STATE.backoff:
    case STATE.app:
      return 'elsewhere';
    case STATE.pending:
    case STATE.opening:
    case STATE.handover:
      return 'waiting';
    default:
      return 'using';
  }
}
