/**
 * When the next request comes. Of arrivals with independent gaps under a constant rate, which is nearly
 * always, the steps of `traffic/gap-arrivals` are written out here on numbers at hand; all others ask there.
 */
import { GapArrivals } from '../../traffic/gap-arrivals.ts';
import { plainDraws } from './plain-draws.ts';
import { memory, NUM } from './plain-memory.ts';
import { outside } from './plain-outside.ts';

const { num } = memory;
const { drawGap } = plainDraws;
const { ARRIVAL_AT, RATE, RATE_END, EXACT_ARRIVAL, EXACT_LAST, GAP } = NUM;

/** Moves past the next arrival: how many requests arrive there. 0: only a phase changes. */
const advance = (): number => {
  const rate = num[RATE];
  if (rate === 0) return advanceElsewhere();
  const last = num[EXACT_ARRIVAL];
  drawGap();
  const at = last + num[GAP] / rate;
  num[EXACT_LAST] = last;
  num[EXACT_ARRIVAL] = at;
  num[ARRIVAL_AT] = Math.ceil(at);
  if (!(at <= num[RATE_END])) locate();
  return 1;
};

/** Where the rate varies, or arrivals are of another kind. */
const advanceElsewhere = (): number => {
  const { arrivals } = outside;
  if (arrivals instanceof GapArrivals) {
    num[EXACT_LAST] = num[EXACT_ARRIVAL];
    drawGap();
    locate();
    return 1;
  }
  const count = arrivals.advance();
  num[ARRIVAL_AT] = arrivals.nextAt;
  return count;
};

/** The gap at hand ends beyond the rate at hand. */
const locate = (): void => {
  const { arrivals } = outside;
  if (!(arrivals instanceof GapArrivals)) throw new Error('bug: arrivals without gaps');
  arrivals.goOn(num[EXACT_LAST], num[GAP]);
  takeArrivals();
};

/** Takes over where the arrivals are. */
const takeArrivals = (): void => {
  const { arrivals } = outside;
  num[ARRIVAL_AT] = arrivals.nextAt;
  num[RATE] = 0;
  if (!(arrivals instanceof GapArrivals)) return;
  const { last, gap, next, constantRate, end } = arrivals.course;
  num[EXACT_LAST] = last;
  num[GAP] = gap;
  num[EXACT_ARRIVAL] = next;
  num[RATE] = constantRate;
  num[RATE_END] = end;
};

/** Tells the arrivals where they are. */
const giveArrivals = (): void => {
  const { arrivals } = outside;
  if (arrivals instanceof GapArrivals && num[RATE] > 0)
    arrivals.moveTo(num[EXACT_LAST], num[GAP], num[EXACT_ARRIVAL]);
};

export const plainArrivals = { advance, takeArrivals, giveArrivals };
