/**
 * Poisson arrivals whose rate is switched by chance between a calm and a busy level: the two-state Markov
 * modulated Poisson process. The levels are `factor × rate`, with factors such that the long-run mean is
 * the rate:
 *
 *     busy = ratio × calm,   calm × share of calm time + busy × share of busy time = 1
 *
 * The phases last exponentially long in real time, rounded to whole ns, and the first is drawn from the
 * long-run shares. Each end of a phase is an event of its own, so that no loop runs through phases in
 * which nothing arrives.
 */
import type { RandomStreams } from '../../engine/random-streams.ts';
import { exponentialStream, uniformStream, type VariateStream } from '../../engine/variates.ts';
import type { OpenArrivals } from './open-arrivals.ts';
import { RateCurve } from './rate-curve.ts';
import type { Arrivals, RatePoint, TrafficSettings } from './settings.ts';

type Switching = Extract<Arrivals, { readonly kind: 'mmpp' }>;

/** Entries of the state: floating-point fields would be boxed at every write. */
const LAST = 0;
const GAP = 1;
const NEXT = 2;
const PHASE_END = 3;

export class SwitchedArrivals implements OpenArrivals {
  private curve: RateCurve;
  private switching: Switching;
  private isBusy: boolean;
  private readonly gaps: VariateStream;
  private readonly phases: VariateStream;
  /** From where the gap counts, not rounded; the rest of the gap; where it ends in this phase; its end. */
  private readonly state = new Float64Array(4);

  /** @param name stream of the gaps; those of the phases are `name/phase` and `name/phase/first` */
  constructor(
    rate: readonly RatePoint[],
    switching: Switching,
    streams: RandomStreams,
    name: string,
  ) {
    this.curve = new RateCurve(rate);
    this.switching = switching;
    this.gaps = exponentialStream(streams, name);
    this.phases = exponentialStream(streams, `${name}/phase`);
    const first = uniformStream(streams, `${name}/phase/first`).next();
    this.isBusy = first < switching.busyNs / (switching.calmNs + switching.busyNs);
    this.state[GAP] = this.gaps.next();
    this.state[PHASE_END] = this.phaseLength();
    this.locateNext();
  }

  get nextAt(): number {
    return Math.min(Math.ceil(this.state[NEXT] as number), this.state[PHASE_END] as number);
  }

  advance(): number {
    const { state } = this;
    if (Math.ceil(state[NEXT] as number) <= (state[PHASE_END] as number)) {
      state[LAST] = state[NEXT] as number;
      state[GAP] = this.gaps.next();
      this.locateNext();
      return 1;
    }
    this.runDown(state[PHASE_END] as number);
    this.isBusy = !this.isBusy;
    state[PHASE_END] = (state[PHASE_END] as number) + this.phaseLength();
    this.locateNext();
    return 0;
  }

  /** What is left of the gap and of the phase goes on at the new rate and the new mean length. */
  apply(settings: TrafficSettings, now: number): void {
    const { arrivals, rate } = settings;
    if (arrivals.kind !== 'mmpp') throw new Error('bug: the kind of arrivals has changed');
    const { state } = this;
    this.runDown(now);
    const before = this.meanLength;
    this.curve = new RateCurve(rate);
    this.switching = arrivals;
    const scale = this.meanLength / before;
    const left = Math.max(1, Math.round(((state[PHASE_END] as number) - now) * scale));
    if (scale !== 1) state[PHASE_END] = now + left;
    this.locateNext();
  }

  /** Mean length of phases like the present one, ns. */
  private get meanLength(): number {
    return this.isBusy ? this.switching.busyNs : this.switching.calmNs;
  }

  private get factor(): number {
    const { ratio, calmNs, busyNs } = this.switching;
    const calm = (calmNs + busyNs) / (calmNs + ratio * busyNs);
    return this.isBusy ? ratio * calm : calm;
  }

  private phaseLength(): number {
    return Math.max(1, Math.round(this.phases.next() * this.meanLength));
  }

  /** Takes off the gap what passes of it up to an instant of this phase. */
  private runDown(to: number): void {
    const { state } = this;
    const last = state[LAST] as number;
    if (last >= to) return;
    const passed = this.factor * this.curve.expected(last, to);
    state[GAP] = Math.max((state[GAP] as number) - passed, Number.MIN_VALUE);
    state[LAST] = to;
  }

  private locateNext(): void {
    const { state, factor } = this;
    state[NEXT] = this.curve.advance(state[LAST] as number, (state[GAP] as number) / factor);
  }
}
