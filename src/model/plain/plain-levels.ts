/**
 * What the plain flow takes over from the meters when a stretch begins, and tells them when it ends.
 *
 * In between a level keeps no instant at which it last changed. It keeps the sum of all instants, counted from
 * BASE, at which it fell, less those at which it rose; with the level times the whole stretch that is the area
 * under it:  ∫ n dt = n·(now − base) − Σ change·(instant − base).
 */
import type { Service } from '../service/service.ts';
import type { PlainParts } from './plain-parts.ts';
import { settleSums } from './plain-sums.ts';
import { plainChoice } from './steps/plain-choice.ts';
import { BERTHS, INT, memory, NUM } from './steps/plain-memory.ts';

const { num, int, berths, berthMarks } = memory;

/** Takes over the levels from the meters, and the database's clock. O(instances). */
export function loadLevels({ service, simulation, database }: PlainParts): void {
  const { pool, meters } = service;
  const { now } = simulation;
  const { clock } = database.server;
  const hands = clock.hands();
  num[NUM.NOW] = num[NUM.BASE] = now;
  num[NUM.CLOCK_SINCE] = hands.since;
  num[NUM.CLOCK_BASE] = hands.base;
  num[NUM.FIRST_END] = hands.firstEnd;
  num[NUM.WORK_AT] = hands.nextAt;
  num[NUM.SPENT] = hands.spent;
  num[NUM.SLOWER] = clock.slowers[hands.population] as number;
  num[NUM.SPEED] = clock.speeds[hands.population] as number;
  int[INT.WEIGHT] = hands.weight;
  for (let i = 0; i < int[INT.INSTANCES]; i++) {
    const marks = i << BERTHS.ROW;
    pool.pending.add(i, 0, now);
    pool.owned.add(i, 0, now);
    berthMarks[marks + BERTHS.PENDING] = pool.pending.level[i] as number;
    berthMarks[marks + BERTHS.OWNED] = pool.owned.level[i] as number;
    berthMarks[marks + BERTHS.OPEN] = pool.open.level[i] as number;
    berthMarks[marks + BERTHS.ANSWERED] = 0;
    berthMarks[marks + BERTHS.FAILED] = 0;
    berths[(i << BERTHS.ROW) + BERTHS.PENDING_AREA] = 0;
    berths[(i << BERTHS.ROW) + BERTHS.OWNED_AREA] = 0;
  }
  if (int[INT.INSTANCES] > 1) plainChoice.takeChoice();
  meters.inSystem.add(0, 0, now);
}

/** Tells the meters all that they have missed, and the clock. O(instances). */
export function settleLevels({ simulation, service, database }: PlainParts): void {
  const { pool, meters } = service;
  const now = num[NUM.NOW];
  const stretch = now - num[NUM.BASE];
  database.held = int[INT.IN_USE];
  const { clock } = database.server;
  clock.setHands({
    since: num[NUM.CLOCK_SINCE],
    base: num[NUM.CLOCK_BASE],
    firstEnd: num[NUM.FIRST_END],
    nextAt: num[NUM.WORK_AT],
    spent: num[NUM.SPENT],
    weight: int[INT.WEIGHT],
    population: int[INT.SHARED] === 1 ? int[INT.IN_USE] : clock.population,
  });
  if (int[INT.INSTANCES] > 1) plainChoice.giveChoice();
  let area = 0;
  let completed = 0;
  for (let i = 0; i < int[INT.INSTANCES]; i++) {
    settleBerth(service, i, stretch);
    area += berths[(i << BERTHS.ROW) + BERTHS.PENDING_AREA] as number;
    area += berths[(i << BERTHS.ROW) + BERTHS.OWNED_AREA] as number;
    completed += berthMarks[(i << BERTHS.ROW) + BERTHS.ANSWERED] as number;
  }
  meters.inSystem.cover(0, inSystem(), inSystem() * stretch + area, now);
  pool.totalPending = int[INT.WAITING];
  pool.peakPending = Math.max(pool.peakPending, int[INT.MOST_WAITING]);
  settleSums(service, database, completed);
  simulation.clock[0] = now;
}

/** Requests in the system: those who wait, and those who have a connection. */
export function inSystem(): number {
  return int[INT.WAITING] + int[INT.IN_USE];
}

function settleBerth({ pool, meters, balancer }: Service, i: number, stretch: number): void {
  const now = num[NUM.NOW];
  const marks = i << BERTHS.ROW;
  const pending = berthMarks[marks + BERTHS.PENDING] as number;
  const owned = berthMarks[marks + BERTHS.OWNED] as number;
  const pendingArea = berths[(i << BERTHS.ROW) + BERTHS.PENDING_AREA] as number;
  const ownedArea = berths[(i << BERTHS.ROW) + BERTHS.OWNED_AREA] as number;
  // More may wait than may begin to, after a change of the limit.
  const isBeyond = pending > pool.settings.maxPending;
  if (isBeyond && pending > (pool.pending.level[i] as number)) pool.turns.beyondLimit++;
  pool.pending.cover(i, pending, pending * stretch + pendingArea, now);
  pool.owned.cover(i, owned, owned * stretch + ownedArea, now);
  const answered = berthMarks[marks + BERTHS.ANSWERED] as number;
  const failed = berthMarks[marks + BERTHS.FAILED] as number;
  meters.completed[i] = (meters.completed[i] as number) + answered;
  meters.failed[i] = (meters.failed[i] as number) + failed;
  const missed = pending + owned - (balancer.outstanding[i] as number);
  if (missed === 0) return;
  if (int[INT.INSTANCES] > 1) balancer.watch.faults++;
  balancer.count(i, missed);
}
