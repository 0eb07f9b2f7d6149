/** Tells the meters and the watches what the plain flow has counted and summed up since it last did. */
import { BUCKETS } from '../../stats/histogram.ts';
import type { Database } from '../database/database.ts';
import { TIMED_OUT, TURNED_AWAY } from '../request/denial.ts';
import { ACQUIRE_TIMEOUT, POOL_FULL } from '../request/failure.ts';
import { ACQUIRE_QUEUE, CONTENTION, DATABASE_WORK, NETWORK, OPENING } from '../request/stage.ts';
import type { Service } from '../service/service.ts';
import { INT, memory, NUM } from './steps/plain-memory.ts';

const { num, int, responses, waits, uses } = memory;
const COUNTS = [
  ...[INT.ARRIVED, INT.GRANTED, INT.TIMEOUTS, INT.TURNED_AWAY, INT.RECONNECTS_DUE],
  ...[INT.OUT_OF_TURN, INT.ODD_WAITS, INT.ODD_OWNED, INT.ODD_TRIPS, INT.ODD_WORK],
];
const SUMS = [
  ...[NUM.RESPONSE, NUM.QUEUED, NUM.OPENED, NUM.TRAVELLED, NUM.WORKED, NUM.CONTENDED, NUM.USE],
  ...[NUM.WAITED, NUM.VAIN],
];

/** The histograms of a service count in the memory from now on. */
export function countHere({ meters }: Service): void {
  meters.response.countIn(responses);
  meters.acquireWait.countIn(waits);
  meters.use.countIn(uses);
}

/** … and no longer. */
export function countElsewhere({ meters }: Service): void {
  for (const histogram of [meters.response, meters.acquireWait, meters.use])
    histogram.countIn(new Float64Array(BUCKETS));
}

/** Every sum must be below 2^52. */
export function settleSums(service: Service, database: Database, completed: number): void {
  tellWatches(service, database);
  tellMeters(service, completed);
  for (const count of COUNTS) int[count] = 0;
  for (const sum of SUMS) num[sum] = 0;
}

function tellWatches({ meters, pool }: Service, database: Database): void {
  pool.turns.outOfTurn += int[INT.OUT_OF_TURN];
  pool.violations += int[INT.ODD_OWNED];
  meters.waitWatch.faults += int[INT.ODD_WAITS];
  database.roundTripWatch.faults += int[INT.ODD_TRIPS];
  database.workWatch.faults += int[INT.ODD_WORK];
}

function tellMeters({ meters, pool }: Service, completed: number): void {
  const timeouts = int[INT.TIMEOUTS];
  const turnedAway = int[INT.TURNED_AWAY];
  pool.timeouts += timeouts;
  meters.arrived += int[INT.ARRIVED];
  meters.attempts += int[INT.ARRIVED];
  meters.reconnectsDue += int[INT.RECONNECTS_DUE];
  meters.response.absorb(completed, num[NUM.RESPONSE], num[NUM.MOST_RESPONSE]);
  meters.use.absorb(completed, num[NUM.USE], num[NUM.MOST_USE]);
  meters.acquireWait.absorb(int[INT.GRANTED], num[NUM.WAITED], num[NUM.MOST_WAIT]);
  meters.book(ACQUIRE_QUEUE, num[NUM.QUEUED]);
  meters.book(OPENING, num[NUM.OPENED]);
  meters.book(NETWORK, num[NUM.TRAVELLED]);
  meters.book(DATABASE_WORK, num[NUM.WORKED]);
  meters.book(CONTENTION, num[NUM.CONTENDED]);
  meters.vainWait.add(num[NUM.VAIN]);
  meters.vainTime.add(num[NUM.VAIN]);
  meters.denials[TIMED_OUT] = (meters.denials[TIMED_OUT] as number) + timeouts;
  meters.failures[ACQUIRE_TIMEOUT] = (meters.failures[ACQUIRE_TIMEOUT] as number) + timeouts;
  meters.denials[TURNED_AWAY] = (meters.denials[TURNED_AWAY] as number) + turnedAway;
  meters.failures[POOL_FULL] = (meters.failures[POOL_FULL] as number) + turnedAway;
}
