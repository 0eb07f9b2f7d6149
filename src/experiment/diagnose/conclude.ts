/** From what was simulated to the diagnosis. */
import { formatIso } from '../../scenario/clock.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { studentInterval } from '../../stats/confidence-interval.ts';
import type { RunResult } from '../result.ts';
import { rounded, roundedOrNull } from '../rounding.ts';
import { settingsInForce } from '../settings-history.ts';
import type { Counterfactual } from './counterfactuals.ts';
import type {
  CounterfactualResult,
  Diagnosis,
  StretchSummary,
  UnmeasuredLever,
} from './diagnosis.ts';
import { effectsOf, yardstickOf } from './effects.ts';
import type { Excerpt } from './excerpt.ts';
import { type Cause, type Hypothesis, hypothesesFrom } from './hypotheses.ts';
import type { Inquiry, Seen } from './inquiry.ts';
import { evidenceFrom } from './run-evidence.ts';
import type { StretchReading } from './stretch-reading.ts';
import { causeBehind, stationByMechanism, stationIn, strongestStation } from './stretch-station.ts';

/** @param excerpts in the order of the inquiry's inputs */
export function conclude(
  scenario: Scenario,
  seen: Seen,
  inquiry: Inquiry,
  excerpts: readonly Excerpt[],
): Diagnosis {
  const { plan, trials, counterfactuals, runs, leftOut } = inquiry;
  const { result, stretch, reading, usual } = seen;
  const next = taker(excerpts);
  const alternatives = counterfactuals.map(() => next(runs));
  const asItWas = runs === 1 || counterfactuals.length === 0 ? null : next(runs);
  const base = next(plan.windows.length).readings;
  const yardstick = yardstickOf(base);
  const tried = trials.map((trial) => ({ ...trial, ...next(plan.windows.length) }));
  const levers = effectsOf(
    base,
    tried.filter(({ brokeOff }) => brokeOff === null),
    yardstick,
  );
  const settings = settingsInForce(scenario, stretch.fromNs);
  const evidence = evidenceFrom(reading, settings, seen);
  const { onset, mechanism } = result.bottleneck;
  const place = stationByMechanism(stationIn(reading, settings), mechanism);
  const station = strongestStation(place, levers);
  const seenFrom = hypothesesFrom(evidence);
  const cause = causeBehind(station, reading, usual, seenFrom);
  const [window] = plan.windows;
  return {
    stretch: summaryOf(scenario, seen),
    bottleneck: {
      onset,
      station,
      cause,
      ...(mechanism === undefined ? {} : { mechanism }),
    },
    yardstick,
    levers,
    unmeasured: unmeasuredOf(tried),
    trials: {
      replications: plan.windows.length,
      windowSeconds: window === undefined ? 0 : rounded((window.toNs - window.fromNs) / 1e9),
      approximate: plan.isApproximate,
    },
    ledgerMs: ledgerOf(reading),
    counterfactuals: counterfactuals.map((counterfactual, i) =>
      compared(
        scenario,
        counterfactual,
        alternatives[i] ?? NONE,
        asItWas?.readings ?? [result.requests],
      ),
    ),
    leftOut,
    evidence,
    hypotheses: withFirst(seenFrom, cause),
    run: result,
  };
}

/** What a run knows comes first, where several causes look alike from outside. */
function withFirst(hypotheses: readonly Hypothesis[], first: Cause | null): Hypothesis[] {
  const isFirst = ({ cause, state }: Hypothesis) => cause === first && state !== 'excluded';
  return [...hypotheses.filter(isFirst), ...hypotheses.filter((each) => !isFirst(each))];
}

/** What several excerpts have shown, of one stretch each. */
interface Shown {
  readonly readings: readonly StretchReading[];
  /** Why the first of those that broke off did; null: none did. */
  readonly brokeOff: string | null;
}

const NONE: Shown = { readings: [], brokeOff: null };

/** Hands out what excerpts have shown, so many at a time. */
function taker(excerpts: readonly Excerpt[]) {
  let taken = 0;
  return (n: number): Shown => {
    const own = excerpts.slice(taken, (taken += n));
    return {
      readings: own.flatMap(({ readings }) => readings),
      brokeOff: own.find((each) => each.brokeOff !== null)?.brokeOff ?? null,
    };
  };
}

function unmeasuredOf(tried: readonly (Inquiry['trials'][number] & Shown)[]): UnmeasuredLever[] {
  return tried.flatMap(({ lever: { path, name, kind }, variant: { to }, brokeOff }) =>
    brokeOff === null ? [] : [{ path, name, kind, to, brokeOff }],
  );
}

function summaryOf(scenario: Scenario, { stretch, reading }: Seen): StretchSummary {
  return {
    from: formatIso(scenario, stretch.fromNs),
    to: formatIso(scenario, stretch.toNs),
    arrivedPerSecond: rounded(reading.arrived / reading.seconds),
    servedPerSecond: rounded(reading.completed / reading.seconds),
    errors: roundedOrNull(reading.errors),
    p50Ms: roundedOrNull(reading.responseMs.p50Ms),
    p99Ms: roundedOrNull(reading.responseMs.p99Ms),
    waitP99Ms: roundedOrNull(reading.acquireMs.p99Ms),
    poolUtilisation: roundedOrNull(reading.poolUtilisation),
    databaseUtilisation: rounded(reading.databaseUtilisation),
  };
}

function ledgerOf({ ledgerMs }: StretchReading): RunResult['ledgerMs'] {
  const entries = Object.entries(ledgerMs).map(([stage, ms]) => [stage, rounded(ms)] as const);
  return Object.fromEntries(entries) as RunResult['ledgerMs'];
}

type Outcome = Pick<RunResult['requests'], 'arrived' | 'failed' | 'abandoned'>;

/** Requests that failed less than in the runs as they were, of the same random numbers. */
function compared(
  scenario: Scenario,
  { kind, title, atNs, size }: Counterfactual,
  {
    readings,
    brokeOff,
  }: { readonly readings: readonly Outcome[]; readonly brokeOff: string | null },
  before: readonly Outcome[],
): CounterfactualResult {
  const at = atNs === null ? null : formatIso(scenario, atNs);
  const head = { kind, title, at, size };
  if (brokeOff !== null)
    return { ...head, fewer: null, low: null, high: null, replications: 1, errors: null, brokeOff };
  const bad = ({ failed, abandoned }: Outcome) => failed + abandoned;
  const sum = (all: readonly Outcome[], read: (one: Outcome) => number) =>
    all.reduce((total, one) => total + read(one), 0);
  const differences = readings.map((one, i) => bad(before[i] ?? one) - bad(one));
  const interval = studentInterval(differences);
  const arrived = sum(readings, (one) => one.arrived);
  return {
    ...head,
    fewer: rounded(differences.reduce((a, b) => a + b, 0) / Math.max(1, differences.length)),
    low: interval === null ? null : rounded(interval.low),
    high: interval === null ? null : rounded(interval.high),
    replications: readings.length,
    errors: arrived === 0 ? null : rounded(sum(readings, bad) / arrived),
  };
}
