/** What the alerts already said, and when one of them gave a false all-clear. */
import type { AlertFiring, RunResult, TimelineResult } from '../experiment/result.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { msOf, type RunClock, runClock, secondsBetween } from './run-clock.ts';
import { oneLine, shorten } from './text.ts';
import { span } from './words.ts';

type AlertRule = Scenario['alerts'][number];

/** A restart may keep connections unused for this long. */
const RESTART_SECONDS = 600;

/**
 * One sentence for each thing worth saying of the alerts; usually none, at most two.
 * @param rules the scenario's alert rules: they say which alert is about the pool
 */
export function alertSentences(
  result: RunResult,
  rules: readonly AlertRule[],
  clock: RunClock = runClock(result),
): string[] {
  return [earlyWarning(result, rules, clock), falseAllClear(result, rules, clock)].filter(
    (sentence) => sentence !== '',
  );
}

/** The first automated alert on the pool, and how long it took people to follow it. */
function earlyWarning(result: RunResult, rules: readonly AlertRule[], clock: RunClock): string {
  const first = result.alerts
    .filter(({ kind }) => kind === 'automated')
    .reduce<AlertFiring | null>((a, b) => (a === null || isBefore(b, a) ? b : a), null);
  if (first === null || !isOnPool(first, rules)) return '';
  const followed = result.timeline.find(
    (entry) => msOf(entry.at) > msOf(first.firedAt) && isAboutPool(entry),
  );
  if (followed === undefined) return '';
  const late = span(secondsBetween(first.firedAt, followed.at));
  const alert = `The first automated alert, ${nameOf(first)} at ${clock.time(first.firedAt)},`;
  const when = `${late} before anyone followed it (${clock.time(followed.at)})`;
  return `${alert} already named the pool: ${when}.`;
}

/** An alert that resolved during the outage because restarting instances left connections unused. */
function falseAllClear(result: RunResult, rules: readonly AlertRule[], clock: RunClock): string {
  const { outage, timeline, alerts } = result;
  if (outage === null) return '';
  for (const alert of alerts) {
    const { resolvedAt } = alert;
    if (resolvedAt === null || !isOnPool(alert, rules)) continue;
    const isDuring = msOf(resolvedAt) > msOf(outage.from) && msOf(resolvedAt) < msOf(outage.to);
    const restart = timeline.some(({ kind, at }) => {
      const seconds = secondsBetween(at, resolvedAt);
      return kind === 'restart' && seconds >= 0 && seconds <= RESTART_SECONDS;
    });
    if (!isDuring || !restart) continue;
    const until = outage.to === result.end ? 'to the end' : `until ${clock.time(outage.to)}`;
    return (
      `${nameOf(alert)} resolved at ${clock.time(resolvedAt)} only because restarting instances ` +
      `left connections unused: a false all-clear, the outage went on ${until}.`
    );
  }
  return '';
}

function nameOf({ name }: AlertFiring): string {
  return shorten(oneLine(name), 30);
}

function isBefore(a: AlertFiring, b: AlertFiring): boolean {
  return msOf(a.firedAt) < msOf(b.firedAt);
}

function isOnPool({ name }: AlertFiring, rules: readonly AlertRule[]): boolean {
  const metric = rules.find((rule) => rule.name === name)?.condition.metric;
  switch (metric?.kind) {
    case 'pool-utilisation':
    case 'pool-pending':
      return true;
    case 'percentile':
    case 'mean':
      return metric.of !== 'response';
    case 'errors':
    case 'database-utilisation':
    case 'arrival-rate':
    case 'goodput':
    case undefined:
      return false;
  }
}

/** Whether people looked at the pool or changed it; a note that repeats the alert is neither. */
function isAboutPool({ title, set }: TimelineResult): boolean {
  if (Object.keys(set).some((path) => /\bpool\b/.test(path))) return true;
  return /\bpool(?:s|ing)?\b/i.test(title) && !/\balert/i.test(title);
}
