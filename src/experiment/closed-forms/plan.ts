/** When a stretch is read, to compare it with a closed form: after it has settled, in equal batches. */
import { SECOND } from '../../engine/time.ts';
import { type ClosedForm, type Load, relaxationSeconds } from './closed-form.ts';
import type { Stretch } from './stretches.ts';

/** Beyond 30 batches little is gained (Schmeiser 1982), and fewer are longer. */
export const BATCHES = 30;
/** What is left out before the first batch is this many relaxation times long. */
const RELAXATIONS = 10;
/**
 * A batch is at least as many long. Waits are skewed, so that a sample with a low mean looks more certain
 * than it is; with shorter batches z is too often far below 0.
 */
const RELAXATIONS_A_BATCH = 20;
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

/** Whether a stretch of holds this long may be long enough at all. */
export function isLongEnough({ fromNs, toNs }: Stretch, holdSeconds: number): boolean {
  return toNs - fromNs >= BATCHES * RELAXATIONS_A_BATCH * holdSeconds * SECOND;
}

/** null when the stretch is too short, or nobody knows how long an earlier backlog lasts into it. */
export function planOf(stretch: Stretch, form: ClosedForm): Plan | null {
  const { fromNs, toNs } = stretch;
  const relaxation = form.relaxationSeconds;
  const clearing =
    stretch.users > 0
      ? usersClearingSeconds(stretch, form.load)
      : clearingSeconds(stretch, form.load);
  const settling = (clearing + RELAXATIONS * relaxation) * SECOND;
  const batchNs = Math.floor((toNs - fromNs - settling) / BATCHES);
  if (!(batchNs >= RELAXATIONS_A_BATCH * relaxation * SECOND && batchNs > 0)) return null;
  const figures = form.figures.filter(
    ({ eventsPerSecond }) => eventsPerSecond * (batchNs / SECOND) >= EVENTS_A_BATCH,
  );
  if (figures.length === 0) return null;
  const instants = Array.from({ length: BATCHES + 1 }, (_, i) => toNs - (BATCHES - i) * batchNs);
  return { stretch, form: { ...form, figures }, instants };
}

/**
 * How long a backlog of earlier times takes to go, or that of an overload to build up. Everybody who waits
 * at the start is gone after the longest wait, and those behind them are worked off at the pace of 1 − ρ.
 * @returns Infinity when nobody knows
 */
function clearingSeconds({ fromNs, ratePerSecond, before }: Stretch, load: Load): number {
  const { utilisation, longestWaitSeconds } = load;
  const building = utilisation > 1 ? buildingSeconds(load, longestWaitSeconds) : 0;
  if (fromNs === 0) return building;
  const peak = utilisation * Math.max(1, before.peakPerSecond / ratePerSecond);
  if (before.isUnchanged && peak < STABLE)
    return RELAXATIONS * relaxationSeconds({ ...load, utilisation: peak });
  const wait = before.isUnchanged ? longestWaitSeconds : before.timeoutNs / SECOND;
  return Math.max(building, buildingSeconds(load, wait));
}

/**
 * Of users nobody waits longer than all of them in a row need; then those who think are to be as many as
 * ever. At the start of the run all think.
 */
function usersClearingSeconds({ fromNs, users, before }: Stretch, load: Load): number {
  if (fromNs === 0) return 0;
  const inRow = (Math.max(users, before.peakUsers) * load.holdSeconds) / load.servers;
  const wait = before.isUnchanged ? inRow : before.timeoutNs / SECOND;
  return wait + RELAXATIONS * load.memorySeconds;
}

/** How long waits take to change by so much, by drift or by chance, and whoever began before to be gone. */
function buildingSeconds(load: Load, waitSeconds: number): number {
  const { utilisation, servers, holdSeconds } = load;
  const byDrift = 1 / Math.abs(1 - utilisation);
  const byChance = (waitSeconds * servers) / (2 * holdSeconds);
  return waitSeconds * (1 + Math.min(byDrift, byChance));
}
