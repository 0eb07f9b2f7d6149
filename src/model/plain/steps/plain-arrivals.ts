/**
 * When the next request comes. Of arrivals with independent gaps under a constant rate, which is nearly
 * always, the steps of `traffic/gap-arrivals` are written out here, for some arrivals ahead: a division takes
 * long, and which event is next should not wait for it. All others ask there.
 */
import { BATCH as LENGTH } from '../../../engine/variate-fills.ts';
import { GapArrivals } from '../../traffic/gap-arrivals.ts';
import { plainDraws } from './plain-draws.ts';
import { INT, memory, NUM } from './plain-memory.ts';
import { outside } from './plain-outside.ts';

const { num, int, gaps, instants } = memory;
const { renewGaps } = plainDraws;
const BATCH = LENGTH;
/** So many arrivals are foreseen at once: all is in vain when the rate changes. */
const AHEAD = 32;

/** Moves past the next arrival: how many requests arrive there. 0: only a phase changes. */
const advance = (): number => {
  if (num[NUM.RATE] === 0) return advanceElsewhere();
  if (int[INT.GAP_AT] === int[INT.FORESEEN]) foresee();
  const next = int[INT.GAP_AT] + 1;
  const at = instants[next] as number;
  int[INT.GAP_AT] = next;
  num[NUM.ARRIVAL_AT] = Math.ceil(at);
  if (!(at <= num[NUM.RATE_END])) locate();
  return 1;
};

/** Looks where the next arrivals fall if the rate stays as it is. */
const foresee = (): void => {
  renewIfUsed();
  const rate = num[NUM.RATE];
  const first = int[INT.GAP_AT];
  const end = Math.min(first + AHEAD, BATCH);
  const lengths = gaps;
  const there = instants;
  let at = there[first] as number;
  for (let k = first; k < end; k++) {
    at += (lengths[k] as number) / rate;
    there[k + 1] = at;
  }
  int[INT.FORESEEN] = end;
};

const renewIfUsed = (): void => {
  if (int[INT.GAP_AT] < BATCH) return;
  instants[0] = instants[BATCH] as number;
  renewGaps();
};

/** Where the rate varies, or arrivals are of another kind. */
const advanceElsewhere = (): number => {
  const { arrivals } = outside;
  if (arrivals instanceof GapArrivals) {
    renewIfUsed();
    int[INT.GAP_AT]++;
    locate();
    return 1;
  }
  const count = arrivals.advance();
  num[NUM.ARRIVAL_AT] = arrivals.nextAt;
  return count;
};

/** The gap at hand may end beyond the rate at hand. */
const locate = (): void => {
  const { arrivals } = outside;
  if (!(arrivals instanceof GapArrivals)) throw new Error('bug: arrivals without gaps');
  const gap = int[INT.GAP_AT] - 1;
  arrivals.goOn(instants[gap] as number, gaps[gap] as number);
  takeArrivals();
};

/** Takes over where the arrivals are, after the batches. */
const takeArrivals = (): void => {
  const { arrivals } = outside;
  num[NUM.ARRIVAL_AT] = arrivals.nextAt;
  num[NUM.RATE] = 0;
  if (!(arrivals instanceof GapArrivals)) return;
  const { last, gap, next, constantRate, end } = arrivals.course;
  const at = int[INT.GAP_AT];
  instants[at - 1] = last;
  gaps[at - 1] = gap;
  instants[at] = next;
  int[INT.FORESEEN] = at;
  num[NUM.RATE] = constantRate;
  num[NUM.RATE_END] = end;
};

/** Tells the arrivals where they are. */
const giveArrivals = (): void => {
  const { arrivals } = outside;
  if (!(arrivals instanceof GapArrivals) || num[NUM.RATE] === 0) return;
  const at = int[INT.GAP_AT];
  arrivals.moveTo(instants[at - 1] as number, gaps[at - 1] as number, instants[at] as number);
};

export const plainArrivals = { advance, takeArrivals, giveArrivals };
