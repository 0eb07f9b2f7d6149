/** An outage of the database: it dropped all connections, and requests failed until the pools had new ones. */
import { MILLISECOND, SECOND } from '../../engine/time.ts';
import type { Outage } from '../../model/database/losses.ts';
import { formatIso } from '../../scenario/clock.ts';
import type { PoolStretch } from '../pool-course.ts';
import { rounded } from '../rounding.ts';
import type { SeriesRow } from '../series.ts';
import type { OutageFound } from './mechanism.ts';
import type { Failed } from './refused.ts';
import { connectMs, lengthOf, loadOf, meanHold, type Sight, total, waitingIn } from './sight.ts';

/** Of those who were hurt, the share that must be hurt from the outage until the recovery. */
const MOST = 0.5;
/** A window is as before while at most this much more of those who come fail, as a share. */
const MORE_FAIL = 0.01;
/** And while at most this many times as many wait as in the worst window before, and one more. */
const MORE_WAIT = 2;
/** The service has recovered when so many windows in a row are as before. */
const CALM_WINDOWS = 5;
/** A recovery that takes fewer windows, or no longer than this many times an opening, was not delayed. */
const PROMPT_WINDOWS = 2;
const PROMPT_OPENINGS = 2;
/** From this share of the recovery on, the time until the first opening is what delayed it. */
const LONG_PAUSE = 0.3;

/** By what requests were hurt at all: by failing, or by waiting. */
export interface Hurt {
  readonly byLoss: boolean;
  readonly byWaiting: boolean;
}

/** The outage by which most requests were hurt, of those that the run had. */
export function outageOf(sight: Sight & Failed, hurt: Hurt): OutageFound | null {
  const found = sight.system.database.losses.outages
    .map((outage) => judge(sight, outage, hurt))
    .filter((one) => one !== null);
  return found.reduce<OutageFound | null>(
    (worst, one) => (worst === null || one.failed > worst.failed ? one : worst),
    null,
  );
}

function judge(sight: Sight & Failed, outage: Outage, hurt: Hurt): OutageFound | null {
  const { stretches } = sight;
  const before = stretches.filter(({ toNs }) => toNs < outage.atNs);
  const after = stretches.filter(({ fromNs }) => fromNs >= outage.untilNs);
  const recovered = recoveryOf(before, after);
  const hard = stretches.filter(
    ({ fromNs, toNs }) => toNs >= outage.atNs && fromNs < (recovered ?? Infinity),
  );
  const failed = total(hard, badIn);
  if (hurt.byLoss && failed < MOST * total(stretches, badIn)) return null;
  if (hurt.byWaiting && waitingIn(hard) < MOST * waitingIn(stretches)) return null;
  if (failed === 0 || loadOf(hard, meanHold(before) ?? 0) > 1) return null;
  return evidenceOf(sight, outage, { hard, after, recovered, failed });
}

/** When the first of several windows began that were as those before; null: none did. */
function recoveryOf(before: readonly PoolStretch[], after: readonly PoolStretch[]): number | null {
  const usual =
    total(before, badIn) /
    Math.max(
      1,
      total(before, ({ arrived }) => arrived),
    );
  const wait = Math.max(0, ...before.map(({ all }) => all.waiting));
  const isCalm = (stretch: PoolStretch) =>
    badIn(stretch) <= (usual + MORE_FAIL) * stretch.arrived &&
    stretch.all.waiting <= MORE_WAIT * wait + 1;
  const first = after.find((_, i) => after.slice(i, i + CALM_WINDOWS).every(isCalm));
  return first?.fromNs ?? null;
}

/** Attempts that ended without a connection, or with a dead one. */
function badIn({ gaveUp, cutOff }: PoolStretch): number {
  return gaveUp + cutOff;
}

interface Course {
  /** The windows from the outage until the recovery, and those after the outage. */
  readonly hard: readonly PoolStretch[];
  readonly after: readonly PoolStretch[];
  readonly recovered: number | null;
  readonly failed: number;
}

function evidenceOf(sight: Sight & Failed, outage: Outage, course: Course): OutageFound {
  const { atNs, untilNs, dropped } = outage;
  const { hard, recovered, failed } = course;
  const away = hard.filter(({ fromNs, toNs }) => toNs > atNs && fromNs < untilNs);
  const awayNs = total(away, lengthOf);
  const perSecond = (count: (stretch: PoolStretch) => number) =>
    awayNs === 0 ? 0 : rounded((total(away, count) / awayNs) * SECOND);
  const opened = firstOpened(sight, untilNs, course);
  const since = (ns: number | null) => (ns === null ? null : rounded((ns - untilNs) / MILLISECOND));
  return {
    at: formatIso(sight.scenario, atNs),
    lastsMs: rounded((untilNs - atNs) / MILLISECOND),
    dropped,
    refusedPerSecond: perSecond(({ refused }) => refused),
    arrivedPerSecond: perSecond(({ arrived }) => arrived),
    failed,
    deadMet: total(hard, ({ deadMet }) => deadMet),
    firstOpenedMs: since(opened),
    recoveredMs: since(recovered),
    watchedMs: rounded((sight.scenario.durationNs - untilNs) / MILLISECOND),
    delayedBy: delayOf(sight, untilNs, course),
  };
}

/** When the first connection to the database was opened after its return; null: none was. */
function firstOpened(
  { system, rows }: Sight & Failed,
  untilNs: number,
  { after }: Course,
): number | null {
  if (system.pooler === null) return after.find((stretch) => stretch.opened > 0)?.fromNs ?? null;
  const isOpen = ({ fromNs, pooler }: SeriesRow) => fromNs >= untilNs && (pooler?.open ?? 0) > 0;
  return rows.find(isOpen)?.fromNs ?? null;
}

/** What took most of the time from the database's return to the recovery. */
function delayOf(sight: Sight & Failed, untilNs: number, course: Course): OutageFound['delayedBy'] {
  const { hard, recovered } = course;
  const late = hard.filter(({ fromNs }) => fromNs >= untilNs);
  const took = (recovered ?? Infinity) - untilNs;
  const prompt = PROMPT_OPENINGS * connectMs(sight) * MILLISECOND;
  if (late.length <= PROMPT_WINDOWS || took <= prompt) return null;
  const first = firstOpened(sight, untilNs, course) ?? Infinity;
  if (first - untilNs > LONG_PAUSE * Math.min(took, total(late, lengthOf))) return 'pause';
  if (total(late, ({ deadMet }) => deadMet) >= MOST * total(late, badIn)) return 'dead-connections';
  const growing = total(late, (stretch) => stretch.growing.waiting * lengthOf(stretch));
  const { max, policy } = (sight.then.database.pooler ?? sight.settings).pool;
  if (policy.openingsAtOnce < max && growing >= MOST * waitingIn(late)) return 'one-at-a-time';
  return 'backlog';
}
