/**
 * Evenly spaced arrivals: the n-th, from 0, comes as soon as the integrated rate leaves n. So the first
 * comes when the rate is first above 0, and a stretch in which ∫ rate dt = n has n arrivals, the end of
 * the stretch not included.
 *
 * Instants are not summed up: each is computed from an anchor (the start, a corner of the curve, a change
 * of the rate) and the count since, so that no rounding adds up.
 */
import type { OpenArrivals } from './open-arrivals.ts';
import { RateCurve } from './rate-curve.ts';
import type { RatePoint, TrafficSettings } from './settings.ts';

/** Entries of the state: floating-point fields would be boxed at every write. */
const ANCHOR = 0;
const OFFSET = 1;
const COUNT = 2;
const NEXT = 3;

/**
 * Errors of an instant's computation stay below this part of a nanosecond and of the time since the
 * anchor; without it, an arrival that falls exactly on a whole ns could be rounded up to the next.
 */
const ROUNDING = 1 / 64;
const RELATIVE_ROUNDING = 2 ** -51;

export class DeterministicArrivals implements OpenArrivals {
  private curve: RateCurve;
  /** The next arrival is where ∫ rate dt from the anchor leaves offset + count; that instant. */
  private readonly state = new Float64Array(4);

  constructor(rate: readonly RatePoint[]) {
    this.curve = new RateCurve(rate);
    this.locateNext();
  }

  get nextAt(): number {
    return this.state[NEXT] as number;
  }

  advance(): number {
    this.state[COUNT] = (this.state[COUNT] as number) + 1;
    this.locateNext();
    return 1;
  }

  apply(settings: TrafficSettings, now: number): void {
    if (now > (this.state[ANCHOR] as number)) this.moveAnchor(now);
    this.curve = new RateCurve(settings.rate);
    this.locateNext();
  }

  private locateNext(): void {
    const { state, curve } = this;
    for (;;) {
      const anchor = state[ANCHOR] as number;
      const corner = curve.cornerAfter(anchor);
      const left = (state[OFFSET] as number) + (state[COUNT] as number);
      const at = left > 0 ? curve.advance(anchor, left) : curve.firstPositive(anchor);
      const rounding = at === Infinity ? 0 : ROUNDING + (at - anchor) * RELATIVE_ROUNDING;
      if (at === Infinity || at < corner - rounding) {
        state[NEXT] = Math.max(anchor, Math.ceil(at - rounding));
        return;
      }
      this.moveAnchor(corner);
    }
  }

  /** What is left of the current gap at an instant before the next arrival counts from there. */
  private moveAnchor(to: number): void {
    const { state } = this;
    const passed = this.curve.expected(state[ANCHOR] as number, to);
    const left = (state[OFFSET] as number) + (state[COUNT] as number) - passed;
    state[OFFSET] = left < passed * RELATIVE_ROUNDING ? 0 : left;
    state[COUNT] = 0;
    state[ANCHOR] = to;
  }
}
