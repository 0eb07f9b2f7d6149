/** When a stretch is read, to compare it with a closed form: after it has settled, in equal batches. */
import { SECOND } from '../../engine/time.ts';
import { type ClosedForm, type Load, relaxationSeconds } from './closed-form.ts';
import type { Before, Stretch } from './stretches.ts';

/** Beyond 30 batches little is gained (Schmeiser 1982), and fewer are longer. */
export const BATCHES = 30;
/** A batch, and what is left out before the first, are this many relaxation times long. */
const RELAXATIONS = 10;
/** A batch has this many events to learn from: then its mean is nearly normal. */
const EVENTS_A_BATCH = 20;
/** The load up to which a queue without bounds has been stable enough before the stretch. */
const STABLE = 0.95;

export interface Plan {
  readonly stretch: Stretch;
  readonly form: ClosedForm;
  /** Ends of the batches, the first one's start before them: one more than there are batches. */
  readonly instants: readonly number[];
}

/** null when the stretch is too short, or nobody knows how long an earlier backlog lasts into it. */
export function planOf(stretch: Stretch, form: ClosedForm): Plan | null {
  const { fromNs, toNs, ratePerSecond, before } = stretch;
  const peak = before.peakPerSecond / ratePerSecond;
  const clearing = fromNs === 0 ? 0 : clearingSeconds(form.load, before, peak);
  const relaxation = form.relaxationSeconds;
  const settling = (clearing + RELAXATIONS * relaxation) * SECOND;
  const batchNs = Math.floor((toNs - fromNs - settling) / BATCHES);
  if (!(batchNs >= RELAXATIONS * relaxation * SECOND && batchNs > 0)) return null;
  const figures = form.figures.filter(
    ({ eventsPerSecond }) => eventsPerSecond * (batchNs / SECOND) >= EVENTS_A_BATCH,
  );
  if (figures.length === 0) return null;
  const instants = Array.from({ length: BATCHES + 1 }, (_, i) => toNs - (BATCHES - i) * batchNs);
  return { stretch, form: { ...form, figures }, instants };
}

/**
 * How long a backlog of earlier times takes to go, or a new one to build up. Everybody who waits at the
 * start is gone after the longest wait, and those after them are worked off at the pace of 1 − ρ.
 * @param peak the highest rate before the stretch, relative to that in it
 */
function clearingSeconds(load: Load, before: Before, peak: number): number {
  const { utilisation, servers, holdSeconds } = load;
  const most = utilisation * Math.max(1, peak);
  if (before.isUnchanged && most < STABLE)
    return RELAXATIONS * relaxationSeconds({ ...load, utilisation: most });
  const wait = before.isUnchanged ? load.longestWaitSeconds : before.timeoutNs / SECOND;
  const byDrift = 1 / Math.abs(1 - utilisation);
  const byChance = (wait * servers) / (2 * holdSeconds);
  return (
    wait +
    Math.max(wait, load.longestWaitSeconds < Infinity ? load.longestWaitSeconds : 0) *
      Math.min(byDrift, byChance)
  );
}
